// Bytes in are bytes out wherever nothing is fixed, whatever they are.
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedBytes, decodeText } from '../../src/files/text-bytes.js';
import { runProgram } from '../support/program.js';
import { withSeed } from '../support/seed.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

const BAD = 'docker run --mount "type=bind, src=/a,dst=/b" alpine';
const GOOD = BAD.replace(', src', ',src');
const LONG = 'docker run --mount "type=volume,src=data,dst=/b" alpine';
const SHORT = 'docker run -v data:/b alpine';
const latin = (text: string) => Buffer.from(text, 'latin1');
const utf8 = (text: string) => Buffer.from(text, 'utf8');
const little = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const big = (text: string) => little(text).swap16();

/** What the file is called, its bytes, and what they are when they are fixed. */
const FILES: readonly (readonly [string, string, (command: string) => Buffer])[] = [
  ['Latin-1 in a comment', 'x.sh', (one) => latin(`#!/bin/sh\n# gr\xf6\xdfe \xe9\n${one}\n`)],
  ['Latin-1 after the command', 'x.sh', (one) => latin(`${one} # gr\xf6\xdfe\n`)],
  ['Latin-1 in the command, apart from the mount', 'x.sh', (one) => latin(`echo \xfc; ${one} '\xe4'\n`)],
  ['every byte but NUL', 'x.sh', (one) => Buffer.concat([latin('# '), ALL, latin(`\n${one}\n# `), ALL])],
  [
    'cut and overlong characters',
    'x.sh',
    (one) => latin(`# \xe2\x82\n# \xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80\n${one}\n`),
  ],
  ['U+FFFD and Latin-1', 'x.sh', (one) => Buffer.concat([utf8('# \ufffd\n'), latin(`# \xff\n${one}`)])],
  [
    'CRLF, a byte order mark, no last newline',
    'x.sh',
    (one) => utf8(`\ufeff#!/bin/sh\r\n${one}\r\n# \u2028\x0b\r`),
  ],
  ['CR alone', 'x.sh', (one) => utf8(`# a\rb\n${one}\n\r\n\r`)],
  ['UTF-16, little end first', 'x.ps1', (one) => little(`# \xe9\r\n${one}\r\n`)],
  ['UTF-16, big end first', 'x.ps1', (one) => big(`# \xe9\n${one}`)],
  ['Shift JIS', 'Makefile', (one) => latin(`# \x95\x5c\x8e\xa6\nx:\n\t${one}\n`)],
];
// Without the ends of lines, and NUL, which text has none of.
const ALL = Buffer.from(
  Array.from({ length: 255 }, (_, at) => at + 1).filter((byte) => byte !== 10 && byte !== 13),
);

/** All of them, each in a folder of its own, with that command. */
function makeAll(command: string): string {
  const dir = tempDir();
  writeFiles(dir, Object.fromEntries(FILES.map(([what, name, make]) => [`${what}/${name}`, make(command)])));
  return dir;
}

/** What is in them now, and what should be. */
const read = (dir: string) =>
  FILES.map(([what, name]) => [what, readFileSync(join(dir, what, name)).toString('latin1')]);
const expected = (command: string) => FILES.map(([what, , make]) => [what, make(command).toString('latin1')]);

describe(FILES.map(([what]) => what).join('; '), () => {
  test('--fix', () => {
    const dir = makeAll(BAD);
    expect(runProgram(['lint', '--fix', '.'], { cwd: dir })).toMatchObject({ code: 0, stderr: '' });
    expect(read(dir)).toEqual(expected(GOOD));
    const times = FILES.map(([what, name]) => statSync(join(dir, what, name)).mtimeMs);
    expect(runProgram(['lint', '--fix', '.'], { cwd: dir })).toMatchObject({ code: 0, stderr: '' });
    expect(FILES.map(([what, name]) => statSync(join(dir, what, name)).mtimeMs)).toEqual(times);
  });

  test.each(FILES)('--fix through standard input: %s', (_, name, make) => {
    const argv = ['lint', '--fix', '--stdin-filename', name, '-'];
    const { stdout } = runProgram(argv, { cwd: tempDir(), stdin: make(BAD) });
    expect(stdout.toString('latin1')).toBe(make(GOOD).toString('latin1'));
  });

  test.each([
    ['lint --diff', ['lint', '--diff', '.'], BAD, GOOD],
    ['lint --format diff', ['lint', '--format', 'diff:patch', '.'], BAD, GOOD],
    ['convert --diff', ['convert', '--to', 'volume', '--diff', '.'], LONG, SHORT],
  ])('%s', (how, argv, before, after) => {
    const dir = makeAll(before);
    const { stdout } = runProgram(argv, { cwd: dir });
    expect(read(dir)).toEqual(expected(before));
    execFileSync('git', ['apply', '-'], {
      cwd: dir,
      input: how.includes('format') ? readFileSync(join(dir, 'patch')) : stdout,
      env: { ...process.env, GIT_CEILING_DIRECTORIES: dirname(dir) },
    });
    expect(read(dir)).toEqual(expected(after));
  });

  test('convert --write', () => {
    const dir = makeAll(LONG);
    expect(runProgram(['convert', '--to', 'volume', '--write', '.'], { cwd: dir })).toMatchObject({
      code: 0,
    });
    expect(read(dir)).toEqual(expected(SHORT));
  });
});

test('what cannot be known is left unchanged: bytes that are not text where it would be changed', () => {
  const dir = tempDir();
  const bytes = latin('docker run --mount "type=bind, src=/\xe9,dst=/b" alpine\n');
  const half = Buffer.concat([little(BAD), latin('x')]);
  writeFileSync(join(dir, 'x.sh'), bytes);
  writeFileSync(join(dir, 'y.ps1'), half);
  const { code, stderr } = runProgram(['convert', '--to', 'volume', '--write', 'x.sh'], { cwd: dir });
  expect(readFileSync(join(dir, 'x.sh')).equals(bytes)).toBe(true);
  expect([0, 1, 3]).toContain(code);
  expect(stderr).not.toContain('1 file changed');
  expect(runProgram(['lint', '--fix', 'y.ps1'], { cwd: dir })).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('y.ps1: holds bytes that are not text'),
  });
  expect(readFileSync(join(dir, 'y.ps1')).equals(half)).toBe(true);
});

test.each([
  ['is not a script', 'x.py', utf8('a\xe9')],
  ['is binary', 'x.sh', Buffer.from([0, 1, 0xff, 0xfe, 10])],
  ['cannot be judged', 'compose.yaml', latin('services: {a: {image: "\xe9", volumes: [[[}\n')],
  [
    'would be changed where it is no text',
    'x.sh',
    latin('docker run --mount "type=bind, src=/\xe9 ,dst=/b" alpine\n'),
  ],
  ['is empty', 'x.sh', Buffer.alloc(0)],
])('what comes through standard input and %s, comes out as it is', (_, name, bytes) => {
  const dir = tempDir();
  const argv = ['lint', '--fix', '--stdin-filename', name, '-'];
  expect(runProgram(argv, { cwd: dir, stdin: bytes }).stdout.equals(bytes)).toBe(true);
  // A configuration that cannot be read ends the run, and is no reason to lose a text.
  writeFileSync(join(dir, '.mountc.yaml'), '[');
  expect(runProgram(argv, { cwd: dir, stdin: bytes }).stdout.equals(bytes)).toBe(true);
});

describe('convert of a command', () => {
  const convert = (stdin: Buffer, ...more: readonly string[]) =>
    runProgram(['convert', '--to', 'volume', ...more], { cwd: tempDir(), stdin });

  test('on standard input', () => {
    const make = (flag: string) => latin(`docker run -e A=\xe9 ${flag} alpine '\xff'\n`);
    const { code, stdout } = convert(make('--mount type=volume,src=data,dst=/b'), '-');
    expect(stdout.toString('latin1')).toBe(make('-v data:/b').toString('latin1'));
    expect(code).toBe(0);
  });

  test('where it is not a string: nothing is said that is not so', () => {
    const { code, stdout, stderr } = convert(
      latin('docker run --mount type=bind,src=/\xe9,dst=/b alpine\n'),
      '-',
    );
    expect({ code, stdout: stdout.toString() }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('not text where it would be changed');
  });

  test.each(['podman-run', 'quadlet', 'compose', 'devcontainer'])(
    'where it would be written as %s',
    (form) => {
      const one = (command: string) =>
        runProgram(['convert', '--to', form, '-'], { cwd: tempDir(), stdin: latin(command) });
      const { code, stdout, stderr } = one('docker run --tmpfs /t -v /\xe9:/b alpine\n');
      if (form === 'podman-run') expect(stdout.toString('latin1')).toContain('/\xe9:/b');
      else {
        expect({ code, stdout: stdout.toString() }).toEqual({ code: 3, stdout: '' });
        expect(stderr).toContain('not text where it would be changed');
      }
      // What is written as it is may be anything, and so may U+FFFD itself.
      expect(one('docker run -v /\xef\xbf\xbd:/b alpine\n').stdout.toString('latin1')).toContain(
        '/\xef\xbf\xbd',
      );
    },
  );

  test.skipIf(process.platform !== 'linux')('as an argument, which Node cannot hand on', () => {
    const script = `exec "$@" "$(printf 'docker run -v /\\351:/b alpine')"`;
    const under = ['sh', '-c', script, 'sh'];
    const { code, stdout, stderr } = runProgram(['convert', '--to', 'mount'], { cwd: tempDir(), under });
    expect({ code, stdout: stdout.toString() }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('the command is not UTF-8');
  });
});

test('any bytes, changed anywhere', () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom('\n', 'a', '\r\n', 'é', '\u{1f600}', '\ufffd', 'ab\n').map(utf8),
    fc.constantFrom('\xe9', '\xf0\x9f', '\xc3\x28', '\xed\xa0\x80', '\xff').map(latin),
  );
  const bytes = fc.array(piece, { maxLength: 12 }).map((all) => Buffer.concat(all));
  const word = fc.constantFrom('', 'x', 'x\n', 'é', '\u{1f601}', '\n\n');
  fc.assert(
    fc.property(bytes, bytes, bytes, word, (head, old, tail, fresh) => {
      const all = Buffer.concat([head, old, tail]);
      fc.pre(!/^(?:\xff\xfe|\xfe\xff)/.test(all.toString('latin1')));
      const text = decodeText(all);
      expect(changedBytes({ text, bytes: all }, text)).toBe(all);
      // Only where characters begin and end can a text be changed.
      const parts = [head, old, tail].map((part) => decodeText(part));
      fc.pre(parts.join('') === text && !/[\ud800-\udbff]$/.test(parts[0]!));
      const changed = parts[0] + fresh + parts[2];
      const given = changedBytes({ text, bytes: all }, changed);
      const expected = Buffer.concat([head, utf8(fresh), tail]);
      // It may be refused where such bytes go or come, and is never wrong.
      if (given !== undefined) expect(given.toString('latin1')).toBe(expected.toString('latin1'));
      else expect(`${parts[1]}${fresh}`).toContain('\ufffd');
    }),
    withSeed(3000),
  );
});
