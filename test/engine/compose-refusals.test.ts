// What lint calls an error in a Compose file is what the real Compose or the engine refuses, and the other way round.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runMountc } from '../support/cli.js';
import { wantedComposes } from '../support/compose.js';
import { wantedDaemons } from '../support/daemons.js';
import { inLanes } from '../support/in-lanes.js';
import { SEED } from '../support/seed.js';
import { type ComposeEntry, composeEntry } from './compose-entry.js';

const ENTRIES = Number(process.env['MOUNTC_COMPOSE_ENTRIES'] ?? 25);
const [daemon] = await wantedDaemons();

const WRITTEN: readonly ComposeEntry[] = [
  ...[
    './sub:x',
    'data:x',
    'x',
    './sub:/',
    'data:/',
    ':/x',
    './sub::/x',
    './sub:/x:ro:z',
    './sub:',
    './sub:ro',
  ],
  ...["''", './sub:/x:nocopy', './sub:/x', 'data:/x:ro', '/x'],
  ...['{type: bind, source: ./sub}', '{type: bind, target: /x}', '{type: volume, source: ./sub, target: /x}'],
  ...['{source: data, target: /x}', '{type: foo, target: /x}', '{type: tmpfs, source: data, target: /x}'],
  ...['{type: bind, source: ./sub, target: /x, bind: {propagation: foo}}', '{type: tmpfs, target: x}'],
  ...["{type: tmpfs, target: /x, tmpfs: {mode: '0700'}}", '{type: tmpfs, target: /x, tmpfs: {size: 1mx}}'],
  ...[
    '{type: volume, source: data, target: /x, volume: {subpath: ../y}}',
    '{type: volume, source: data, target: /x, volume: {subpath: /y}}',
    '{type: volume, source: data, target: /x, volume: {subpath: ""}}',
    '{type: volume, target: /x, volume: {subpath: y}}',
    '{type: bind, source: ./sub, target: /x, bind: {recursive: nope}}',
    '{type: bind, source: ./sub, target: /x, bind: {propagation: RPRIVATE}}',
    '{type: tmpfs, target: /x, volume: {nocopy: true}}',
    '{type: tmpfs, target: /x, tmpfs: {size: 10%}}',
    '{type: volume, target: /x, read_only: true}',
    '{type: npipe, source: /a, target: /x}',
    '{type: bind, source: ./sub, target: /x, consistency: bogus}',
    '{type: tmpfs, target: /x, bind: {propagation: bogus}}',
    '{type: bind, source: ./sub, target: /x, volume: {subpath: /y}}',
    '{type: volume, source: data, target: /x, tmpfs: {size: 1}}',
  ],
].map((entry) => ({ key: 'volumes', entry }));

describe.each(wantedComposes())('docker compose $version', ({ path }) => {
  if (path === undefined || daemon === undefined || 'missing' in daemon) {
    test.skip('refuses what lint calls an error (no docker compose, or no daemon)', () => {});
    return;
  }
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'mountc-refusals-')));
  const env = { PATH: '/usr/bin:/bin', HOME: dir, DOCKER_HOST: daemon.host };
  beforeAll(() => {
    for (const folder of ['sub', 'data']) mkdirSync(join(dir, folder));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  /** What Compose says of the file, at the latest when its container starts; undefined when nothing is wrong. */
  const refusal = async (file: string, project: string): Promise<string | undefined> => {
    const compose = (...args: string[]) =>
      new Promise<string | undefined>((resolve) => {
        execFile(
          path,
          ['-p', project, '-f', file, ...args],
          { cwd: dir, env, timeout: 60_000 },
          (error, _, stderr) => resolve(error === null ? undefined : stderr.trim()),
        );
      });
    const config = await compose('config', '-q');
    if (config !== undefined) return config;
    const failed = await compose('up', '--detach');
    await compose('down', '--volumes', '--timeout', '0');
    // What is there on the host is not the file's.
    return failed?.includes('source path does not exist') ? undefined : failed;
  };

  test(`refuses what lint calls an error, and nothing else (seed ${SEED})`, async () => {
    const entries = [...WRITTEN, ...fc.sample(composeEntry, { numRuns: ENTRIES, seed: SEED })];
    const differences: unknown[] = [];
    let refused = 0;
    const tryOne = async ({ key, entry }: ComposeEntry, index: number): Promise<void> => {
      const file = `compose-${index}.yaml`;
      const text = `services:\n  a:\n    image: busybox:local\n    network_mode: none\n    command: ['true']\n    ${key}:\n      - ${entry}\nvolumes:\n  data:\n`;
      writeFileSync(join(dir, file), text);
      const { stdout } = await runMountc(
        [
          'lint',
          '--format',
          'json',
          '--engine',
          daemon.version,
          '--no-config',
          '--stdin-filename',
          'compose.yaml',
          '-',
        ],
        { cwd: dir, stdin: text },
      );
      const errors = (JSON.parse(stdout) as { severity: string; rule: string; message: string }[])
        .filter(({ severity }) => severity === 'error')
        .map(({ rule, message }) => `${rule}: ${message}`);
      const said = await refusal(file, `mountc-refusals-${process.pid}-${index}`);
      if (said !== undefined) refused++;
      if ((said !== undefined) !== errors.length > 0) differences.push({ key, entry, errors, said });
    };
    await inLanes(entries, 3, tryOne);
    expect(differences, `${differences.length} of ${entries.length}`).toEqual([]);
    expect(refused).toBeGreaterThan(15);
    expect(refused).toBeLessThan(entries.length - 5);
  }, 900_000);
});
