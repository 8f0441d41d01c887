// The engine stage against real engines: the same create calls, the same verdicts, in the same words.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerCommand } from '../../src/dialects/docker/client/answer.js';
import type { CreateBody } from '../../src/dialects/docker/client/api.js';
import { judgeEngine } from '../../src/dialects/docker/engine/judge.js';
import type { EngineRefusal } from '../../src/dialects/docker/engine/refusal.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { RELEASES, readVersion } from '../../src/dialects/docker/tables/version.js';
import { localSystem } from '../../src/docker/local-system.js';
import { anyMount, goodMount } from '../differential/mount-arbitrary.js';
import { anyTmpfs, anyVolume, goodVolume } from '../differential/volume-arbitrary.js';
import { type Daemon, wantedDaemons } from '../support/daemons.js';
import { callApi, createContainer, removeContainer, startContainer } from '../support/engine-api.js';
import { inLanes } from '../support/in-lanes.js';
import { SEED } from '../support/seed.js';
import { fillBody, several, single, startable } from './body-arbitrary.js';

const CASES = Number(process.env['MOUNTC_ENGINE_CASES'] ?? 1000);
const STARTS = Math.ceil(CASES / 8);
const LANES = 4;

/** Flags as people and mistakes write them; most of them pass docker's client. */
const sentFlags: fc.Arbitrary<string[]> = fc.oneof(
  fc.oneof(goodVolume, anyVolume).map((text) => ['-v', text]),
  fc.oneof(goodMount, goodMount, anyMount).map((text) => ['--mount', text]),
  anyTmpfs.map((text) => ['--tmpfs', text]),
  fc.tuple(goodVolume, goodMount).map(([text, mount]) => ['-v', text, '--mount', mount]),
);

describe.each(await wantedDaemons())('docker engine $version', (wanted) => {
  if ('missing' in wanted) {
    test.skip(`agrees with the engine stage (${wanted.missing})`, () => {});
    return;
  }
  const daemon: Daemon = wanted;
  const dir = mkdtempSync(join(tmpdir(), 'mountc-engine-'));
  const volume = `mountc-kept-${process.pid}`;
  let daemonRoot: string | undefined;
  let counter = 0;
  let started = 0;

  beforeAll(async () => {
    mkdirSync(join(dir, 'sub'));
    writeFileSync(join(dir, 'file'), '');
    await callApi(daemon, 'POST', '/volumes/create', { Name: volume });
    const info = await callApi(daemon, 'GET', '/info');
    daemonRoot = (info.body as { DockerRootDir?: string }).DockerRootDir;
  });
  afterAll(async () => {
    const { body } = await callApi(daemon, 'GET', '/volumes');
    for (const { Name } of (body as { Volumes: { Name: string }[] | null }).Volumes ?? []) {
      if (Name === volume || Name.startsWith(`t${process.pid}`))
        await callApi(daemon, 'DELETE', `/volumes/${Name}?force=1`);
    }
    rmSync(dir, { recursive: true, force: true });
  });

  /** Names of a case's own are new; those that clients were given may be there from another case. */
  const hasVolume = (name: string): boolean | undefined =>
    name === volume ? true : name.startsWith(`t${process.pid}`) ? false : undefined;

  /** Compares one create call, and perhaps the start; undefined, or how they differ. */
  async function compare(raw: CreateBody, api: number, isStarted: boolean): Promise<string | undefined> {
    const body = fillBody(raw, { dir, volume, tag: `t${process.pid}n${counter++}` });
    const client = RELEASES.findLast((release) => release.api <= api)!.version;
    const dialect = makeDialect({ client, engine: readVersion(daemon.version) });
    const host = localSystem({ daemonRoot, hasVolume });
    const verdict = judgeEngine(body, dialect, host);
    const tell = (what: string, real: string | undefined, ours: EngineRefusal | undefined): string =>
      `API 1.${api} ${what}\n  ${JSON.stringify(body)}\n  engine ${real ?? 'accepts'}\n  mountc ${ours?.reason ?? 'accepts'}`;
    const made = await createContainer(daemon, body, { api: `1.${api}` });
    const refused = 'message' in made ? made.message : undefined;
    if (!agrees(refused, verdict.create)) {
      if ('id' in made) await removeContainer(daemon, made.id);
      return verdict.create === undefined && (isOpen(verdict.open, refused) || isDepth(refused))
        ? undefined
        : tell('create', refused, verdict.create);
    }
    if (!('id' in made)) return undefined;
    try {
      if (!isStarted) return undefined;
      started++;
      const failed = await startContainer(daemon, made.id);
      if (agrees(failed, verdict.start)) return undefined;
      return verdict.start === undefined && (isRuntime(failed) || isOpen(verdict.open, failed))
        ? undefined
        : tell('start', failed, verdict.start);
    } finally {
      await removeContainer(daemon, made.id);
    }
  }

  async function run(bodies: readonly CreateBody[], starts: number): Promise<void> {
    const apis = [Number(daemon.apiVersion.slice(2)), 41];
    const differences: string[] = [];
    await inLanes(bodies, LANES, async (body, index) => {
      if (starts > 0 && started >= starts) return;
      const difference = await compare(body, apis[index % 4 === 3 ? 1 : 0]!, starts > 0);
      if (difference !== undefined) differences.push(difference);
    });
    const title = `${differences.length} of ${bodies.length} (seed ${SEED}; at most 20 are shown)`;
    expect(differences.slice(0, 20), title).toEqual([]);
  }

  const sample = <T>(bodies: fc.Arbitrary<T>, runs: number): T[] =>
    fc.sample(bodies, { numRuns: Math.ceil(runs), seed: SEED });

  test('agrees about single mounts', () => run(sample(single, CASES * 0.7), 0), 300_000);

  test('agrees about several mounts', () => run(sample(several, CASES * 0.4), 0), 300_000);

  test('agrees about what clients send', async () => {
    const dialect = makeDialect({ client: readVersion('28.5.2'), engine: readVersion(daemon.version) });
    const commands = sample(sentFlags, CASES * 0.4);
    const bodies = commands.flatMap((flags) => {
      const answer = answerCommand(['create', ...flags, 'busybox:local'], { dialect, cwd: dir });
      return answer.ok ? [answer.create] : [];
    });
    try {
      await run(bodies, 0);
    } finally {
      const names = bodies.flatMap(({ Binds, Mounts }) => [
        ...(Binds ?? []).map((text) => text.split(':')[0]!),
        ...(Mounts ?? []).map(({ Source }) => Source ?? ''),
      ]);
      for (const name of new Set(names.filter((text) => /^[\w][\w.-]+$/.test(text))))
        await callApi(daemon, 'DELETE', `/volumes/${name}?force=1`);
    }
  }, 300_000);

  test('agrees at start', () => run(sample(startable, STARTS * 8), STARTS), 300_000);
});

function agrees(real: string | undefined, ours: EngineRefusal | undefined): boolean {
  if (real === undefined || ours === undefined) return real === ours;
  return ours.isPart ? real.includes(ours.reason) : real === ours.reason;
}

/** A target of hundreds of directories: whether that is too deep depends on where the engine keeps its files. */
function isDepth(message: string | undefined): boolean {
  return message?.startsWith('evalSymlinksInScope: too many links in ') ?? false;
}

/** The engine refused something of which the verdict said that only the engine's machine knows. */
function isOpen(open: ReturnType<typeof judgeEngine>['open'], message: string | undefined): boolean {
  if (message === undefined) return false;
  const words: Record<string, RegExp> = {
    image: /[Nn]o such image|invalid reference format/,
    container: /No such container/,
    subpath: /cannot access path/,
    volume: /^create .*: (?:invalid option|missing required option|quota|conflict)/,
    'volume-driver': /plugin|driver/,
  };
  return open.some(({ about }) => words[about]?.test(message));
}

/** Refused by the runtime or the kernel, which the engine stage does not speak for. */
function isRuntime(message: string | undefined): boolean {
  return (
    message !== undefined &&
    /OCI runtime create failed|error while creating mount source path|error while mounting volume|failed to mount local volume|not a directory/.test(
      message,
    )
  );
}
