// `mountc why -- COMMAND`: what is read of a command, and of what its engine said.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { engineWords } from '../../src/why/engine-words.js';
import { runMountc } from '../support/cli.js';
import { PROGRAM } from '../support/program.js';
import { sharedTempDir } from '../support/temp-dir.js';

const NO_ENGINE = { PATH: '/nowhere' };

async function why(words: readonly string[], { stdin = '', cwd = '/' } = {}) {
  const { stdout, stderr, code } = await runMountc(['why', '--format', 'json', '--', ...words], {
    env: NO_ENGINE,
    stdin,
    cwd,
  });
  return { all: JSON.parse(stdout || '[]') as Told[], stderr, code };
}

interface Told {
  readonly engine: string;
  readonly mounts: readonly { type: string; source: string | null; target: string; readOnly: boolean }[];
  readonly findings: readonly { cause: string; message: string; remedy: unknown }[];
}

describe('what the engine said', () => {
  const exec = (runtime: string) =>
    `${runtime}: unable to start container process: exec: "/app/run": stat /app/run: no such file or directory: unknown.`;
  const DOCKER = exec('docker: Error response from daemon: OCI runtime create failed: runc create failed');

  test('of a program that is not there is about the program, and no source is made', async () => {
    const { all } = await why(['docker', 'run', '-v', '/usr/share:/data', 'img', '/app/run'], {
      stdin: DOCKER,
    });
    expect(all[0]!.findings).toMatchObject([{ cause: 'not-started', remedy: null }]);
  });
  test('of a program in a mount is about that mount', async () => {
    const { all } = await why(['docker', 'run', '-v', '/usr/share:/app', 'img', '/app/run'], {
      stdin: DOCKER,
    });
    expect(all[0]!.findings[0]).toMatchObject({ cause: 'hidden-command' });
    expect(JSON.stringify(all[0]!.findings)).not.toContain('mkdir');
  });
  test('of a source is about the source, of which podman says no more', async () => {
    const { all } = await why(['podman', 'run', '-v', '/usr/nowhere/:/app', 'img'], {
      stdin: 'Error: statfs /usr/nowhere: no such file or directory\n',
    });
    expect(all[0]!.findings[0]).toMatchObject({ cause: 'missing-source' });
  });
  test('of a path that is no source makes none', async () => {
    const { all } = await why(['podman', 'run', '-v', '/usr/share:/app', 'img'], {
      stdin: 'Error: stat /etc/cdi.json: no such file or directory\n',
    });
    expect(all[0]!.findings).toMatchObject([{ cause: 'not-started', remedy: null }]);
  });
  test('after much that was said before', async () => {
    const pulled = 'Unable to find image\n'.repeat(2000);
    const { all } = await why(['docker', 'run', '-v', '/usr/share:/data', 'img', '/app/run'], {
      stdin: pulled + DOCKER,
    });
    expect(all[0]!.findings).toMatchObject([{ cause: 'not-started' }]);
  });

  const LOG = 'Error: connect ECONNREFUSED 127.0.0.1:5432\n    at TCPConnectWrap.afterConnect\n';
  const NODE =
    "node:internal/modules/cjs/loader:1\n  throw err;\nError: Cannot find module '/app/x.js'\n  code: 1\n";
  test.each(['docker', 'podman'])("a program's own log is not %s's", async (engine) => {
    for (const stdin of [LOG, NODE, 'Error response of the server\n', 'the docker: Error was mine\n']) {
      const { all, code } = await why([engine, 'run', '-v', '/usr/share:/data', 'img'], { stdin });
      expect(all[0]!.findings).toEqual([]);
      expect(code).toBe(0);
    }
  });
  test.each([
    [
      'docker',
      'docker: Error response from daemon: x\nSee more',
      'docker: Error response from daemon: x\nSee more',
    ],
    ['docker', 'pulling\nError response from daemon: x', 'Error response from daemon: x'],
    ['docker', 'Error: x', ''],
    ['podman', 'a\nError: x\n', 'Error: x'],
    ['podman', 'Error: x\nb', ''],
    ['podman', 'crun: x', 'crun: x'],
    ['podman', 'Error: runc: x\nb', 'Error: runc: x\nb'],
  ] as const)('%s: %j', (engine, text, expected) => {
    expect(engineWords(text, engine)).toBe(expected);
  });
});

describe('a command of podman', () => {
  test.each([
    [['podman', 'run', '--replace', '--name', 'x', '--userns', 'keep-id', '-v', '/usr:/b:U', 'img'], false],
    [['podman', 'run', '-v', '/usr:/b:ro,U', 'img'], true],
    [['podman', 'run', '--mount', 'type=bind,src=/usr,dst=/b,relabel=shared,U=true', 'img'], false],
    [['sudo', 'podman', 'run', '--replace', '--name', 'x', '-v', '/usr:/b', 'img'], false],
    [['/usr/bin/podman', 'run', '-v', '/usr:/b:O', 'img'], false],
    [['podman', 'pod', 'create', '-v', '/usr:/b', '--name', 'p'], false],
  ])('%j', async (words, readOnly) => {
    const { all, stderr, code } = await why(words);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(all).toMatchObject([
      { engine: 'podman', mounts: [{ type: 'bind', source: '/usr', target: '/b', readOnly }] },
    ]);
  });
  test('what docker has no words for', async () => {
    const { all } = await why(['podman', 'run', '--mount', 'type=glob,src=/usr/l*,dst=/b', 'img']);
    expect(all[0]!.mounts).toMatchObject([{ type: 'glob', target: '/b' }]);
  });
  test('a volume, and a path next to the command', async () => {
    const { all } = await why(['podman', 'run', '-v', 'data:/d:U', '-v', './share:/s:ro', 'img'], {
      cwd: '/usr',
    });
    expect(all[0]!.mounts).toMatchObject([
      { type: 'volume', source: 'data', target: '/d', readOnly: false },
      { type: 'bind', source: '/usr/share', target: '/s', readOnly: true },
    ]);
  });
  test.each([
    [['podman', 'run', '-v', '/a:/b:nonsense', 'img']],
    [['podman', 'run', '-v', '/a:/b', '-v', '/c:/b', 'img']],
    [['podman', 'run', '--nonsense', '-v', '/a:/b', 'img']],
  ])('refused: %j', async (words) => {
    const { all, stderr, code } = await why(words);
    expect(all).toEqual([]);
    expect(code).toBe(1);
    expect(stderr).not.toMatch(/docker refuses/);
    expect(stderr).not.toBe('');
  });
  test('of another program nothing is said', async () => {
    expect(await why(['nerdctl', 'run', '-v', '/a:/b', 'img'])).toMatchObject({ code: 2 });
  });
});

test('no secret stands in what is for programs', async () => {
  const record = {
    Id: 'a'.repeat(64),
    Name: '/web',
    State: { Status: 'exited', Error: 'x: read-only file system' },
    HostConfig: {
      Mounts: [
        {
          Type: 'volume',
          Source: 'v',
          Target: '/data',
          ReadOnly: true,
          VolumeOptions: {
            DriverConfig: { Name: 'local', Options: { type: 'cifs', o: 'username=u,password=hunter2' } },
          },
        },
      ],
      Binds: ['/srv/token=hunter2/x:/token=hunter2/y'],
    },
  };
  for (const path of [['/data/x'], ['/token=hunter2/y'], []]) {
    const { stdout } = await runMountc(['why', '-f', '-', '--format', 'json', ...path], {
      stdin: JSON.stringify([record]),
    });
    expect(stdout).not.toContain('hunter2');
    if (path[0] === '/data/x') expect(stdout).toMatch(/"from": ".*password='\\"\$\{password:\?\}\\"'\\"'"/);
  }
});

describe('standard input', () => {
  const dir = sharedTempDir();
  beforeAll(() => mkdirSync(join(dir, 'src')));
  const command = ['why', '--', 'docker', 'run', '-v', './src:/app', 'img', '/app/run'];
  const run = (argv: readonly string[], stdio: 'pipe' | 'inherit') =>
    new Promise<string>((resolve, reject) => {
      const child = spawn(argv[0]!, argv.slice(1), {
        cwd: dir,
        env: { PATH: process.env['PATH'], HOME: dir, DOCKER_HOST: 'tcp://203.0.113.9:1' },
        stdio: [stdio === 'pipe' ? 'pipe' : 'ignore', 'pipe', 'inherit'],
      });
      let text = '';
      child.stdout!.on('data', (piece: Buffer) => {
        text += piece.toString();
      });
      child.on('error', reject);
      child.on('close', () => {
        child.stdin?.destroy();
        resolve(text);
      });
    });
  test.skipIf(process.platform === 'win32')('a pipe is read to its end, and its writer lives', async () => {
    const writer = `sleep 3; echo 'docker: Error response from daemon: exec: "/app/run": stat /app/run: no such file or directory'; sleep 0.1; echo x && echo alive >alive`;
    const text = await run(
      ['sh', '-c', `{ ${writer}; } | "$0" "$@"; cat alive`, process.execPath, PROGRAM, ...command],
      'inherit',
    );
    expect(text).toContain('hidden-command');
    expect(text).toMatch(/alive\n$/);
  });
  test('what may never end is left, with a word', async () => {
    const text = await run([process.execPath, PROGRAM, ...command], 'pipe');
    expect(text).toContain('not checked: standard input: it did not end within 2 s');
  });
});
