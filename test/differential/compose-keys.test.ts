// Every key of a service with values of each type: what mountc says that Compose refuses, the real releases refuse, and what both of them
// refuse, mountc finds, but for what is listed.
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { networksShape, otherServiceShapes } from '../../src/dialects/compose/service-shapes.js';
import type { Shape } from '../../src/dialects/compose/shapes.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { lintText } from '../../src/lint/lint-text.js';
import { type Compose, findComposes } from '../support/compose.js';
import { inLanes } from '../support/in-lanes.js';
import { SEED } from '../support/seed.js';
import { sharedTempDir } from '../support/temp-dir.js';

const FILES = Number(process.env['MOUNTC_COMPOSE_KEYS'] ?? 60);

const VALUES =
  'true 5 -1 1.5 1e3 null x "5" "true" "-1" "1m" "2d" "64m" [] [x] [5] [null] [x,x] [a=1,a=2] {} {k:\tx} {k:\tnull} {zz:\t{}} 2024-01-01 "" .nan'
    .split(' ')
    .map((one) => one.replaceAll('\t', ' '));

/** What a key needs beside it. */
const REQUIRED: Readonly<Record<string, string>> = {
  condition: 'service_started',
  source: '/dev/x',
  path: 'p',
  type: 'bind',
  soft: '1',
  hard: '2',
  action: 'rebuild',
  capabilities: '[gpu]',
  command: 'x',
};

/** The text with a value at each place of a shape. */
function* placesOf(shape: Shape, around: (value: string) => string): Generator<(value: string) => string> {
  yield around;
  if (shape.items !== undefined) yield* placesOf(shape.items, (value) => around(`[${value}]`));
  if (shape.values !== undefined) yield* placesOf(shape.values, (value) => around(`{k: ${value}}`));
  for (const [key, inner] of shape.keys ?? []) {
    const { required = [] } = shape;
    const others = required.filter((one) => one !== key);
    const rest = others.map((one) => `, ${one}: ${REQUIRED[one]}`).join('');
    yield* placesOf(inner, (value) => around(`{${key}: ${value}${rest}}`));
  }
}

const SERVICES = 'services:\n  x: {image: i}\n  k: {image: i}\n  a: {';
const places = [
  ...[...otherServiceShapes()].flatMap(([key, shape]) => [
    ...placesOf(
      shape,
      (value) => `${SERVICES}${key === 'image' ? '' : 'image: i, '}${key}: ${value}}\nnetworks: {x: , k: }\n`,
    ),
  ]),
  ...placesOf(networksShape(), (value) => `${SERVICES}image: i}\nnetworks: ${value}\n`),
];
const all = places.flatMap((place) => VALUES.map(place));
const composes = findComposes();

/** What mountc leaves to Compose: what some release may take, and what is no type of one value. */
const LEFT: readonly { readonly reason: string; readonly says: RegExp }[] = [
  {
    reason: 'a key that a newer release knows',
    says: /(?:Additional property|additional properties) '?(?:pre_start|no_cache_filter|models|provider|image)\b|provider missing property/,
  },
  {
    reason: 'with keys of a swarm the file may be for docker stack deploy',
    says: /deploy\.(?:update_config|rollback_config|placement|endpoint_mode|mode)/,
  },
  {
    reason: 'which of several keys are there is asked for since some release only',
    says: /missing property|is required|is missing a mount target/,
  },
  {
    reason: 'texts that are read by grammars of their own',
    says: /expected key=value|pull_policy|expose value|undefined network|env file|env_file format|unconvertible type|cannot parse|invalid syntax|for external/,
  },
  { reason: 'dates where a text may stand', says: /invalid jsonType time\.Time/ },
];

test.skipIf(composes.length === 0)(
  `types that Compose refuses (seed ${SEED})`,
  { timeout: 3_600_000 },
  async () => {
    const texts =
      FILES >= all.length ? all : fc.sample(fc.constantFrom(...all), { numRuns: FILES, seed: SEED });
    const home = sharedTempDir();
    const wrong: string[] = [];
    const counts = { refused: 0, taken: 0, left: 0 };
    const dialect = makeDialect();
    await inLanes([...texts.entries()], 2, async ([i, text]) => {
      const said = await Promise.all(composes.map((compose) => refusal(compose, home, i, text)));
      const { diagnostics } = await lintText('compose', text, 'compose.yaml', { dialect, rules: {} });
      const found = diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
      const isRefused = said.every((one) => one !== undefined);
      counts[isRefused ? 'refused' : 'taken']++;
      if (isRefused === found.length > 0) return;
      if (isRefused && LEFT.some(({ says }) => said.some((one) => says.test(one!)))) counts.left++;
      else
        wrong.push(`${text.slice(SERVICES.length)}Compose: ${said.join('\n')}\nmountc: ${found.join('\n')}`);
    });
    if (process.env['MOUNTC_SHOW_COUNTS']) console.log(texts.length, counts);
    expect(wrong.slice(0, 2000), `${wrong.length} of ${texts.length}`).toEqual([]);
  },
);

/** What a release says of a file that it refuses. */
function refusal({ path }: Compose, home: string, i: number, text: string): Promise<string | undefined> {
  const folder = join(home, String(i));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'compose.yaml'), text);
  for (const name of ['x', 'p', 'k', '5', '1m', '2d', '64m', 'true', '-1'])
    writeFileSync(join(folder, name), '');
  return new Promise((resolve) => {
    execFile(path, ['config', '-q'], { cwd: folder, env: { HOME: home, PATH: '' } }, (error, _out, stderr) =>
      resolve(error === null ? undefined : (stderr.trim().split('\n').at(-1) ?? '')),
    );
  });
}
