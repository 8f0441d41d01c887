// Values for -v, --tmpfs and --volumes-from.
import fc from 'fast-check';
import { absolutePath, anyPath, looseName, oddText, relativePath, windowsPath } from './text-arbitrary.js';

const goodMode = fc.constantFrom(
  'ro',
  'rw',
  'z',
  'Z',
  'cached',
  'nocopy',
  'rshared',
  'ro,z',
  'rprivate,ro,Z',
  'consistent',
);
const anyMode = fc.oneof(
  goodMode,
  fc.constantFrom('RO', 'bogus', 'ro,', ',ro', 'ro,ro', ' ro', 'U', 'exec', 'é'),
  oddText,
);

/** A -v value that every client takes. */
export const goodVolume: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(absolutePath, absolutePath).map((parts) => parts.join(':')) },
  { weight: 2, arbitrary: fc.tuple(absolutePath, absolutePath, goodMode).map((parts) => parts.join(':')) },
  { weight: 2, arbitrary: fc.tuple(relativePath, absolutePath).map((parts) => parts.join(':')) },
  { weight: 1, arbitrary: fc.tuple(relativePath, absolutePath, goodMode).map((parts) => parts.join(':')) },
  { weight: 2, arbitrary: fc.tuple(looseName, absolutePath).map((parts) => parts.join(':')) },
  {
    weight: 1,
    arbitrary: fc.tuple(windowsPath, fc.oneof(absolutePath, windowsPath)).map((parts) => parts.join(':')),
  },
  { weight: 1, arbitrary: absolutePath },
);

/** Any -v value, most of them odd. */
export const anyVolume: fc.Arbitrary<string> = fc.oneof(
  { weight: 2, arbitrary: goodVolume },
  { weight: 3, arbitrary: fc.array(anyPath, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(':')) },
  { weight: 2, arbitrary: fc.tuple(anyPath, anyPath, anyMode).map((parts) => parts.join(':')) },
  { weight: 2, arbitrary: fc.string({ unit: fc.constantFrom(...'a:/.b\\é'), maxLength: 8 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(anyPath, fc.constantFrom(':', '::', ':::', ' ', ': ', ':ro:rw'))
      .map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(':', '::', ' '), anyPath).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: oddText },
);

const tmpfsOptions = fc.constantFrom(
  '',
  'size=64m',
  'rw,size=1g,mode=1777',
  'ro',
  'noexec,uid=1',
  'bogus',
  'size=10%',
  'a:b',
  ' ro',
  ',,',
);

/** Any --tmpfs value; no client refuses one. */
export const anyTmpfs: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: absolutePath },
  { weight: 4, arbitrary: fc.tuple(absolutePath, tmpfsOptions).map((parts) => parts.join(':')) },
  { weight: 2, arbitrary: fc.tuple(anyPath, tmpfsOptions).map((parts) => parts.join(':')) },
  { weight: 1, arbitrary: oddText },
);

/** Any --volumes-from value; no client refuses one. */
export const anyVolumesFrom: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('c1', 'web', 'c1:ro', 'c1:rw', 'c1:z') },
  { weight: 1, arbitrary: oddText },
);
