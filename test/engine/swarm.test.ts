// Services against a real manager and a real node: what is refused, in which words, and what the cluster keeps of a mount.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import type { ApiMount } from '../../src/dialects/docker/client/api.js';
import { type DockerInvocation, scanDocker } from '../../src/dialects/docker/client/docker-argv.js';
import { judgeCommand } from '../../src/dialects/docker/engine/command.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { readVersion } from '../../src/dialects/docker/tables/version.js';
import { localSystem } from '../../src/docker/local-system.js';
import { judge } from '../../src/shim/verdict.js';
import { plainText } from '../../src/text/spec-text.js';
import { anyMount, goodMount } from '../differential/mount-arbitrary.js';
import { findClients } from '../support/clients.js';
import { type Daemon, wantedDaemons } from '../support/daemons.js';
import { callApi } from '../support/engine-api.js';
import { inLanes } from '../support/in-lanes.js';
import { runFile } from '../support/run-against.js';
import { SEED } from '../support/seed.js';
import {
  createService,
  leaveSwarm,
  makeManager,
  removeService,
  storedMounts,
  taskEnd,
} from '../support/swarm.js';
import { bodyOf, fillBody, mount } from './body-arbitrary.js';

const CASES = Number(process.env['MOUNTC_SWARM_CASES'] ?? 300);
const LANES = 4;
// The API of every wanted engine is at most this one's.
const API_CLIENT = '28.5.2';
const clients = findClients();
const someMounts = fc.array(mount, { minLength: 1, maxLength: 2 });

describe.each(await wantedDaemons())('docker swarm $version', { timeout: 300_000 }, (wanted) => {
  if ('missing' in wanted || clients.length === 0) {
    test.skip(`agrees with the manager stage (${'missing' in wanted ? wanted.missing : 'no client'})`, () => {});
    return;
  }
  const daemon: Daemon = wanted;
  const engine = readVersion(daemon.version)!;
  const dir = mkdtempSync(join(tmpdir(), 'mountc-swarm-'));
  const volume = `mountc-swarm-${process.pid}`;
  let noManager: string | undefined;
  let daemonRoot: string | undefined;

  beforeAll(async () => {
    mkdirSync(join(dir, 'sub'));
    writeFileSync(join(dir, 'file'), '');
    noManager = await makeManager(daemon);
    await callApi(daemon, 'POST', '/volumes/create', { Name: volume });
    daemonRoot = ((await callApi(daemon, 'GET', '/info')).body as { DockerRootDir?: string }).DockerRootDir;
  });
  afterAll(async () => {
    if (noManager === undefined) await leaveSwarm(daemon);
    await callApi(daemon, 'DELETE', `/volumes/${volume}?force=1`);
    rmSync(dir, { recursive: true, force: true });
  });
  const needManager = (context: TestContext): void => {
    if (noManager !== undefined) context.skip(noManager);
  };

  const invocation = scanDocker(
    ['service', 'create', 'img'].map((word) => plainText(word)),
    readVersion(API_CLIENT)!,
  ) as DockerInvocation;
  const verdictOf = (Mounts: readonly ApiMount[]) =>
    judgeCommand(
      { invocation, create: bodyOf({ Mounts: [...Mounts] }) },
      makeDialect({ client: readVersion(API_CLIENT), engine }),
      localSystem({
        daemonRoot,
        hasVolume: (name) => (name === volume ? true : isNew(name) ? false : undefined),
      }),
    )!;
  const isNew = (name: string): boolean => name.startsWith(`t${process.pid}s`);
  const sample = (arbitrary: fc.Arbitrary<readonly ApiMount[]>, runs: number): readonly ApiMount[][] =>
    fc.sample(arbitrary, { numRuns: runs, seed: SEED }).map((Mounts, index) => {
      const places = { dir, volume, tag: `t${process.pid}s${index}` };
      return [...(fillBody(bodyOf({ Mounts: [...Mounts] }), places).Mounts ?? [])];
    });

  test('agrees about what the manager refuses and what it keeps', async (context) => {
    needManager(context);
    const wrong: string[] = [];
    let taken = 0;
    await inLanes(sample(someMounts, CASES), LANES, async (mounts, index) => {
      const { create, dropped = [] } = verdictOf(mounts);
      const made = await createService(daemon, `s${index}`, mounts, 0);
      const real = 'message' in made ? made.message : undefined;
      if (real !== create?.reason)
        wrong.push(
          `${JSON.stringify(mounts)}\n  manager ${real ?? 'accepts'}\n  mountc ${create?.reason ?? 'accepts'}`,
        );
      if (!('id' in made)) return;
      taken++;
      const kept = await storedMounts(daemon, made.id);
      const gone = mounts.flatMap((sent, at) =>
        missingFields(sent, kept[at]!).map((field) => ({ index: at, field })),
      );
      const ours = dropped.map(({ index: at, field }) => ({ index: at, field }));
      if (show(gone) !== show(ours))
        wrong.push(
          `${JSON.stringify(mounts)}\n  the cluster drops ${show(gone)}\n  mountc says ${show(ours)}`,
        );
      await removeService(daemon, made.id);
    });
    expect(taken).toBeGreaterThan(CASES / 10);
    expect(wrong.slice(0, 20), `${wrong.length} of ${CASES} (seed ${SEED})`).toEqual([]);
  });

  test('agrees about what the node refuses', async (context) => {
    needManager(context);
    const wrong: string[] = [];
    // A cluster volume waits for a node that has its driver.
    const some = sample(someMounts, CASES).filter((mounts) => mounts.every(({ Type }) => Type !== 'cluster'));
    const taken = some.filter((mounts) => verdictOf(mounts).create === undefined).slice(0, CASES / 5);
    await inLanes(taken, LANES, async (mounts, index) => {
      const { start, open } = verdictOf(mounts);
      const made = await createService(daemon, `n${index}`, mounts, 1);
      if (!('id' in made)) return void wrong.push(`${JSON.stringify(mounts)}: ${made.message}`);
      const { state, error } = await taskEnd(daemon, made.id);
      await removeService(daemon, made.id);
      const isRight =
        start === undefined ? state === 'complete' || isElsewhere(error) : error?.includes(start.reason);
      if (!isRight)
        wrong.push(
          `${JSON.stringify(mounts)}\n  node ${state} ${error}\n  mountc ${start?.reason ?? 'accepts'} ${open.length}`,
        );
    });
    expect(wrong.slice(0, 20), `${wrong.length} of ${taken.length} (seed ${SEED})`).toEqual([]);
  });

  test('refuses what the shim refuses, and takes the rest', async (context) => {
    needManager(context);
    const wrong: string[] = [];
    const flags = fc.array(fc.oneof(anyMount, goodMount, goodMount), { minLength: 1, maxLength: 2 });
    const specs = fc.sample(flags, { numRuns: CASES / 3, seed: SEED });
    const kinds = new Set<string>();
    await inLanes(specs, LANES, async (texts, index) => {
      const client = clients[index % clients.length]!;
      const isUpdate = index % 3 === 0;
      if (isUpdate) await createService(daemon, `u${index}`, [], 0);
      const flag = isUpdate ? '--mount-add' : '--mount';
      const start = isUpdate ? ['update'] : ['create', '--replicas=0', '--name', `c${index}`];
      const last = isUpdate ? [`u${index}`] : ['busybox:local'];
      const mounts = texts.flatMap((text) => [flag, text]);
      const args = ['service', ...start, '--detach', '--no-resolve-image', ...mounts, ...last];
      const known = { client: readVersion(client.version), engine, engineOs: 'linux' as const };
      const verdict = judge(args, {
        cwd: dir,
        known: { ...known, packaging: { goUnits: client.goUnits } },
      });
      let real = await runFile(client.path, args, daemon, dir);
      // The manager has changed the service itself in between.
      for (let again = 0; again < 5 && real.output.includes('update out of sequence'); again++)
        real = await runFile(client.path, args, daemon, dir);
      kinds.add(`${verdict.kind} ${'refusal' in verdict ? verdict.refusal.by : ''}`);
      if ((verdict.kind === 'refused') !== (real.exit !== 0) || !real.output.includes(wordsOf(verdict)))
        wrong.push(
          `${client.version} ${JSON.stringify(args)}\n  docker ${real.exit} ${real.output}\n  mountc ${JSON.stringify(verdict.kind)} ${wordsOf(verdict)}`,
        );
    });
    expect([...kinds].sort()).toEqual(['refused client', 'refused create', 'runs ']);
    expect(wrong.slice(0, 20), `${wrong.length} of ${specs.length} (seed ${SEED})`).toEqual([]);
  });
});

const show = (list: readonly { index: number; field: string }[]): string =>
  list
    .map(({ index, field }) => `${index}.${field}`)
    .sort()
    .join(' ');

/** Options that were asked for and are not there. */
function missingFields(sent: ApiMount, kept: ApiMount): string[] {
  const { CreateMountpoint, ReadOnlyNonRecursive, ReadOnlyForceRecursive } = kept.BindOptions ?? {};
  return [
    ...(sent.BindOptions?.CreateMountpoint && !CreateMountpoint ? ['CreateMountpoint'] : []),
    ...(sent.BindOptions?.ReadOnlyNonRecursive && !ReadOnlyNonRecursive ? ['ReadOnlyNonRecursive'] : []),
    ...(sent.BindOptions?.ReadOnlyForceRecursive && !ReadOnlyForceRecursive
      ? ['ReadOnlyForceRecursive']
      : []),
    ...(sent.Consistency && !kept.Consistency ? ['Consistency'] : []),
    ...(sent.ImageOptions !== undefined && kept.ImageOptions === undefined ? ['ImageOptions'] : []),
  ];
}

/** Refused by the runtime, the kernel or a volume's driver, for which no verdict speaks. */
function isElsewhere(error: string | undefined): boolean {
  return /OCI runtime create failed|error while mounting volume|failed to mount local volume|not a directory|cannot access path|^create .*: (?:invalid option|missing required option)/.test(
    error ?? '',
  );
}

const wordsOf = (verdict: ReturnType<typeof judge>): string =>
  verdict.kind === 'refused' ? verdict.refusal.words : '';
