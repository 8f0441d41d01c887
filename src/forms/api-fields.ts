import type {
  ApiBindOptions,
  ApiMount,
  ApiTmpfsOptions,
  ApiVolumeOptions,
} from '../dialects/docker/client/api.js';
import type { Mount } from '../mount/mount.js';

type FieldKind = 'text' | 'boolean' | 'size' | 'mode' | 'texts' | 'lists' | 'object';

/** The fields that are read, by the object that they stand in; `''` is the mount itself. */
const READ = {
  '': {
    Type: 'text',
    Source: 'text',
    Target: 'text',
    ReadOnly: 'boolean',
    Consistency: 'text',
    BindOptions: 'object',
    VolumeOptions: 'object',
    ImageOptions: 'object',
    TmpfsOptions: 'object',
  },
  BindOptions: {
    Propagation: 'text',
    NonRecursive: 'boolean',
    CreateMountpoint: 'boolean',
    ReadOnlyNonRecursive: 'boolean',
    ReadOnlyForceRecursive: 'boolean',
  },
  VolumeOptions: { NoCopy: 'boolean', Labels: 'texts', Subpath: 'text', DriverConfig: 'object' },
  DriverConfig: { Name: 'text', Options: 'texts' },
  ImageOptions: { Subpath: 'text' },
  TmpfsOptions: { SizeBytes: 'size', Mode: 'mode', Options: 'lists' },
} satisfies FieldsOf<{
  '': ApiMount;
  BindOptions: ApiBindOptions;
  VolumeOptions: ApiVolumeOptions;
  DriverConfig: NonNullable<ApiVolumeOptions['DriverConfig']>;
  ImageOptions: NonNullable<ApiMount['ImageOptions']>;
  TmpfsOptions: ApiTmpfsOptions;
}>;

type FieldsOf<Objects> = {
  readonly [Name in keyof Objects]: { readonly [Key in keyof Objects[Name]]-?: FieldKind };
};

const FITS: Readonly<Record<FieldKind, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  size: (value) =>
    typeof value === 'bigint'
      ? BigInt.asIntN(64, value) === value
      : Number.isInteger(value) && Math.abs(value as number) < 2 ** 63,
  mode: (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 32,
  texts: (value) => isObject(value) && Object.values(value).every(isText),
  lists: (value) =>
    Array.isArray(value) && value.every((inner) => Array.isArray(inner) && inner.every(isText)),
  object: (value) => isObject(value),
};
const isText = (value: unknown): boolean => typeof value === 'string';

/** Whether a value is an object of JSON, and no list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(name: string, key: string): FieldKind | undefined {
  const fields = (READ as Readonly<Record<string, Readonly<Record<string, FieldKind>>>>)[name];
  return fields !== undefined && Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** The first field of an entry of `Mounts` that has a value of another type than the API's: docker refuses the whole call. */
export function wrongApiField(entry: object, name = '', path = ''): string | undefined {
  for (const [key, value] of Object.entries(entry)) {
    const kind = kindOf(name, key);
    // Go reads null as nothing.
    if (kind === undefined || value === null || value === undefined) continue;
    if (!FITS[kind](value)) return path + key;
    const inner = kind === 'object' ? wrongApiField(value as object, key, `${path}${key}.`) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/**
 * What only the API can say of a mount: the options of a tmpfs, which `--tmpfs` has words for, come into `mount`; fields that
 * have no word in the model are named, `TmpfsOptions.Foo`.
 */
export function readApiFields(api: ApiMount, mount: Mount | undefined): { mount?: Mount; unread: string[] } {
  const unread = unreadFields(api, '', '');
  const raw: unknown = api.TmpfsOptions?.Options;
  if (!Array.isArray(raw) || raw.length === 0) return { mount, unread };
  const words = raw.map((pair: unknown) => (Array.isArray(pair) ? pair.join('=') : String(pair)));
  if (mount?.type !== 'tmpfs') return { mount, unread: [...unread, 'TmpfsOptions.Options'] };
  const last = words.findLast((word) => word === 'exec' || word === 'noexec');
  const others = words.filter((word) => word !== 'exec' && word !== 'noexec');
  return {
    mount: { ...mount, options: [...others, ...(last === 'exec' ? ['exec'] : [])].sort() },
    unread,
  };
}

function unreadFields(value: object, name: string, path: string): string[] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]): string[] => {
    const isEmpty = inner === null || inner === '' || inner === false || inner === 0;
    const isHollow = typeof inner === 'object' && inner !== null && Object.keys(inner).length === 0;
    if (isEmpty || isHollow) return [];
    const kind = kindOf(name, key);
    if (kind === undefined) return [`${path}${key}`];
    return kind === 'object' ? unreadFields(inner as object, key, `${path}${key}.`) : [];
  });
}
