// What mountc says that `docker compose run -v` refuses, every real Compose at hand refuses in these words, and nothing else.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readComposeRun } from '../../src/shim/compose-run.js';
import { wantedComposes } from '../support/compose.js';
import { inLanes } from '../support/in-lanes.js';
import { SEED } from '../support/seed.js';
import { tempDir } from '../support/temp-dir.js';
import { anyVolume, goodVolume } from './volume-arbitrary.js';

const CASES = Number(process.env['MOUNTC_COMPOSE_RUNS'] ?? 80);
const LANES = 4;

const flag = (text: string, spelling: number) =>
  [['-v', text], [`-v${text}`], [`--volume=${text}`], ['-Tv', text], ['--volumes', text]][spelling]!;
const flags = fc
  .array(fc.tuple(fc.oneof(anyVolume, anyVolume, goodVolume), fc.nat(4)), { minLength: 1, maxLength: 2 })
  .map((all) => all.flatMap(([text, spelling]) => flag(text.replaceAll('\0', ''), spelling)));

for (const { path, version } of wantedComposes()) {
  describe.skipIf(path === undefined)(`docker compose ${version} run -v`, { timeout: 300_000 }, () => {
    it(`is read as it reads itself (seed ${SEED})`, async () => {
      const dir = tempDir();
      writeFileSync(join(dir, 'compose.yaml'), 'services:\n  web:\n    image: busybox:local\n');
      // The flags are read before the engine is asked.
      const env = { PATH: '/usr/bin:/bin', HOME: dir, DOCKER_HOST: 'unix:///nonexistent.sock' };
      const firstLine = (args: readonly string[]) =>
        new Promise<string>((resolve) => {
          execFile(path!, args, { cwd: dir, env, encoding: 'utf8' }, (_error, _stdout, stderr) =>
            resolve(stderr),
          );
        });
      const wrong: string[] = [];
      let refused = 0;
      const samples = fc.sample(flags, { numRuns: CASES, seed: SEED });
      await inLanes(samples, LANES, async (one) => {
        const args = ['run', ...one, 'web', 'true'];
        const read = readComposeRun(['compose', ...args], dir);
        const said = (await firstLine(args)).trimEnd();
        const isRefused = /^invalid (?:empty volume )?spec/.test(said);
        if (read === undefined) return;
        if (isRefused) refused++;
        if ((read.refusal?.words ?? '') !== (isRefused ? said : ''))
          wrong.push(
            `${JSON.stringify(args)}\n  compose ${said}\n  mountc ${read.refusal?.words ?? 'lets it run'}`,
          );
      });
      expect(wrong.slice(0, 20), `${wrong.length} of ${CASES}`).toEqual([]);
      expect(refused).toBeGreaterThan(CASES / 20);
    });
  });
}
