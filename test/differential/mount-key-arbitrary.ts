// The keys of --mount and values for them, good and odd.
import fc from 'fast-check';
import { absolutePath, anyPath, looseName, oddText, relativePath } from './text-arbitrary.js';

const pick = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const goodBool = pick('true', 'false', '1', '0', undefined);
const anyBool = pick(
  undefined,
  ...'true false 1 0 t f T F TRUE FALSE True False tRue yes no on off 2 01'.split(' '),
  '',
  ' true',
  'true ',
);
const goodSize = pick(
  '1',
  '64m',
  '64M',
  '64mb',
  '64MiB',
  '1.5g',
  '10b',
  '0',
  '1k',
  '2T',
  '1p',
  '123456789',
  '64 MiB',
  '0.0001k',
);
const sizeNumber = fc.oneof(
  fc.bigInt({ min: 0n, max: 10n ** 22n }).map(String),
  fc.tuple(fc.nat(5000), fc.nat(99_999)).map(([whole, part]) => `${whole}.${part}`),
  pick(
    '.5',
    '5.',
    '+1',
    '-1',
    '-0',
    '1e3',
    '1e-1',
    '1E2',
    '1_000',
    '0x1p4',
    '0x10',
    '0X1P-2',
    '1.2.3',
    'inf',
    'nan',
    '',
    '007',
    '1e400',
  ),
  pick(
    '9007199254740993',
    '9223372036854775807',
    '9223372036854775808',
    '8191.9999999p',
    '1__0',
    '_1',
    '0b1',
    '0o7',
    '٣',
    '.',
    '1e',
  ),
);
const sizeSuffix = pick(
  '',
  '',
  'b',
  'B',
  'k',
  'K',
  'kb',
  'KiB',
  'ki',
  'i',
  'ib',
  'm',
  'mI',
  'g',
  'GB',
  't',
  'tib',
  'p',
  'P',
  'e',
  'bb',
  'x',
  ' ',
  ' k',
  ' kb',
  '  m',
  'k ',
  ' b ',
  '%',
  'é',
);
const anySize = fc.oneof(
  goodSize,
  fc.tuple(sizeNumber, sizeSuffix).map((parts) => parts.join('')),
);
const goodMode = pick('1777', '0755', '755', '0', '700', '37777777777');
const anyMode = fc.oneof(
  goodMode,
  pick(
    '8',
    '9',
    '0o755',
    '-1',
    '+7',
    '1_0',
    '40000000000',
    'u+x',
    '',
    ' 7',
    '7 ',
    '0x1',
    '00000000000000000000007',
    '٧',
  ),
);
const propagation = pick('rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave', 'RShared');
const recursive = pick('enabled', 'disabled', 'writable', 'readonly');
const pair = pick(
  'a=b',
  'a',
  'o=size=1m',
  'type=tmpfs',
  'device=tmpfs',
  'k=',
  '=v',
  '=',
  '',
  'a=c',
  'é=1',
  'a b=c d',
);
const word = fc.oneof(looseName, oddText);

/** Per key, values that a client takes when the key suits the type; undefined is the bare key. */
export const GOOD: Record<string, fc.Arbitrary<string | undefined>> = {
  source: fc.oneof(absolutePath, relativePath, looseName),
  readonly: goodBool,
  consistency: pick('cached', 'Delegated', 'consistent', 'default'),
  'bind-propagation': propagation,
  'bind-nonrecursive': goodBool,
  'bind-recursive': pick('enabled', 'disabled'),
  'volume-nocopy': goodBool,
  'volume-label': pair,
  'volume-driver': pick('local', 'nfs', 'Vieux/sshfs'),
  'volume-opt': pair,
  'volume-subpath': pick('a', 'a/b', '../x'),
  'image-subpath': pick('a', 'a/b'),
  'tmpfs-size': goodSize,
  'tmpfs-mode': goodMode,
};
const COMMON = ['source', 'readonly', 'consistency'];
/** The keys that suit a type. */
export const KEYS_OF: Record<string, readonly string[]> = {
  bind: [...COMMON, 'bind-propagation', 'bind-nonrecursive', 'bind-recursive'],
  volume: [...COMMON, 'volume-nocopy', 'volume-label', 'volume-opt', 'volume-driver', 'volume-subpath'],
  tmpfs: ['readonly', 'consistency', 'tmpfs-size', 'tmpfs-mode'],
  image: [...COMMON, 'image-subpath'],
  npipe: COMMON,
  cluster: COMMON,
};
/** Per key, values of every kind; keys that no client knows are among them. */
export const ANY: Record<string, fc.Arbitrary<string | undefined>> = {
  ...GOOD,
  type: pick(
    'bind',
    'volume',
    'tmpfs',
    'image',
    'npipe',
    'cluster',
    'BIND',
    'Volume',
    'bogus',
    '',
    ' bind',
    'bind ',
    'tmpfſ',
  ),
  source: fc.option(anyPath, { nil: undefined, freq: 20 }),
  target: fc.option(anyPath, { nil: undefined, freq: 20 }),
  readonly: anyBool,
  consistency: fc.oneof(pick('', 'CACHED', 'bogus', undefined), oddText),
  'bind-propagation': fc.oneof(propagation, pick('', 'bogus', undefined, ' rshared')),
  'bind-nonrecursive': anyBool,
  'bind-recursive': fc.oneof(recursive, pick('', 'Enabled', 'true', undefined)),
  'bind-create-src': anyBool,
  'volume-nocopy': anyBool,
  'volume-label': fc.oneof(pair, word, pick(undefined)),
  'volume-driver': fc.option(word, { nil: undefined }),
  'volume-opt': fc.oneof(pair, word, pick(undefined)),
  'volume-subpath': fc.option(word, { nil: undefined }),
  'image-subpath': fc.option(word, { nil: undefined }),
  'tmpfs-size': anySize,
  'tmpfs-mode': anyMode,
  bogus: pick('1', undefined, ''),
  'tmpfs-opt': pick('1'),
  rw: pick(undefined),
  cached: pick(undefined),
  '': pick('', 'x', undefined),
};
/** The spellings of a key. */
export const ALIASES: Record<string, readonly string[]> = {
  source: ['src', 'source'],
  target: ['dst', 'target', 'destination'],
  readonly: ['ro', 'readonly'],
};
