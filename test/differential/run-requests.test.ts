// Services of Compose files: the create call of the real Compose for a file, and that of the real docker for what `convert --to run`
// makes of it, are equal field by field, or differ where a loss was named, and nowhere else.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { ComposeKey, ContainerField } from '../../src/container/field.js';
import { CONTAINER_FIELDS } from '../../src/container/fields.js';
import { composeRuns } from '../../src/convert/compose-runs.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { readVersion } from '../../src/dialects/docker/tables/version.js';
import { shellWords } from '../support/bash.js';
import { besideCompose, callOf } from '../support/beside-compose.js';
import { type Client, wantedClients } from '../support/clients.js';
import { wantedComposes } from '../support/compose.js';
import type { ComposeAnswer } from '../support/compose-engine.js';
import { inLanes } from '../support/in-lanes.js';
import { SEED } from '../support/seed.js';
import { realMounts } from './compose-bodies.js';
import {
  type CreateRequest,
  differences,
  type Fields,
  fieldsOf,
  isForgotten,
  isNamed,
} from './container-bodies.js';
import { type ServiceValue, serviceArbitrary } from './service-arbitrary.js';

const LINES = Number(process.env['MOUNTC_RUN_LINES'] ?? 75);
/** Services of one file. */
const TOGETHER = 40;

const clients = wantedClients(['20.10.24', '26.1.5', '28.5.2']);
const here = clients.filter((client): client is Client => 'path' in client);

/** What a Compose forgets. */
const FORGETS: ReadonlyMap<string, RegExp> = new Map([
  // An address of the service, where its networks are a list, or none.
  ['2.26.1', /MacAddress$/],
]);

const DECLARED = {
  networks: { front: {}, inner: { ipam: { config: [{ subnet: '172.30.0.0/16' }] } } },
  volumes: { data: {} },
};

describe.each(wantedComposes())(`docker compose $version (seed ${SEED})`, ({ path, version }) => {
  if (path === undefined || here.length === 0) {
    test.skip('asks for the container that docker asks for', () => {});
    return;
  }
  const { compose, folder, create, ask } = besideCompose(path, version);

  test('docker asks for the container that Compose asks for', { timeout: 7_200_000 }, async () => {
    const samples = fc.sample(serviceArbitrary, { numRuns: LINES, seed: SEED });
    const services = samples.map((values, i) =>
      'container_name' in values ? { ...values, container_name: `named${i}` } : values,
    );
    const wrong: string[] = [];
    const counts = { equal: 0, named: 0, overdone: 0, refused: 0 };
    for (let at = 0; at < services.length; at += TOGETHER)
      await compareAll(services.slice(at, at + TOGETHER), wrong, counts);
    if (process.env['MOUNTC_SHOW_COUNTS']) console.log(version, services.length, counts);
    expect(wrong.slice(0, 10), `${wrong.length} of ${services.length}: ${JSON.stringify(counts)}`).toEqual(
      [],
    );
    expect(counts.refused).toBeLessThan(services.length / 4);
    expect(counts.equal).toBeGreaterThan(services.length * 0.8);
  });

  async function compareAll(
    services: readonly ServiceValue[],
    wrong: string[],
    counts: Record<'equal' | 'named' | 'overdone' | 'refused', number>,
  ): Promise<void> {
    const text = stringify(
      { services: Object.fromEntries(services.map((one, i) => [`s${i}`, one])), ...DECLARED },
      { version: '1.1' },
    );
    writeFileSync(join(folder, 'compose.yaml'), text);
    const real = await create(folder);
    if (real.exit !== 0) {
      if (services.length === 1) {
        counts.refused++;
        if (process.env['MOUNTC_SHOW_COUNTS']) console.log(real.said, JSON.stringify(services));
        return;
      }
      const half = Math.ceil(services.length / 2);
      await compareAll(services.slice(0, half), wrong, counts);
      await compareAll(services.slice(half), wrong, counts);
      return;
    }
    await inLanes(
      services.map((_, i) => `s${i}`),
      2,
      async (name, i) => {
        const client = here[i % here.length]!;
        const said = await judge(name, client, text, real, counts);
        if (said.length > 0) wrong.push(`${client.version}, ${stringify(services[i])}\n${said.join('\n')}`);
      },
    );
  }

  async function judge(
    name: string,
    client: Client,
    text: string,
    real: ComposeAnswer,
    counts: Record<'equal' | 'named' | 'overdone' | 'refused', number>,
  ): Promise<string[]> {
    const dialect = makeDialect({ client: readVersion(client.version)! });
    const made = await composeRuns(
      [join(folder, 'compose.yaml')],
      { service: name, project: 'p' },
      { dialects: [dialect], compose },
      async (file) => (file.endsWith('compose.yaml') ? text : { why: 'is not there', isMissing: true }),
    );
    if ('why' in made) return [made.why];
    const line =
      made.text
        .trimEnd()
        .split(/\n(?=docker )/)
        .at(-1) ?? '';
    const sent = callOf(real, name);
    if (sent === undefined) return ['Compose creates no container of it'];
    const asked = await ask(client, shellWords(line), { cwd: folder });
    if (asked.body === undefined) return [`docker refuses ${line}\n${asked.stderr}`];
    const own = [name, `p-${name}-1`, sent.query.get('name') ?? ''];
    const theirs = withMounts(sent, own, real);
    const ours = withMounts({ query: asked.query!, body: asked.body as never }, own, real);
    const lost = made.conversions.flatMap(({ losses, key }) =>
      losses.filter(({ kind }) => kind !== 'none-here').map((loss) => ({ ...loss, key: key ?? '' })),
    );
    const found = differences(ours, theirs).filter(
      ({ path: at }) => !isForgotten(at, client.version) && !FORGETS.get(version)?.test(at),
    );
    const silent = found.filter(
      ({ path: at }) => !lost.some(({ key }) => apisOf(key).some((api) => isNamed(at, api))),
    );
    counts[found.length === 0 ? 'equal' : 'named']++;
    return [
      ...silent.map(
        ({ path: at, docker, compose: other }) => `${at}: docker ${docker}, Compose ${other}\n  ${line}`,
      ),
    ];
  }
});

/** What runs as one thing, wherever docker and Compose say it, and the mounts by their effect. */
function withMounts(request: CreateRequest, own: readonly string[], real: ComposeAnswer): Fields {
  const fields = new Map(fieldsOf(request, own, false));
  const [entrypoint, command] = ['Entrypoint', 'Cmd'].map(
    (key) => (fields.get(key) ?? []) as readonly string[],
  );
  if (entrypoint!.length > 0) {
    fields.delete('Cmd');
    fields.set('Entrypoint', [...entrypoint!, ...command!]);
  }
  for (const [key, value] of Object.entries((fields.get('Healthcheck') ?? {}) as object))
    fields.set(`Healthcheck.${key}`, value);
  fields.delete('Healthcheck');
  const requests = fields.get('HostConfig.DeviceRequests') as { Capabilities: string[][] }[] | undefined;
  // A set.
  for (const { Capabilities: sets } of requests ?? []) for (const one of sets) one.sort();
  const ports = fields.get('ExposedPorts');
  // A port is one of TCP where nobody says otherwise.
  if (ports !== undefined)
    fields.set(
      'ExposedPorts',
      Object.fromEntries(
        Object.keys(ports as object).map((one) => [/\//.test(one) ? one : `${one}/tcp`, {}]),
      ),
    );
  const name = 'a';
  fields.set(
    'Mounts',
    realMounts({ ...real, services: { [name]: request.body['HostConfig'] as never } }).sort(),
  );
  return fields;
}

/** Where the engine has what a key of a service says. */
function apisOf(key: string): readonly string[] {
  if (/^(?:volumes|tmpfs|secrets|configs)/.test(key)) return ['Mounts'];
  const keysOf = ({ compose, or, too = [] }: ContainerField): readonly Pick<ComposeKey, 'key'>[] =>
    'key' in compose ? [compose, ...(or === undefined ? [] : [or]), ...too] : too;
  return CONTAINER_FIELDS.filter((field) =>
    keysOf(field).some(
      (one) => one.key === key || one.key.startsWith(`${key}.`) || key.startsWith(`${one.key}.`),
    ),
  ).flatMap(({ api }) => api ?? []);
}
