// Every command line here goes through each real docker client of this machine and through mountc: verdict, exit
// status, error line and the mounts of the create call must be the same.
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ClientPool, startClientPool } from '../support/ask-client.js';
import { type Client, wantedClients } from '../support/clients.js';
import { SEED } from '../support/seed.js';
import { type CommandLine, mountCommand, oddCommand } from './arbitrary.js';
import { askMountc } from './ask-mountc.js';
import { oddCommandLines } from './odd-cases.js';
import { type Case, runCases, type Tally } from './run-cases.js';

const ASKED = process.env['MOUNTC_CASES'];
const CASES = Number(ASKED ?? 500);
// Slow to start, and no release of docker's own.
const casesFor = (version: string): number => (version === '28.5.2' ? Math.ceil(CASES / 4) : CASES);
const TIME_LIMIT = 600_000;

describe.each(wantedClients())('docker client $version', (client) => {
  if ('missing' in client) {
    test.skip(`compared with mountc (${client.missing})`, () => {});
    return;
  }
  let pool: ClientPool;
  let root: string;
  let dirs: string[];
  beforeAll(async () => {
    pool = await startClientPool();
    root = realpathSync(mkdtempSync(join(tmpdir(), 'mountc-cwd-')));
    dirs = ['/', join(root, 'a b'), join(root, 'x/y/z'), join(root, 'é')];
    for (const dir of dirs) mkdirSync(dir, { recursive: true });
  });
  afterAll(async () => {
    await pool.stop();
    rmSync(root, { recursive: true, force: true });
  });
  const compare = (lines: readonly CommandLine[]): Promise<Tally> => {
    const cases = lines.map((args, index): Case => ({ args, cwd: dirs[index % dirs.length]! }));
    return runCases(client, pool, cases, ({ args, cwd }) => askMountc(client, args, cwd));
  };

  const count = casesFor(client.version);
  test(`agrees on ${count} mount commands, seed ${SEED}`, { timeout: TIME_LIMIT }, async () => {
    const tally = await compare(fc.sample(mountCommand, { numRuns: count, seed: SEED }));
    print(client, 'mount commands', tally);
    expect(tally.report).toBe('');
    expect(tally.unknown.length / tally.total).toBeLessThan(0.03);
    // A generator that no longer makes both kinds would prove nothing.
    expect(tally.accepted / tally.total).toBeGreaterThan(0.25);
    expect(tally.accepted / tally.total).toBeLessThan(0.75);
  });

  const odd = Math.ceil(count / 4);
  test(`agrees on ${odd} command lines with other oddities, seed ${SEED}`, {
    timeout: TIME_LIMIT,
  }, async () => {
    const tally = await compare(fc.sample(oddCommand, { numRuns: odd, seed: SEED }));
    print(client, 'other oddities', tally);
    expect(tally.report).toBe('');
  });

  // What each client said to these is recorded: recorded.test.ts looks at all of them, whatever this machine has.
  test.skipIf(ASKED === undefined)(
    'agrees on the hand-made cases (MOUNTC_CASES)',
    { timeout: TIME_LIMIT },
    async () => {
      const tally = await compare(oddCommandLines());
      print(client, 'hand-made cases', tally);
      expect(tally.report).toBe('');
    },
  );
});

// What a client refuses because the engine is too old for it.
const FOR_NEWER_ENGINES: readonly CommandLine[] = ['create', 'run -d']
  .flatMap((command) => [
    `${command} --mount type=bind,src=/a,dst=/x,ro,bind-propagation=rprivate,bind-recursive=readonly img`,
    `${command} --mount type=bind,src=/a,dst=/x,ro,bind-propagation=rprivate,bind-recursive=readonly IMG`,
    `${command} --mount type=bind,src=/a,dst=/x,ro,bind-recursive=writable -v /a:/b img`,
    `${command} --mount dst=/x,volume-subpath=a img`,
    `${command} --mount type=image,src=i,dst=/x,image-subpath=a img`,
    `${command} --annotation a=b --health-start-interval 5s img`,
    `${command} --health-start-interval 5s --mount x img`,
    `${command} --cpu-count 1 --annotation a=b`,
  ])
  .map((line) => line.split(' '));

describe.each(wantedClients())('docker client $version with an older engine', (client) => {
  if ('missing' in client) {
    test.skip(`compared with mountc (${client.missing})`, () => {});
    return;
  }
  test.each([
    ['20.10.24', '1.41'],
    ['24.0.9', '1.43'],
    ['25.0.5', '1.44'],
  ])('%s', async (engine, apiVersion) => {
    const pool = await startClientPool(2, { apiVersion, version: engine });
    try {
      const cases = FOR_NEWER_ENGINES.map((args): Case => ({ args, cwd: '/' }));
      const tally = await runCases(client, pool, cases, ({ args, cwd }) =>
        askMountc(client, args, cwd, engine),
      );
      expect(tally.report).toBe('');
      expect(tally.unknown).toEqual([]);
    } finally {
      await pool.stop();
    }
  });
});

function print(client: Client, what: string, tally: Tally): void {
  const known = [...tally.known].map(([reason, count]) => `; ${count} × ${reason}`).join('');
  console.log(
    `docker ${client.build}, ${what}: ${tally.total} compared, ${tally.accepted} accepted, ` +
      `${tally.disagreements} disagreements, ${tally.unknown.length} that mountc cannot know${known}`,
  );
}
