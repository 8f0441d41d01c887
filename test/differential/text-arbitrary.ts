// The odd bits of text that mount specs are made of; the other arbitraries combine them.
import fc from 'fast-check';

/** Short strings over the characters that the mount grammars care about, and any Unicode now and then; never a NUL. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: fc.constantFrom(...'a:/,."\\=~ b1C'), maxLength: 9 }) },
  { weight: 2, arbitrary: fc.string({ unit: fc.constantFrom(...'aé:/.\n\r\t\'";`$*#ſİ'), maxLength: 6 }) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 5 }).map((text) => text.replaceAll('\0', '')),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '\ufeff',
      '\u00a0',
      '\u2028',
      '\u200b',
      '\u0085',
      '\u3000',
      'é\u0301',
      '𝒳',
      '٣',
    ),
  },
);

/** Absolute paths of many spellings. */
export const absolutePath: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('/a', '/a/b', '/data', '/var/lib/x', '/srv/app/', '/tmp/x.y-z_1') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '/',
      '//a',
      '/a/../b',
      '/a b',
      '/ä/ö',
      '/a=b',
      '/a\\b',
      '/日本',
      '/a\tb',
      '/.',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 200, max: 3000 }).map((length) => `/${'long/'.repeat(length / 5)}`),
  },
);

/** Sources that a client may make absolute. */
export const relativePath: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '.',
    './',
    './x',
    './x/',
    './/x',
    './../x',
    './x/../y',
    '..',
    '../',
    '../x',
    '../../../../../../x',
  ),
  fc.constantFrom(
    '.hidden',
    '.hidden/x',
    '...',
    '.x',
    '.\\x',
    '..x',
    '..\\x',
    './a b',
    './é',
    '. ',
    './a,b',
    '.:',
  ),
);

/** Names and half-paths. */
export const looseName: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('vol', 'my-vol', 'VolUPPER', 'data_1', 'v.1', 'cache') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'a',
      'Z',
      'é',
      '1',
      '_',
      'ab',
      'a/b',
      'x/y/z',
      '~',
      '~/x',
      '~root/x',
      '-',
      '-v',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('$PWD', '${PWD}/x', '%cd%', '$(pwd)', "'/a'", 'a,b', 'a b', ' a', 'a ', ''),
  },
);

/** Windows paths and pipes. */
export const windowsPath: fc.Arbitrary<string> = fc.constantFrom(
  'C:\\foo',
  'c:/foo',
  'C:',
  'C:\\',
  'D:\\a b\\c',
  'é:\\x',
  '\\\\.\\pipe\\x',
  '//./pipe/x',
  '\\\\srv\\share',
  '\\\\?\\C:\\x',
  '\\x',
  'C:\\Users\\me;C:\\Program Files\\Git\\src',
);

/** Anything that may stand where a path is expected. */
export const anyPath: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: absolutePath },
  { weight: 3, arbitrary: relativePath },
  { weight: 3, arbitrary: looseName },
  { weight: 2, arbitrary: windowsPath },
  { weight: 1, arbitrary: oddText },
);
