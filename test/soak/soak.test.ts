// Many containers through the launcher, 8 at a time, on a real daemon, with the same results as without it.
// MOUNTC_SOAK_RUNS: how many (2000 for the long run); MOUNTC_SOAK_RESTART=SUITE: the daemon of scripts/engines.sh that is
// restarted midway, when that is the one that runs.
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findClients } from '../support/clients.js';
import { type Daemon, wantedDaemons } from '../support/daemons.js';
import { tempDir } from '../support/temp-dir.js';

const LAUNCHER = fileURLToPath(new URL('../../bin/docker', import.meta.url));
const ENGINES = fileURLToPath(new URL('../../scripts/engines.sh', import.meta.url));
const RUNS = Number(process.env['MOUNTC_SOAK_RUNS'] ?? 16);
const RESTART = process.env['MOUNTC_SOAK_RESTART'];
const WIDTH = 8;

interface Outcome {
  readonly stdout: string;
  readonly exit: number;
}

function start(file: string, args: readonly string[], env: Record<string, string>): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(file, args, { env, encoding: 'utf8', timeout: 120_000 }, (error, stdout) =>
      resolve({ stdout, exit: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1 }),
    );
  });
}

/** The n-th container: bind, volume, tmpfs or all of them; its exit code and what it says depend on n. */
function command(n: number, dir: string): string[] {
  const mounts = [
    ['-v', `${dir}:/bind:ro`],
    ['--mount', `type=bind,src=${dir},dst=/bind,readonly`],
    ['-v', `${dir}:/bind`, '--tmpfs', '/scratch:size=1m'],
    ['--mount', `type=bind,src=${dir},dst=/bind`, '--mount', 'type=tmpfs,dst=/scratch'],
  ][n % 4]!;
  const script = `cat /bind/file; echo ${n}; exit ${n % 200}`;
  return ['run', '--rm', '--network', 'none', ...mounts, 'busybox:local', 'sh', '-c', script];
}

async function inTurns<T>(count: number, width: number, work: (n: number) => Promise<T>): Promise<T[]> {
  const results: T[] = new Array(count);
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < count; n = next++) results[n] = await work(n);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

const daemons = await wantedDaemons();
const [client] = findClients();

for (const daemon of daemons) {
  const isMissing = 'missing' in daemon || client === undefined;
  describe.skipIf(isMissing)(`soak: daemon ${daemon.version}`, { timeout: 3_600_000 }, () => {
    const { host = '' } = daemon as Partial<Daemon>;
    const world = () => {
      const dir = join(tempDir(), 'shared');
      mkdirSync(dir);
      writeFileSync(join(dir, 'file'), 'from the host\n');
      const env = {
        PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
        HOME: dir,
        DOCKER_HOST: host,
        MOUNTC_DOCKER: client?.path ?? '',
      };
      return { dir, env };
    };

    it(`${RUNS} containers, ${WIDTH} at a time`, async () => {
      const { dir, env } = world();
      const got = await inTurns(RUNS, WIDTH, (n) => start(LAUNCHER, command(n, dir), env));
      expect(got).toEqual(
        Array.from({ length: RUNS }, (_, n) => ({ stdout: `from the host\n${n}\n`, exit: n % 200 })),
      );
    });

    it('a container that is killed ends as it does without the launcher', async () => {
      const { dir, env } = world();
      const killed = async (file: string, name: string) => {
        const args = [
          'run',
          '--rm',
          '--name',
          name,
          '--network',
          'none',
          '-v',
          `${dir}:/b`,
          'busybox:local',
          'sleep',
          '60',
        ];
        const ended = start(file, args, env);
        for (let n = 0; n < 200; n++) {
          const { exit } = await start(client?.path ?? '', ['kill', name], env);
          if (exit === 0) break;
        }
        return ended;
      };
      const id = `mountc-soak-${process.pid}`;
      expect(await killed(LAUNCHER, `${id}-a`)).toEqual(await killed(client?.path ?? '', `${id}-b`));
    });

    // Only when it is asked for: others may be using the daemon.
    if (RESTART !== undefined && host.includes(`/${RESTART}/`))
      it('a daemon that is restarted midway', async () => {
        const { dir, env } = world();
        const runs = inTurns(RUNS, WIDTH, (n) => start(LAUNCHER, command(n, dir), env));
        execFileSync(ENGINES, ['stop', RESTART]);
        execFileSync(ENGINES, ['start', RESTART], { stdio: 'ignore' });
        // Some fail, as they do without the launcher; none hangs, and what runs afterwards is right.
        for (const { exit } of await runs) expect(exit).toBeGreaterThanOrEqual(0);
        expect(await start(LAUNCHER, command(7, dir), env)).toEqual({
          stdout: 'from the host\n7\n',
          exit: 7,
        });
      });
  });
}
