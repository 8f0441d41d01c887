// Values for --mount: CSV of every spelling over every key of every type.
import fc from 'fast-check';
import { absolutePath, anyPath, looseName, oddText, relativePath } from './text-arbitrary.js';

type Field = readonly [key: string, value: string | undefined];

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

const GOOD: Record<string, fc.Arbitrary<string | undefined>> = {
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
const KEYS_OF: Record<string, readonly string[]> = {
  bind: [...COMMON, 'bind-propagation', 'bind-nonrecursive', 'bind-recursive'],
  volume: [...COMMON, 'volume-nocopy', 'volume-label', 'volume-opt', 'volume-driver', 'volume-subpath'],
  tmpfs: ['readonly', 'consistency', 'tmpfs-size', 'tmpfs-mode'],
  image: [...COMMON, 'image-subpath'],
  npipe: COMMON,
  cluster: COMMON,
};
const ANY: Record<string, fc.Arbitrary<string | undefined>> = {
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
const ALIASES: Record<string, readonly string[]> = {
  source: ['src', 'source'],
  target: ['dst', 'target', 'destination'],
  readonly: ['ro', 'readonly'],
};

const fieldOf = (table: Record<string, fc.Arbitrary<string | undefined>>, key: string): fc.Arbitrary<Field> =>
  fc.tuple(pick(...(ALIASES[key] ?? [key])), table[key]!);

const typed = (type: string | undefined): fc.Arbitrary<Field[]> => {
  const extra = fc.array(
    pick(...KEYS_OF[type ?? 'volume']!).chain((key) => fieldOf(GOOD, key)),
    { maxLength: 4 },
  );
  const target: fc.Arbitrary<Field> = fc.tuple(pick('dst', 'target', 'destination'), absolutePath);
  const head: Field[] = type === undefined ? [] : [['type', type]];
  return fc.tuple(target, extra).map(([last, fields]) => [...head, ...fields, last]);
};
const goodFields = pick(
  'bind',
  'bind',
  'volume',
  'volume',
  'tmpfs',
  'tmpfs',
  'image',
  'npipe',
  undefined,
).chain(typed);
const anyFields = fc
  .oneof(
    fc.tuple(
      goodFields,
      fc.array(
        pick(...Object.keys(ANY)).chain((key) => fieldOf(ANY, key)),
        { minLength: 1, maxLength: 2 },
      ),
    ),
    fc.tuple(
      fc.constant<Field[]>([]),
      fc.array(
        pick(...Object.keys(ANY)).chain((key) => fieldOf(ANY, key)),
        { minLength: 1, maxLength: 6 },
      ),
    ),
  )
  .map(([good, odd]) => [...good, ...odd]);

const needsQuotes = /[",\r\n]/;
const quote = (field: string): string => `"${field.replaceAll('"', '""')}"`;
const writeField = ([key, value]: Field): string => (value === undefined ? key : `${key}=${value}`);
const writeGood = (fields: readonly Field[]): string =>
  fields
    .map(writeField)
    .map((field) => (needsQuotes.test(field) ? quote(field) : field))
    .join(',');
const writeOdd = (fields: readonly Field[], styles: readonly number[]): string =>
  fields
    .map((field, at): string => {
      const text = writeField(field);
      switch (styles[at % styles.length]) {
        case 0:
          return quote(text);
        case 1:
          return text.toUpperCase();
        case 2:
          return ` ${text}`;
        case 3:
          return `${field[0]}="${field[1] ?? ''}"`;
        case 4:
          return `"${text}" `;
        default:
          return text;
      }
    })
    .join(',');

/** A --mount value that most clients take. */
export const goodMount: fc.Arbitrary<string> = fc
  .tuple(
    goodFields.chain((fields) => fc.shuffledSubarray(fields, { minLength: fields.length })),
    fc.boolean(),
  )
  .map(([fields, upper]) =>
    writeGood(
      upper
        ? fields.map(([key, value]): Field => [key.replace(/^./, (first) => first.toUpperCase()), value])
        : fields,
    ),
  );

const styles = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 5 });
const splice = (text: string, at: number, cut: number, put: string): string => {
  const start = at % (text.length + 1);
  return (text.slice(0, start) + put + text.slice(start + cut)).replace(/[\ud800-\udfff]/gu, '');
};

/** Any --mount value, most of them odd. */
export const anyMount: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: anyFields.map(writeGood) },
  { weight: 3, arbitrary: fc.tuple(anyFields, styles).map(([fields, how]) => writeOdd(fields, how)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(goodMount, fc.nat(), fc.nat(2), oddText)
      .map(([text, at, cut, put]) => splice(text, at, cut, put)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(goodMount, pick('\n', '\r\n', '\r', ' ', ',', '"', '\t', '\u00a0', '\nx"y'))
      .map((parts) => parts.join('')),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(pick('\n', '\r\n', '\n\n', '\r', ' ', ',', '"', '\ufeff'), goodMount)
      .map((parts) => parts.join('')),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(goodMount, pick('type', 'dst', 'ro', 'tmpfs-size'), goodMount)
      .map((parts) => parts.join(',')),
  },
  { weight: 1, arbitrary: oddText },
);
