// Generated mounts through the real podman of this machine, which makes containers of an empty image and starts none.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { areRefusedTogether, type FlaggedMount } from '../../src/dialects/podman/conflicts.js';
import { judgeFlag } from '../../src/dialects/podman/every.js';
import { NEWEST_PODMAN, podmanFacts, readPodman } from '../../src/dialects/podman/versions.js';
import { refuseVolumesFrom } from '../../src/dialects/podman/volumes-from.js';
import { withSeed } from '../support/seed.js';
import { sharedTempDir } from '../support/temp-dir.js';
import { flags } from './podman-arbitrary.js';

const engines = process.env['MOUNTC_ENGINES'] ?? join(homedir(), '.cache/mountc-engines');
/** The podman of this machine, and those that `scripts/engines.sh podman` got. */
const podmans = [
  'podman',
  ...['trixie', 'sid'].map((suite) => join(engines, `podman-${suite}`, 'podman')),
].flatMap((program) => {
  const said = spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout ?? '';
  const version = /version (\S+)/.exec(said)?.[1];
  return version === undefined ? [] : [{ program, version }];
});
const why = podmans.length === 0 ? 'podman is not here' : process.getuid?.() === 0 ? undefined : 'needs root';
const CASES = Number(process.env['MOUNTC_PODMAN_CASES'] ?? 60);

/** What only the machine decides: files and volumes that are not there. */
const OF_MACHINE =
  /no such (?:file|volume|container)|does not exist|lstat |statfs |mount option .* for driver|only allowed with rootful/;

const all = podmans.length === 0 ? [{ program: '', version: 'none' }] : podmans;
describe.skipIf(why !== undefined).each(all)(
  `podman $version${why === undefined ? '' : ` (${why})`}`,
  ({ program, version }) => {
    const facts = podmanFacts(readPodman(version) ?? NEWEST_PODMAN);
    const folder = sharedTempDir();
    const config = join(dirname(program), 'containers.conf');
    const podman = (...args: string[]) =>
      spawnSync(
        program,
        [
          '--root',
          join(folder, 'root'),
          '--runroot',
          join(folder, 'run'),
          '--storage-driver',
          'vfs',
          ...args,
        ],
        {
          encoding: 'utf8',
          timeout: 60_000,
          env: { ...process.env, ...(existsSync(config) && { CONTAINERS_CONF: config }) },
        },
      );
    beforeAll(() => {
      mkdirSync(join(folder, 'empty'));
      writeFileSync(join(folder, 'empty/file'), '');
      spawnSync('tar', ['-C', join(folder, 'empty'), '-cf', join(folder, 'image.tar'), '.']);
      const { status, stderr } = podman('import', join(folder, 'image.tar'), 'localhost/empty');
      expect(status, stderr).toBe(0);
      podman('create', '--name', 'base', '--network', 'none', 'localhost/empty', 'sh');
    });

    function expected(given: readonly (readonly [string, string])[]): string | undefined {
      const mounts: FlaggedMount[] = [];
      for (const [flag, value] of given) {
        if (flag === 'volumes-from') {
          const refusal = refuseVolumesFrom(value);
          if (refusal !== undefined) return refusal.message;
          continue;
        }
        const form = flag as 'volume' | 'mount' | 'tmpfs';
        const verdict = judgeFlag(form, value, facts);
        if (verdict.kind === 'refused') return verdict.message;
        mounts.push({ flag: form, mount: verdict.mount });
      }
      const [a, b] = mounts;
      if (a === undefined || b === undefined) return undefined;
      const together = areRefusedTogether(a, b);
      return together === undefined ? 'OPEN' : together ? 'duplicate' : undefined;
    }

    test('refuses what is refused here', { timeout: 600_000 }, () => {
      let refused = 0;
      fc.assert(
        fc.property(flags, (given) => {
          const args = given.flatMap(([flag, value]) => [`--${flag}`, value]);
          const { status, stderr } = podman('create', '--network', 'none', ...args, 'localhost/empty', 'sh');
          const ours = expected(given);
          // 5.8 has the name of a variable in one of its sentences.
          const said = stderr.trim().split('\n').at(-1)!.replace('mnt.Options', 'options');
          if (ours === 'OPEN' || OF_MACHINE.test(said)) return;
          if (ours !== undefined) refused++;
          expect(`${status === 0 ? 'taken' : 'refused'} ${JSON.stringify(args)}`, `${said} / ${ours}`).toBe(
            `${ours === undefined ? 'taken' : 'refused'} ${JSON.stringify(args)}`,
          );
          // Of several mistakes podman names the first in an order of its own.
          if (ours !== undefined && ours !== 'duplicate' && given.length === 1)
            expect(said).toContain(ours.slice(0, 60));
        }),
        withSeed(CASES),
      );
      expect(refused).toBeGreaterThan(CASES / 10);
    });
  },
);
