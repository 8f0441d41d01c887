// The files that the shim writes for itself, in folders that somebody else prepared, and under names that somebody else chose.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cacheFile, endpointKey } from '../../src/docker/probe-cache.js';
import { pathHints } from '../../src/shim/choose-dir.js';
import { posixLauncher, windowsLaunchers } from '../../src/shim/launcher-text.js';
import { CAN_FAKE_DOCKER, writeDocker } from '../support/fake-docker.js';
import { tempDir, writeProgram } from '../support/temp-dir.js';

const LAUNCHER = fileURLToPath(new URL('../../bin/docker', import.meta.url));
const MOUNTC = fileURLToPath(new URL('../../bin/mountc.js', import.meta.url));
const USER = 12_345;
const IS_ROOT = process.getuid?.() === 0;
const AS_ROOT = IS_ROOT ? '' : ' (needs root)';

/** A folder of that user, who may go where it lies. */
function folderOf(user: number, path: string): string {
  mkdirSync(path, { recursive: true });
  chownSync(path, user, user);
  return path;
}

function openTo(mode: number, dir: string): string {
  chmodSync(dir, mode);
  return dir;
}

/** Everything below a folder, with its owner. */
function owners(dir: string): Record<string, number> {
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(names.map((name) => [name, lstatSync(join(dir, name)).uid]));
}

const REFUSED = ['run', '-v', '/a:', 'img'];

/** A docker that is asked before the command is refused, so that its answer is kept. */
function checkOnce(env: Record<string, string>, more: { uid?: number; cwd?: string } = {}) {
  const dir = tempDir();
  chmodSync(dir, 0o755);
  const docker = writeDocker(join(dir, 'docker'), { client: '28.5.2', engine: '28.5.2' });
  const all = { PATH: '/usr/bin:/bin', MOUNTC_DOCKER: docker, ...env };
  const prepare = (text: string) => {
    const file = cacheFile(docker, all, endpointKey(all))!;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    if (text !== '') writeFileSync(file, text);
    return file;
  };
  const run = () =>
    spawnSync(LAUNCHER, REFUSED, { encoding: 'utf8', env: all, timeout: 30_000, gid: more.uid, ...more });
  return { docker, prepare, run };
}

describe.skipIf(!CAN_FAKE_DOCKER)('what is kept of docker’s answer', () => {
  it('is readable by its owner alone', () => {
    const home = tempDir();
    expect(checkOnce({ HOME: home }).run().status).toBe(125);
    const [name] = readdirSync(join(home, '.cache/mountc'));
    expect(lstatSync(join(home, '.cache/mountc')).mode & 0o777).toBe(0o700);
    expect(lstatSync(join(home, '.cache/mountc', name!)).mode & 0o777).toBe(0o600);
  });

  it.skipIf(!IS_ROOT)(`is nowhere in the home of a user when root runs docker${AS_ROOT}`, () => {
    for (const cache of [undefined, '.cache', '.cache/mountc']) {
      const home = folderOf(USER, join(tempDir(), 'home'));
      if (cache !== undefined) folderOf(USER, join(home, '.cache'));
      if (cache !== undefined) folderOf(USER, join(home, cache));
      const before = owners(home);
      expect(checkOnce({ HOME: home }).run().status).toBe(125);
      expect(owners(home)).toEqual(before);
    }
  });

  it.skipIf(!IS_ROOT)(`belongs to the user who runs docker${AS_ROOT}`, () => {
    const top = tempDir();
    chmodSync(top, 0o755);
    const home = folderOf(USER, join(top, 'home'));
    const { status } = checkOnce({ HOME: home }, { uid: USER }).run();
    expect(status).toBe(125);
    expect([...new Set(Object.values(owners(home)))]).toEqual([USER]);
    expect(Object.keys(owners(home))).toHaveLength(3);
  });

  it.skipIf(!IS_ROOT)(`is not written through what somebody planted${AS_ROOT}`, () => {
    const victim = tempDir();
    const shared = tempDir();
    chmodSync(shared, 0o1777);
    symlinkSync(victim, join(shared, 'mountc'));
    lchownSync(join(shared, 'mountc'), USER, USER);
    expect(checkOnce({ HOME: '/nonexistent', XDG_CACHE_HOME: shared }).run().status).toBe(125);
    const foreign = tempDir();
    chmodSync(foreign, 0o1777);
    folderOf(USER, join(foreign, 'mountc'));
    expect(checkOnce({ HOME: '/nonexistent', XDG_CACHE_HOME: foreign }).run().status).toBe(125);
    const open = tempDir();
    mkdirSync(join(open, 'cache'));
    chmodSync(join(open, 'cache'), 0o777);
    expect(checkOnce({ HOME: '/nonexistent', XDG_CACHE_HOME: join(open, 'cache') }).run().status).toBe(125);
    for (const dir of [victim, join(foreign, 'mountc'), join(open, 'cache')])
      expect(readdirSync(dir)).toEqual([]);
  });

  it('goes away when it is older than a week, and nothing else does', () => {
    const home = tempDir();
    const { prepare, run } = checkOnce({ HOME: home });
    const dir = dirname(prepare(''));
    const kept = ['docker-0123456789abcdef.json', 'docker-new.json', 'notes.json'];
    const old = ['docker-fedcba9876543210.json'];
    for (const name of [...kept, ...old]) writeFileSync(join(dir, name), '{}');
    for (const name of [...old, 'docker-new.json', 'notes.json'])
      utimesSync(join(dir, name), 1_000_000_000, 1_000_000_000);
    expect(run().status).toBe(125);
    expect(readdirSync(dir)).toEqual(expect.arrayContaining(kept));
    expect(readdirSync(dir)).toHaveLength(kept.length + 1);
  });

  it('leaves what a link in its place leads to', () => {
    const home = tempDir();
    const { prepare, run } = checkOnce({ HOME: home });
    const file = prepare('');
    writeFileSync(join(home, 'precious'), 'precious');
    symlinkSync(join(home, 'precious'), file);
    expect(run().status).toBe(125);
    expect(readFileSync(join(home, 'precious'), 'utf8')).toBe('precious');
  });

  it('is read only from a regular file of a sensible size', () => {
    for (const make of [
      (file: string) => spawnSync('mkfifo', [file]),
      (file: string) => symlinkSync('/dev/zero', file),
      (file: string) => mkdirSync(file),
      (file: string) => writeFileSync(file, Buffer.alloc(20_000_000, ' ')),
    ]) {
      const { prepare, run } = checkOnce({ HOME: tempDir() });
      make(prepare(''));
      expect(run().status).toBe(125);
    }
  });

  it.skipIf(!IS_ROOT)(`is not believed where somebody else wrote it${AS_ROOT}`, () => {
    const home = tempDir();
    const { prepare, run } = checkOnce({ HOME: home });
    const other = JSON.stringify({ engineName: 'other', asked: Date.now() });
    const file = prepare(other);
    expect(run().status).toBe(0);
    chownSync(file, USER, USER);
    expect(run().status).toBe(125);
    writeFileSync(file, other);
    chownSync(file, 0, 0);
    chmodSync(file, 0o666);
    expect(run().status).toBe(125);
  });

  it('is not under a relative folder, nor are the settings', () => {
    const cwd = tempDir();
    mkdirSync(join(cwd, 'x/mountc'), { recursive: true });
    writeFileSync(join(cwd, 'x/mountc/config.json'), '{"shim": {"mode": "off"}}');
    for (const env of [
      { HOME: 'x', XDG_CACHE_HOME: 'x', XDG_CONFIG_HOME: 'x' },
      { HOME: '', XDG_CACHE_HOME: './x', XDG_CONFIG_HOME: './x' },
    ])
      expect(checkOnce(env, { cwd }).run().status).toBe(125);
    expect(readdirSync(cwd, { recursive: true }).sort()).toEqual(['x', 'x/mountc', 'x/mountc/config.json']);
  });
});

describe.skipIf(!CAN_FAKE_DOCKER)('the settings', () => {
  it.skipIf(!IS_ROOT)(`are not read where they belong to another user${AS_ROOT}`, () => {
    const home = tempDir();
    mkdirSync(join(home, '.config/mountc'), { recursive: true });
    const file = join(home, '.config/mountc/config.json');
    writeFileSync(file, '{"shim": {"mode": "off"}}');
    const { run } = checkOnce({ HOME: home });
    expect(run().status).toBe(0);
    chownSync(file, USER, USER);
    expect(run().status).toBe(125);
    const env = { HOME: home, PATH: '/usr/bin:/bin' };
    const doctor = spawnSync(process.execPath, [MOUNTC, 'doctor'], { encoding: 'utf8', env });
    expect(doctor.stdout).toContain('belongs to another user, and is not read');
  });

  it('are read only from a regular file of a sensible size', () => {
    for (const make of [
      (file: string) => spawnSync('mkfifo', [file]),
      (file: string) => symlinkSync('/dev/zero', file),
      (file: string) => writeFileSync(file, `{"shim": {"mode": "off"}, "x": "${'x'.repeat(2_000_000)}"}`),
    ]) {
      const home = tempDir();
      mkdirSync(join(home, '.config/mountc'), { recursive: true });
      make(join(home, '.config/mountc/config.json'));
      expect(checkOnce({ HOME: home }).run().status).toBe(125);
    }
  });
});

/** `mountc shim`, where docker stands in a folder of its own. */
function shim(args: readonly string[], env: Record<string, string> = {}, cwd = tempDir()) {
  return spawnSync(process.execPath, [MOUNTC, 'shim', ...args], {
    encoding: 'utf8',
    cwd,
    env: { PATH: '/usr/bin:/bin', HOME: '/nonexistent', ...env },
  });
}

describe.skipIf(process.platform === 'win32')('shim install', () => {
  it.each<[string, (dir: string) => string, RegExp]>([
    ['a folder that anybody may write to', (dir) => openTo(0o777, dir), /anyone may write to/],
    ['such a one with the sticky bit', (dir) => openTo(0o1777, dir), /anyone may write to/],
    [
      'a folder in one that anybody may write to',
      (dir) => join(openTo(0o777, dir), 'a/b'),
      /anyone may write to/,
    ],
    [
      'a link to such a folder',
      (dir) => {
        mkdirSync(join(dir, 'open'));
        openTo(0o777, join(dir, 'open'));
        symlinkSync('open', join(dir, 'link'));
        return join(dir, 'link');
      },
      /anyone may write to .*open/,
    ],
    ['a name of two lines', (dir) => join(dir, 'a\ntouch pwned'), /control character/],
    ['a name that would be code on a terminal', (dir) => join(dir, '\u001b[31m'), /control character/],
    ['a name that PATH cannot hold', (dir) => join(dir, `a${delimiter}b`), /cannot be on PATH/],
  ])('refuses %s', (_name, make, why) => {
    const dir = tempDir();
    const place = make(dir);
    const before = readdirSync(dir, { recursive: true });
    const { status, stderr, stdout } = shim(['install', '--dir', place]);
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    expect(stderr).toMatch(why);
    expect(readdirSync(dir, { recursive: true })).toEqual(before);
  });

  it.skipIf(!IS_ROOT)(`refuses folders of somebody else, and chooses none of them${AS_ROOT}`, () => {
    const top = tempDir();
    const home = folderOf(USER, join(top, 'home'));
    const bin = folderOf(USER, join(home, 'bin'));
    symlinkSync(tempDir(), join(top, 'link'));
    lchownSync(join(top, 'link'), USER, USER);
    for (const dir of [bin, join(home, 'new'), join(top, 'link')]) {
      const { status, stderr } = shim(['install', '--dir', dir]);
      expect({ status, stderr }).toEqual({
        status: 3,
        stderr: expect.stringContaining(`another user (${USER})`),
      });
    }
    // Nor by itself, as root with the environment of a user.
    writeProgram(join(top, 'real/docker'), '#!/bin/sh\n');
    const env = { HOME: home, PATH: `${bin}:${top}/real:/usr/bin:/bin` };
    for (const args of [['install'], ['install', '--plugin']])
      expect(shim(args, env)).toMatchObject({
        status: 3,
        stdout: '',
        stderr: expect.stringContaining('belongs to'),
      });
    expect(new Set(Object.values(owners(home)))).toEqual(new Set([USER]));
  });
});

describe.skipIf(!IS_ROOT)(`completion --install${AS_ROOT}`, () => {
  it('leaves nothing of root in the home of a user', () => {
    const home = folderOf(USER, join(tempDir(), 'home'));
    const { status, stderr } = spawnSync(process.execPath, [MOUNTC, 'completion', '--install', 'bash'], {
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', HOME: home },
    });
    expect({ status, stderr }).toEqual({ status: 3, stderr: expect.stringContaining('belongs to') });
    expect(owners(home)).toEqual({});
  });
});

const NAMES = [
  "it's",
  '"double"',
  '$(touch pwned)',
  '`touch pwned`',
  "';touch pwned;'",
  '";touch pwned;"',
  'a;touch pwned #',
  '-rf',
  '--help',
  'a  b',
  '~',
  '%PATH%',
  '\\',
  "\\';touch pwned;\\'",
  '*',
  '=ls',
  '$&$1',
  'é✓',
];

describe.skipIf(!CAN_FAKE_DOCKER)('names of folders are no code', () => {
  it.each(NAMES)('where the launcher stands: %s', (name) => {
    const cwd = tempDir();
    writeDocker(join(cwd, 'real/docker'), {
      client: '28.5.2',
      engine: '28.5.2',
      script: 'printf "<%s>" "$@"',
    });
    const env = { PATH: `${cwd}/real:/usr/bin:/bin`, HOME: cwd };
    // A name with a dash in front is made known as --dir=-rf.
    expect(shim(['install', `--dir=${name}/made/bin`], env, cwd).status).toBe(0);
    const dir = join(cwd, name, 'made/bin');
    const docker = (args: readonly string[]) =>
      spawnSync(join(dir, 'docker'), args, {
        encoding: 'utf8',
        cwd,
        env: { ...env, PATH: `${dir}:${env.PATH}` },
      });
    expect(docker(['ps']).stdout).toBe('<ps>');
    expect(docker(REFUSED).status).toBe(125);
    expect(shim(['uninstall', `--dir=${name}/made/bin`], env, cwd).status).toBe(0);
    expect(existsSync(join(cwd, name))).toBe(false);
    expect(existsSync(join(cwd, 'pwned'))).toBe(false);
  });

  it.each([...NAMES, 'a\nb', "a\n_mountc_check='x'\ntouch pwned\n"])(
    'where Node and mountc stand: %j',
    (name) => {
      const cwd = tempDir();
      const place = join(cwd, name);
      mkdirSync(place);
      symlinkSync(process.execPath, join(place, 'node'));
      symlinkSync(join(dirname(MOUNTC), '../dist'), join(place, 'dist'));
      const paths = {
        node: join(place, 'node'),
        check: join(place, 'dist/check.cjs'),
        mountc: '',
        madeFolder: place,
      };
      const launcher = writeProgram(
        join(cwd, 'own/docker'),
        posixLauncher(readFileSync(LAUNCHER, 'utf8'), paths),
      );
      const docker = writeDocker(join(cwd, 'real/docker'), { client: '28.5.2', engine: '28.5.2' });
      const { status } = spawnSync(launcher, REFUSED, {
        cwd,
        env: { MOUNTC_DOCKER: docker, HOME: cwd, PATH: '/usr/bin:/bin' },
      });
      expect(status).toBe(125);
      expect(existsSync(join(cwd, 'pwned'))).toBe(false);
    },
  );

  it.each(NAMES)('in the line that is to be pasted: %s', (name) => {
    const home = tempDir();
    const dir = join(home, name);
    const [hint = ''] = pathHints(dir, '/bin/bash');
    const run = (script: string) =>
      spawnSync('bash', ['--norc', '-c', script], {
        cwd: home,
        encoding: 'utf8',
        env: { HOME: home, PATH: '/usr/bin:/bin' },
      });
    expect(run(hint).status).toBe(0);
    expect(run('. ~/.bashrc; printf %s "$PATH"').stdout).toBe(`${dir}:/usr/bin:/bin`);
    expect(existsSync(join(home, 'pwned'))).toBe(false);
  });

  it('in the launchers for Windows', () => {
    const files = windowsLaunchers({
      node: "C:\\it's $(x) `y` %TEMP%\\node.exe",
      mountc: 'C:\\’;x;‘\\m.js',
      check: '',
    });
    expect(files['docker.cmd']).toContain(
      '"C:\\it\'s $(x) `y` %%TEMP%%\\node.exe" -- "C:\\’;x;‘\\m.js" docker %*',
    );
    expect(files['docker.ps1']).toContain(
      "& 'C:\\it''s $(x) `y` %TEMP%\\node.exe' -- 'C:\\’’;x;‘‘\\m.js' docker @args",
    );
  });
});
