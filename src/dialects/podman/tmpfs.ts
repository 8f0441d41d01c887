import { quoteGo } from '../../go/text.js';
import { type PodmanVerdict, refuse } from './verdict.js';
import type { PodmanFacts } from './versions.js';
import { splitParts } from './volume.js';
import { PROPAGATIONS } from './words.js';

/** Words of `--tmpfs` by the first part up to `=`; of each group one at the most. */
const ONCE = [
  'ro rw',
  'exec noexec',
  'dev nodev',
  'suid nosuid',
  'size',
  'mode',
  'tmpcopyup notmpcopyup',
  'U',
];
const GROUP_OF = new Map(ONCE.flatMap((group) => group.split(' ').map((word) => [word, group] as const)));
/** Taken without a use. */
const IDLE = new Set(['copy', 'nocopy', 'O', 'volume-opt', 'consistency']);
const SINCE: readonly (readonly [words: string, has: keyof PodmanFacts])[] = [
  ['noswap', 'globAndRamfs'],
  ['noatime', 'defaultsToVolume'],
  ['no-dereference', 'noDereference'],
  ['nocreate', 'nocreate'],
  ['subpath volume-subpath', 'oneMountParser'],
];
const HAS_SINCE = new Map(
  SINCE.flatMap(([words, has]) => words.split(' ').map((word) => [word, has] as const)),
);

/** What `podman create --tmpfs SPEC` says; sizes and modes are for the kernel to judge. Total. */
export function judgeTmpfs(spec: string, podman: PodmanFacts): PodmanVerdict {
  // What stands after a second colon is dropped without a word.
  const [target, options] = splitParts(spec, ':');
  if (target!.value === '') return refuse('container directory cannot be empty', target!.range);
  if (!target!.value.startsWith('/'))
    return refuse(
      `invalid container path ${quoteGo(target!.value)}, must be an absolute path`,
      target!.range,
    );
  const words = options === undefined ? [] : splitParts(options.value, ',', options.range.start);
  const seen = new Set<string>();
  for (const { value, range } of words) {
    const name = value.includes('=') ? value.slice(0, value.indexOf('=')) : value;
    // They are not looked at there.
    if (target!.value === '/dev') break;
    if (name === 'z' || name === 'Z')
      return refuse("the 'z' and 'Z' options are not allowed with tmpfs mounts: invalid mount option", range);
    if (value === 'bind' || value === 'rbind')
      return refuse(
        "the 'bind' and 'rbind' options are not allowed with tmpfs mounts: invalid mount option",
        range,
      );
    const since = HAS_SINCE.get(name);
    const isKnown =
      GROUP_OF.has(name) ||
      IDLE.has(name) ||
      PROPAGATIONS.has(value) ||
      name.startsWith('idmap') ||
      (since !== undefined && podman[since]);
    if (!isKnown) return refuse(`unknown mount option ${quoteGo(value)}: invalid mount option`, range);
    const group = GROUP_OF.get(name) ?? (PROPAGATIONS.has(value) ? 'propagation' : undefined);
    if (group !== undefined && seen.has(group)) {
      return refuse(`${twice(group)}: duplicate mount option passed`, range);
    }
    if (group !== undefined) seen.add(group);
  }
  return {
    kind: 'accepted',
    mount: { type: 'tmpfs', target: target!.value, words: words.map(({ value }) => value) },
  };
}

/** What podman says of the second word of a group. */
function twice(group: string): string {
  const words = group.split(' ').map((one) => `'${one}'`);
  if (group === 'propagation') return 'only one root propagation mode can be used';
  if (group === 'size' || group === 'mode') return `only one tmpfs ${group} can be specified`;
  if (group === 'U' || group.startsWith('tmpcopyup'))
    return `the ${words.join(' or ')} option can only be set once`;
  return `only one of ${words.reverse().join(' and ')} can be used`;
}
