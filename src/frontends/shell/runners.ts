import type { HostedText } from '../hosted-text.js';
import type { ShellCommand, ShellScript } from './collect.js';

/** Of a function that runs its arguments as a command. */
const RUNS =
  /(?:(?:^|[\n;&|({!]|\b(?:then|do|else|if|while|until|eval|exec|sudo|time|command))\s*|\bssh\b[^\n;|&]*\s)"?\$(?:\{?@|\{?\*)/;

/** Of a function that hands a string to a shell, here or on another machine. */
const EVALUATES = /\b(?:eval|ssh|(?:ba)?sh\s+-\w*c)\s/;
const FIRST_ARGUMENT = /\$\{?[@*1]/;

const LONGEST = 4000;

/** The functions that run what they are given. */
export interface Runners {
  /** Those that take a command in words, with the number of arguments in front of it. */
  readonly words: ReadonlyMap<string, number>;
  /** Those that take a command in a string. */
  readonly strings: ReadonlySet<string>;
}

/** Finds the functions that run their arguments. */
export function findRunners(host: HostedText, script: ShellScript): Runners {
  const words = new Map<string, number>();
  const strings = new Set<string>();
  let bodies: ReadonlyMap<number, readonly ShellCommand[]> | undefined;
  for (const [name, { start, end, scope }] of script.functions) {
    if (end - start >= LONGEST) continue;
    const body = host.value.slice(start, end);
    if (EVALUATES.test(body) && FIRST_ARGUMENT.test(body)) strings.add(name);
    if (!RUNS.test(body)) continue;
    bodies ??= commandsByScope(script);
    words.set(name, countShifts(bodies.get(scope) ?? []) ?? 0);
  }
  return { words, strings };
}

/** The commands of each function, and those outside of functions. */
export function commandsByScope({ commands }: ShellScript): ReadonlyMap<number, readonly ShellCommand[]> {
  const bodies = new Map<number, ShellCommand[]>();
  for (const command of commands) {
    const body = bodies.get(command.scope);
    if (body === undefined) bodies.set(command.scope, [command]);
    else body.push(command);
  }
  return bodies;
}

/** How many arguments are gone when the engine is called; undefined when it depends. */
export function countShifts(body: readonly ShellCommand[]): number | undefined {
  let count = 0;
  for (const { node, conditional } of body) {
    if (node.name?.value === 'set') return undefined;
    if (node.name?.value !== 'shift') continue;
    const by = node.suffix[0]?.type === 'Word' ? node.suffix[0].value : '1';
    if (conditional || !/^\d$/.test(by)) return undefined;
    count += Number(by);
  }
  return count;
}
