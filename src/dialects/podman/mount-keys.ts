import type { PodmanMount } from './verdict.js';
import type { PodmanFacts } from './versions.js';

type MountType = PodmanMount['type'];

/** What a value of a key must be, or `any` where podman does not look at it. */
export type MountValue =
  | 'any'
  | 'source'
  | 'no-source' // known, and refused
  | 'target'
  | 'needed'
  | 'boolean' // `true`, `false` or bare
  | 'read-only' // as boolean, but other values are ignored since 4.6
  | 'propagation'
  | 'relabel'
  | 'driver-option'
  | 'never' // known, and refused
  | 'exact-boolean' // `true` or `false`, not bare
  | 'absolute';

/** One row: keys that mean one thing, for the types that take them. */
export interface MountKeyRow {
  readonly keys: string;
  readonly types: string;
  readonly value?: MountValue;
  /** A second one of the row's keys is refused. */
  readonly once?: true;
  /** How podman names the row then. */
  readonly oneOf?: string;
  /** The key is also one of the words of `-v`, and counts with them. */
  readonly isWord?: true;
  /** Since (or with `!` until) when podman has it. */
  readonly has?: keyof PodmanFacts;
  readonly hasNot?: keyof PodmanFacts;
  /** For another type it is known and refused by name. */
  readonly isTyped?: true;
}

const ALL = 'bind volume tmpfs glob ramfs';

/** Keys of `--mount` since 4.6, when one parser reads those of bind, volume, tmpfs, glob and ramfs. */
const TOGETHER: readonly MountKeyRow[] = [
  { keys: 'src source', types: 'bind volume glob ramfs', value: 'source', once: true, isTyped: true },
  { keys: 'target dst destination', types: ALL, value: 'target', once: true },
  { keys: 'dest', types: ALL, value: 'target', has: 'defaultsToVolume' },
  {
    keys: 'readonly ro rw',
    types: ALL,
    value: 'read-only',
    once: true,
    oneOf: "'readonly', 'ro', or 'rw' options",
  },
  { keys: 'nodev dev', types: ALL, once: true },
  { keys: 'nosuid suid', types: ALL, once: true },
  { keys: 'noexec exec', types: ALL, once: true },
  {
    keys: 'private rprivate slave rslave shared rshared unbindable runbindable',
    types: ALL,
    isWord: true,
  },
  { keys: 'z Z', types: ALL, isWord: true },
  { keys: 'bind-propagation', types: 'bind', value: 'propagation', isTyped: true },
  { keys: 'bind-nonrecursive', types: 'bind', isTyped: true },
  { keys: 'relabel', types: ALL, value: 'relabel', once: true },
  { keys: 'U chown', types: ALL, value: 'boolean', once: true, oneOf: "'U' or 'chown' option" },
  { keys: 'idmap', types: ALL, once: true },
  { keys: 'no-dereference', types: ALL, once: true, has: 'noDereference' },
  { keys: 'consistency', types: ALL },
  { keys: 'subpath volume-subpath', types: 'volume', value: 'needed', has: 'volumeSubpath', isTyped: true },
  { keys: 'volume-opt', types: 'volume', value: 'driver-option', isTyped: true },
  { keys: 'volume-label', types: 'volume', value: 'never', isTyped: true },
  { keys: 'nocreate', types: 'volume', has: 'nocreate', isTyped: true },
  { keys: 'tmpfs-size', types: 'tmpfs', value: 'needed', once: true, isTyped: true },
  { keys: 'tmpfs-mode', types: 'tmpfs', value: 'needed', once: true, isTyped: true },
  { keys: 'tmpcopyup notmpcopyup', types: 'tmpfs', once: true, isTyped: true },
  { keys: 'noswap', types: 'tmpfs ramfs', has: 'globAndRamfs', isTyped: true },
];

/** Keys of 4.0 to 4.5: each type has a parser of its own. */
const APART: readonly MountKeyRow[] = [
  { keys: 'src source', types: 'bind volume', value: 'source' },
  { keys: 'src source', types: 'tmpfs', value: 'no-source' },
  { keys: 'target dst destination', types: 'bind volume tmpfs', value: 'target' },
  {
    keys: 'readonly ro rw',
    types: 'bind',
    value: 'read-only',
    once: true,
    oneOf: "'readonly', 'ro', or 'rw' options",
  },
  { keys: 'ro rw', types: 'volume tmpfs', once: true },
  { keys: 'nodev dev', types: 'bind volume tmpfs', once: true },
  { keys: 'nosuid suid', types: 'bind volume tmpfs', once: true },
  { keys: 'noexec exec', types: 'bind volume tmpfs', once: true },
  {
    keys: 'private rprivate slave rslave shared rshared unbindable runbindable',
    types: 'bind',
    isWord: true,
  },
  { keys: 'z Z', types: 'bind', isWord: true },
  { keys: 'bind-propagation', types: 'bind', value: 'propagation' },
  { keys: 'bind-nonrecursive', types: 'bind' },
  { keys: 'relabel', types: 'bind', value: 'relabel', once: true },
  {
    keys: 'U chown',
    types: 'bind volume tmpfs',
    value: 'boolean',
    once: true,
    oneOf: "'U' or 'chown' option",
  },
  { keys: 'idmap', types: 'bind', once: true },
  { keys: 'consistency', types: 'bind volume tmpfs' },
  { keys: 'volume-opt', types: 'volume', value: 'driver-option' },
  { keys: 'volume-label', types: 'volume', value: 'never' },
  { keys: 'tmpfs-size', types: 'tmpfs', value: 'needed', once: true },
  { keys: 'tmpfs-mode', types: 'tmpfs', value: 'needed', once: true },
  { keys: 'tmpcopyup notmpcopyup', types: 'tmpfs', once: true },
];

/** Types that always had a parser of their own; of two sources or targets the last wins. */
const OWN: readonly MountKeyRow[] = [
  { keys: 'src source', types: 'image artifact', value: 'source' },
  { keys: 'target dst destination', types: 'image devpts artifact', value: 'target' },
  { keys: 'dest', types: 'image devpts artifact', value: 'target', has: 'defaultsToVolume' },
  { keys: 'consistency', types: 'image' },
  { keys: 'rw readwrite', types: 'image', value: 'exact-boolean' },
  { keys: 'subpath', types: 'image', value: 'absolute', has: 'imageSubpath' },
  { keys: 'uid gid mode max newinstance', types: 'devpts' },
  { keys: 'ptmxmode', types: 'devpts', has: 'ptmxmode' },
  { keys: 'ptxmode', types: 'devpts', hasNot: 'ptmxmode' },
  { keys: 'title digest', types: 'artifact' },
  { keys: 'name', types: 'artifact', has: 'artifactName' },
];

const TYPES: readonly (readonly [type: MountType, has?: keyof PodmanFacts])[] = [
  ['bind'],
  ['volume'],
  ['tmpfs'],
  ['image'],
  ['devpts'],
  ['glob', 'globAndRamfs'],
  ['ramfs', 'globAndRamfs'],
  ['artifact', 'artifact'],
];

/** The types of `--mount` that such a podman has. */
export const typesOf = (podman: PodmanFacts): readonly MountType[] =>
  TYPES.filter(([, has]) => has === undefined || podman[has]).map(([type]) => type);

/** Every key of `--mount` that some podman has, whatever the type; capital letters count. */
export const PODMAN_MOUNT_KEYS: ReadonlySet<string> = new Set([
  'type',
  ...[...TOGETHER, ...APART, ...OWN].flatMap(({ keys }) => keys.split(' ')),
]);

/** The rows of keys that such a podman has. */
export function rowsOf(podman: PodmanFacts): readonly MountKeyRow[] {
  return [...(podman.oneMountParser ? TOGETHER : APART), ...OWN].filter(
    ({ has, hasNot }) => (has === undefined || podman[has]) && (hasNot === undefined || !podman[hasNot]),
  );
}
