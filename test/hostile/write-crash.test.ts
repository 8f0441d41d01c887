// The one writer of files on its own: killed, failing and disturbed at every call by which it changes the file system.
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { draftName } from '../../src/files/leftovers.js';
import { runProgram } from '../support/program.js';
import { sharedTempDir, tempDir } from '../support/temp-dir.js';

const BEFORE = '#!/bin/sh\ndocker run --mount "type=bind, src=/a,dst=/b" alpine\n';
const AFTER = BEFORE.replace(', src', ',src');
const FIX = ['lint', '--fix', 'x.sh'];

function makeFile(): { readonly dir: string; readonly file: string } {
  const dir = tempDir();
  const file = join(dir, 'x.sh');
  writeFileSync(file, BEFORE, { mode: 0o751 });
  return { dir, file };
}

const shared = sharedTempDir();
const text = (file: string) => readFileSync(file, 'utf8');

/** The names of the calls of a run that nothing happens to. */
function callsOf(argv: readonly string[]): string[] {
  const cwd = join(shared, 'folder');
  mkdirSync(cwd, { recursive: true });
  writeFileSync(join(cwd, 'x.sh'), BEFORE);
  const log = join(shared, 'log');
  rmSync(log, { force: true });
  expect(runProgram(argv, { cwd, plan: { log } })).toMatchObject({ code: 0 });
  return text(log).trim().split('\n');
}

describe.skipIf(process.platform === 'win32')('a file that is replaced', { timeout: 120_000 }, () => {
  let calls: readonly string[] = [];
  beforeAll(() => {
    calls = callsOf(FIX);
  });

  test('is written, synced and renamed, and its folder synced', () => {
    expect(calls.join(' ')).toMatch(/openSync .*writeSync .*fsyncSync .*renameSync openSync fsyncSync/);
  });

  test('is whole when the program is killed at any call; the next run leaves nothing of it', () => {
    const last = makeFile();
    for (const how of ['before', 'after', 'half'])
      for (const [index, name] of calls.entries()) {
        if (how === 'half' && name !== 'writeSync') continue;
        const { dir, file } = makeFile();
        const { code } = runProgram(FIX, { cwd: dir, plan: { at: index + 1, how } });
        expect(code, `${how} ${name}`).toBeUndefined();
        const isRenamed = index > calls.indexOf('renameSync') || (how === 'after' && name === 'renameSync');
        expect(text(file), `${how} ${name}`).toBe(isRenamed ? AFTER : BEFORE);
        const left = readdirSync(dir).filter((each) => each !== 'x.sh');
        // The draft, and the second name of the old file.
        expect(left.length, `${how} ${name}`).toBeLessThan(3);
        for (const each of left) copyFileSync(join(dir, each), join(last.dir, each));
        if (left.length < 2) continue;
        expect(runProgram(FIX, { cwd: dir }), `${how} ${name}`).toMatchObject({ code: 0 });
        expect(text(file)).toBe(AFTER);
        expect(readdirSync(dir)).toEqual(['x.sh']);
      }
    expect(readdirSync(last.dir).length).toBeGreaterThan(3);
    expect(runProgram(FIX, { cwd: last.dir })).toMatchObject({ code: 0 });
    expect(text(last.file)).toBe(AFTER);
    expect(readdirSync(last.dir)).toEqual(['x.sh']);
  });

  test.each(['ENOSPC', 'EIO'])('is as it was when any call fails with %s, and that is said', (how) => {
    const rename = calls.indexOf('renameSync');
    for (const [index, name] of calls.entries()) {
      // Nothing can be done for a file that is closed, or a folder that cannot be synced.
      if (name === 'closeSync' || index > rename) continue;
      const { dir, file } = makeFile();
      const { code, stderr, stdout } = runProgram(FIX, { cwd: dir, plan: { at: index + 1, how } });
      expect({ code, text: text(file), files: readdirSync(dir) }, name).toEqual({
        code: 3,
        text: BEFORE,
        files: ['x.sh'],
      });
      expect(stderr).toContain('mountc lint: x.sh: ');
      if (how === 'ENOSPC') expect(stderr).toContain('no space left on device');
      expect(stdout.toString()).not.toMatch(/\d fixed|findings? fixed/);
    }
  });

  test('the same for convert', () => {
    const { dir, file } = makeFile();
    const given = 'docker run -v /a:/b x\n';
    writeFileSync(file, given);
    const plan = { at: calls.indexOf('fsyncSync') + 1, how: 'ENOSPC' };
    const { code, stderr } = runProgram(['convert', '--to', 'mount', '--write', 'x.sh'], { cwd: dir, plan });
    expect(code).toBe(3);
    expect(stderr).toContain('mountc convert: x.sh: no space left on device\nmountc: 0 files changed;');
    expect(text(file)).toBe(given);
  });
});

describe.skipIf(process.platform === 'win32')('somebody else writes to the file', { timeout: 60_000 }, () => {
  const line = 'echo more >> x.sh';

  test.each([
    ['while it is written', { call: 'fsyncSync', script: line }],
    ['between the comparison and the rename', { call: 'renameSync', script: line }],
  ])('%s: what it wrote stays, and so does the rest', (_, before) => {
    const { dir, file } = makeFile();
    const { code, stderr } = runProgram(FIX, { cwd: dir, plan: { before } });
    expect(stderr).toBe('mountc lint: x.sh: was changed by another process in the meantime\n');
    expect(code).toBe(3);
    expect(text(file)).toBe(`${BEFORE}more\n`);
    expect(readdirSync(dir)).toEqual(['x.sh']);
  });

  test('through a file that was opened before the rename', () => {
    const { dir, file } = makeFile();
    const { code } = runProgram(FIX, { cwd: dir, plan: { held: ['more\n', 'and more\n'] } });
    expect(code).toBe(3);
    expect(text(file)).toBe(`${BEFORE}more\nand more\n`);
    expect(readdirSync(dir)).toEqual(['x.sh']);
  });

  test('on a file system where a file has one name: what it wrote so far stays', () => {
    const at = callsOf(FIX).indexOf('linkSync') + 1;
    const { dir, file } = makeFile();
    expect(runProgram(FIX, { cwd: dir, plan: { at, how: 'ENOTSUP' } })).toMatchObject({ code: 0 });
    expect(text(file)).toBe(AFTER);
    writeFileSync(file, BEFORE);
    const { code } = runProgram(FIX, { cwd: dir, plan: { at, how: 'ENOTSUP', held: ['more\n'] } });
    expect(code).toBe(3);
    expect(text(file)).toBe(`${BEFORE}more\n`);
    expect(statSync(file).mode & 0o777).toBe(0o751);
    expect(readdirSync(dir)).toEqual(['x.sh']);
  });

  test('and another run has it under a second name: nothing is said of hard links', () => {
    const { dir, file } = makeFile();
    linkSync(file, join(dir, draftName()));
    const { code, stderr } = runProgram(FIX, { cwd: dir });
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^mountc lint: x\.sh: is written by another run of mountc, whose draft is \.mountc-\S+\.draft\n$/,
    );
  });

  test('to the old and the new file: both are there, and named', () => {
    const { dir, file } = makeFile();
    const { code, stderr } = runProgram(FIX, {
      cwd: dir,
      plan: { before: { call: 'renameSync', script: line }, after: { call: 'renameSync', script: line } },
    });
    expect(code).toBe(3);
    expect(text(file)).toBe(`${AFTER}more\n`);
    const [saved] = /x\.sh\.\w+\.saved/.exec(stderr)!;
    expect(text(join(dir, saved))).toBe(`${BEFORE}more\n`);
    expect(readdirSync(dir).sort()).toEqual(['x.sh', saved]);
  });

  test.each([
    ['another file is put in its place', 'cp x.sh y; echo mine >> y; mv y x.sh', `${BEFORE}mine\n`],
    ['it is removed', 'rm x.sh', undefined],
    ['its mode is changed', 'chmod 700 x.sh', BEFORE],
    ['it gets another name', 'ln x.sh z', BEFORE],
  ])('%s meanwhile', (_, script, expected) => {
    const { dir, file } = makeFile();
    const { code, stderr } = runProgram(FIX, { cwd: dir, plan: { before: { call: 'fsyncSync', script } } });
    expect(code).toBe(3);
    expect(stderr).toBe('mountc lint: x.sh: was changed by another process in the meantime\n');
    expect(readdirSync(dir).includes('x.sh') ? text(file) : undefined).toBe(expected);
    expect(readdirSync(dir).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('and replaces it right after: it is not said to be fixed', () => {
    const { dir, file } = makeFile();
    const script = 'echo mine > y; mv y x.sh';
    const { code, stdout } = runProgram(FIX, { cwd: dir, plan: { after: { call: 'renameSync', script } } });
    expect(code).toBe(3);
    expect(stdout.toString()).not.toMatch(/\d fixed|findings? fixed/);
    expect(text(file)).toBe('mine\n');
  });
});

describe.skipIf(process.platform === 'win32')('files of mountc itself', { timeout: 60_000 }, () => {
  test('a launcher is whole or not there, wherever its installation is killed; the next one leaves nothing', () => {
    const dir = tempDir();
    const bin = join(dir, 'bin');
    mkdirSync(bin);
    const argv = ['shim', 'install', '--dir', bin];
    expect(runProgram(argv, { cwd: dir })).toMatchObject({ code: 0 });
    const whole = text(join(bin, 'docker'));
    rmSync(join(bin, 'docker'));
    let killed = 0;
    for (const how of ['before', 'after', 'half'])
      for (let at = 1; at <= 12; at++) {
        if (runProgram(argv, { cwd: bin, plan: { at, how } }).code === undefined) killed++;
        if (existsSync(join(bin, 'docker'))) {
          expect(text(join(bin, 'docker'))).toBe(whole);
          rmSync(join(bin, 'docker'));
        }
      }
    expect(killed).toBeGreaterThan(10);
    expect(runProgram(argv, { cwd: dir })).toMatchObject({ code: 0 });
    expect(text(join(bin, 'docker'))).toBe(whole);
    expect(readdirSync(bin)).toEqual(['docker']);
  });
});
