import fc from 'fast-check';
import { MOUNT_KEYS } from '../../src/dialects/docker/tables/mount-keys.js';
import { TMPFS_OPTIONS } from '../../src/dialects/docker/tables/tmpfs-options.js';
import { VOLUME_MODES } from '../../src/dialects/docker/tables/volume-modes.js';

/** Strings that are dense in what the grammars care about, and any others. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.string({ unit: fc.constantFrom(...'a/:,=."\\ C~z\n\r\t1é😀\u00a0'), maxLength: 40 }),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
);

const name = fc
  .string({ unit: fc.constantFrom(...'abcXYZ019._-'), minLength: 2, maxLength: 12 })
  .filter((text) => /^[A-Za-z0-9]/.test(text));
const segment = fc
  .string({ unit: fc.constantFrom(...'abc09._- ,"\'=é'), minLength: 1, maxLength: 8 })
  .filter((text) => text.trim() === text && !/^\.+$/.test(text));

/** Absolute container or host paths without a colon, of all kinds of characters. */
export const path: fc.Arbitrary<string> = fc
  .array(segment, { minLength: 1, maxLength: 4 })
  .map((parts) => `/${parts.join('/')}`);

const source = fc.oneof(
  path,
  path.map((text) => `.${text}`),
  name,
);

/** `-v` values that docker takes for what they say. */
export const goodVolume: fc.Arbitrary<string> = fc.oneof(
  path,
  fc
    .tuple(
      source,
      path,
      fc.uniqueArray(fc.constantFrom(...VOLUME_MODES), { selector: (mode) => mode.group, maxLength: 4 }),
    )
    .map(([from, to, modes]) =>
      [from, to, ...(modes.length > 0 ? [modes.map((mode) => mode.name).join(',')] : [])].join(':'),
    ),
);

const flag = (key: string) => fc.constantFrom(key, `${key}=true`, `${key}=1`, `${key}=false`);
const quote = (field: string) => (/[",\n\r]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

/** `--mount` values that every supported docker reads. */
export const goodMount: fc.Arbitrary<string> = fc
  .oneof(
    fc.tuple(
      fc.constant('type=bind'),
      source.map((text) => `src=${text}`),
      fc.subarray(['bind-propagation=rslave', 'consistency=cached']),
    ),
    fc.tuple(
      fc.constantFrom('type=volume', 'type=Volume'),
      name.map((text) => `source=${text}`),
      fc.subarray([
        'volume-nocopy',
        'volume-label=a=b',
        'volume-driver=local',
        'volume-opt=type=nfs',
        'consistency=delegated',
      ]),
    ),
    fc.tuple(fc.constant('type=volume'), fc.constant(''), fc.subarray(['volume-nocopy'])),
    fc.tuple(
      fc.constant('type=tmpfs'),
      fc.constant(''),
      fc.subarray(['tmpfs-size=64m', 'tmpfs-size=1.5g', 'tmpfs-mode=1770', 'tmpfs-mode=0700']),
    ),
  )
  .chain(([type, from, more]) =>
    fc
      .tuple(fc.constantFrom('dst', 'target', 'DESTINATION'), path, fc.option(flag('readonly'), { nil: '' }))
      .chain(([key, to, readonly]) =>
        fc.shuffledSubarray([type, from, `${key}=${to}`, readonly, ...more].filter(Boolean), {
          minLength: [type, from, key, readonly, ...more].filter(Boolean).length,
        }),
      ),
  )
  .map((fields) => fields.map(quote).join(','));

/** `--tmpfs` values that the engine takes. */
export const goodTmpfs: fc.Arbitrary<string> = fc
  .tuple(
    path.filter((text) => !text.includes(':')),
    fc.array(
      fc.oneof(
        fc.constantFrom(
          ...TMPFS_OPTIONS.filter(
            (row) => !row.takesValue && !['bind', 'remount', 'rbind'].includes(row.name),
          ).map((row) => row.name),
        ),
        fc.constantFrom(
          'size=64m',
          'size=1048576',
          'size=10%',
          'size=0',
          'size=65536k',
          'size=2G',
          'mode=1777',
          'mode=700',
          'mode=0',
          'uid=1000',
          'gid=0',
          'nr_inodes=1k',
        ),
      ),
      { maxLength: 4 },
    ),
  )
  .map(([target, options]) => (options.length === 0 ? target : `${target}:${options.join(',')}`));

/** `--mount` values of every key with every sort of value. */
export const oddMount: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc
        .tuple(
          fc.constantFrom(...MOUNT_KEYS.flatMap((key) => [key.name, ...key.aliases])),
          fc.option(oddText, { nil: undefined }),
        )
        .map(([key, value]) => (value === undefined ? key : `${key}=${value}`)),
      oddText,
    ),
    { maxLength: 6 },
  )
  .map((fields) => fields.join(','));
