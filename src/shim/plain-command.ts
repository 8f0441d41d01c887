import { PROGRAM_DIRECTORIES } from '../dialects/docker/tables/program-directories.js';
import { type PlainMount, readFields, readTmpfs, readVolume } from './plain-specs.js';

/** What matters of a command that is written as most are. */
export interface PlainCommand {
  readonly mounts: readonly PlainMount[];
  /** The other flags that take a value, with it. */
  readonly others: readonly (readonly [flag: string, value: string])[];
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
// A letter that takes a value, behind others that take none; `=` in front of a value of some length is cut off.
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
export function plainCommand(args: readonly string[]): PlainCommand | undefined {
  let at = args[0] === 'container' ? 1 : 0;
  const command = args[at++];
  if (command !== 'run' && command !== 'create') return undefined;
  const mounts: PlainMount[] = [];
  const others: [string, string][] = [];
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
      others.push([flag, value]);
      continue;
    }
    const mount = read(value);
    if (mount === undefined || mounts.some(({ target }) => target === mount.target)) return undefined;
    mounts.push(mount);
  }
  if (!IMAGE.test(args[at] ?? '')) return undefined;
  mayTell ||= !args.slice(at + 1).every((word) => BEHIND_IMAGE.test(word));
  return { mounts, others, mayTell };
}

function takesValue(flag: string): boolean {
  return flag.length === 2 ? SHORT_WITH_VALUE.includes(flag[1]!) : LONG_WITH_VALUE.has(flag);
}

/** Whether no rule has a word about where the mount is, beside all of its command. */
export function isPlainlyPlaced({ target }: PlainMount, all: readonly PlainMount[]): boolean {
  if (PROGRAM_DIRECTORIES.has(target)) return false;
  return !all.some((other) => other.isReadonly && target.startsWith(`${other.target}/`));
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
