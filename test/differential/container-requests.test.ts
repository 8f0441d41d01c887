// Command lines from the table of flags: the create call of the real docker for the command, and that of the real Compose for what
// `convert --to compose` makes of it, are equal field by field, or differ where a loss was named, and nowhere else.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { FIELD_OF_FLAG } from '../../src/container/fields.js';
import { composeContainers } from '../../src/convert/compose-containers.js';
import type { ConvertedMount } from '../../src/convert/convert-mounts.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { readVersion } from '../../src/dialects/docker/tables/version.js';
import { argvSource } from '../../src/source/argv-source.js';
import type { CommandView } from '../../src/source/site.js';
import { viewCommand } from '../../src/source/view-command.js';
import { besideCompose, callOf } from '../support/beside-compose.js';
import { type Client, wantedClients } from '../support/clients.js';
import { wantedComposes } from '../support/compose.js';
import { inLanes } from '../support/in-lanes.js';
import { SEED } from '../support/seed.js';
import { type CreateRequest, differences, fieldsOf, isForgotten, isNamed } from './container-bodies.js';
import { usesArbitrary, wordsOf } from './container-lines.js';

const LINES = Number(process.env['MOUNTC_CONTAINER_LINES'] ?? 150);
/** Services of one file. */
const TOGETHER = 50;

const clients = wantedClients(['20.10.24', '26.1.5', '28.5.2']);
const here = clients.filter((client): client is Client => 'path' in client);

/** A command that the client takes, and what it asks its engine for. */
interface Line {
  readonly args: readonly string[];
  readonly client: Client;
  readonly asked: CreateRequest;
}

const dialect = makeDialect();
const viewOf = (args: readonly string[]): CommandView =>
  viewCommand(argvSource(['docker', ...args]).source, { dialect, cwd: '/' });

describe.each(wantedComposes())(`docker compose $version (seed ${SEED})`, ({ path, version }) => {
  if (path === undefined || here.length === 0) {
    test.skip('asks for the container that docker asks for', () => {});
    return;
  }
  const { compose, home, folder, create, ask } = besideCompose(path, version);
  beforeAll(() => {
    writeFileSync(join(home, 'app.env'), 'FROM_FILE=1\n');
    writeFileSync(join(home, 'labels'), 'from.file=1\n');
  });

  test('asks for the container that docker asks for', { timeout: 7_200_000 }, async () => {
    const lines = await makeLines();
    expect(lines.length).toBeGreaterThan(LINES * 0.7);
    const wrong: string[] = [];
    const counts = { equal: 0, named: 0, overdone: 0 };
    for (let at = 0; at < lines.length; at += TOGETHER)
      await compareAll(lines.slice(at, at + TOGETHER), wrong, counts);
    expect(wrong.slice(0, 10), `${wrong.length} of ${lines.length}: ${JSON.stringify(counts)}`).toEqual([]);
    expect(counts.equal + counts.named).toBe(lines.length);
    expect(counts.equal).toBeGreaterThan(lines.length * 0.6);
    if (process.env['MOUNTC_SHOW_COUNTS']) console.log(version, lines.length, counts);
  });

  async function makeLines(): Promise<readonly Line[]> {
    const found: (Line | undefined)[] = [];
    const share = Math.ceil(LINES / here.length);
    const wanted = here.flatMap((client, i) =>
      fc
        .sample(usesArbitrary(readVersion(client.version)!), { numRuns: share, seed: SEED + i })
        .map((uses) => ({ client, uses })),
    );
    await inLanes(wanted, 2, async ({ client, uses }, index) => {
      const flags = uses.flatMap((use) =>
        wordsOf(use.flag === 'name' ? { ...use, value: `c${index}` } : use),
      );
      const args = [
        'create',
        ...flags,
        'img:1',
        ...(index % 3 === 0 ? ['sh', '-c', 'echo $HOME "a b"'] : []),
      ];
      const { body, query } = await ask(client, args, { cwd: home });
      if (body !== undefined) found[index] = { args, client, asked: { query: query!, body: body as never } };
    });
    return found.filter((line) => line !== undefined);
  }

  async function compareAll(
    lines: readonly Line[],
    wrong: string[],
    counts: Record<'equal' | 'named' | 'overdone', number>,
  ): Promise<void> {
    const options = { dialects: [dialect], compose };
    writeFileSync(join(folder, 'app.env'), 'FROM_FILE=1\n');
    writeFileSync(join(folder, 'labels'), 'from.file=1\n');
    const { text } = composeContainers(
      lines.map(({ args }) => viewOf(args)),
      'compose',
      options,
    );
    writeFileSync(join(folder, 'compose.yaml'), text);
    const real = await create(folder);
    if (real.exit !== 0) {
      if (lines.length === 1) {
        wrong.push(`${lines[0]!.args.join(' ')}\nCompose refuses it: ${real.said}\n${text}`);
        return;
      }
      const half = Math.ceil(lines.length / 2);
      await compareAll(lines.slice(0, half), wrong, counts);
      await compareAll(lines.slice(half), wrong, counts);
      return;
    }
    const names = Object.keys((await import('yaml')).parse(text).services as object);
    for (const [i, line] of lines.entries()) {
      const name = names[i]!;
      const sent = callOf(real, name);
      const { conversions } = composeContainers([viewOf(line.args)], 'compose', options);
      const said =
        sent === undefined
          ? ['Compose creates no container of it']
          : judge(line, sent, name, conversions, counts);
      if (said.length > 0)
        wrong.push(`${line.client.version}: docker ${line.args.join(' ')}\n${said.join('\n')}`);
    }
  }

  function judge(
    line: Line,
    sent: CreateRequest,
    name: string,
    conversions: readonly ConvertedMount[],
    counts: Record<'equal' | 'named' | 'overdone', number>,
  ): string[] {
    const hasNetwork = line.args.includes('--network');
    const isNamedBySelf = line.args.includes('--name');
    const own = [name, `p-${name}-1`];
    const theirs = fieldsOf(line.asked, [], !hasNetwork);
    const query = new URLSearchParams(sent.query);
    if (!isNamedBySelf) query.delete('name');
    const ours = fieldsOf({ ...sent, query }, own, !hasNetwork);
    const lost = conversions.flatMap(({ losses, flag }) =>
      losses.filter(({ kind }) => kind !== 'none-here').map((loss) => ({ ...loss, flag })),
    );
    const found = differences(theirs, ours).filter(({ path: at }) => !isForgotten(at, line.client.version));
    const silent = found.filter(({ path: at }) => !lost.some(({ field }) => isNamed(at, field)));
    const needless = lost.filter(
      ({ kind, field, flag }) =>
        kind === 'impossible' && isInBody(field, flag) && !found.some(({ path: at }) => isNamed(at, field)),
    );
    counts[found.length === 0 ? 'equal' : 'named']++;
    counts.overdone += needless.length;
    return [
      ...silent.map(({ path: at, docker, compose: other }) => `${at}: docker ${docker}, Compose ${other}`),
      ...needless.map(({ field, why }) => `${field} is the same, and called lost: ${why}`),
    ];
  }
});

/** What older clients alone send. */
const isInBody = (field: string, flag: string | undefined): boolean =>
  FIELD_OF_FLAG.get(flag?.slice(2) ?? '')?.api === field &&
  flag !== '--kernel-memory' &&
  !/Labels/.test(field);
