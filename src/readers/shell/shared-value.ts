import type { HostedText } from '../../source/hosted-text.js';

/** In front of what an evaluation or a message says, nothing else of its line. */
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
  const answer = answers.get(name) ?? findPlainUse(name, script.value);
  answers.set(name, answer);
  return answer;
}

/** Whether a variable stands anywhere but in what is evaluated or only printed. */
function findPlainUse(name: string, script: string, depth = 0): boolean {
  if (depth > DEEPEST) return true;
  const targets = new Set<string>();
  for (const { index } of script.matchAll(new RegExp(`\\$\\{?${name}(?!\\w)`, 'g'))) {
    const line = script.slice(script.lastIndexOf('\n', index) + 1, index);
    if (READS_QUOTES.test(line)) continue;
    const target = ASSIGNS.exec(line)?.[1];
    if (target === undefined) return true;
    if (target !== name) targets.add(target);
  }
  return [...targets].some((target) => findPlainUse(target, script, depth + 1));
}
