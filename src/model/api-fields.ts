import type { ApiMount } from './api.js';
import type { Mount } from './mount.js';

const READ: Readonly<Record<string, readonly string[] | undefined>> = {
  '': [
    'Type',
    'Source',
    'Target',
    'ReadOnly',
    'Consistency',
    'BindOptions',
    'VolumeOptions',
    'ImageOptions',
    'TmpfsOptions',
  ],
  BindOptions: [
    'Propagation',
    'NonRecursive',
    'CreateMountpoint',
    'ReadOnlyNonRecursive',
    'ReadOnlyForceRecursive',
  ],
  VolumeOptions: ['NoCopy', 'Labels', 'Subpath', 'DriverConfig'],
  DriverConfig: ['Name', 'Options'],
  ImageOptions: ['Subpath'],
  TmpfsOptions: ['SizeBytes', 'Mode', 'Options'],
};

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
    if (!READ[name]?.includes(key)) return [`${path}${key}`];
    return READ[key] !== undefined && typeof inner === 'object'
      ? unreadFields(inner as object, key, `${path}${key}.`)
      : [];
  });
}
