// Containers made by commands from the table of flags: what `convert --to run` writes for `docker inspect` of one makes a container of
// which `docker inspect` prints the same.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspectRuns } from '../../src/convert/inspect-runs.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { readVersion } from '../../src/dialects/docker/tables/version.js';
import { saidAt } from '../differential/container-bodies.js';
import { usesArbitrary, wordsOf } from '../differential/container-lines.js';
import { shellWords } from '../support/bash.js';
import { type Client, findClients } from '../support/clients.js';
import { type Daemon, wantedDaemons } from '../support/daemons.js';
import { inLanes } from '../support/in-lanes.js';
import type { LosslessJson } from '../support/lossless-json.js';
import { SEED } from '../support/seed.js';
import { sharedTempDir } from '../support/temp-dir.js';

const CASES = Number(process.env['MOUNTC_INSPECT_LINES'] ?? 30);
/** What the other containers, and the mounts, of the lines are called. */
const PREFIX = 'mountc-again';
/** An image with words of its own, whose containers may leave them out. */
const IMAGE = `${PREFIX}:own`;
const CHANGES = [
  'ENV OWN=1 A=image',
  'LABEL a=image own=1',
  'ENTRYPOINT ["/bin/sh", "-c"]',
  'CMD ["true", "x y"]',
  'WORKDIR /own',
  'USER 5',
  'EXPOSE 99 80',
  'VOLUME /own-volume',
  'STOPSIGNAL SIGINT',
  'HEALTHCHECK --interval=7s CMD ["a", "b c"]',
];
const MOUNTS = [
  [],
  ['-v', '/tmp:/t:ro'],
  ['-v', `${PREFIX}:/v`, '--tmpfs', '/run:size=1m'],
  ['--mount', 'type=bind,src=/tmp,dst=/t,bind-propagation=rslave'],
  ['--mount', `type=volume,src=${PREFIX},dst=/v,readonly`, '-v', '/anonymous'],
  ['--mount', 'type=tmpfs,dst=/f,tmpfs-size=65536'],
] as const;

/** What this engine does not take, or what is no part of the container. */
const REFUSED =
  /^(?:name|cidfile|platform|pull|storage-opt|ip6|link-local-ip|cpu-(?:period|quota|rt-period|rt-runtime)|memory-swap(?:piness)?|kernel-memory)$/;

const daemons = await wantedDaemons();
const clientOf = ({ version }: Daemon): Client | undefined =>
  findClients().find((client) => client.version === version);

describe.each(daemons)(`docker $version (seed ${SEED})`, (daemon) => {
  if ('missing' in daemon || clientOf(daemon) === undefined) {
    test.skip(`creates a container again (${'missing' in daemon ? daemon.missing : 'no client of that version'})`, () => {});
    return;
  }
  const client = clientOf(daemon)!;
  const home = sharedTempDir();
  const env = {
    PATH: '/usr/bin:/bin',
    DOCKER_HOST: daemon.host,
    DOCKER_CONFIG: '/nonexistent',
    MOUNTC: 'off',
  };
  const docker = (...args: readonly string[]) =>
    new Promise<{ out: string; err: string; ok: boolean }>((resolve) => {
      execFile(client.path, args, { env, cwd: home, encoding: 'utf8', timeout: 60_000 }, (error, out, err) =>
        resolve({ out, err, ok: error === null }),
      );
    });
  const others = ['other', 'db'];
  beforeAll(async () => {
    writeFileSync(join(home, 'app.env'), 'FROM_FILE=1\n');
    writeFileSync(join(home, 'labels'), 'from.file=1\n');
    await docker('network', 'create', 'front', '--subnet', '172.30.0.0/16');
    await docker('network', 'create', 'back');
    for (const name of others) await docker('run', '-d', '--name', name, 'busybox:local', 'sleep', '600');
    const base = (await docker('create', 'busybox:local', 'true')).out.trim();
    await docker('commit', ...CHANGES.flatMap((one) => ['--change', one]), base, IMAGE);
    await docker('rm', base);
  }, 120_000);
  afterAll(async () => {
    await docker('rm', '-f', ...others);
    await docker('network', 'rm', 'front', 'back');
    await docker('volume', 'rm', PREFIX);
    await docker('rmi', IMAGE);
  }, 120_000);

  test('creates a container again', { timeout: 7_200_000 }, async () => {
    const samples = fc.sample(usesArbitrary(readVersion(client.version)!), { numRuns: CASES, seed: SEED });
    const wrong: string[] = [];
    const counts = { equal: 0, named: 0, refused: 0 };
    await inLanes(samples, 2, async (uses, i) => {
      const image = i % 2 === 0 ? IMAGE : 'busybox:local';
      const name = `${PREFIX}-${i}`;
      const flags = uses.filter(({ flag }) => !REFUSED.test(flag)).flatMap(wordsOf);
      const words = i % 2 === 1 || i % 3 === 0 ? ['echo', '$HOME "a b"'] : [];
      const args = ['create', '--name', name, ...flags, ...MOUNTS[i % MOUNTS.length]!, image, ...words];
      const made = await docker(...args);
      if (!made.ok) {
        counts.refused++;
        if (process.env['MOUNTC_SHOW_REFUSED']) console.log(made.err.trim().split('\n')[0]);
        await docker('rm', '-f', name);
        return;
      }
      const inspected = (await docker('inspect', name)).out;
      await docker('rm', '-f', name);
      const knows = i % 4 < 2;
      const text = knows ? inspected + (await docker('image', 'inspect', image)).out : inspected;
      const dialect = makeDialect({ client: readVersion(client.version)! });
      const converted = inspectRuns(text, { dialects: [dialect] });
      if (converted === undefined) return void wrong.push(`${args.join(' ')}\nis not read`);
      const again = shellWords(converted.text).map((word, at) =>
        at === 0 && word === 'run' ? 'create' : word,
      );
      const remade = await docker(...again.filter((word) => word !== '-d'));
      const lost = converted.conversions
        .filter(({ losses }) => losses.some(({ kind }) => kind !== 'none-here'))
        .flatMap(({ key = '' }) => key.split(', ').filter(Boolean));
      const other = remade.ok ? (await docker('inspect', name)).out : '';
      await docker('rm', '-f', name);
      if (!remade.ok) {
        wrong.push(
          `docker ${args.join(' ')}\nis written as ${converted.text}\nwhich is refused: ${remade.err}`,
        );
        return;
      }
      const found = unequal(JSON.parse(inspected)[0], JSON.parse(other)[0]);
      const silent = found.filter((one) => {
        const at = one.split(': ', 1)[0]!;
        return !lost.some((path) => at === path || at.startsWith(`${path}.`) || path.startsWith(`${at}.`));
      });
      counts[found.length === 0 ? 'equal' : 'named']++;
      if (silent.length > 0)
        wrong.push(`docker ${args.join(' ')}\nis written as ${converted.text}${silent.join('\n')}`);
    });
    if (process.env['MOUNTC_SHOW_COUNTS']) console.log(daemon.version, counts);
    expect(wrong.slice(0, 10), `${wrong.length} of ${CASES}: ${JSON.stringify(counts)}`).toEqual([]);
    // The engine of old knows fewer flags.
    expect(counts.refused).toBeLessThan(daemon.version.startsWith('20.10.') ? (CASES * 2) / 3 : CASES / 3);
    expect(counts.equal).toBeGreaterThan((CASES - counts.refused) / 2);
  });
});

type Json = Readonly<Record<string, unknown>>;

/** Where two containers differ, but for what is each one's own. */
function unequal(one: Json, two: Json): readonly string[] {
  const a = plainOf(one);
  const b = plainOf(two);
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((path) =>
    a.get(path) === b.get(path) ? [] : [`${path}: ${a.get(path)} before, ${b.get(path)} after`],
  );
}

function plainOf({ Id, Config, HostConfig, NetworkSettings }: Json): ReadonlyMap<string, string> {
  const id = String(Id).slice(0, 12);
  const host = { ...(HostConfig as Json) };
  const networks = Object.entries((NetworkSettings as { Networks: Record<string, Json> }).Networks).map(
    ([name, { Aliases, IPAMConfig, Links, MacAddress, DriverOpts }]) =>
      [
        `NetworkSettings.Networks.${name}`,
        {
          Aliases: ((Aliases ?? []) as string[]).filter((alias) => alias !== id),
          IPAMConfig,
          Links,
          MacAddress,
          DriverOpts,
        },
      ] as const,
  );
  const { Entrypoint, Cmd, ...other } = Config as Json;
  // What runs is one thing.
  const run = [...((Entrypoint ?? []) as string[]), ...((Cmd ?? []) as string[])];
  const config = Object.entries({ ...other, Cmd: run }).filter(
    ([key, value]) => !(key === 'Hostname' && String(value) === id),
  );
  const all: (readonly [string, unknown])[] = [
    ...config,
    ...Object.entries(host).map(([key, value]) => [`HostConfig.${key}`, value] as const),
    ...networks,
  ];
  return new Map(
    all.flatMap(([key, value]) => {
      const kept = AS.get(key)?.(value) ?? value;
      return saidAt(key, kept as LosslessJson) === undefined || LEFT.has(key)
        ? []
        : [[key, JSON.stringify(kept)] as const];
    }),
  );
}

/** Not about the container. */
const LEFT: ReadonlySet<string> = new Set([
  'HostConfig.ConsoleSize',
  // Who attaches is not said by create, which is asked here for what run is.
  'AttachStdin',
  'AttachStdout',
  'AttachStderr',
  'StdinOnce',
]);

const sorted = (value: unknown): unknown =>
  Array.isArray(value) ? [...new Set(value as unknown[])].map((one) => JSON.stringify(one)).sort() : value;
const AS: ReadonlyMap<string, (value: unknown) => unknown> = new Map([
  ['HostConfig.Isolation', (value) => (value === 'default' ? '' : value)],
  ['Env', sorted],
  ['HostConfig.Binds', sorted],
  ['HostConfig.Ulimits', sorted],
  ['HostConfig.ExtraHosts', sorted],
]);
