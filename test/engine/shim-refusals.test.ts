// What the shim refuses, real clients and engines refuse too; and what it offers instead, they run.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { readVersion } from '../../src/dialects/docker/tables/version.js';
import { lintArgs } from '../../src/rules/lint-args.js';
import { correctArgs } from '../../src/shim/correct.js';
import { judge } from '../../src/shim/verdict.js';
import { splitQuoted } from '../../src/text/shell-quote.js';
import { harmlessFlag } from '../differential/flag-arbitrary.js';
import { anyMount, goodMount } from '../differential/mount-arbitrary.js';
import { anyTmpfs, anyVolume, anyVolumesFrom, goodVolume } from '../differential/volume-arbitrary.js';
import { CLASSIC_MISTAKES } from '../shim/classic-mistakes.js';
import { type Client, findClients } from '../support/clients.js';
import { type Daemon, wantedDaemons } from '../support/daemons.js';
import { inLanes } from '../support/in-lanes.js';
import { type Ended, runFile } from '../support/run-against.js';
import { SEED } from '../support/seed.js';
import { tempDir } from '../support/temp-dir.js';

const CASES = Number(process.env['MOUNTC_SHIM_CASES'] ?? 300);
// Each of them is a real docker command.
const MOST = Math.ceil(CASES / 6);
const LANES = 4;

const mountFlag = fc.oneof(
  { weight: 4, arbitrary: anyVolume.map((text) => ['-v', text]) },
  { weight: 2, arbitrary: goodVolume.map((text) => ['-v', text]) },
  { weight: 3, arbitrary: anyMount.map((text) => ['--mount', text]) },
  { weight: 3, arbitrary: goodMount.map((text) => ['--mount', text]) },
  { weight: 3, arbitrary: anyTmpfs.map((text) => ['--tmpfs', text]) },
  { weight: 1, arbitrary: anyVolumesFrom.map((text) => ['--volumes-from', text]) },
);
const command = fc
  .tuple(
    fc.constantFrom(['run', '--rm'], ['run', '-d'], ['create'], ['container', 'run', '--rm']),
    fc.array(mountFlag, { minLength: 1, maxLength: 2 }),
    fc.option(harmlessFlag, { nil: [], freq: 8 }),
  )
  .map(([start, flags, harmless]) => [
    ...start,
    '--network=none',
    '--pull=never',
    ...flags.flat(),
    ...harmless,
    'busybox:local',
    'true',
  ]);
const commands = fc.sample(command, { seed: SEED, numRuns: CASES });

const runReal = (client: Client, daemon: Daemon, args: readonly string[], cwd: string): Promise<Ended> =>
  runFile(client.path, args, daemon, cwd);

const clients = findClients();

describe.each(await wantedDaemons())('docker engine $version', { timeout: 600_000 }, (wanted) => {
  if ('missing' in wanted || clients.length === 0) {
    test.skip(`refuses what the shim refuses (${'missing' in wanted ? wanted.missing : 'no client'})`, () => {});
    return;
  }
  const daemon: Daemon = wanted;
  const engine = readVersion(daemon.version);
  const isRefused = (args: readonly string[], dir: string, client: Client) => {
    const known = { client: readVersion(client.version), engine, engineOs: 'linux' as const };
    return (
      judge(args, { cwd: dir, known: { ...known, packaging: { goUnits: client.goUnits } } }).kind ===
      'refused'
    );
  };

  test('refuses what the shim refuses', async () => {
    const dir = tempDir();
    const clientOf = (index: number) => clients[index % clients.length]!;
    const refused = commands
      .map((args, index) => ({ args, client: clientOf(index) }))
      .filter(({ args, client }) => isRefused(args, dir, client))
      .slice(0, MOST);
    // Of what is generated, a good part is wrong.
    expect(refused.length).toBeGreaterThan(Math.min(MOST, CASES / 10) - 1);
    const wrong: string[] = [];
    await inLanes(refused, LANES, async ({ args, client }) => {
      const { exit, output } = await runReal(client, daemon, args, dir);
      if (exit !== 0) return;
      wrong.push(`${client.version} ${JSON.stringify(args)}: ${output}`);
      const id = /^[0-9a-f]{64}/m.exec(output)?.[0];
      if (id !== undefined) await runReal(client, daemon, ['rm', '-f', id], dir);
    });
    expect(wrong, `seed ${SEED}`).toEqual([]);
  });

  test('refuses the classic mistakes, and takes what is offered instead', async () => {
    const dir = tempDir();
    mkdirSync(join(dir, 'src/app'), { recursive: true });
    const client = clients[0]!;
    const known = { client: readVersion(client.version), engine, engineOs: 'linux' as const };
    const dialect = makeDialect(known);
    const wrong: string[] = [];
    await inLanes(CLASSIC_MISTAKES, LANES, async ({ flags, offered, isGuess = false }) => {
      const words = flags(dir);
      const command = (more: readonly string[]) => [
        'run',
        '--rm',
        '--network=none',
        ...more,
        'busybox:local',
        'true',
      ];
      const real = await runReal(client, daemon, command(words), dir);
      if (real.exit === 0) wrong.push(`taken: ${words.join(' ')}`);
      const lint = (args: readonly string[]) => lintArgs(args, { dialect, cwd: dir });
      const right = correctArgs(command(words), lint, (args) => judge(args, { cwd: dir, known }));
      if (offered === undefined) {
        if (right !== undefined) wrong.push(`offered: ${right.command}`);
        return;
      }
      const { exit, output } = await runReal(client, daemon, command(offered(dir)), dir);
      if (exit !== 0) wrong.push(`not taken: ${offered(dir).join(' ')}: ${output}`);
      const offers = right && splitQuoted(right.command).slice(1);
      if (JSON.stringify(offers) !== JSON.stringify(command(offered(dir))))
        wrong.push(`for ${words.join(' ')} ${right?.command ?? 'nothing'} is offered`);
      if (right?.isSafe !== !isGuess) wrong.push(`${right?.command} is not a guess, or is one`);
    });
    expect(wrong).toEqual([]);
  });
});
