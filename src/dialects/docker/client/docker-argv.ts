import { parseGoBool } from '../../../go/text.js';
import type { SpecText } from '../../../text/spec-text.js';
import { DOCKER_COMMANDS, type DockerCommandPath } from '../tables/docker-flags.js';
import { type OtherEngine, otherTables } from '../tables/engine-flags.js';
import { type FlagTable, flagTable } from '../tables/flag-table.js';
import type { Version } from '../tables/version.js';
import { type FlagUse, readFlagWord } from './flag-word.js';

/** A word that stops docker while it reads flags, in its words. */
interface ArgvProblem {
  readonly reason: string;
  readonly word: number;
}

/** A docker command that mountc reads, cut into flags, image and the container's own words. */
export interface DockerInvocation {
  readonly kind: 'invocation';
  readonly path: DockerCommandPath;
  /** It is podman's `pod create`, which has no image. */
  readonly isPod?: true;
  readonly words: readonly SpecText[];
  /** Where docker's global flags were used. */
  readonly globals: readonly FlagUse[];
  /** The index of the command's last word (`run` of `container run`). */
  readonly command: number;
  readonly flags: readonly FlagUse[];
  /** The word that names the image (or the service); absent when there is none, or none that is known. */
  readonly image?: number;
  readonly problem?: ArgvProblem;
  /** The first word that is unknown as a whole, while flags were read: what stands after it is `uncertain`. */
  readonly opaque?: number;
}

/** A command that mountc does not read, or not for certain: the caller passes it on unchanged. */
export interface UnknownInvocation {
  readonly kind: 'unknown';
  readonly why: string;
  /** docker's own options before the command, as far as they were read. */
  readonly globals: readonly FlagUse[];
  /** docker refuses its own options before the command with these words. */
  readonly problem?: ArgvProblem;
  /** The first of its words before the command that is unknown as a whole. */
  readonly opaque?: number;
}

/**
 * Cuts a docker command, `words` without `docker` itself, as pflag does (docker/cli, spf13/pflag flag.go): clusters, attached
 * values, `--`, and everything after the image left alone.
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
  const { global, run, pod } = otherTables(engine);
  return scanWith(words, {
    global,
    pod,
    of: () => run,
    commandAt: (all, at) => {
      const path = commandAt(all, at);
      return path?.startsWith('service') || (engine === 'compose' && path !== 'run') ? undefined : path;
    },
  });
}

interface Tables {
  readonly global: FlagTable;
  /** The flags of podman's `pod create`. */
  readonly pod?: FlagTable;
  of(path: DockerCommandPath): FlagTable;
  commandAt(words: readonly SpecText[], at: number): DockerCommandPath | undefined;
}

function scanWith(words: readonly SpecText[], tables: Tables): DockerInvocation | UnknownInvocation {
  const start = scanFlags(words, 0, tables.global, false);
  const globals = start.flags;
  if (start.problem !== undefined)
    return { kind: 'unknown', why: 'docker refuses its options', globals, problem: start.problem };
  const last = words[start.next];
  // `docker $OPTS run`: options, since a command stands after them.
  const first = start.opaque !== undefined && last && isOpaque(last) ? start.next + 1 : start.next;
  const isPod = tables.pod && words[first]?.value === 'pod' && words[first + 1]?.value === 'create';
  const path = isPod ? 'create' : tables.commandAt(words, first);
  if (path === undefined) {
    const why =
      start.opaque === undefined
        ? `not a command that takes mounts: ${words[first]?.value ?? 'none'}`
        : 'the command is not known';
    return { kind: 'unknown', why, globals, opaque: start.opaque };
  }
  const command = first + (isPod ? 1 : DOCKER_COMMANDS[path].words.length - 1);
  const interspersed = path === 'service update';
  const table = isPod ? tables.pod! : tables.of(path);
  const scan = scanFlags(words, command + 1, table, interspersed || isPod === true);
  const image = scan.positionals[0];
  return {
    kind: 'invocation',
    path,
    words,
    globals,
    command,
    flags: scan.flags,
    image: scan.problem === undefined && !isPod ? image : undefined,
    ...(isPod && { isPod: true }),
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

/**
 * A word that begins with a hole: `$OPTS` may be flags, the image, or nothing. In quotes it is one word, so only `"$IT"` as a
 * whole may be a flag.
 */
function isOpaque(word: SpecText): boolean {
  const hole = word.holes[0];
  if (hole === undefined || hole.range.start !== 0 || hole.kind === 'tilde') return false;
  return !hole.quoted || word.value.length === 1 || /[@*]/.test(hole.text);
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
    const uses = readFlagWord(words, at, table);
    for (const use of uses.flags) flags.push(opaque === undefined ? use : { ...use, uncertain: true });
    if (uses.problem !== undefined) {
      if (opaque === undefined) return done({ reason: uses.problem, word: at });
      // The unknown word is the image, then, and this is for the container.
      positionals.push(opaque);
      return done();
    }
    at = uses.next;
  }
  return done();
}

/** Whether a boolean flag ends up set: the last use counts. */
export function isFlagSet(invocation: DockerInvocation, name: string): boolean {
  const use = invocation.flags.findLast(({ flag }) => flag.name === name);
  return use !== undefined && parseGoBool(use.value.value) === true;
}
