// A command as a Compose file, that as a command, and that as a file again: the files are the same. And any bytes give an answer.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { composeContainers } from '../../src/convert/compose-containers.js';
import { composeRuns } from '../../src/convert/compose-runs.js';
import { inspectRuns } from '../../src/convert/inspect-runs.js';
import { shellCommands } from '../../src/convert/text-mounts.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { NEWEST } from '../../src/dialects/docker/tables/version.js';
import { quoteShell } from '../../src/text/shell-quote.js';
import { usesArbitrary, wordsOf } from '../differential/container-lines.js';
import { serviceArbitrary } from '../differential/service-arbitrary.js';
import { SEED } from '../support/seed.js';

const options = { dialects: [makeDialect()] };
const read = (text: string) => async (path: string) =>
  path.endsWith('compose.yaml') ? text : { why: 'is not there', isMissing: true as const };
const toRun = (text: string, service?: string) =>
  composeRuns(['/w/compose.yaml'], { service, project: 'p' }, options, read(text));
const toCompose = async (command: string) =>
  composeContainers(await shellCommands(command, options), 'compose', { ...options, service: 'app' });

type Service = Record<string, unknown>;

/** A number and its text say the same. */
const asTexts = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_key, one: unknown) => (typeof one === 'number' ? String(one) : one)));

/** The service without what Compose adds to it itself. */
function serviceOf(text: string): Service {
  const { networks, container_name: _name, ...rest } = asTexts(parse(text).services.app) as Service;
  const listed = Array.isArray(networks)
    ? Object.fromEntries(networks.map((one: string) => [one, null]))
    : (networks ?? {});
  const own = Object.entries(listed as Record<string, Service | null>).map(([name, one]) => {
    const aliases = ((one?.['aliases'] ?? []) as string[]).filter((alias) => alias !== 'app');
    return [name.replace(/^p_/, ''), { ...one, aliases }] as const;
  });
  // What docker does anyway.
  if (rest['pull_policy'] === 'missing') delete rest['pull_policy'];
  if (rest['restart'] === 'no') delete rest['restart'];
  return { ...rest, networks: Object.fromEntries(own.filter(([name]) => name !== 'default')) };
}

test('a command, as a file, as a command, as a file is the same file', async () => {
  const lost: string[] = [];
  await fc.assert(
    fc.asyncProperty(usesArbitrary(NEWEST), async (uses) => {
      const flags = uses.filter(({ flag }) => !/^(?:name|link|mac-address)$/.test(flag)).flatMap(wordsOf);
      const command = ['docker', 'run', '--name', 'app', ...flags, 'img', 'sh', '-c', 'a "$b"']
        .map(quoteShell)
        .join(' ');
      const first = await toCompose(command);
      const back = await toRun(first.text);
      if ('why' in back) throw new Error(back.why);
      const dropped = back.conversions.filter(({ written, exact }) => !written || !exact);
      if (dropped.length > 0) return void lost.push(...dropped.map(({ from }) => from));
      const line = back.text
        .trimEnd()
        .split(/\n(?=docker run)/)
        .at(-1)!;
      const second = await toCompose(line.replace(' -d ', ' ').replaceAll(' /w/', ' ./'));
      expect(serviceOf(second.text), `${command}\n${back.text}`).toEqual(serviceOf(first.text));
    }),
    { seed: SEED, numRuns: 150 },
  );
  expect(lost.filter((from) => !/env_file|label_file|cpus/.test(from))).toEqual([]);
});

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<fc.JsonValue>('${X}', '$', '$$', '${X:-${Y}}', [null], [[1]], { a: null }, -1, true),
);

test('any text gives an answer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
      await toRun(text);
      inspectRuns(text, options);
    }),
    { seed: SEED, numRuns: 300 },
  );
});

test('any value of any key of a service gives an answer', async () => {
  await fc.assert(
    fc.asyncProperty(
      serviceArbitrary,
      fc.array(odd, { minLength: 1, maxLength: 4 }),
      fc.array(odd),
      async (service, odds, more) => {
        const keys = Object.keys(service);
        const broken = Object.fromEntries(
          keys.map((key, i) => [key, i % 2 === 0 ? odds[i % odds.length] : service[key]]),
        );
        const text = JSON.stringify({
          services: { app: { image: 'i', ...broken } },
          networks: { default: odds[0], front: more[0] ?? null },
          volumes: { data: more[1] ?? null },
        });
        const made = await toRun(text);
        expect('why' in made || made.text.includes('docker') || made.conversions.length > 0).toBe(true);
      },
    ),
    { seed: SEED, numRuns: 300 },
  );
});

test('any value in what docker inspect prints gives an answer', () => {
  const keys = ['Env', 'Cmd', 'Entrypoint', 'Labels', 'Healthcheck', 'ExposedPorts', 'Volumes', 'Hostname'];
  const host = [
    'PortBindings',
    'RestartPolicy',
    'LogConfig',
    'Ulimits',
    'Devices',
    'DeviceRequests',
    'Binds',
    'Mounts',
    'Tmpfs',
    'NanoCpus',
    'NetworkMode',
    'SecurityOpt',
    'MaskedPaths',
    'Sysctls',
  ];
  const of = (names: readonly string[]) =>
    fc.record(Object.fromEntries(names.map((name) => [name, odd])), { requiredKeys: [] });
  fc.assert(
    fc.property(of(keys), of(host), odd, odd, (Config, HostConfig, networks, image) => {
      const container = {
        Id: 'x',
        Name: '/n',
        Image: 'y',
        Config: { ...Config, Image: 'img' },
        HostConfig,
        NetworkSettings: { Networks: networks },
      };
      const made = inspectRuns(JSON.stringify([container, { Id: 'y', RootFS: {}, Config: image }]), options);
      expect(made?.text).toMatch(/^docker run /);
    }),
    { seed: SEED, numRuns: 300 },
  );
});
