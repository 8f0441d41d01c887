import { type Dialect, flagRules } from '../dialect/dialect.js';
import { DOCKER_COMMANDS } from '../dialect/docker-flags.js';
import { refuseFlagValue } from '../dialect/flag-value.js';
import { refuseImage } from '../dialect/image-reference.js';
import { isIpAddress } from '../dialect/ip-address.js';
import {
  type FlagValues,
  refuseAfterMounts,
  refuseBeforeMounts,
  refusePlatform,
  refusePull,
} from '../dialect/option-value.js';
import { makeVersion } from '../dialect/version.js';
import type { SpecNode } from '../syntax/ast.js';
import { quoteGo } from '../text/go-text.js';
import type { GoUnicode } from '../text/go-unicode.js';
import { hasHole } from '../text/spec-text.js';
import type { CreateBody, Sent } from './api.js';
import { parseFor, readSpec } from './client-spec.js';
import type { ClientContext, ClientResult } from './client-volume.js';
import { type DockerInvocation, type FlagUse, isFlagSet } from './docker-argv.js';

/** A mount flag of a command, parsed, with what the client makes of it. Nothing is said of one with a hole in it. */
export interface MountUse {
  readonly use: FlagUse;
  readonly node: SpecNode;
  readonly result?: ClientResult;
}

/** How the client ends a command that it refuses: the exit status and the first line on stderr. */
export interface ClientRefusal {
  readonly exit: number;
  readonly stderr: string;
  /** The flag that it is about, where it is about one. */
  readonly use?: FlagUse;
}

/** What the docker client does with a command. */
export interface CompiledCommand {
  readonly invocation: DockerInvocation;
  readonly mounts: readonly MountUse[];
  /** The first thing that the client refuses, in its order. */
  readonly refusal?: ClientRefusal;
  /** Set where it cannot be known whether the client refuses. */
  readonly unknown?: string;
  /** What it would send; only without refusal and unknown. */
  readonly create?: CreateBody;
}

/** The form that a flag's value is written in. */
export function formOf({ flag }: FlagUse): SpecNode['kind'] | undefined {
  return flag.kind === 'volume' || flag.kind === 'mount' || flag.kind === 'tmpfs' ? flag.kind : undefined;
}

/** Compiles a whole command: each mount flag, the client's verdict in its own order of checks, and what it would send. */
export function compileInvocation(
  invocation: DockerInvocation,
  context: ClientContext,
  options: CompileOptions = {},
): CompiledCommand {
  const mounts: MountUse[] = [];
  for (const use of invocation.flags) {
    const form = formOf(use);
    if (form === undefined) continue;
    const node = parseFor(form, use.value.value, context.dialect);
    mounts.push({ use, node, result: hasHole(use.value) ? undefined : readSpec(node, context) });
  }
  const outcome = judge(invocation, mounts, context);
  if (typeof outcome === 'string') return { invocation, mounts, unknown: outcome };
  if (outcome !== undefined) return { invocation, mounts, refusal: outcome };
  return { invocation, mounts, create: createBody(invocation, mounts, context.dialect, options) };
}

/** What the client knows of its surroundings. */
export interface CompileOptions {
  /** The path of the engine's socket, for `--use-api-socket` with the clients that send their own (28.1.0 to 28.3.1). */
  readonly apiSocket?: string;
}

/** The first refusal, `undefined` for none, or a sentence about what cannot be known. */
function judge(
  invocation: DockerInvocation,
  mounts: readonly MountUse[],
  context: ClientContext,
): ClientRefusal | string | undefined {
  const { dialect } = context;
  const { path, flags, words } = invocation;
  const rules = flagRules(dialect);
  const isService = DOCKER_COMMANDS[path].name.startsWith('service');
  const global = refuseGlobals(invocation.globals, dialect);
  if (global !== undefined) return global;
  const byUse = new Map(mounts.map((mount) => [mount.use, mount]));
  const open: string[] = [];
  for (const [index, use] of flags.entries()) {
    if (hasHole(use.value)) {
      open.push(`the value of --${use.flag.name} is not known`);
      continue;
    }
    const value = use.value.value;
    const tail =
      use.flag.kind === 'mount'
        ? refusalOf(byUse.get(use)?.result)
        : use.flag.kind === 'unchecked'
          ? null
          : use.flag.kind === 'ip'
            ? dialect.client < STRICT_IP || isIpAddress(value) || value === ''
              ? undefined
              : null
            : refuseFlagValue(use.flag.name, value, rules.value);
    if (tail === null && !(isService && use.flag.kind === 'unchecked'))
      open.push(`whether docker takes --${use.flag.name} ${value}`);
    if (tail === undefined || tail === null) continue;
    if (open.length > 0) return open[0];
    const foreign = refuseSystem(flags.slice(0, index), dialect);
    if (foreign !== undefined) return foreign;
    return refuse(125, `${invalidArgument(use, dialect.has.unicode15 ? 15 : 13)}${tail}`, use);
  }
  if (open.length > 0) return open[0];
  if (invocation.problem !== undefined) {
    return refuseSystem(flags, dialect) ?? refuse(125, invocation.problem.reason);
  }
  if (invocation.opaque !== undefined) return 'a word before the image is not known';
  if (isFlagSet(invocation, 'help')) return 'it prints help';
  if (isService) return undefined;

  const dot = dialect.has.endsErrorsWithDot ? '.' : '';
  const foreign = refuseSystem(flags, dialect);
  if (foreign !== undefined) return foreign;
  if (invocation.image === undefined) {
    return refuse(
      1,
      dialect.has.quotesArgumentCount
        ? `"docker ${path}" requires at least 1 argument.`
        : `docker: 'docker ${path}' requires at least 1 argument`,
    );
  }
  const values = flagValues(flags);
  const framed = (refusal: string | null | undefined): ClientRefusal | string | undefined =>
    refusal === undefined
      ? undefined
      : refusal === null
        ? 'another flag is not judged'
        : refuse(125, `docker: ${refusal}${dot}`);
  const pull = framed(refusePull(values, rules.option));
  if (pull !== undefined) return pull;
  const before = framed(refuseBeforeMounts(values, rules.option));
  if (before !== undefined) return before;
  const refused = mounts.filter(({ use, result }) => use.flag.kind === 'volume' && result?.ok === false);
  if (refused.length > 0) {
    // docker looks at them in random order; the first one typed stands for them.
    const { use, result } = refused[0]!;
    return refuse(125, `docker: ${refusalOf(result)}${dot}`, use);
  }
  const after = framed(refuseAfterMounts(values, rules.option));
  if (after !== undefined) return after;
  if (DOCKER_COMMANDS[path].name === 'run' && isFlagSet(invocation, 'detach') && values.has('attach')) {
    return refuse(
      1,
      dialect.has.endsErrorsWithDot
        ? 'Conflicting options: -a and -d'
        : 'conflicting options: cannot specify both --attach and --detach',
    );
  }
  const image = words[invocation.image]!;
  if (hasHole(image)) return undefined;
  const bad = refuseImage(image.value, rules.image);
  if (bad !== undefined) {
    const isRun = DOCKER_COMMANDS[path].name === 'run';
    return isRun ? refuse(125, `docker: ${bad}${dot}`) : refuse(1, bad);
  }
  return refusePlatform(values) === null ? 'whether docker takes that platform' : undefined;
}

// Asked once the flags are read, and also when one of them is wrong, before that is said: of those up to there.
function refuseSystem(flags: readonly FlagUse[], dialect: Dialect): ClientRefusal | undefined {
  if (dialect.engineOs !== 'linux') return undefined;
  const name = WINDOWS_FLAGS.find((windows) => flags.some(({ flag }) => flag.name === windows));
  if (name === undefined) return undefined;
  const only = 'is only supported on a Docker daemon running on windows';
  return refuse(1, `"--${name}" ${only}, but the Docker daemon is running on linux`);
}

// By name, as docker goes through them.
const WINDOWS_FLAGS = ['cpu-count', 'cpu-percent', 'io-maxbandwidth', 'io-maxiops'];

/** Why docker refuses the values of its own options, in front of the command. Endpoints and certificates are taken to be right. */
export function refuseGlobals(
  globals: readonly FlagUse[],
  dialect: Dialect,
): ClientRefusal | string | undefined {
  const rules = flagRules(dialect).value;
  for (const use of globals) {
    if (hasHole(use.value)) return `the value of --${use.flag.name} is not known`;
    const tail = refuseFlagValue(use.flag.name, use.value.value, rules);
    if (typeof tail === 'string') return refuse(125, `${invalidArgument(use)}${tail}`, use);
  }
  const level = globals.findLast(({ flag }) => flag.name === 'log-level');
  const isLevel = level === undefined || LOG_LEVELS.has(level.value.value.toLowerCase());
  return isLevel ? undefined : refuse(1, `Unable to parse logging level: ${level.value.value}`, level);
}

const LOG_LEVELS = new Set(['panic', 'fatal', 'error', 'warn', 'warning', 'info', 'debug', 'trace', '']);

const STRICT_IP = makeVersion(29, 0, 0);

function refusalOf(result: ClientResult | undefined): string | undefined {
  return result?.ok === false ? result.reason : undefined;
}

function invalidArgument({ flag, value }: FlagUse, unicode: GoUnicode = 15): string {
  const name = flag.short === undefined ? `--${flag.name}` : `-${flag.short}, --${flag.name}`;
  return `invalid argument ${quoteGo(value.value, unicode)} for ${quoteGo(name)} flag: `;
}

function refuse(exit: number, text: string, use?: FlagUse): ClientRefusal {
  return { exit, stderr: text.split('\n', 1)[0]!, use };
}

function flagValues(flags: readonly FlagUse[]): FlagValues {
  const values = new Map<string, string[]>();
  for (const { flag, value } of flags) {
    const list = values.get(flag.name);
    if (list === undefined) values.set(flag.name, [value.value]);
    else list.push(value.value);
  }
  return values;
}

/** What the client puts into the create call; only for commands that it does not refuse. */
function createBody(
  invocation: DockerInvocation,
  mounts: readonly MountUse[],
  dialect: Dialect,
  options: CompileOptions,
): CreateBody {
  const sent = mounts.flatMap(({ result }): Sent[] => (result?.ok ? [result.sent] : []));
  const binds = new Set<string>();
  const volumes = new Map<string, Record<string, never>>();
  const tmpfs = new Map<string, string>();
  const api: CreateBody['Mounts'] = [];
  for (const item of sent) {
    switch (item.slot) {
      case 'Binds':
        binds.add(item.bind);
        break;
      case 'Volumes':
        volumes.set(item.target, {});
        break;
      case 'Tmpfs':
        tmpfs.set(item.target, item.options);
        break;
      case 'Mounts':
        api.push(item.mount);
        break;
    }
  }
  if (isFlagSet(invocation, 'use-api-socket')) {
    const own = dialect.has.apiSocketIsClients ? (options.apiSocket ?? API_SOCKET) : API_SOCKET;
    api.push({ Type: 'bind', Source: own, Target: API_SOCKET, BindOptions: {} });
  }
  const texts = (name: string) =>
    invocation.flags.filter(({ flag }) => flag.name === name).map(({ value }) => value.value);
  const from = texts('volumes-from');
  return {
    Binds: binds.size > 0 ? [...binds] : null,
    Mounts: api.length > 0 ? api : null,
    Tmpfs: tmpfs.size > 0 ? Object.fromEntries(tmpfs) : null,
    Volumes: volumes.size > 0 ? Object.fromEntries(volumes) : null,
    VolumeDriver: texts('volume-driver').at(-1) || null,
    VolumesFrom: from.length > 0 ? from : null,
  };
}

const API_SOCKET = '/var/run/docker.sock';
