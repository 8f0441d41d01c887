import type { HostedText } from '../../source/hosted-text.js';
import type { ShellCommand, ShellScript } from './script.js';

/** Of a function that runs its arguments as a command. */
const RUNS =
  /(?:(?:^|[\n;&|({!]|\b(?:then|do|else|if|while|until|eval|exec|sudo|time|command))\s*|\bssh\b[^\n;|&]{0,200}\s)"?\$(?:\{?@|\{?\*)/;

/** Of a function that hands a string to a shell, here or on another machine. */
const EVALUATES = /\b(?:eval|ssh|(?:ba)?sh\s+-\w*c)\s/;
const FIRST_ARGUMENT = /\$\{?[@*1]/;

const LONGEST = 4000;

/** The functions that run what they are given. */
export interface Runners {
  /** Those that take a command in words, with the number of arguments before it. */
  readonly words: ReadonlyMap<string, number>;
  /** Those that take a command in a string. */
  readonly strings: ReadonlySet<string>;
}

/** A function of a script. */
export interface FunctionBody {
  readonly name: string;
  readonly text: string;
  readonly conditional: boolean;
  /** What it calls, without what the functions in it do. */
  readonly commands: () => readonly ShellCommand[];
}

/** The functions that are short enough to be looked into. */
export function functionBodies(host: HostedText, script: ShellScript): FunctionBody[] {
  let byScope: ReadonlyMap<number, readonly ShellCommand[]> | undefined;
  const commandsOf = (scope: number) => {
    byScope ??= commandsByScope(script);
    return byScope.get(scope) ?? [];
  };
  return [...script.functions]
    .filter(([, { start, end }]) => end - start < LONGEST)
    .map(([name, { start, end, scope, conditional }]) => ({
      name,
      conditional,
      text: host.value.slice(start, end),
      commands: () => commandsOf(scope),
    }));
}

/** Finds the functions that run their arguments. */
export function findRunners(functions: readonly FunctionBody[]): Runners {
  const words = new Map<string, number>();
  const strings = new Set<string>();
  for (const { name, text, commands } of functions) {
    if (EVALUATES.test(text) && FIRST_ARGUMENT.test(text)) strings.add(name);
    if (RUNS.test(text)) words.set(name, countShifts(commands()) ?? 0);
  }
  return { words, strings };
}

/** The commands of each function, and those outside of functions. */
function commandsByScope({ commands }: ShellScript): ReadonlyMap<number, readonly ShellCommand[]> {
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
