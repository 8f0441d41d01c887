// A walk through a guide to docker's storage, as a person would type it, through `mountc docker` on real engines.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { findClients } from '../support/clients.js';
import { wantedDaemons } from '../support/daemons.js';

const mountc = fileURLToPath(new URL('../../bin/mountc.js', import.meta.url));
const clients = findClients();
const IMAGE = 'busybox:local';

interface Ran {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

/** Engines name the users of a volume in any order. */
const unordered = (ran: Ran): Ran => ({ ...ran, err: ran.err.replace(/[0-9a-f]{64}/g, 'ID') });

describe.each(await wantedDaemons())('docker engine $version', { timeout: 120_000 }, (wanted) => {
  const client = clients.find(({ version }) => version === wanted.version) ?? clients[0];
  if ('missing' in wanted || client === undefined) {
    const why = 'missing' in wanted ? wanted.missing : 'no docker client';
    test.skip(`the guide works through mountc docker (${why})`, () => {});
    return;
  }
  const home = mkdtempSync(join(tmpdir(), 'mountc-guide-'));
  const env = {
    PATH: '/usr/bin:/bin',
    HOME: home,
    DOCKER_HOST: wanted.host,
    DOCKER_CONFIG: join(home, '.docker'),
    MOUNTC_DOCKER: client.path,
  };
  const spawn = (file: string, args: readonly string[]): Ran => {
    const { status, stdout, stderr } = spawnSync(file, args, {
      env,
      cwd: home,
      encoding: 'utf8',
      timeout: 60_000,
    });
    return { exit: status, out: stdout, err: stderr };
  };
  const docker = (...args: string[]): Ran => spawn(process.execPath, [mountc, 'docker', ...args]);
  const plain = (...args: string[]): Ran => spawn(client.path, args);
  const tag = `mountc-guide-${process.pid}`;
  const ok = (out: string | RegExp): object => ({
    exit: 0,
    out: typeof out === 'string' ? out : expect.stringMatching(out),
  });
  const run = (flags: readonly string[], ...command: string[]): Ran =>
    docker('run', '--rm', '--network', 'none', ...flags, IMAGE, 'sh', '-c', command.join('; '));

  afterAll(() => {
    for (const name of ['writer', 'reader', 'memory']) plain('rm', '-fv', `${tag}-${name}`);
    plain('volume', 'rm', '-f', `${tag}-volume`, `${tag}-mount`);
    rmSync(home, { recursive: true, force: true });
  });

  describe.each(['volume', 'mount'] as const)('with the flags of %s', (form) => {
    const volume = `${tag}-${form}`;
    const flags = {
      bind: (dir: string) =>
        form === 'volume'
          ? ['-v', `${dir}:/container/data`]
          : ['--mount', `type=bind,src=${dir},target=/container/data`],
      writer:
        form === 'volume'
          ? ['-v', `${volume}:/mnt/storage`]
          : ['--mount', `type=volume,src=${volume},target=/mnt/storage`],
      reader:
        form === 'volume'
          ? ['-v', `${volume}:/mnt/readonly:ro`]
          : ['--mount', `type=volume,src=${volume},target=/mnt/readonly,readonly`],
      tmpfs:
        form === 'volume'
          ? ['--tmpfs', '/scratch:size=1m']
          : ['--mount', 'type=tmpfs,target=/scratch,tmpfs-size=1m'],
    };
    const named = (name: string, more: readonly string[], ...command: string[]): Ran =>
      docker(
        'run',
        '--name',
        `${tag}-${name}`,
        '--network',
        'none',
        ...more,
        IMAGE,
        'sh',
        '-c',
        command.join('; '),
      );
    /** Asks `mountc inspect` whether the container has what was asked for. */
    const expectMounts = (name: string, more: readonly string[]): void => {
      const words = ['inspect', `${tag}-${name}`, '--', 'docker', 'run', ...more, IMAGE];
      expect(spawn(process.execPath, [mountc, ...words])).toEqual({
        exit: 0,
        out: `${tag}-${name}: mounted as expected\n`,
        err: '',
      });
    };

    test('a bind mount leaves its file on the host', () => {
      const dir = mkdtempSync(join(home, 'appdata-'));
      expect(run(flags.bind(dir), 'echo persisted data >/container/data/sample.txt')).toMatchObject(ok(''));
      expect(readFileSync(join(dir, 'sample.txt'), 'utf8')).toBe('persisted data\n');
      const readonly = flags
        .bind(dir)
        .map((word) => (word.startsWith('-') ? word : word + (form === 'volume' ? ':ro' : ',ro')));
      const refused = run(readonly, 'cat /container/data/sample.txt', 'echo no >/container/data/sample.txt');
      expect(refused.out).toBe('persisted data\n');
      expect(refused.exit).not.toBe(0);
      expect(readFileSync(join(dir, 'sample.txt'), 'utf8')).toBe('persisted data\n');
    });

    test('a volume is written by one container and read by another', () => {
      expect(docker('volume', 'create', '--label', `guide=${tag}`, volume)).toMatchObject(ok(`${volume}\n`));
      expect(docker('volume', 'inspect', volume)).toEqual(plain('volume', 'inspect', volume));
      expect(named('writer', flags.writer, 'printf shared\\ content >/mnt/storage/output.txt')).toMatchObject(
        ok(''),
      );
      const reader = named(
        'reader',
        flags.reader,
        'cat /mnt/readonly/output.txt',
        'echo no >/mnt/readonly/output.txt',
      );
      expect(reader.out).toBe('shared content');
      expect(reader.exit).not.toBe(0);
      expect(reader.err).toMatch(/[Rr]ead-only file system/);
      expectMounts('writer', flags.writer);
      expectMounts('reader', flags.reader);
      // What the other form would have made is the same.
      const other =
        form === 'volume'
          ? [`type=volume,src=${volume},dst=/mnt/readonly,ro`]
          : [`${volume}:/mnt/readonly:ro`];
      expectMounts('reader', [form === 'volume' ? '--mount' : '-v', ...other]);
      const wrong = spawn(process.execPath, [
        mountc,
        'inspect',
        `${tag}-reader`,
        '--',
        'run',
        ...flags.writer,
        IMAGE,
      ]);
      expect(wrong).toMatchObject({ exit: 1, out: expect.stringContaining('/mnt/storage') });
      expect(docker('volume', 'ls', '-q', '--filter', `label=guide=${tag}`)).toMatchObject(ok(`${volume}\n`));
      const busy = docker('volume', 'rm', volume);
      expect(unordered(busy)).toEqual(unordered(plain('volume', 'rm', volume)));
      expect(busy.exit).toBe(1);
      for (const name of ['writer', 'reader']) expect(docker('rm', `${tag}-${name}`).exit).toBe(0);
      expect(docker('volume', 'rm', volume)).toMatchObject(ok(`${volume}\n`));
      expect(docker('volume', 'ls', '-q', '--filter', `label=guide=${tag}`)).toMatchObject(ok(''));
    });

    test('a tmpfs is gone with its container, and never on disk', () => {
      const name = `${tag}-memory`;
      const secret = `secret-${tag}-${form}`;
      const write = `echo ${secret} >/scratch/file; df /scratch | tail -n 1; sleep 30`;
      expect(
        docker('run', '-d', '--name', name, '--network', 'none', ...flags.tmpfs, IMAGE, 'sh', '-c', write)
          .exit,
      ).toBe(0);
      expectMounts('memory', flags.tmpfs);
      expect(
        docker('exec', name, 'sh', '-c', 'until [ -s /scratch/file ]; do sleep 0.1; done; cat /scratch/file'),
      ).toMatchObject(ok(`${secret}\n`));
      expect(docker('logs', name).out).toMatch(/^tmpfs +1024 /);
      expect(docker('diff', name).out).not.toContain('/scratch/file');
      const upper = plain('inspect', '--format', '{{.GraphDriver.Data.UpperDir}}', name).out.trim();
      if (upper.startsWith('/'))
        expect(readdirSync(upper, { recursive: true })).not.toContain('scratch/file');
      expect(docker('restart', '-t', '0', name).exit).toBe(0);
      expect(docker('stop', '-t', '0', name).exit).toBe(0);
      expect(docker('rm', '-v', name)).toMatchObject(ok(`${name}\n`));
      expect(run(flags.tmpfs, 'ls -A /scratch')).toMatchObject(ok(''));
    });
  });

  test("the guide's own --mount pattern, with spaces behind its commas, is explained and not run", () => {
    const { exit, out, err } = docker(
      'run',
      '--rm',
      '--mount',
      'type=bind, src=/tmp, target=/x',
      IMAGE,
      'true',
    );
    expect({ exit, out }).toEqual({ exit: 125, out: '' });
    expect(err).toContain('whitespace');
  });

  test('volumes are managed as without mountc', () => {
    const name = `${tag}-volume`;
    const label = `prune=${tag}`;
    for (const args of [
      ['volume', 'create', '--label', label, '--driver', 'local', name],
      ['volume', 'ls', '--filter', `label=${label}`],
      ['volume', 'inspect', name],
      ['volume', 'inspect', `${tag}-none`],
      ['volume', 'rm', `${tag}-none`],
      ['volume', 'create', '--bogus'],
      ['volume', 'prune', '-f', '--filter', `label=${tag}-none`],
    ])
      expect({ args, ...docker(...args) }).toEqual({ args, ...plain(...args) });
    const all =
      Number.parseInt(client.version, 10) >= 23 && Number.parseInt(wanted.version, 10) >= 23 ? ['--all'] : [];
    const pruned = docker('volume', 'prune', '--force', ...all, '--filter', `label=${label}`);
    expect(pruned).toMatchObject(
      ok(new RegExp(`^Deleted Volumes:\\n${name}\\n\\nTotal reclaimed space: 0B\\n$`)),
    );
    expect(docker('volume', 'ls', '-q', '--filter', `label=${label}`)).toMatchObject(ok(''));
  });
});
