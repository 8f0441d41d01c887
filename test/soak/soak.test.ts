// Many containers through the launcher, 8 at a time, on a real daemon: some are killed, and the daemon is restarted after half
// of them. Every fourth, and each that is killed or meets the restart, is run without the launcher too, beside the others, and
// both have to end in the same way.
// MOUNTC_SOAK_RUNS: how many (2000 for the long run); MOUNTC_SOAK_RESTART=SUITE: the daemon of scripts/engines.sh that may be
// restarted, when that is the one that runs.
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findClients } from '../support/clients.js';
import { type Daemon, wantedDaemons } from '../support/daemons.js';
import { inLanes } from '../support/in-lanes.js';
import { tempDir } from '../support/temp-dir.js';
import { type Outcome, runContainer } from './run-container.js';

const LAUNCHER = fileURLToPath(new URL('../../bin/docker', import.meta.url));
const ENGINES = fileURLToPath(new URL('../../scripts/engines.sh', import.meta.url));
const RUNS = Number(process.env['MOUNTC_SOAK_RUNS'] ?? 30);
const RESTART = process.env['MOUNTC_SOAK_RESTART'];
const WIDTH = 8;

/** One container of the soak. */
interface Job {
  readonly n: number;
  readonly via: 'launcher' | 'docker';
  /** `killed` by `docker kill` once it runs; `stopped`: it runs while the daemon is restarted. */
  readonly fate: 'ends' | 'killed' | 'stopped';
}

/** The n-th one is the same through the launcher and without. */
function jobs(): Job[] {
  return Array.from({ length: RUNS }, (_, n): Job[] => {
    const fate = n % 11 === 4 ? 'killed' : 'ends';
    const job = { n, via: 'launcher', fate } as const;
    return n % 4 === 3 || fate === 'killed' ? [job, { ...job, via: 'docker' }] : [job];
  }).flat();
}

/** Bind, volume, tmpfs or several of them; what it says and its exit code depend on n. */
function command({ n, fate }: Job, dir: string, name: string): string[] {
  const mounts = [
    ['-v', `${dir}:/bind:ro`],
    ['--mount', `type=bind,src=${dir},dst=/bind,readonly`],
    ['-v', `${dir}:/bind:rprivate`, '-v', `${name}:/data`, '--tmpfs', '/scratch:size=1m,mode=700'],
    ['--mount', `type=bind,src=${dir},dst=/bind`, '--mount', 'type=tmpfs,dst=/scratch,tmpfs-size=1m'],
    ['-v', '/anonymous', '-v', `${dir}:/bind`, '--volume-driver', 'local'],
  ][n % 5]!;
  const end = fate === 'ends' ? `exit ${n % 200}` : 'sleep 100 & wait';
  const script = `trap 'exit 77' TERM; printf '%s\\n${n}\\n' "$(cat /bind/file)"; ${end}`;
  return ['run', '--rm', '--name', name, '--network', 'none', ...mounts, 'busybox:local', 'sh', '-c', script];
}

const daemons = await wantedDaemons();
const [client] = findClients();

for (const daemon of daemons) {
  const isMissing = 'missing' in daemon || client === undefined;
  describe.skipIf(isMissing)(`soak: daemon ${daemon.version}`, { timeout: 3_600_000 }, () => {
    const { host = '' } = daemon as Partial<Daemon>;
    const plain = client?.path ?? '';

    it(`${RUNS} containers, ${WIDTH} at a time, end as they do without the launcher`, async () => {
      const dir = join(tempDir(), 'shared');
      mkdirSync(dir);
      writeFileSync(join(dir, 'file'), 'from the host\n');
      const PATH = '/usr/sbin:/usr/bin:/sbin:/bin';
      const env = { PATH, HOME: dir, DOCKER_HOST: host, MOUNTC_DOCKER: plain };
      const nameOf = ({ n, via }: Pick<Job, 'n' | 'via'>) => `soak-${process.pid}-${n}-${via}`;
      const run = (job: Job, whenUp?: () => void) => {
        const name = nameOf(job);
        const args = command(job, dir, name);
        const kill = job.fate === 'killed' ? { docker: plain, name } : undefined;
        return runContainer(job.via === 'launcher' ? LAUNCHER : plain, args, { env, kill, whenUp });
      };

      const outcomes = new Map<Job, Outcome>();
      const disturbed = new Set<Job>();
      const stopped: Outcome[] = [];
      const running = new Set<Job>();
      let midway: Promise<void> | undefined;
      // As long as the daemon is away, nothing new is started.
      let away: Promise<void> | undefined;
      // Only when it is asked for: others may be using the daemon.
      let isRestartDue = RESTART !== undefined && host.includes(`/${RESTART}/`);

      /** Restarts the daemon under containers that run, and under whatever else is on the way. */
      async function restart(): Promise<void> {
        const ends = (['launcher', 'docker', 'launcher', 'docker'] as const).map((via, index) => {
          let up = () => {};
          const isUp = new Promise<void>((resolve) => {
            up = resolve;
          });
          const end = run({ n: RUNS + (index >> 1), via, fate: 'stopped' }, up);
          return { end, isUp: Promise.race([isUp, end]) };
        });
        await Promise.all(ends.map(({ isUp }) => isUp));
        for (const job of running) disturbed.add(job);
        away = new Promise((resolve, reject) => {
          execFile(ENGINES, ['restart', RESTART ?? ''], (error) => (error ? reject(error) : resolve()));
        });
        await away;
        stopped.push(...(await Promise.all(ends.map(({ end }) => end))));
      }

      await inLanes(jobs(), WIDTH, async (job) => {
        if (isRestartDue && job.n >= RUNS / 2) {
          isRestartDue = false;
          midway = restart();
        }
        await away;
        running.add(job);
        outcomes.set(job, await run(job));
        running.delete(job);
      });
      await midway;
      const volumes = [...outcomes.keys()].map(nameOf);
      for (let at = 0; at < volumes.length; at += 500)
        await runContainer(plain, ['volume', 'rm', '--force', ...volumes.slice(at, at + 500)], { env });

      const wrong: { job: Job; outcome: Outcome }[] = [];
      for (const [job, outcome] of outcomes) {
        const { stdout, stderr, exit } = outcome;
        // What was being made, run or removed during the restart ends, and mountc has nothing to say about it.
        const isRight = disturbed.has(job)
          ? exit >= 0 && !/^mountc/m.test(stderr)
          : stdout === `from the host\n${job.n}\n` &&
            stderr === '' &&
            exit === (job.fate === 'killed' ? 137 : job.n % 200);
        if (!isRight) wrong.push({ job, outcome });
      }
      expect(wrong.slice(0, 20), `${wrong.length} of ${outcomes.size}`).toEqual([]);
      if (midway === undefined) return;
      console.log(`${outcomes.size} ended, ${disturbed.size} of them during the restart`, stopped);
      expect(stopped.filter((_, index) => index % 2 === 0)).toEqual(
        stopped.filter((_, index) => index % 2 === 1),
      );
    });
  });
}
