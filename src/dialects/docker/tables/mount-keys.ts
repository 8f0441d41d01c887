import type { FieldName } from '../../../mount/fields.js';
import { bySpelling } from './by-spelling.js';
import { makeVersion, type Version } from './version.js';

/** How the value of a `--mount` key is read. */
export type MountValueKind = 'text' | 'lower' | 'bool' | 'recursion' | 'map' | 'size' | 'octal';

/** The option group that a key belongs to; docker refuses a group on another type than its own. */
export type OptionGroup = 'bind' | 'volume' | 'image' | 'tmpfs';

/** One key of `--mount`. */
export interface MountKey {
  readonly name: string;
  readonly aliases: readonly string[];
  /** What of the mount it says. */
  readonly field: FieldName | 'type';
  readonly kind: MountValueKind;
  readonly group?: OptionGroup;
  /** First client that knows it; none: all supported ones. */
  readonly since?: Version;
  /** First client that warns about it, and first one that refuses it again, with these words. */
  readonly deprecated?: Version;
  readonly removed?: Version;
  readonly removedMessage?: string;
  /** What `mountc explain` says it does. */
  readonly summary: string;
  readonly evidence: string;
}

const v = makeVersion;
const S1 = 'docker/cli opts/mount.go at the release tags; §3.3';

/** The keys of `--mount`, as docker names them. The first name is the one that docker's documentation uses. */
export const MOUNT_KEYS = [
  {
    name: 'type',
    aliases: [],
    field: 'type',
    kind: 'lower',
    summary: 'what is mounted: bind, volume, tmpfs, image, npipe or cluster; volume when left out',
    evidence: S1,
  },
  {
    name: 'source',
    aliases: ['src'],
    field: 'source',
    kind: 'text',
    summary:
      'the host path (bind), the volume name (volume; left out: an anonymous volume) or the image (image)',
    evidence: S1,
  },
  {
    name: 'target',
    aliases: ['dst', 'destination'],
    field: 'target',
    kind: 'text',
    summary: 'the absolute path in the container',
    evidence: S1,
  },
  {
    name: 'readonly',
    aliases: ['ro'],
    field: 'readOnly',
    kind: 'bool',
    summary: 'the container cannot write there',
    evidence: S1,
  },
  {
    name: 'consistency',
    aliases: [],
    field: 'consistency',
    kind: 'lower',
    summary:
      'cached, delegated or consistent: a hint for old Docker Desktop releases, ignored everywhere else',
    evidence: S1,
  },
  {
    name: 'bind-propagation',
    aliases: [],
    field: 'propagation',
    kind: 'lower',
    group: 'bind',
    summary:
      'whether later mounts below the source appear in the container, and vice versa: rprivate (default), private, rshared, shared, rslave, slave',
    evidence: S1,
  },
  {
    name: 'bind-nonrecursive',
    aliases: [],
    field: 'recursion',
    kind: 'bool',
    group: 'bind',
    deprecated: v(25, 0, 0),
    removed: v(29, 0, 0),
    removedMessage: 'bind-nonrecursive is deprecated, use bind-recursive=disabled instead',
    summary: 'leave out what is mounted below the source',
    evidence: `${S1}; the warning came with bind-recursive, removed in 29.0.0`,
  },
  {
    name: 'bind-recursive',
    aliases: [],
    field: 'recursion',
    kind: 'recursion',
    group: 'bind',
    since: v(25, 0, 0),
    summary:
      'what is mounted below the source: enabled (default), disabled (left out), writable or readonly (both with readonly)',
    evidence: S1,
  },
  {
    name: 'bind-create-src',
    aliases: [],
    field: 'createSource',
    kind: 'bool',
    group: 'bind',
    since: v(29, 3, 0),
    summary: 'make a missing source directory on the host, as -v does',
    evidence: `${S1}; docker/cli#6792`,
  },
  {
    name: 'volume-nocopy',
    aliases: [],
    field: 'noCopy',
    kind: 'bool',
    group: 'volume',
    summary: 'do not fill an empty volume with what the image has at the target',
    evidence: S1,
  },
  {
    name: 'volume-label',
    aliases: [],
    field: 'labels',
    kind: 'map',
    group: 'volume',
    summary: 'a label for the volume if docker creates it',
    evidence: S1,
  },
  {
    name: 'volume-driver',
    aliases: [],
    field: 'driver',
    kind: 'text',
    group: 'volume',
    summary: 'the volume driver if docker creates the volume',
    evidence: S1,
  },
  {
    name: 'volume-opt',
    aliases: [],
    field: 'driverOptions',
    kind: 'map',
    group: 'volume',
    summary: 'an option for the volume driver if docker creates the volume',
    evidence: S1,
  },
  {
    name: 'volume-subpath',
    aliases: [],
    field: 'subpath',
    kind: 'text',
    group: 'volume',
    since: v(26, 0, 0),
    summary: 'mount only this directory of the volume',
    evidence: S1,
  },
  {
    name: 'image-subpath',
    aliases: [],
    field: 'subpath',
    kind: 'text',
    group: 'image',
    since: v(28, 0, 0),
    summary: 'mount only this directory of the image',
    evidence: S1,
  },
  {
    name: 'tmpfs-size',
    aliases: [],
    field: 'size',
    kind: 'size',
    group: 'tmpfs',
    summary: 'the most it can hold, as 64m or in bytes; 0 or left out: half of the memory',
    evidence: S1,
  },
  {
    name: 'tmpfs-mode',
    aliases: [],
    field: 'mode',
    kind: 'octal',
    group: 'tmpfs',
    summary: 'the permissions of its root in octal; 0 or left out: 1777',
    evidence: S1,
  },
] as const satisfies readonly MountKey[];

/** The names of the keys whose values are read like that: who enters them has a case for each. */
export type MountKeyOf<Kind extends MountValueKind> = Extract<
  (typeof MOUNT_KEYS)[number],
  { readonly kind: Kind }
>['name'];

/** A key of the table, its kind telling its names. */
export type KnownMountKey = {
  readonly [Kind in MountValueKind]: MountKey & { readonly kind: Kind; readonly name: MountKeyOf<Kind> };
}[MountValueKind];

/** Every spelling of every key. */
export const MOUNT_KEY_BY_NAME: ReadonlyMap<string, KnownMountKey> = bySpelling<KnownMountKey>(MOUNT_KEYS);

/** The order in which docker looks for options of the wrong type: with `strictMount`, and before (§3.4 row 3). */
export const GROUP_ORDER = {
  strict: ['bind', 'volume', 'image', 'tmpfs'],
  before: ['volume', 'image', 'bind', 'tmpfs'],
} as const satisfies Record<string, readonly OptionGroup[]>;

/** The values of `bind-recursive`, in the order of docker's message; exact case. */
export const RECURSIONS = ['enabled', 'disabled', 'writable', 'readonly'] as const;
