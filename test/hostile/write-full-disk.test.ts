// A disk that is full leaves every file as it was, and the run says so.
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { IS_ROOT, runProgram } from '../support/program.js';
import { tempDir } from '../support/temp-dir.js';

const BAD = 'docker run --mount "type=bind, src=/a,dst=/b" alpine\n';
/** Two pages, so that a file may be cut in the middle. */
const BEFORE = `#!/bin/sh\n${BAD}${'# 0123456789abcde\n'.repeat(500)}docker run --mount type=volume,src=data,dst=/b x\n`;
const AFTER = BEFORE.replace(', src', ',src');

/** A file system in memory with those files, and so many pages left. */
function fullDisk(files: Readonly<Record<string, string>>, left: number): string {
  const dir = tempDir();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', dir]);
  onTestFinished(() => void execFileSync('umount', [dir]));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  const fd = openSync(join(dir, 'ballast'), 'w');
  for (let free = statfsSync(dir).bfree; free > left; free--) writeSync(fd, Buffer.alloc(4096));
  closeSync(fd);
  expect(statfsSync(dir).bfree).toBe(left);
  return dir;
}

const text = (dir: string, name: string) => readFileSync(join(dir, name), 'utf8');

describe.skipIf(!IS_ROOT)('a full disk (root, who may mount one)', () => {
  test.each([0, 1, 2])('with %i pages left: --fix', (left) => {
    const dir = fullDisk({ 'x.sh': BEFORE, 'y.sh': BAD }, left);
    const { code, stdout, stderr } = runProgram(['lint', '--fix', 'x.sh', 'y.sh'], { cwd: dir });
    expect(code).toBe(3);
    expect(stderr).toMatch(/x\.sh: .*no space left on device/);
    expect(text(dir, 'x.sh')).toBe(BEFORE);
    // One that has room is fixed all the same, and counted.
    expect(text(dir, 'y.sh')).toBe(left === 0 ? BAD : BAD.replace(', src', ',src'));
    if (left > 0) expect(stdout.toString()).toContain('1 finding fixed');
    else expect(stdout.toString()).not.toMatch(/findings? fixed/);
    expect(readdirSync(dir).sort()).toEqual(['ballast', 'x.sh', 'y.sh']);
  });

  test('and room enough', () => {
    const dir = fullDisk({ 'x.sh': BEFORE }, 4);
    expect(runProgram(['lint', '--fix', 'x.sh'], { cwd: dir })).toMatchObject({ code: 0, stderr: '' });
    expect(text(dir, 'x.sh')).toBe(AFTER);
  });

  test('convert --write', () => {
    const dir = fullDisk({ 'x.sh': BEFORE }, 1);
    const { code, stderr } = runProgram(['convert', '--to', 'volume', '--write', 'x.sh'], { cwd: dir });
    expect(code).toBe(3);
    expect(stderr).toMatch(/x\.sh: .*no space left on device[\s\S]*0 files changed/);
    expect(text(dir, 'x.sh')).toBe(BEFORE);
    expect(readdirSync(dir).sort()).toEqual(['ballast', 'x.sh']);
  });

  test('a file with two names', () => {
    const dir = fullDisk({ 'x.sh': BEFORE }, 1);
    linkSync(join(dir, 'x.sh'), join(dir, 'other'));
    expect(runProgram(['lint', '--fix', 'x.sh'], { cwd: dir }).code).toBe(3);
    expect(text(dir, 'x.sh')).toBe(BEFORE);
    expect(text(dir, 'other')).toBe(BEFORE);
  });

  test('a report', () => {
    const dir = fullDisk({ 'x.sh': BAD.repeat(50), 'out.json': 'old' }, 1);
    const { code, stderr } = runProgram(['lint', '--format', 'json:out.json', 'x.sh'], { cwd: dir });
    expect(code).toBe(3);
    expect(stderr).toMatch(/out\.json: .*no space left on device/);
    expect(text(dir, 'out.json')).toBe('old');
    expect(readdirSync(dir).sort()).toEqual(['ballast', 'out.json', 'x.sh']);
  });
});
