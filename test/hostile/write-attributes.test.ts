// What a file has besides its bytes is kept when it is replaced, or the file is left alone and the reason said; and what is not
// simply a file of the tree is not written.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hasProgram, IS_ROOT, runProgram } from '../support/program.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

const BEFORE = '#!/bin/sh\ndocker run --mount "type=bind, src=/a,dst=/b" alpine\n';
const AFTER = BEFORE.replace(', src', ',src');

const makeDir = (): string => {
  const dir = tempDir();
  writeFileSync(join(dir, 'x.sh'), BEFORE);
  return dir;
};
const text = (...path: readonly string[]) => readFileSync(join(...path), 'utf8');
const fix = (cwd: string, file = 'x.sh', under?: readonly string[]) =>
  runProgram(['lint', '--fix', file], { cwd, under });
const run = (program: string, ...args: readonly string[]) =>
  execFileSync(program, args, { encoding: 'utf8' });

/** The file was left alone with that reason, and nothing lies beside it. */
function expectLeft(dir: string, why: string | RegExp, under?: readonly string[]): void {
  const names = readdirSync(dir);
  const { code, stderr } = fix(dir, 'x.sh', under);
  expect(stderr).toMatch(why);
  expect(code).toBe(3);
  expect(text(dir, 'x.sh')).toBe(BEFORE);
  expect(readdirSync(dir)).toEqual(names);
}

describe.skipIf(process.platform === 'win32')('attributes', () => {
  test.each([0o600, 0o444, 0o755, 0o2750, 0o4711])('the mode %o', (mode) => {
    const dir = makeDir();
    chmodSync(join(dir, 'x.sh'), mode);
    if (mode === 0o444 && !IS_ROOT) return expectLeft(dir, 'permission denied');
    expect(fix(dir)).toMatchObject({ code: 0 });
    expect(text(dir, 'x.sh')).toBe(AFTER);
    expect(statSync(join(dir, 'x.sh')).mode & 0o7777).toBe(mode);
  });

  const noExtended = !hasProgram('setfattr', 'setfacl') && ' (skipped: needs the packages attr and acl)';
  describe.skipIf(noExtended)(`access lists and extended attributes${noExtended || ''}`, () => {
    const show = (dir: string) => [
      run('getfattr', '-d', '-m', '-', '--absolute-names', join(dir, 'x.sh')),
      run('getfacl', '-pn', join(dir, 'x.sh')),
    ];

    test('of the file', () => {
      const dir = makeDir();
      const file = join(dir, 'x.sh');
      run('setfacl', '-m', 'u:1:rw,g:2:r', file);
      run('setfattr', '-n', 'user.note', '-v', 'kept', file);
      const before = show(dir);
      expect(fix(dir)).toMatchObject({ code: 0 });
      expect(text(dir, 'x.sh')).toBe(AFTER);
      expect(show(dir)).toEqual(before);
      expect(before.join('')).toMatch(/user\.note="kept"[\s\S]*user:1:rw-/);
    });

    test('that the folder would give a new file', () => {
      const dir = makeDir();
      run('setfacl', '-d', '-m', 'u:1:rwx', dir);
      const before = show(dir);
      expect(fix(dir)).toMatchObject({ code: 0 });
      expect(show(dir)).toEqual(before);
      expect(before.join('')).not.toContain('user:1');
    });

    test.skipIf(!IS_ROOT)('where the system has not the programs for them (root)', () => {
      const dir = makeDir();
      const file = join(dir, 'x.sh');
      // In a view of the file system of its own, where something else has that name.
      const hide = (how: Readonly<Record<string, string>>) => [
        ...['unshare', '-m', 'sh', '-ec'],
        `${Object.entries(how)
          .map(([name, other]) => `mount --bind ${other} "$(readlink -f /usr/bin/${name})"`)
          .join('; ')}; exec "$@"`,
        'sh',
      ];
      const busyBox = join(dir, 'cp');
      writeFileSync(busyBox, '#!/bin/sh\necho "cp: unrecognized option: attributes-only" >&2; exit 1\n', {
        mode: 0o755,
      });
      const careless = join(dir, 'careless');
      writeFileSync(careless, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
      const noCp = hide({ cp: busyBox });
      const nothing = hide({ cp: busyBox, getfattr: '/bin/false' });
      const withoutFattr = hide({ cp: careless, getfattr: '/bin/false' });
      // Nothing to keep, and somebody can say so.
      expect(fix(dir, 'x.sh', noCp)).toMatchObject({ code: 0 });
      writeFileSync(file, BEFORE);
      expectLeft(dir, 'cannot be seen here: install GNU coreutils, or attr', nothing);
      run('setfattr', '-n', 'user.note', '-v', 'kept', file);
      const before = show(dir);
      expectLeft(dir, 'cp of GNU coreutils is needed, and is not here', noCp);
      expectLeft(dir, 'cannot be seen here', nothing);
      expectLeft(dir, 'that cp does not keep', hide({ cp: careless }));
      expect(show(dir)).toEqual(before);
      run('setfattr', '-x', 'user.note', file);
      run('setfacl', '-d', '-m', 'u:1:rwx', dir);
      expectLeft(dir, 'would get one from its folder', withoutFattr);
      run('setfacl', '-b', dir);
      run('setfacl', '-m', 'u:1:rw', file);
      expectLeft(dir, 'that cp does not keep', hide({ cp: careless }));
      expect(show(dir).join('')).toContain('user:1:rw-');
    });
  });
});

describe.skipIf(!IS_ROOT)('owners (root)', () => {
  test('root keeps the owner', () => {
    const dir = makeDir();
    chownSync(join(dir, 'x.sh'), 12345, 23456);
    chmodSync(join(dir, 'x.sh'), 0o4750);
    expect(fix(dir)).toMatchObject({ code: 0 });
    expect(statSync(join(dir, 'x.sh'))).toMatchObject({ uid: 12345, gid: 23456, mode: 0o104750 });
  });

  const hasSetpriv = hasProgram('setpriv');
  const as = (uid: number) => ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--'];
  const makeOpenDir = () => {
    const dir = makeDir();
    chownSync(dir, 1234, 1234);
    chmodSync(dirname(dir), statSync(dirname(dir)).mode | 0o1);
    return dir;
  };

  test.skipIf(!hasSetpriv)('what belongs to somebody else is left unchanged', () => {
    const dir = makeOpenDir();
    chmodSync(join(dir, 'x.sh'), 0o666);
    expectLeft(dir, 'x.sh: belongs to another user (0), and would become yours', as(1234));
    chownSync(join(dir, 'x.sh'), 1234, 0);
    expectLeft(dir, 'x.sh: belongs to a group that you are not in (0), and would lose it', as(1234));
    chownSync(join(dir, 'x.sh'), 1234, 1234);
    expect(fix(dir, 'x.sh', as(1234))).toMatchObject({ code: 0 });
  });

  test.skipIf(!hasSetpriv)(
    'what may not be written is left unchanged, although its folder could be changed',
    () => {
      const dir = makeOpenDir();
      chownSync(join(dir, 'x.sh'), 1234, 1234);
      chmodSync(join(dir, 'x.sh'), 0o444);
      expectLeft(dir, 'x.sh: permission denied', as(1234));
      chmodSync(join(dir, 'x.sh'), 0o644);
      chmodSync(dir, 0o555);
      expectLeft(dir, 'x.sh: nothing can be written next to it: permission denied', as(1234));
    },
  );

  const noChattr = !hasProgram('chattr') || spawnSync('lsattr', ['-d', '/tmp']).status !== 0;
  test.skipIf(noChattr).each(['i', 'a'])('a file with the flag +%s', (flag) => {
    const dir = makeDir();
    run('chattr', `+${flag}`, join(dir, 'x.sh'));
    onTestFinished(() => void run('chattr', `-${flag}`, join(dir, 'x.sh')));
    expectLeft(dir, 'x.sh: not permitted');
  });
});

describe.skipIf(process.platform === 'win32')('what is not a plain file of the tree', () => {
  test('a file with two names is left unchanged: a cut in it could not be undone', () => {
    const dir = makeDir();
    linkSync(join(dir, 'x.sh'), join(dir, 'y'));
    expectLeft(dir, 'x.sh: has other names (hard links)');
    expect(text(dir, 'y')).toBe(BEFORE);
  });

  test.each([
    ['repository', true],
    ['folder without git', false],
  ])('a link that leaves the %s is not written through', (_, isRepository) => {
    const dir = tempDir();
    writeFiles(dir, {
      'other/deploy.sh': BEFORE,
      'mine/sub/real.sh': BEFORE,
      'mine/elsewhere/in.sh': BEFORE,
    });
    const mine = join(dir, 'mine');
    if (isRepository) run('git', 'init', '-q', mine);
    symlinkSync('../other/deploy.sh', join(mine, 'x.sh'));
    symlinkSync('../other', join(mine, 'folder'));
    symlinkSync(join(dir, 'other/deploy.sh'), join(mine, 'absolute.sh'));
    symlinkSync('x.sh', join(mine, 'twice.sh'));
    symlinkSync('sub/real.sh', join(mine, 'inside.sh'));
    if (isRepository) run('git', '-C', mine, 'add', '.');
    for (const words of [['.'], ['x.sh', 'folder/deploy.sh', 'absolute.sh', 'twice.sh', 'inside.sh']]) {
      const { code, stderr } = runProgram(['lint', '--fix', ...words], { cwd: mine });
      if (words.length > 1) {
        expect(code).toBe(3);
        expect(stderr.match(/outside of its tree/g)).toHaveLength(4);
      }
      expect(text(dir, 'other/deploy.sh')).toBe(BEFORE);
    }
    expect(text(mine, 'sub/real.sh')).toBe(AFTER);
    expect(lstatSync(join(mine, 'inside.sh')).isSymbolicLink()).toBe(true);
    // The folder above holds both; a repository ends where it ends.
    runProgram(['lint', '--fix', 'mine/x.sh'], { cwd: dir });
    expect(text(dir, 'other/deploy.sh')).toBe(isRepository ? BEFORE : AFTER);
    runProgram(['convert', '--to', 'volume', '--write', 'mine/x.sh'], { cwd: mine });
    expect(lstatSync(join(mine, 'x.sh')).isSymbolicLink()).toBe(true);
  });

  const bind = (from: string, to: string) => {
    run('mount', '--bind', from, to);
    onTestFinished(() => void run('umount', to));
  };

  test.skipIf(!IS_ROOT)('a file that is mounted on its own (root)', () => {
    const dir = makeDir();
    writeFileSync(join(dir, 'y'), BEFORE);
    bind(join(dir, 'y'), join(dir, 'x.sh'));
    expectLeft(dir, 'x.sh: is in use, or is mounted here on its own, so it cannot be replaced');
    expect(text(dir, 'y')).toBe(BEFORE);
  });

  test.skipIf(!IS_ROOT)('a file system that is read-only (root)', () => {
    const dir = makeDir();
    const below = join(dir, 'ro');
    mkdirSync(below);
    bind(dir, below);
    run('mount', '-o', 'remount,ro,bind', below);
    expectLeft(below, 'x.sh: the file system is read-only');
  });

  const noOverlay =
    !IS_ROOT ||
    (!existsSync('/sys/module/overlay') && !readFileSync('/proc/filesystems', 'utf8').includes('overlay'));
  test.skipIf(noOverlay)('a file of a lower layer of overlayfs, as in a container (root)', () => {
    const dir = tempDir();
    for (const name of ['work', 'upper', 'lower', 'merged']) mkdirSync(join(dir, name));
    writeFileSync(join(dir, 'lower/x.sh'), BEFORE, { mode: 0o750 });
    // An overlay cannot lie on another one; a file system in memory can be had everywhere.
    const options = `lowerdir=${dir}/lower,upperdir=${dir}/upper,workdir=${dir}/work`;
    if (spawnSync('mount', ['-t', 'overlay', 'overlay', '-o', options, join(dir, 'merged')]).status !== 0)
      return;
    onTestFinished(() => void run('umount', join(dir, 'merged')));
    const before = { call: 'renameSync', script: 'echo more >> x.sh' };
    const merged = join(dir, 'merged');
    expect(runProgram(['lint', '--fix', 'x.sh'], { cwd: merged, plan: { before } })).toMatchObject({
      code: 3,
    });
    expect(text(merged, 'x.sh')).toBe(`${BEFORE}more\n`);
    expect(fix(merged)).toMatchObject({ code: 0 });
    expect(text(merged, 'x.sh')).toBe(`${AFTER}more\n`);
    expect(statSync(join(merged, 'x.sh')).mode & 0o777).toBe(0o750);
    expect(text(dir, 'lower/x.sh')).toBe(BEFORE);
    expect(readdirSync(merged)).toEqual(['x.sh']);
  });
});
