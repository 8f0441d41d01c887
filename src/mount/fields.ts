import { cleanPath } from '../go/path.js';
import type { Mount } from './mount.js';

/** The types of mounts. */
export type MountType = Mount['type'];

/** A mount of one type. */
type MountOf<Type extends MountType> = Extract<Mount, { readonly type: Type }>;

/** The forms whose words for a field are in its row; those of `--mount` are rows of its keys. */
type WordedForm = 'volume' | 'tmpfs' | 'compose' | 'compose-short' | 'api';

/** One thing that a mount can say, with its effect or the reason why it has none. */
export type Field<Value = never> = FieldWords<Value> &
  (
    | {
        /** What counts of a value where mounts are compared; undefined for what docker does when nothing is said. */
        readonly effect: (value: Value) => Effect | undefined;
        readonly ignored?: undefined;
      }
    | {
        /** Why it has no effect of its own. */
        readonly ignored: string;
        readonly effect?: undefined;
      }
  );

interface FieldWords<Value> {
  /** What `inspect` calls it. */
  readonly name: string;
  /** A value that has an effect. */
  readonly example: Value;
  /** The effect in a word, where it is not written as it is. */
  readonly show?: (value: Value) => string;
  /** Why `inspect` does not compare it. */
  readonly unobserved?: string;
  /** A path, a name or a text for others: a part of it may be unknown, and it is the same thing still. */
  readonly isOpen?: true;
  /** How each form says it. A form that is not here and has the type has no word for it: the conversion is refused. */
  readonly words: Readonly<Partial<Record<WordedForm, string>>>;
  /** The reason of such a form in words of its own, and when it applies. */
  readonly lost?: Readonly<
    Partial<Record<WordedForm | 'mount', { readonly why: string; readonly when: string }>>
  >;
}

/** An effect as JSON has it, equal for values that do the same. */
type Effect = string | number | boolean | readonly string[] | readonly (readonly [string, string])[];

type FieldsOf<Type extends MountType> = {
  readonly [Name in Exclude<keyof MountOf<Type>, 'type'>]-?: Field<NonNullable<MountOf<Type>[Name]>>;
};

/** The name of a field of any mount. */
export type FieldName = { [Type in MountType]: keyof FieldsOf<Type> }[MountType];

const said = <Value extends Effect>(value: Value): Value => value;
const flag = (value: boolean): true | undefined => value || undefined;
const listed = (list: readonly string[]): readonly string[] | undefined =>
  list.length === 0 ? undefined : [...list].sort();
const pairs = (map: Readonly<Record<string, string>>) => {
  const entries = Object.entries(map).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return entries.length === 0 ? undefined : entries;
};

const OF_THE_VOLUME = 'it is of the volume, which may be older than the container';

const TARGET: Field<string> = {
  name: 'target',
  example: '/b',
  effect: cleanPath,
  isOpen: true,
  words: {
    volume: 'second section',
    tmpfs: 'first section',
    compose: 'target',
    'compose-short': 'second section',
    api: 'Target',
  },
};

const READ_ONLY: Field<boolean> = {
  name: 'access',
  example: true,
  effect: flag,
  show: (value) => (value ? 'ro' : 'rw'),
  words: { volume: 'ro', tmpfs: 'ro', compose: 'read_only', 'compose-short': 'ro', api: 'ReadOnly' },
};

const CONSISTENCY: Field<string> = {
  name: 'consistency',
  example: 'cached',
  ignored: 'engines on Linux ignore the consistency of a mount in every form',
  words: { volume: 'cached, delegated, consistent', compose: 'consistency', api: 'Consistency' },
};

const SOURCE: Field<string> = {
  name: 'source',
  example: '/a',
  effect: said,
  isOpen: true,
  words: { volume: 'first section', compose: 'source', 'compose-short': 'first section', api: 'Source' },
};

/**
 * Every field of every mount. The compiler asks for a row for each field of `Mount`; equality, what a form has no word for, `inspect`
 * and the tables in the documentation come from here, so a field that one of them forgets cannot be.
 */
const MOUNT_FIELDS: { readonly [Type in MountType]: FieldsOf<Type> } = {
  bind: {
    source: SOURCE,
    target: TARGET,
    readOnly: READ_ONLY,
    consistency: CONSISTENCY,
    createSource: {
      name: 'createSource',
      example: true,
      effect: flag,
      unobserved: 'the container is there, and so is its source',
      words: {
        volume: 'always',
        compose: 'bind.create_host_path',
        'compose-short': 'always',
        api: 'BindOptions.CreateMountpoint, Binds',
      },
    },
    createSourceVaries: {
      name: 'createSource',
      example: true,
      ignored: 'Compose releases differ in it; see the losses of each form',
      words: {},
    },
    propagation: {
      name: 'propagation',
      example: 'rslave',
      effect: (value) => (value === 'rprivate' ? undefined : value),
      words: {
        volume: 'rprivate, rslave, …',
        compose: 'bind.propagation',
        'compose-short': 'rprivate, rslave, …',
        api: 'BindOptions.Propagation',
      },
    },
    recursion: {
      name: 'recursive',
      example: ['disabled'],
      effect: listed,
      show: (value) => [...value].sort().join(','),
      words: {
        compose: 'bind.recursive',
        api: 'BindOptions.NonRecursive, ReadOnlyNonRecursive, ReadOnlyForceRecursive',
      },
    },
    relabel: {
      name: 'relabel',
      example: 'Z',
      effect: said,
      words: { volume: 'z, Z', compose: 'bind.selinux', 'compose-short': 'z, Z', api: 'Binds' },
      lost: { mount: { why: 'no key of --mount relabels for SELinux', when: 'z or Z on a bind' } },
    },
  },
  volume: {
    source: { ...SOURCE, example: 'name' },
    target: TARGET,
    readOnly: READ_ONLY,
    consistency: CONSISTENCY,
    noCopy: {
      name: 'nocopy',
      example: true,
      effect: flag,
      words: {
        volume: 'nocopy',
        compose: 'volume.nocopy',
        'compose-short': 'nocopy',
        api: 'VolumeOptions.NoCopy',
      },
    },
    labels: {
      name: 'labels',
      example: { a: 'b' },
      effect: pairs,
      isOpen: true,
      unobserved: OF_THE_VOLUME,
      words: {
        compose: 'labels of the volume',
        'compose-short': 'labels of the volume',
        api: 'VolumeOptions.Labels',
      },
    },
    driver: {
      name: 'driver',
      example: 'd',
      effect: (value) => value || undefined,
      isOpen: true,
      words: {
        volume: '--volume-driver',
        compose: 'driver of the volume',
        'compose-short': 'driver of the volume',
        api: 'VolumeOptions.DriverConfig.Name',
      },
    },
    driverOptions: {
      name: 'driverOptions',
      example: { a: 'b' },
      effect: pairs,
      isOpen: true,
      unobserved: OF_THE_VOLUME,
      words: {
        compose: 'driver_opts of the volume',
        'compose-short': 'driver_opts of the volume',
        api: 'VolumeOptions.DriverConfig.Options',
      },
    },
    subpath: {
      name: 'subpath',
      example: 'd',
      effect: said,
      isOpen: true,
      words: { compose: 'volume.subpath', api: 'VolumeOptions.Subpath' },
    },
    relabel: {
      name: 'relabel',
      example: 'Z',
      // `z` is what local volumes get anyway.
      effect: (value) => (value === 'Z' ? value : undefined),
      words: { volume: 'z, Z', api: 'Binds' },
      lost: {
        mount: { why: 'no key of --mount relabels for SELinux', when: 'Z on a volume' },
        compose: { why: 'Compose relabels binds only, not volumes', when: 'Z on a volume' },
        'compose-short': { why: 'Compose relabels binds only, not volumes', when: 'Z on a volume' },
      },
    },
    external: {
      name: 'external',
      example: true,
      ignored: 'it concerns only Compose and its file; see the losses of each form',
      words: { compose: 'external of the volume', 'compose-short': 'external of the volume' },
    },
  },
  tmpfs: {
    target: TARGET,
    readOnly: READ_ONLY,
    consistency: CONSISTENCY,
    size: {
      name: 'size',
      example: 1024n,
      effect: String,
      words: { tmpfs: 'size', compose: 'tmpfs.size', 'compose-short': 'size', api: 'TmpfsOptions.SizeBytes' },
    },
    mode: {
      name: 'mode',
      example: 0o700,
      effect: said,
      show: (value) => value.toString(8),
      words: { tmpfs: 'mode', compose: 'tmpfs.mode', 'compose-short': 'mode', api: 'TmpfsOptions.Mode' },
    },
    options: {
      name: 'options',
      example: ['exec'],
      effect: listed,
      show: (value) => value.join(','),
      words: {
        tmpfs: 'any other word',
        compose: 'tmpfs of the service',
        'compose-short': 'tmpfs of the service',
        api: 'Tmpfs',
      },
      lost: {
        mount: {
          why: '--mount can only set the size and the mode of a tmpfs',
          when: 'exec, suid, dev, uid, gid, nr_inodes, nr_blocks, mpol, atime options, size in percent or 0, mode 0',
        },
      },
    },
  },
  image: {
    source: { ...SOURCE, example: 'img' },
    target: TARGET,
    readOnly: READ_ONLY,
    consistency: CONSISTENCY,
    subpath: {
      name: 'subpath',
      example: 'd',
      effect: said,
      isOpen: true,
      words: { compose: 'image.subpath', api: 'ImageOptions.Subpath' },
    },
  },
  npipe: {
    source: { ...SOURCE, example: '\\\\.\\pipe\\a' },
    target: TARGET,
    readOnly: READ_ONLY,
    consistency: CONSISTENCY,
  },
  cluster: {
    source: { ...SOURCE, example: 'group:a' },
    target: TARGET,
    readOnly: READ_ONLY,
    consistency: CONSISTENCY,
  },
};

/** A field of one type of mount. */
export interface FieldRow {
  readonly type: MountType;
  readonly name: FieldName;
  readonly field: Field;
}

const rowsOf = (type: MountType): FieldRow[] =>
  Object.entries(MOUNT_FIELDS[type]).map(([name, field]) => ({ type, name: name as FieldName, field }));

/** The rows of the table by type, in its order. */
export const FIELD_ROWS = {
  bind: rowsOf('bind'),
  volume: rowsOf('volume'),
  tmpfs: rowsOf('tmpfs'),
  image: rowsOf('image'),
  npipe: rowsOf('npipe'),
  cluster: rowsOf('cluster'),
} satisfies Record<MountType, readonly FieldRow[]>;

// Each row is of the type of its mount: the compiler cannot tell for all types at once.
function valueIn(mount: Mount, { name }: FieldRow): never | undefined {
  return (mount as unknown as Readonly<Record<string, never>>)[name];
}

/** What of a field counts where mounts are compared; undefined where that is what docker does anyway. */
export function effectOf(mount: Mount, row: FieldRow): Effect | undefined {
  const value = valueIn(mount, row);
  return value === undefined ? undefined : row.field.effect?.(value);
}

/** The effect of a field in a word; undefined where it has none. */
export function showField(mount: Mount, row: FieldRow): string | undefined {
  const effect = effectOf(mount, row);
  const value = valueIn(mount, row);
  if (effect === undefined || value === undefined) return undefined;
  return row.field.show?.(value) ?? String(effect);
}

/** Every text of a mount that may have unknown parts. */
export function openTexts(mount: Mount): readonly string[] {
  return FIELD_ROWS[mount.type].flatMap((row): readonly string[] => {
    const value: unknown = row.field.isOpen && valueIn(mount, row);
    if (typeof value === 'string') return [value];
    return typeof value === 'object' && value !== null ? (Object.values(value) as string[]) : [];
  });
}
