// Commands of the kind that documentation of images has: the real Compose takes what `convert --to compose` makes of them, and asks
// for the container, with its mounts, that docker asks for; what differs was named.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { containersOf } from '../../src/convert/compose-containers.js';
import { type ComposeProject, composeText } from '../../src/convert/compose-output.js';
import type { ConvertedMount } from '../../src/convert/convert-mounts.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { readFindings } from '../../src/readers/index.js';
import { viewCommand } from '../../src/source/view-command.js';
import { besideCompose, callOf } from '../support/beside-compose.js';
import { type Client, wantedClients } from '../support/clients.js';
import { wantedComposes } from '../support/compose.js';
import type { ComposeAnswer, MountBody } from '../support/compose-engine.js';
import { inLanes } from '../support/in-lanes.js';
import { detached, VARIABLES, wordsOfCommands } from '../support/readme-commands.js';
import { realMounts } from './compose-bodies.js';
import { differences, fieldsOf, isNamed } from './container-bodies.js';

const SCRIPT = readFileSync(new URL('../../fixtures/containers/commands.sh', import.meta.url), 'utf8');

const [client] = wantedClients(['28.5.2', '26.1.5', '20.10.24']).filter(
  (one): one is Client => 'path' in one,
);

describe.each(wantedComposes())('docker compose $version', ({ path, version }) => {
  if (path === undefined || client === undefined) {
    test.skip('asks for the container that docker asks for', () => {});
    return;
  }
  const { compose, home, folder, create, ask } = besideCompose(path, version);
  const dialect = makeDialect();

  test('asks for the container that docker asks for', { timeout: 300_000 }, async () => {
    writeFileSync(join(folder, '.tf.env'), 'TF_VAR_a="quoted"\n');
    writeFileSync(join(folder, 'plain.env'), '# plain\nA=b\n');
    writeFileSync(join(folder, 'labels.txt'), 'a.b=c\n');
    const env = { PATH: '/usr/bin:/bin', HOME: home, PWD: folder, ...VARIABLES };
    const typed = wordsOfCommands(SCRIPT, env, folder).map(detached);
    const { commands } = await readFindings('shell', SCRIPT, {});
    expect(commands).toHaveLength(typed.length);
    expect(typed.length).toBeGreaterThanOrEqual(150);
    const files = new Map([
      ['./plain.env', '# plain\nA=b\n'],
      ['.tf.env', 'TF_VAR_a="quoted"\n'],
    ]);
    const converted = commands.map((found, i) =>
      containersOf([viewCommand(found, { dialect })], 'compose', {
        dialects: [dialect],
        compose,
        service: `s${i}`,
        readText: (one) => files.get(one),
      }),
    );
    const text = composeText(together(converted.map(({ project }) => project)));
    writeFileSync(join(folder, 'compose.yaml'), text);
    const real = await create(folder, [], true, env);
    expect(real.exit === 0 ? '' : `${real.said}`).toBe('');
    const wrong: string[] = [];
    const counts = { equal: 0, named: 0 };
    await inLanes(typed, 2, async (words, i) => {
      const asked = await ask(client, words, { cwd: folder, env: { ...VARIABLES, HOME: home } });
      if (asked.body === undefined) {
        wrong.push(`${words.join(' ')}\ndocker refuses it: ${asked.stderr}`);
        return;
      }
      const name = `s${i}`;
      const sent = callOf(real, name)!;
      const isInOwn = !words.some((word) => /^--net(?:work)?(?:=|$)/.test(word));
      const theirs = fieldsOf({ query: asked.query!, body: asked.body as never }, [], isInOwn);
      const query = new URLSearchParams(sent.query);
      if (!theirs.has('?name')) query.delete('name');
      const own = [name, `p-${name}-1`, String(theirs.get('?name'))];
      const ours = fieldsOf({ ...sent, query }, own, isInOwn);
      const lost = lossesOf(converted[i]!.conversions);
      const found = differences(theirs, ours);
      const isMountNamed = lost.some(({ isOfMount }) => isOfMount);
      const mounts = [asked.body, sent.body].map((body) => mountsOf(body as unknown as Body, real.volumes));
      const silent = [
        ...found
          .filter(({ path: at }) => !lost.some(({ field }) => isNamed(at, field)))
          .map((one) => JSON.stringify(one)),
        ...(mounts[0] === mounts[1] || isMountNamed
          ? []
          : [`docker mounts ${mounts[0]}\nCompose mounts ${mounts[1]}`]),
      ];
      counts[found.length === 0 && mounts[0] === mounts[1] ? 'equal' : 'named']++;
      if (silent.length > 0) wrong.push(`${words.join(' ')}\n${silent.join('\n')}`);
    });
    expect(wrong, JSON.stringify(counts)).toEqual([]);
    if (process.env['MOUNTC_SHOW_COUNTS']) console.log(version, counts);
    expect(counts.equal).toBeGreaterThan(110);
  });
});

interface Body {
  readonly HostConfig: object;
  readonly Volumes?: unknown;
}

const mountsOf = ({ HostConfig, Volumes }: Body, volumes: ComposeAnswer['volumes']): string =>
  realMounts({
    exit: 0,
    said: '',
    calls: [],
    services: { a: { ...HostConfig, Volumes } as MountBody },
    volumes,
  })
    .sort()
    .join('\n');

function together(projects: readonly ComposeProject[]): ComposeProject {
  return {
    services: projects.flatMap(({ services }) => services),
    networks: new Map(projects.flatMap(({ networks }) => [...networks])),
    volumes: new Map(projects.flatMap(({ volumes }) => [...volumes])),
  };
}

const lossesOf = (conversions: readonly ConvertedMount[]) =>
  conversions.flatMap(({ flag, losses }) =>
    losses
      .filter(({ kind }) => kind !== 'none-here')
      .map(({ field }) => ({ field, isOfMount: flag === undefined })),
  );
