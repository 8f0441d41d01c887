// One cause gives one finding: what follows from a mistake is not told beside it.
import { describe, expect, test } from 'vitest';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { judgeText } from '../../src/lint/judge-text.js';
import type { FileKind } from '../../src/source/file-kinds.js';

const options = { dialect: makeDialect(), rules: {} };
const found = async (kind: FileKind, text: string) =>
  (await judgeText(kind, text, undefined, options)).diagnostics.map(
    ({ rule, range }) => `${rule} ${text.slice(range.start, range.end)}`,
  );

describe('a command', () => {
  test.each([
    ['--mount type=bind,scr=/tmp,dst=/x', 'mount-unknown-option scr'],
    ['--mount type=bind,src=/a,taget=/b', 'mount-unknown-option taget'],
    ['--mount type=bind,src=/a,mountpoint=/b', 'mount-unknown-option mountpoint'],
    ['--mount typ=bind,src=/a,dst=/b', 'mount-unknown-option typ'],
    ['--mount bind,src=/a,dst=/b', 'mount-unknown-option bind'],
    ['--mount type=bind src=/a,dst=/b', 'mount-field-whitespace type=bind src=/a,dst=/b'],
    ['--mount type=bind, src=/a dst=/b', 'mount-field-whitespace type=bind, src=/a dst=/b'],
    ['-v /a: /b', 'mount-spec-as-image /a: /b'],
    ['-v /a :/b', 'mount-spec-as-image /a :/b'],
  ])('%s', async (flags, expected) => {
    expect(await found('shell', `docker run ${flags} img\n`)).toEqual([expected]);
  });

  test.each([
    ['--mount type=bind,from=/a,to=/b', ['mount-unknown-option from', 'mount-unknown-option to']],
    ['--mount type=bind,src:/a,dst:/b', ['mount-unknown-option src:/a', 'mount-unknown-option dst:/b']],
    ['--mount type=bind,src-/a,dst@/b', ['mount-unknown-option src-/a', 'mount-unknown-option dst@/b']],
    // Two causes are two.
    [
      '--mount type=bind,src=/a,size=1',
      ['mount-missing-target type=bind,src=/a,size=1', 'mount-unknown-option size'],
    ],
    ['--mount type=bind,scr=/a', ['mount-missing-target type=bind,scr=/a', 'mount-unknown-option scr']],
  ])('%s', async (flags, expected) => {
    expect(await found('shell', `docker run ${flags} img\n`)).toEqual(expected);
  });
});

test.each(['$(pwd)', '$' + '{PWD}', '$PWD'])('batch: %s', async (cwd) => {
  expect(await found('batch', `docker run -v ${cwd}:/app img\r\n`)).toEqual([`wrong-shell-cwd ${cwd}`]);
});

test.each([
  ['{type: bind, src: /a, target: /b}', ['src']],
  ['{type: bind, source: /a, dst: /b}', ['dst']],
  ['{type: bind, from: /a, to: /b}', ['from', 'to']],
  ['{type: bind, surce: /a, target: /b}', ['surce']],
  ['{typ: bind, source: /a, target: /b}', ['typ']],
  ['{kind: bind, source: /a, target: /b}', ['kind']],
  ['{type: bind, path: /a, mountpoint: /b}', ['path', 'mountpoint']],
])('Compose: %s', async (entry, expected) => {
  const text = `services:\n  a:\n    image: x\n    volumes:\n      - ${entry}\n`;
  expect(await found('compose', text)).toEqual(expected.map((key) => `compose-unknown-key ${key}`));
});
