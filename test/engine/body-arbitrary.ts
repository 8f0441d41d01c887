// Create calls about mounts, good and bad, for comparison with real engines. Names in them stand for what `fill` puts there.
import fc from 'fast-check';
import type { ApiMount, CreateBody } from '../../src/dialects/docker/client/api.js';

/** The paths and names that generated bodies use. */
export interface Places {
  /** An existing directory, without a slash at the end. */
  readonly dir: string;
  /** Makes the names of volumes unique to a case. */
  readonly tag: string;
  /** A volume that exists. */
  readonly volume: string;
}

const one = fc.constantFrom;
const often = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: usual }, { weight: 2, arbitrary: odd });

const target = often(
  one('/x', '/x/y', '/data'),
  one(
    '/x/',
    '//x',
    '/y/../x',
    '/',
    '//',
    '/.',
    '/x/..',
    '\\',
    '\\x',
    '/\\',
    'x',
    './x',
    '..',
    '',
    '~',
    '/a b',
    '/ü',
    'C:/x',
    '/X',
    '/x,y',
  ),
);
const source = often(
  one('%d', '%d/sub', '%n', '%v', ''),
  one(
    '%d/',
    '%d/file',
    '%d/missing',
    '%d/file/below',
    '%d/../%b',
    '/',
    'rel',
    './x',
    '~/x',
    '~',
    'a',
    '1',
    '_',
    'a/b',
    '%n.x-Y_1',
    '-x',
    '.x',
    'é',
    'x y',
    '\\x',
    'C',
    ' /a',
    '/a b',
  ),
);
const modeWord = one(
  'ro',
  'rw',
  'z',
  'Z',
  'nocopy',
  'private',
  'rprivate',
  'shared',
  'rshared',
  'slave',
  'rslave',
  'consistent',
  'cached',
  'delegated',
);
const mode = fc.oneof(
  fc.array(modeWord, { minLength: 1, maxLength: 3 }).map((words) => words.join(',')),
  one(
    '',
    'RO',
    'rro',
    'exec',
    'U',
    'copy',
    'default',
    'ro,',
    ',ro',
    ' ro',
    'ro rw',
    'bogus',
    'readonly',
    'ro=1',
    'Ro,z',
  ),
);

/** One entry of HostConfig.Binds. */
export const bind: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(source, target).map((parts) => parts.join(':')) },
  { weight: 5, arbitrary: fc.tuple(source, target, mode).map((parts) => parts.join(':')) },
  { weight: 1, arbitrary: fc.tuple(source, target, mode, mode).map((parts) => parts.join(':')) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.oneof(target, source, mode), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.join(':')),
  },
);

const perhaps = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 4 });
const flag = perhaps(fc.boolean());

const bindOptions = fc.record({
  Propagation: perhaps(often(modeWord, one('bogus', 'RShared', ''))),
  NonRecursive: flag,
  CreateMountpoint: flag,
  ReadOnlyNonRecursive: flag,
  ReadOnlyForceRecursive: flag,
});
const volumeOptions = fc.record({
  NoCopy: flag,
  Labels: perhaps(fc.constant({ a: 'b' })),
  Subpath: perhaps(one('sub', 'a/b', '../x', '/abs', 'a/../b', '.', '..', 'a/../..', '')),
  DriverConfig: perhaps(
    fc.record({
      Name: perhaps(one('', 'local')),
      Options: perhaps(
        fc.dictionary(one('type', 'o', 'device', 'bogus', 'Type', ''), one('tmpfs', 'x', ''), { maxKeys: 2 }),
      ),
    }),
  ),
});
const tmpfsOptions = fc.record({
  SizeBytes: perhaps(one(1024, 65536, 1, -1, 2 ** 40)),
  Mode: perhaps(one(0, 0o700, 0o1777, 0o177777)),
});

/** One entry of HostConfig.Mounts; fields that are undefined are not there. */
export const mount: fc.Arbitrary<ApiMount> = fc
  .record({
    Type: often(
      one('bind', 'volume', 'tmpfs'),
      one('bind', 'image', 'npipe', 'cluster', 'bogus', 'Bind', ''),
    ),
    Source: perhaps(source),
    Target: perhaps(target),
    ReadOnly: flag,
    Consistency: perhaps(one('cached', 'bogus')),
    own: fc.boolean(),
    BindOptions: perhaps(bindOptions),
    VolumeOptions: perhaps(volumeOptions),
    TmpfsOptions: perhaps(tmpfsOptions),
    ImageOptions: fc.option(fc.record({ Subpath: perhaps(one('bin', '../x', '/abs', 'a/../..')) }), {
      nil: undefined,
      freq: 12,
    }),
  })
  .map(({ own, ...all }) => {
    const kept: Record<string, unknown> = { ...all };
    // Mostly the options that belong to the type, so that later checks are reached.
    if (own) {
      for (const [field, type] of OPTIONS_OF) if (type !== all.Type) kept[field] = undefined;
    }
    return JSON.parse(JSON.stringify(kept)) as ApiMount;
  });

const OPTIONS_OF = [
  ['BindOptions', 'bind'],
  ['VolumeOptions', 'volume'],
  ['TmpfsOptions', 'tmpfs'],
  ['ImageOptions', 'image'],
] as const;

const tmpfsWord = often(
  one(
    'ro',
    'rw',
    'exec',
    'noexec',
    'suid',
    'size=64k',
    'size=10%',
    'mode=700',
    'uid=1',
    'gid=1',
    'nr_inodes=100',
    'defaults',
    'noatime',
  ),
  one(
    'bogus',
    'RW',
    ' size=1m',
    'size',
    'huge=never',
    'noswap',
    'rro',
    'size=64MiB',
    'size=1x',
    'size=64 m',
    'mode=9',
    'mode=0',
    'ro=1',
    '',
    '=1',
    'bogus=1',
    'tmpcopyup',
    'uid=x',
    'shared',
    'rslave',
  ),
);

/** The options of a `--tmpfs`. */
export const tmpfsText: fc.Arbitrary<string> = fc
  .array(tmpfsWord, { maxLength: 4 })
  .map((words) => words.join(','));

const none = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(arbitrary, { nil: null, freq: 2 });

/** A create call of one thing. */
export const single: fc.Arbitrary<CreateBody> = fc.oneof(
  bind.map((text) => bodyOf({ Binds: [text] })),
  mount.map((item) => bodyOf({ Mounts: [item] })),
  fc.tuple(target, tmpfsText).map(([key, text]) => bodyOf({ Tmpfs: { [key]: text } })),
);

/** A create call of one thing that is mostly not refused before it is started. */
export const startable: fc.Arbitrary<CreateBody> = fc.oneof(
  bind.map((text) => bodyOf({ Binds: [text] })),
  mount.map((item) => bodyOf({ Mounts: [{ ...item, Target: item.Target || '/x' }] })),
  fc
    .tuple(one('/x', '/x/', '/x/../y', '/proc'), tmpfsText)
    .map(([key, text]) => bodyOf({ Tmpfs: { [key]: text } })),
  one('/x', 'rel', '', '/', '/x/', 'a:/x', '/proc').map((key) => bodyOf({ Volumes: { [key]: {} } })),
);

/** A create call of several things, with clashing targets. */
export const several: fc.Arbitrary<CreateBody> = fc
  .record({
    Binds: none(fc.array(bind, { minLength: 1, maxLength: 2 })),
    Mounts: none(fc.array(mount, { minLength: 1, maxLength: 2 })),
    Tmpfs: none(fc.dictionary(target, tmpfsText, { minKeys: 1, maxKeys: 1 })),
    Volumes: none(one('/x', '/v', 'rel').map((key) => ({ [key]: {} }))),
    VolumesFrom: fc.option(
      one('', 'none:bogus', 'none:nocopy', 'none:ro,rshared').map((spec) => [spec]),
      {
        nil: null,
        freq: 10,
      },
    ),
    VolumeDriver: fc.option(fc.constant('local'), { nil: null, freq: 5 }),
  })
  .map((parts) => bodyOf(parts));

/** A body with nothing but what is given. */
export function bodyOf(parts: Partial<CreateBody>): CreateBody {
  return {
    Binds: null,
    Mounts: null,
    Tmpfs: null,
    Volumes: null,
    VolumeDriver: null,
    VolumesFrom: null,
    ...parts,
  };
}

/** Puts real paths and names into a generated body. */
export function fillBody(body: CreateBody, { dir, tag, volume }: Places): CreateBody {
  const base = dir.slice(dir.lastIndexOf('/') + 1);
  const text = JSON.stringify(body)
    .replaceAll('%d', dir)
    .replaceAll('%b', base)
    .replaceAll('%n', tag)
    .replaceAll('%v', volume);
  return JSON.parse(text) as CreateBody;
}
