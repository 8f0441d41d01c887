import type { HostedText } from '../../source/hosted-text.js';

/** Before what an evaluation or a message says, nothing else of its line. */
const READS_QUOTES =
  /(?:^|[;&|({`]|\b(?:then|do|else)\s)\s*(?:(?:sudo|exec|time)\s+)*(?:eval|echo|printf|(?:ba|da|z|k)?sh\s+-\w*c)\s[^;&|]*$/;
const ASSIGNS = /^\s*(?:(?:export|local|readonly|declare|typeset)\s+(?:-\w+\s+)*)?(\w+)\+?=[^;&|]*$/;

const DEEPEST = 5;

/**
 * The value of the variable `name` for the shell that evaluates it. Quotes that are written there mean something to that
 * shell alone: nothing with them is written where the `script` also uses the value as it stands.
 */
export function evaluatedValue<Text extends HostedText>(value: Text, name: string, script: HostedText): Text {
  return {
    ...value,
    edit: (part, text) =>
      /["'\\`$~]/.test(text.value) && isUsedPlainly(name, script) ? undefined : value.edit(part, text),
  };
}

const known = new WeakMap<HostedText, Map<string, boolean>>();

function isUsedPlainly(name: string, script: HostedText): boolean {
  const answers = known.get(script) ?? new Map<string, boolean>();
  known.set(script, answers);
  const answer = answers.get(name) ?? findPlainUse(name, script);
  answers.set(name, answer);
  return answer;
}

/** Whether a variable stands anywhere but in what is evaluated or only printed. */
function findPlainUse(name: string, script: HostedText, depth = 0): boolean {
  if (depth > DEEPEST) return true;
  const { value } = script;
  const targets = new Set<string>();
  for (const index of usesOf(script).get(name) ?? []) {
    const line = value.slice(Math.max(0, index - LONGEST), index);
    const start = line.lastIndexOf('\n') + 1;
    // What the beginning of such a line says is not worth knowing.
    if (start === 0 && index > LONGEST) return true;
    const before = line.slice(start);
    if (READS_QUOTES.test(before)) continue;
    const target = ASSIGNS.exec(before)?.[1];
    if (target === undefined) return true;
    if (target !== name) targets.add(target);
  }
  return [...targets].some((target) => findPlainUse(target, script, depth + 1));
}

const LONGEST = 1000;

const uses = new WeakMap<HostedText, ReadonlyMap<string, readonly number[]>>();

/** Where a script expands each of its variables. */
function usesOf(script: HostedText): ReadonlyMap<string, readonly number[]> {
  const known = uses.get(script);
  if (known !== undefined) return known;
  const places = new Map<string, number[]>();
  for (const { index, 1: name = '' } of script.value.matchAll(/\$\{?([A-Za-z_]\w*)/g)) {
    const others = places.get(name);
    if (others === undefined) places.set(name, [index]);
    else others.push(index);
  }
  uses.set(script, places);
  return places;
}
