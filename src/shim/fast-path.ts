// The launcher's fast path: whether a command that is written as most are needs no look by the rules. It is on the way of every
// `docker run`, so it loads nothing of the compiler, and it is the one place that holds knowledge of the rules a second time:
// each rule's own test (test/rules/doors.test.ts) fails when it hides what the rule finds.
import { existsSync, realpathSync, statSync } from 'node:fs';
import { ANY_DOT_SINCE, DOT_SLASH_SINCE } from '../dialects/docker/tables/dot-sources.js';
import { PROGRAM_DIRECTORIES } from '../dialects/docker/tables/program-directories.js';
import type { KnownDocker } from '../docker/known-docker.js';
import { readTextFile } from '../files/open-file.js';
import { mapOf } from '../text/map-of.js';
import type { ShimSettings } from './settings.js';

/** What decides besides the command itself. */
interface FastPathInput {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The docker that will run. */
  readonly docker: string;
  readonly settings: ShimSettings;
  readonly isTerminal: boolean;
  readonly known: () => KnownDocker | undefined;
}

/**
 * True only if the full check would surely say nothing and change nothing; false: ask it. May throw where the machine is odd,
 * which means the same as false.
 */
export function isSurelySilent(args: readonly string[], input: FastPathInput): boolean {
  const { settings } = input;
  if (args[0] === 'compose') return args.every((word) => !ODD_FOR_COMPOSE.test(word));
  if (settings.rewrite !== undefined) return false;
  const command = plainCommand(args);
  if (command === undefined) return false;
  if (settings.mode === 'off') return true;
  const { client, engineOs } = input.known() ?? {};
  if (engineOs === 'windows') return false;
  const { mounts, mayTell } = command;
  if (client !== undefined && mounts.some(({ path = '' }) => client < expandsFrom(path))) return false;
  const { mode } = settings;
  if (mode !== 'warn' && (!input.isTerminal || mode === 'quiet')) return true;
  return !mayTell && mounts.every((mount) => isQuietMount(mount, mounts)) && isUsualMachine(input);
}

// All that Compose refuses in the value of a -v: nothing, an empty section, more than three of them.
const ODD_FOR_COMPOSE = /^$|=$|(?:^|[:=]|^-[^-]*v):|:$|:.*:.*:/s;

/** The first client that makes the path absolute (§2.1). */
function expandsFrom(path: string): number {
  return path.startsWith('..') ? ANY_DOT_SINCE : path.startsWith('.') ? DOT_SLASH_SINCE : 0;
}

/** A mount that is written as plainly as can be. */
interface PlainMount {
  /** An absolute path, or one that starts with a dot; absent for a volume and a tmpfs. */
  readonly path?: string;
  /** Of a volume that may have been meant as a folder. */
  readonly name?: string;
  /** Without a slash at the end. */
  readonly target: string;
  readonly isReadonly?: boolean;
  /** A rule may have a warning for it, whatever the machine is like. */
  readonly mayTell?: boolean;
}

/** What matters of a command that is written as most are. */
interface PlainCommand {
  readonly mounts: readonly PlainMount[];
  /** A rule may have a word about the rest of it. */
  readonly mayTell: boolean;
}

// Sets, where a pattern would take V8 longer to compile than all of the look.
const names = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const SHORT_SWITCH = /^-[ditP]+$/;
const LONG_SWITCH = names(
  '--rm --init --detach --interactive --tty --privileged --read-only --publish-all --no-healthcheck --oom-kill-disable',
);
const SHORT_WITH_VALUE = 'aehlmpuw';
const LONG_WITH_VALUE = names(
  '--add-host --annotation --attach --cap-add --cap-drop --cgroup-parent --cgroupns --cidfile --cpu-period --cpu-quota --cpu-shares --cpus --cpuset-cpus --cpuset-mems --device --device-cgroup-rule --dns --dns-option --dns-search --entrypoint --env --env-file --expose --gpus --group-add --health-cmd --health-interval --health-retries --health-start-period --health-timeout --hostname --ip --ipc --label --label-file --link --log-driver --log-opt --mac-address --memory --memory-swap --name --net --network --network-alias --oom-score-adj --pid --pids-limit --platform --publish --pull --restart --runtime --security-opt --shm-size --stop-signal --stop-timeout --sysctl --ulimit --user --userns --uts --workdir',
);
const MOUNTS: ReadonlyMap<string, (text: string) => PlainMount | undefined> = new Map([
  ['-v', readVolume],
  ['--volume', readVolume],
  ['--mount', readFields],
  ['--tmpfs', readTmpfs],
]);
// A letter that takes a value, after others that take none; `=` before a value of some length is cut off.
const CLUSTER = /^-[ditP]*([aehlmpuvw])(?:=(?=.))?(.*)$/s;
const IMAGE =
  /^(?:[a-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-][a-z0-9]+)*(?::\w[\w.-]*)?(?:@sha256:[0-9a-f]{64})?$/;
const VALUE = /^(?!-)[ -~]*$/;
// What looks like a flag of docker's, or is typed with a dash that is none.
const BEHIND_IMAGE = /^(?!-v|--v|--m|--t)[\t\n -~]*$/;

/**
 * The mounts of a command about which nothing is to be said by whatever docker runs it (an old client aside, if one is written
 * with a dot), as far as that does not depend on the machine; undefined for a command that has to be read properly.
 */
function plainCommand(args: readonly string[]): PlainCommand | undefined {
  let at = args[0] === 'container' ? 1 : 0;
  const command = args[at++];
  if (command !== 'run' && command !== 'create') return undefined;
  const mounts: PlainMount[] = [];
  let mayTell = false;
  while (at < args.length && args[at]!.startsWith('-')) {
    const word = args[at++]!;
    if (word.startsWith('--') ? LONG_SWITCH.has(word) : SHORT_SWITCH.test(word)) continue;
    const [flag, attached] = cut(word);
    const value = attached ?? args[at++];
    if (value === undefined) return undefined;
    const read = MOUNTS.get(flag);
    if (read === undefined) {
      if (!takesValue(flag)) return undefined;
      mayTell ||= !VALUE.test(value);
      continue;
    }
    const mount = read(value);
    if (mount === undefined || mounts.some(({ target }) => target === mount.target)) return undefined;
    mounts.push(mount);
  }
  if (!IMAGE.test(args[at] ?? '')) return undefined;
  mayTell ||= !args.slice(at + 1).every((word) => BEHIND_IMAGE.test(word));
  return { mounts, mayTell };
}

function takesValue(flag: string): boolean {
  return flag.length === 2 ? SHORT_WITH_VALUE.includes(flag[1]!) : LONG_WITH_VALUE.has(flag);
}

/** A flag, and its value where that is attached. */
function cut(word: string): readonly [flag: string, value?: string] {
  if (word.startsWith('--')) {
    const equals = word.indexOf('=');
    return equals < 0 ? [word] : [word.slice(0, equals), word.slice(equals + 1)];
  }
  const [, letter, value] = CLUSTER.exec(word) ?? [];
  return letter === undefined ? [word] : value === '' ? [`-${letter}`] : [`-${letter}`, value];
}

const STEP = String.raw`/(?!\.{1,2}(?:[/:]|$))[\w.@+-]+`;
const PATH = `(?:${STEP})+/?`;
const SOURCE = String.raw`(?:(?:\.\./)*\.\.|\.?)${PATH}|\.{1,2}`;
const NAME = String.raw`[A-Za-z0-9][\w.-]+`;
const VOLUME = new RegExp(`^(?:(${SOURCE})|(${NAME})):(${PATH})(?::(.+))?$`);
const ONLY_SOURCE = new RegExp(`^(?:${SOURCE})$`);
const ONLY_TARGET = new RegExp(`^${PATH}$`);
const ONLY_NAME = new RegExp(`^${NAME}$`);

// At most one of each group; 3 is for paths, 5 for volumes.
const MODES: ReadonlyMap<string, number> = new Map(
  [
    'ro rw',
    'z Z',
    'private rprivate shared rshared slave rslave',
    'consistent cached delegated',
    'nocopy',
  ].flatMap((words, index) => words.split(' ').map((word) => [word, index + 1] as const)),
);

const SIZE = String.raw`[1-9](?:\d{0,9}|\d{0,5}[kmgKMG]|\d?%)`;
const TMPFS = new RegExp(
  `^(${PATH})(?::(?:(?:rw|ro|(?:no)?(?:exec|suid|dev)|size=${SIZE}|mode=[0-7]{3,4}|[ug]id=\\d{1,9})(?:,(?!$)|$))+)?$`,
);
const TRUE = /^(?:true|1)$/;
// The keys of each type besides source, target and readonly.
const FIELDS = mapOf<Readonly<Record<string, RegExp>>>({
  bind: {
    'bind-propagation': /^r?(?:private|shared|slave)$/,
    consistency: /^(?:cached|delegated|consistent|default)$/,
  },
  volume: { 'volume-nocopy': TRUE },
  tmpfs: { 'tmpfs-size': /^[1-9](?:\d{0,9}|\d{0,5}[kKmMgG][bB]?)$/, 'tmpfs-mode': /^0?[1-7][0-7]{2,3}$/ },
});
const SAME: ReadonlyMap<string, string> = new Map([
  ['src', 'source'],
  ['dst', 'target'],
  ['destination', 'target'],
  ['ro', 'readonly'],
]);

/** The value of `-v`; undefined when it has to be read properly. */
function readVolume(text: string): PlainMount | undefined {
  if (ONLY_TARGET.test(text)) return finish({ target: text, mayTell: true });
  const match = VOLUME.exec(text);
  if (match === null) return undefined;
  const [, path, name = '', target = '', modes] = match;
  const words = modes?.split(',') ?? [];
  const groups = words.map((word) => MODES.get(word));
  if (groups.includes(undefined) || new Set(groups).size < groups.length) return undefined;
  if (groups.includes(path === undefined ? 3 : 5)) return undefined;
  // The name of a volume may have been meant as that of a file.
  const mayTell = groups.includes(2) || name.includes('.');
  return finish({ path, name, target, isReadonly: words.includes('ro'), mayTell });
}

/** The value of `--tmpfs`. */
function readTmpfs(text: string): PlainMount | undefined {
  const target = TMPFS.exec(text)?.[1];
  return target === undefined ? undefined : finish({ target });
}

/** The value of `--mount`. */
function readFields(text: string): PlainMount | undefined {
  const values = new Map<string, string>();
  for (const field of text.split(',')) {
    const equals = field.indexOf('=');
    const typed = equals < 0 ? field : field.slice(0, equals);
    const key = SAME.get(typed) ?? typed;
    if (values.has(key) || (equals < 0 && key !== 'readonly' && key !== 'volume-nocopy')) return undefined;
    values.set(key, equals < 0 ? 'true' : field.slice(equals + 1));
  }
  const take = (key: string): string | undefined => {
    const value = values.get(key);
    values.delete(key);
    return value;
  };
  const [type = 'volume', source, target = '', readonly] = ['type', 'source', 'target', 'readonly'].map(take);
  const fields = FIELDS.get(type);
  if (fields === undefined || !ONLY_TARGET.test(target) || (readonly !== undefined && !TRUE.test(readonly)))
    return undefined;
  for (const [key, value] of values)
    if (!Object.hasOwn(fields, key) || !fields[key]!.test(value)) return undefined;
  const isReadonly = readonly !== undefined;
  if (source === undefined)
    return type === 'bind' || (type === 'volume' && isReadonly)
      ? undefined
      : finish({ target, isReadonly, mayTell: type === 'volume' });
  if (type === 'tmpfs' || !(type === 'bind' ? ONLY_SOURCE : ONLY_NAME).test(source)) return undefined;
  return finish(
    type === 'bind'
      ? { path: source, target, isReadonly }
      : { target, isReadonly, mayTell: source.includes('.') },
  );
}

function finish(mount: PlainMount): PlainMount | undefined {
  const target = mount.target.replace(/\/$/, '');
  if (/^\/proc(?:\/|$)/.test(target)) return undefined;
  // A file and a directory may be confused.
  const mayTell = mount.mayTell || (mount.path !== undefined && /\.\w+$/.test(target));
  return { ...mount, target, mayTell };
}

/** Whether no rule has a warning for the mount on this machine. */
function isQuietMount({ path, name = '', target, mayTell }: PlainMount, all: readonly PlainMount[]): boolean {
  if (mayTell || PROGRAM_DIRECTORIES.has(target)) return false;
  if (all.some((other) => other.isReadonly && target.startsWith(`${other.target}/`))) return false;
  if (name !== '' && isDirectory(name)) return false;
  // The socket of an engine is spoken of, whatever there is in its place.
  return path === undefined || (!path.includes('.sock') && isDirectory(path));
}

/** Docker's engine is this machine's, and nothing stands between docker and its files. */
function isUsualMachine({ env, docker }: FastPathInput): boolean {
  if (env['DOCKER_CONTEXT'] || !/^(?:$|unix:\/\/\/)/.test(env['DOCKER_HOST'] ?? '')) return false;
  // In a container that has docker's socket, paths are those of another machine.
  if (existsSync('/.dockerenv') || existsSync('/run/.containerenv'))
    if (/sock/.test(readText('/proc/self/mountinfo'))) return false;
  if (docker.startsWith('/snap/') || realpathSync(docker).endsWith('/snap')) return false;
  const config = env['DOCKER_CONFIG'] || `${env['HOME'] || env['USERPROFILE']}/.docker`;
  return !/currentContext|\\u/.test(readText(`${config}/config.json`));
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function readText(path: string): string {
  const read = readTextFile(path);
  return 'text' in read ? read.text : '';
}
