// podman behind the launcher and behind `mountc podman`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CAN_FAKE_DOCKER, writePodman } from '../support/fake-docker.js';
import { tempDir, writeProgram } from '../support/temp-dir.js';

const MOUNTC = fileURLToPath(new URL('../../bin/mountc.js', import.meta.url));
const BAD = ['run', '-v', '/tmp:/b:readonly', 'alpine'];
const shown = (args: readonly string[]) => args.map((word) => `<${word}>`).join('');

/** Its words, and a status of its own. */
const PRINT = 'printf "<%s>" "$@"; exit 7';

function world(version?: string) {
  const dir = tempDir();
  const home = join(dir, 'home');
  mkdirSync(join(home, 'bin'), { recursive: true });
  const real = writePodman(join(dir, 'real/podman'), version, PRINT);
  const env = { PATH: `${home}/bin:${dir}/real:/usr/bin:/bin`, HOME: home, SHELL: '/bin/bash' };
  const run = (command: string, args: readonly string[], more: Record<string, string> = {}) => {
    const { stdout, stderr, status } = spawnSync(command, args, {
      encoding: 'utf8',
      env: { ...env, ...more },
      cwd: dir,
      // A wrapper that finds itself goes on for ever.
      timeout: 60_000,
    });
    return { stdout, stderr, status };
  };
  const mountc = (...args: string[]) => run(process.execPath, [MOUNTC, ...args]);
  return { dir, home, real, run, mountc };
}

describe.skipIf(!CAN_FAKE_DOCKER)('podman after mountc', () => {
  it('gets a launcher, and is told of by status, doctor and uninstall', () => {
    const { home, real, mountc, run } = world();
    expect(mountc('shim', 'status', '--engine', 'podman').status).toBe(1);
    expect(mountc('shim', 'install', '--engine', 'podman').stdout).toContain(`${home}/bin/podman: written`);
    expect(readdirSync(join(home, 'bin'))).toEqual(['podman']);
    const status = mountc('shim', 'status', '--engine', 'podman');
    expect(status.status).toBe(0);
    expect(status.stdout).toContain(`it runs ${real}`);
    expect(mountc('shim', 'status').stdout).toMatch(/podman:\n1\. .*bin\/podman: mountc's launcher/);
    expect(run('podman', ['ps', '-a'])).toEqual({ stdout: '<ps><-a>', stderr: '', status: 7 });
    expect(mountc('doctor', '--engine', 'podman').stdout).toMatch(
      /version {3}5\.4\.2\n[\s\S]*what this podman is sure to refuse/,
    );
    expect(mountc('shim', 'uninstall').stdout).toContain('removed');
    expect(readdirSync(join(home, 'bin'))).toEqual([]);
  });

  const doors = [
    ['launcher', (args: readonly string[]) => ['podman', args] as const],
    ['mountc podman', (args: readonly string[]) => [process.execPath, [MOUNTC, 'podman', ...args]] as const],
  ] as const;
  describe.each(doors)('%s', (_name, command) => {
    const behind = (version?: string) => {
      const { run, mountc, ...rest } = world(version);
      mountc('shim', 'install', '--engine', 'podman');
      return {
        ...rest,
        ask: (args: readonly string[], more?: Record<string, string>) => {
          const [file, words] = command(args);
          return run(file, words, more);
        },
      };
    };
    const runs = (args: readonly string[]) => ({ stdout: shown(args), stderr: '', status: 7 });

    it('stops what this podman is sure to refuse, and puts it right', () => {
      const { ask } = behind();
      const { stdout, stderr, status } = ask(BAD);
      expect({ stdout, status }).toEqual({ stdout: '', status: 125 });
      expect(stderr).toContain('mountc: podman 5.4.2 would refuse this: invalid option type "readonly"');
      expect(stderr).toContain('; this works:\npodman run -v /tmp:/b:ro alpine\n');
      expect(ask(['--log-level=debug', 'container', 'create', ...BAD.slice(1)]).status).toBe(125);
      expect(ask(['run', '-v', 'a:/x', '-v', 'b:/x', 'alpine']).stderr).toContain(
        'duplicate mount destination',
      );
      expect(ask(['run', '--volumes-from', 'db:Z', 'alpine']).status).toBe(125);
    });

    it('runs the rest as it was typed', () => {
      const { ask } = behind();
      const odd = ["it's", 'a\nb', '', '$(x)', '*'];
      for (const args of [
        [
          'run',
          '-v',
          '/tmp:/b:O',
          '-v',
          'v:/c:U,z',
          '--mount',
          'type=bind,src=/tmp,dst=/d,ro=1',
          'alpine',
          ...odd,
        ],
        [...BAD.slice(0, 1), '--help', ...BAD.slice(1)],
        ['run', '--such-flag-is-none', ...BAD.slice(1)],
        // A fact of another release: this one knows the word.
        ['run', '-v', '/tmp:/b:no-dereference', 'alpine'],
        ['run', '-v', '/tmp:/b'],
      ])
        expect(ask(args)).toEqual(runs(args));
    });

    it('obeys its settings', () => {
      const { ask, dir } = behind();
      expect(ask(BAD, { MOUNTC: 'off' })).toEqual(runs(BAD));
      const warned = ask(BAD, { MOUNTC: 'warn' });
      expect(warned).toMatchObject({ stdout: shown(BAD), status: 7 });
      expect(warned.stderr).toMatch(/^mountc: error: `readonly` is not a mode/);
      expect(ask(BAD, { MOUNTC_DISABLE: 'volume-unknown-mode,podman-refuses' })).toEqual(runs(BAD));
      expect(ask(['run', '-v', 'a:/b:z', 'alpine'], { MOUNTC_REWRITE: 'mount' }).stdout).toBe(
        '<run><-v><a:/b:z><alpine>',
      );
      expect(ask(['run', '-v', '/tmp:/b:z', 'alpine'], { MOUNTC_REWRITE: 'mount' }).stdout).toBe(
        '<run><--mount><type=bind,src=/tmp,dst=/b,relabel=shared><alpine>',
      );
      const other = writePodman(join(dir, 'other/podman'), '5.8.6', PRINT);
      expect(ask(BAD, { MOUNTC_PODMAN: other }).stderr).toContain('podman 5.8.6 would refuse');
      expect(ask(['ps'], { MOUNTC_PODMAN: join(dir, 'none/podman') })).toMatchObject({ status: 127 });
    });

    it.each(['7.0.0', '3.4.4', '5.8.0-dev'])('refuses nothing in the name of podman %s', (version) => {
      expect(behind(version).ask(BAD)).toEqual(runs(BAD));
    });

    it('refuses for another machine only what every podman refuses', () => {
      const { ask } = behind('4.9.4');
      const late = ['run', '-v', '/tmp:/b:no-dereference', 'alpine'];
      expect(ask(late).status).toBe(125);
      expect(ask(['--remote', ...late])).toEqual(runs(['--remote', ...late]));
      expect(ask(late, { CONTAINER_HOST: 'ssh://server/run/podman.sock' })).toEqual(runs(late));
      expect(ask(['--url', 'ssh://server', ...BAD]).status).toBe(125);
    });

    it('asks no script what it is, and does not go round with one', () => {
      const { ask, dir } = behind();
      writeProgram(join(dir, 'wrapper/podman'), '#!/bin/sh\nexec podman wrapped "$@"\n');
      const path = `${dir}/home/bin:${dir}/wrapper:${dir}/real:/usr/bin:/bin`;
      expect(ask(BAD, { PATH: path }).stdout).toBe(shown(['wrapped', ...BAD]));
      expect(ask(['ps'], { PATH: `${dir}/home/bin:/usr/bin/none` })).toMatchObject({
        stdout: '',
        status: 127,
      });
    });
  });
});
