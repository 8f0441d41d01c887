import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readEndpoint } from '../../src/docker/endpoint.js';
import { hostView } from '../../src/docker/host-view.js';
import { localSystem } from '../../src/docker/local-system.js';
import { speakOfWarnings } from '../../src/shim/speak.js';
import { judge } from '../../src/shim/verdict.js';
import { sharedTempDir, tempDir, writeProgram } from '../support/temp-dir.js';

const dir = sharedTempDir();

const id = createHash('sha256').update('far').digest('hex');
mkdirSync(join(dir, 'contexts', 'meta', id), { recursive: true });
writeFileSync(
  join(dir, 'contexts', 'meta', id, 'meta.json'),
  JSON.stringify({ Name: 'far', Endpoints: { docker: { Host: 'ssh://me@far' } } }),
);
writeFileSync(join(dir, 'config.json'), JSON.stringify({ currentContext: 'far' }));
writeFileSync(join(dir, 'file'), '');

describe('the endpoint', () => {
  const env = { DOCKER_CONFIG: dir };
  test.each([
    ['the current context of the config', env, [], 'ssh://me@far', 'config.json'],
    ['DOCKER_CONTEXT', { ...env, DOCKER_CONTEXT: 'none' }, [], undefined, 'DOCKER_CONTEXT'],
    [
      'DOCKER_HOST over DOCKER_CONTEXT',
      { ...env, DOCKER_CONTEXT: 'far', DOCKER_HOST: 'tcp://a:1' },
      [],
      'tcp://a:1',
      'DOCKER_HOST',
    ],
    [
      '--context over DOCKER_HOST',
      { ...env, DOCKER_HOST: 'tcp://a:1' },
      ['-D', '--context=far'],
      'ssh://me@far',
      '--context',
    ],
    ['-H over DOCKER_HOST', { ...env, DOCKER_HOST: 'tcp://a:1' }, ['-H', 'unix:///x'], 'unix:///x', '--host'],
    ['-H attached', env, ['-Htcp://b'], 'tcp://b', '--host'],
    [
      'an address without a scheme',
      { DOCKER_HOST: 'b:2375', DOCKER_CONFIG: '/nonexistent' },
      [],
      'tcp://b:2375',
      'DOCKER_HOST',
    ],
  ] as const)('is that of %s', (_what, given, globals, host, from) => {
    expect(readEndpoint(given, globals)).toMatchObject({ host, from });
  });
});

describe('the view of this machine', () => {
  const view = (host: string, more: Record<string, string> = {}, docker?: string) =>
    hostView({ env: { DOCKER_HOST: host, DOCKER_CONFIG: '/nonexistent', HOME: dir, ...more }, docker });

  test.each(['ssh://me@srv', 'tcp://10.0.0.5:2376', 'tcp://[fe80::1]:2376'])(
    'has its engine elsewhere: %s',
    (host) => {
      expect(view(host)).toMatchObject({ remote: host, engineIsHere: undefined });
    },
  );

  test.each([
    'tcp://localhost:2375',
    'tcp://127.0.0.1:2375',
    'tcp://[::1]:1',
    'npipe:////./pipe/docker_engine',
  ])('says nothing of %s', (host) => {
    expect(view(host)).toMatchObject({ remote: undefined, engineIsHere: undefined });
  });

  test.skipIf(process.platform !== 'linux')(
    'has its engine here after a socket, unless it is of a Desktop',
    () => {
      expect(view(`unix://${dir}/docker.sock`).engineIsHere).toBe(true);
      expect(view('unix:///home/me/.docker/desktop/docker.sock').engineIsHere).toBeUndefined();
      expect(view('unix:///home/me/.colima/docker.sock').engineIsHere).toBeUndefined();
      expect(view(`unix://${dir}/docker.sock`, { WSL_DISTRO_NAME: 'Debian' }).engineIsHere).toBeUndefined();
      expect(view(`unix://${dir}/docker.sock`, {}, '/snap/bin/docker')).toMatchObject({
        isSnap: true,
        engineIsHere: undefined,
      });
    },
  );

  test('knows what is at a path', () => {
    const { pathState, pathPropagation } = localSystem();
    expect(pathState(dir)).toBe('directory');
    expect(pathState(join(dir, 'file'))).toBe('file');
    expect(pathState(join(dir, 'none'))).toBe('missing');
    expect(pathState(join(dir, 'file', 'below'))).toEqual({
      error: `stat ${join(dir, 'file', 'below')}: not a directory`,
    });
    if (process.platform === 'linux') expect(pathPropagation?.(dir)?.mountPoint).toMatch(/^\//);
  });
});

describe('a volume that is called like a folder', () => {
  /** What is said of the command where docker answers so to `volume inspect`. */
  function said(answer: string, asksVolumes = true): string {
    const cwd = tempDir();
    mkdirSync(join(cwd, 'src'));
    const log = join(cwd, 'log');
    const docker = writeProgram(join(tempDir(), 'docker'), `#!/bin/sh\necho "$*" >> '${log}'\n${answer}\n`);
    const args = ['-H', 'unix:///x', 'run', '-v', 'src:/app', '-v', 'other:/x', 'alpine'];
    const verdict = judge(args, { cwd, known: {} });
    const host = { env: { PATH: '/usr/bin:/bin' }, docker, globals: args.slice(0, 2), cwd, asksVolumes };
    const options = { dialect: verdict.dialect, cwd, rules: {}, color: false, version: '0', host };
    const { shown } = speakOfWarnings(args, options, verdict);
    if (asksVolumes) expect(readFileSync(log, 'utf8')).toBe('-H unix:///x volume inspect -- src\n');
    return shown;
  }

  test('is said where docker has no such volume yet', () => {
    expect(said('echo "Error: No such volume: src" >&2; exit 1')).toContain(
      '`src` is the name of a new volume here, not the folder `./src` next to it',
    );
  });

  test.each([
    ['there is one', 'echo "[{}]"'],
    ['nobody knows', 'echo "Cannot connect to the Docker daemon" >&2; exit 1'],
    ['it says nothing', 'exit 3'],
    ['it hangs', 'exec sleep 60'],
  ])('is not said where %s', (_, answer) => {
    expect(said(answer)).toBe('');
  });
});

test('a neighbour is near where one letter is wrong, and not where a number is another', () => {
  const folder = tempDir();
  for (const name of ['config', 'pg15']) mkdirSync(join(folder, name));
  const { nearPath } = hostView({ env: {} });
  expect(nearPath?.(join(folder, 'confg'))).toBe(join(folder, 'config'));
  expect(nearPath?.(join(folder, 'pg16'))).toBeUndefined();
});

test.skipIf(process.platform === 'win32')(
  'docker is asked for a volume once, and for none after silence',
  () => {
    const folder = tempDir();
    const asked = join(folder, 'asked');
    const docker = writeProgram(
      join(folder, 'docker'),
      `#!/bin/sh\necho "$4$5" >>${asked}\ncase "$*" in *odd*) exit 1 ;; *new*) echo 'no such volume' >&2; exit 1 ;; esac\n`,
    );
    const { hasVolume } = hostView({
      env: { PATH: '/usr/bin:/bin' },
      docker,
      cwd: folder,
      asksVolumes: true,
    });
    expect(['old', 'new', 'old', 'new'].map((name) => hasVolume?.(name))).toEqual([true, false, true, false]);
    expect(['odd', 'other', 'old'].map((name) => hasVolume?.(name))).toEqual([undefined, undefined, true]);
    expect(readFileSync(asked, 'utf8').trim().split('\n')).toHaveLength(3);
  },
);
