import {
  DOCKER_COMMANDS,
  type DockerCommandPath,
  type DockerFlag,
  type FlagTable,
  flagTable,
} from '../dialect/docker-flags.js';
import { type OtherEngine, otherTables } from '../dialect/engine-flags.js';
import type { Version } from '../dialect/version.js';
import { parseGoBool, quoteGo } from '../text/go-text.js';
import type { Range } from '../text/range.js';
import { type SpecText, sliceText } from '../text/spec-text.js';

/** One flag as it was used. */
export interface FlagUse {
  readonly flag: DockerFlag;
  /** What docker gets as the value; `true` for a boolean without one. */
  readonly value: SpecText;
  /** The word that names the flag, and the word that holds the value; the same when it is attached. */
  readonly word: number;
  readonly valueWord: number;
  /** Where the flag stands in its word: `-v`, `--mount`, the `v` of `-itv`; without `=` and value. */
  readonly nameRange: Range;
  /** Where the value stands in its word. */
  readonly valueRange: Range;
  /** Other letters share the word in front of it (`-itv`). */
  readonly clustered: boolean;
  /** A word before it is unknown as a whole and may be the image already: then this is the container's. */
  readonly uncertain: boolean;
}

/** A word that stops docker while it reads flags, in its words. */
export interface ArgvProblem {
  readonly reason: string;
  readonly word: number;
}

/** A docker command that mountc reads, cut into flags, image and the container's own words. */
export interface DockerInvocation {
  readonly kind: 'invocation';
  readonly path: DockerCommandPath;
  readonly words: readonly SpecText[];
  /** Where docker's global flags were used. */
  readonly globals: readonly FlagUse[];
  /** The index of the command's last word (`run` of `container run`). */
  readonly command: number;
  readonly flags: readonly FlagUse[];
  /** The word that names the image (or the service); absent when there is none, or none that is known. */
  readonly image?: number;
  readonly problem?: ArgvProblem;
  /** The first word that is unknown as a whole, while flags were read: what stands behind it is `uncertain`. */
  readonly opaque?: number;
}

/** A command that mountc does not read, or not for certain: whoever runs docker passes it on as it is. */
export interface UnknownInvocation {
  readonly kind: 'unknown';
  readonly why: string;
  /** docker's own options in front of the command, as far as they were read. */
  readonly globals: readonly FlagUse[];
  /** docker refuses its own options in front of the command with these words. */
  readonly problem?: ArgvProblem;
}

/**
 * Cuts a docker command, `words` without `docker` itself, as pflag does (docker/cli, spf13/pflag flag.go): clusters, attached
 * values, `--`, and everything behind the image left alone.
 */
export function scanDocker(
  words: readonly SpecText[],
  client: Version,
): DockerInvocation | UnknownInvocation {
  return scanWith(words, {
    global: flagTable('docker', client),
    of: (path) => flagTable(path, client),
    commandAt,
  });
}

/** The same for an engine that takes much of docker's command line: its `run` and `create` with flags of its own. */
export function scanOther(
  words: readonly SpecText[],
  engine: OtherEngine,
): DockerInvocation | UnknownInvocation {
  const { global, run } = otherTables(engine);
  return scanWith(words, {
    global,
    of: () => run,
    commandAt: (all, at) => {
      const path = commandAt(all, at);
      return path?.startsWith('service') || (engine === 'compose' && path !== 'run') ? undefined : path;
    },
  });
}

interface Tables {
  readonly global: FlagTable;
  of(path: DockerCommandPath): FlagTable;
  commandAt(words: readonly SpecText[], at: number): DockerCommandPath | undefined;
}

function scanWith(words: readonly SpecText[], tables: Tables): DockerInvocation | UnknownInvocation {
  const start = scanFlags(words, 0, tables.global, false);
  const globals = start.flags;
  if (start.problem !== undefined)
    return { kind: 'unknown', why: 'docker refuses its options', globals, problem: start.problem };
  if (start.opaque !== undefined) return { kind: 'unknown', why: 'the command is not known', globals };
  const first = start.next;
  const path = tables.commandAt(words, first);
  if (path === undefined)
    return {
      kind: 'unknown',
      why: `not a command that takes mounts: ${words[first]?.value ?? 'none'}`,
      globals,
    };
  const command = first + DOCKER_COMMANDS[path].words.length - 1;
  const interspersed = path === 'service update';
  const scan = scanFlags(words, command + 1, tables.of(path), interspersed);
  const image = scan.positionals[0];
  return {
    kind: 'invocation',
    path,
    words,
    globals,
    command,
    flags: scan.flags,
    image: scan.problem === undefined ? image : undefined,
    problem: scan.problem,
    opaque: scan.opaque,
  };
}

function commandAt(words: readonly SpecText[], at: number): DockerCommandPath | undefined {
  const one = words[at]?.value;
  if (one === 'run' || one === 'create') return one;
  const two = `${one} ${words[at + 1]?.value}`;
  return Object.hasOwn(DOCKER_COMMANDS, two) ? (two as DockerCommandPath) : undefined;
}

interface FlagScan {
  readonly flags: readonly FlagUse[];
  readonly positionals: readonly number[];
  /** The first word that is no flag (without interspersed flags, the image). */
  readonly next: number;
  readonly problem?: ArgvProblem;
  readonly opaque?: number;
}

/** A word of nothing but one unquoted hole: `$OPTS` may be flags, the image, or nothing. */
function isOpaque(word: SpecText): boolean {
  const hole = word.holes[0];
  return (
    hole !== undefined &&
    hole.range.start === 0 &&
    (!hole.quoted || /[@*]/.test(hole.text)) &&
    hole.kind !== 'tilde'
  );
}

function scanFlags(
  words: readonly SpecText[],
  from: number,
  table: FlagTable,
  interspersed: boolean,
): FlagScan {
  const flags: FlagUse[] = [];
  const positionals: number[] = [];
  let opaque: number | undefined;
  let at = from;
  const done = (problem?: ArgvProblem): FlagScan => ({ flags, positionals, next: at, problem, opaque });
  while (at < words.length) {
    const word = words[at]!;
    const text = word.value;
    if (isOpaque(word) && !interspersed) {
      // Options kept in a variable are followed by more options or by the image; an image is not followed by a flag of
      // docker's. So reading goes on, marked as uncertain, only while the next word looks like a flag.
      const next = words[at + 1];
      if (next === undefined || !(next.value.startsWith('-') || isOpaque(next)) || text.length > 1) {
        if (text.length === 1 && next !== undefined && opaque === undefined) opaque = at;
        positionals.push(at);
        return done();
      }
      opaque ??= at;
      at++;
      continue;
    }
    if (text === '--') {
      at++;
      for (let rest = at; rest < words.length; rest++) positionals.push(rest);
      return done();
    }
    if (!text.startsWith('-') || text === '-') {
      positionals.push(at);
      if (!interspersed) return done();
      at++;
      continue;
    }
    const uses = text.startsWith('--') ? readLong(words, at, table) : readShort(words, at, table);
    for (const use of uses.flags) flags.push(opaque === undefined ? use : { ...use, uncertain: true });
    if (uses.problem !== undefined) return done({ reason: uses.problem, word: at });
    at = uses.next;
  }
  return done();
}

interface WordRead {
  readonly flags: readonly FlagUse[];
  readonly next: number;
  readonly problem?: string;
}

const TRUE_VALUE: SpecText = { value: 'true', map: { segments: [], endSource: 0 }, holes: [] };

function readLong(words: readonly SpecText[], at: number, table: FlagTable): WordRead {
  const word = words[at]!;
  const text = word.value;
  const body = text.slice(2);
  if (body === '' || body[0] === '-' || body[0] === '=')
    return { flags: [], next: at + 1, problem: `bad flag syntax: ${text}` };
  const equals = body.indexOf('=');
  const name = equals < 0 ? body : body.slice(0, equals);
  const flag = table.long.get(name);
  if (flag === undefined) return { flags: [], next: at + 1, problem: `unknown flag: --${name}` };
  const nameRange = { start: 0, end: 2 + name.length };
  const common = { flag, word: at, nameRange, clustered: false };
  if (equals >= 0) return { flags: [attached(words, common, nameRange.end + 1)], next: at + 1 };
  if (flag.kind === 'bool') return { flags: [bare(common)], next: at + 1 };
  if (at + 1 >= words.length)
    return { flags: [], next: at + 1, problem: `flag needs an argument: --${name}` };
  return { flags: [separate(words, common)], next: at + 2 };
}

function readShort(words: readonly SpecText[], at: number, table: FlagTable): WordRead {
  const text = words[at]!.value;
  const flags: FlagUse[] = [];
  for (let i = 1; i < text.length; ) {
    const rest = text.slice(i);
    // pflag skips what looks like a flag of Go's own test runner.
    if (rest.startsWith('test.')) return { flags, next: at + 1 };
    const letter = text[i]!;
    const flag = table.short.get(letter);
    if (flag === undefined) {
      return {
        flags,
        next: at + 1,
        problem: `unknown shorthand flag: ${quoteRune(rest, table.readsLetterTwice)} in -${rest}`,
      };
    }
    const nameRange = { start: i, end: i + 1 };
    const common = { flag, word: at, nameRange, clustered: i > 1 };
    if (rest.length > 2 && rest[1] === '=') {
      flags.push(attached(words, common, i + 2));
      return { flags, next: at + 1 };
    }
    if (flag.kind === 'bool') {
      flags.push(bare(common));
      i++;
      continue;
    }
    if (rest.length > 1) {
      flags.push(attached(words, common, i + 1));
      return { flags, next: at + 1 };
    }
    if (at + 1 >= words.length) {
      return { flags, next: at + 1, problem: `flag needs an argument: ${quoteRune(rest)} in -${rest}` };
    }
    flags.push(separate(words, common));
    return { flags, next: at + 2 };
  }
  return { flags, next: at + 1 };
}

/** Where a flag was found. */
interface FlagPlace {
  readonly flag: DockerFlag;
  readonly word: number;
  readonly nameRange: Range;
  readonly clustered: boolean;
}

// Written out field by field: this is the hot path of reading commands, and spreading objects is slow there.
function makeUse(place: FlagPlace, value: SpecText, valueWord: number, valueRange: Range): FlagUse {
  return {
    flag: place.flag,
    value,
    word: place.word,
    valueWord,
    nameRange: place.nameRange,
    valueRange,
    clustered: place.clustered,
    uncertain: false,
  };
}

function attached(words: readonly SpecText[], place: FlagPlace, start: number): FlagUse {
  const word = words[place.word]!;
  const valueRange = { start, end: word.value.length };
  return makeUse(place, sliceText(word, valueRange), place.word, valueRange);
}

function separate(words: readonly SpecText[], place: FlagPlace): FlagUse {
  const value = words[place.word + 1]!;
  return makeUse(place, value, place.word + 1, { start: 0, end: value.value.length });
}

function bare(place: FlagPlace): FlagUse {
  const { end } = place.nameRange;
  return makeUse(place, TRUE_VALUE, place.word, { start: end, end });
}

/** `%q` of the first byte, which is what pflag takes for the letter; newer ones make it text and take the first byte of that. */
function quoteRune(rest: string, twice = false): string {
  const first = firstByte(rest);
  const character = String.fromCharCode(twice ? firstByte(String.fromCharCode(first)) : first);
  if (character === "'") return "'\\''";
  if (character === '"') return "'\"'";
  const quoted = quoteGo(character).slice(1, -1);
  return `'${quoted}'`;
}

function firstByte(text: string): number {
  const code = text.codePointAt(0)!;
  return code < 0x80 ? code : new TextEncoder().encode(String.fromCodePoint(code))[0]!;
}

/** Whether a boolean flag ends up set: the last use counts. */
export function isFlagSet(invocation: DockerInvocation, name: string): boolean {
  const use = invocation.flags.findLast(({ flag }) => flag.name === name);
  return use !== undefined && parseGoBool(use.value.value) === true;
}
