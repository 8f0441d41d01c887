import { scanDocker, scanOther } from '../../dialects/docker/client/docker-argv.js';
import { NEWEST } from '../../dialects/docker/tables/version.js';
import type { ExtraCommands } from '../../source/engine.js';
import type { Engine, FoundWord } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import { impliedWord } from '../../source/words.js';
import { countShifts, type FunctionBody } from './runners.js';
import type { ShellCommand } from './script.js';
import { findEngine } from './wrappers.js';

/** A function of the script that hands its arguments to an engine, before the image. */
export interface Forwarder {
  readonly engine: Engine;
  /** The words between the engine and the arguments that say what is run: `run`, `container create`. */
  readonly path: readonly string[];
  /** How many of its arguments it keeps. */
  readonly keeps: number;
  /** In some runs the name is something else. */
  readonly isUnsure: boolean;
}

const ARGUMENTS = /\$(?:[@*]|\{[@*]\})/;

/** The functions such as `d() { sudo docker "$@"; }` and `dr() { docker run --rm "$@"; }`. */
export function findForwarders(
  host: HostedText,
  functions: readonly FunctionBody[],
  wordsOf: (command: ShellCommand) => readonly FoundWord[],
  extra?: ExtraCommands,
): ReadonlyMap<string, Forwarder> {
  const found = new Map<string, Forwarder>();
  for (const { name, text, conditional, commands } of functions) {
    if (!ARGUMENTS.test(text)) continue;
    const body = commands();
    const keeps = countShifts(body);
    if (keeps === undefined) continue;
    for (const command of body) {
      if (!ARGUMENTS.test(host.value.slice(command.node.pos, command.node.end))) continue;
      const forwarder = forwarderOf(wordsOf(command), extra);
      if (forwarder !== undefined) found.set(name, { ...forwarder, keeps, isUnsure: conditional });
    }
  }
  return found;
}

function forwarderOf(
  words: readonly FoundWord[],
  extra?: ExtraCommands,
): Pick<Forwarder, 'engine' | 'path'> | undefined {
  const found = findEngine(words, new Map(), extra);
  if (found === undefined) return undefined;
  const at = words.findIndex(({ value, holes }) => value.length === 1 && isArguments(holes[0]?.text));
  if (at <= found.index) return undefined;
  const { engine } = found;
  const before = words.slice(found.index + 1, at);
  if (before.length === 0) return { engine, path: [] };
  const scan = scanFor(engine, before);
  if (scan.kind === 'unknown') {
    // Nothing but options of the engine's own, if a command may follow.
    const whole = scanFor(engine, [...before, impliedWord('run', before[0]!.host)]);
    return whole.kind === 'invocation' && whole.command === before.length ? { engine, path: [] } : undefined;
  }
  const isFlags = scan.opaque !== undefined || scan.image === undefined;
  return isFlags && scan.problem === undefined ? { engine, path: scan.path.split(' ') } : undefined;
}

function scanFor(engine: Engine, words: readonly FoundWord[]) {
  return engine === 'docker' ? scanDocker(words, NEWEST) : scanOther(words, engine);
}

function isArguments(text: string | undefined): boolean {
  return text !== undefined && ARGUMENTS.exec(text)?.[0] === text;
}

/** The words of a call as the engine gets them, as far as they are known. */
export function forwardedWords(words: readonly FoundWord[], { path, keeps }: Forwarder): FoundWord[] {
  const [name, ...rest] = words;
  if (name === undefined) return [];
  return [name, ...path.map((one) => impliedWord(one, name.host)), ...rest.slice(keeps)];
}
