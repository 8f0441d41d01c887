// Projects of several files: what mountc makes of them is what `docker compose config` makes of them.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { serviceMounts } from '../../src/convert/compose-input.js';
import { readComposeProject } from '../../src/convert/compose-project.js';
import type { ComposeDeclaration, ComposeVolume } from '../../src/dialects/compose/compose.js';
import { lowerCompose } from '../../src/dialects/compose/lower-compose.js';
import { stringifyApi } from '../../src/dialects/docker/client/api.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { projectFiles } from '../../src/files/project-files.js';
import { cleanPath } from '../../src/go/path.js';
import type { Mount } from '../../src/mount/mount.js';
import { type ComposeConfig, projectConfig, wantedComposes } from '../support/compose.js';
import { SEED } from '../support/seed.js';

const dialect = makeDialect();
const PROJECTS = 60;

// `/c` and `/c/` are one target to some releases and two to others.
const target = fc.constantFrom('/a', '/b', '/c', '/d/e');
const entry: fc.Arbitrary<unknown> = fc.oneof(
  fc
    .tuple(fc.constantFrom('./x', '../y', '/abs', '.', 'v1', 'v2'), target, fc.constantFrom('', ':ro', ':rw'))
    .map(([source, at, mode]) => `${source}:${at}${mode}`),
  target,
  fc.tuple(fc.constantFrom('v1', 'v2'), target, fc.boolean()).map(([source, at, readOnly]) => ({
    type: 'volume',
    source,
    target: at,
    read_only: readOnly,
  })),
  fc.tuple(fc.constantFrom('./l', '/abs'), target).map(([source, at]) => ({
    type: 'bind',
    source,
    target: at,
    bind: { create_host_path: true },
  })),
  target.map((at) => ({ type: 'tmpfs', target: at })),
);
const mounts = fc.record(
  {
    // Compose 2.40 refuses the same target twice in one list of tmpfs.
    tmpfs: fc.uniqueArray(fc.constantFrom('/t1', '/t2', '/t3:size=1m', '/t3:size=2m'), {
      maxLength: 2,
      selector: (text) => text.slice(0, 3),
    }),
    volumes: fc.array(entry, { maxLength: 4 }),
  },
  { requiredKeys: [] },
);
const VOLUMES = { v1: null, v2: { name: 'two' } };
const project = fc.record({
  own: mounts,
  over: fc.option(mounts, { nil: undefined }),
  base: mounts,
  inner: mounts,
  included: mounts,
  extended: fc.constantFrom('no', 'file', 'same', 'chain'),
  isReset: fc.boolean(),
});

/** The files of a project, by their paths. */
function filesOf(one: typeof project extends fc.Arbitrary<infer T> ? T : never): Record<string, string> {
  const { own, over, base, inner, included, extended, isReset } = one;
  const extend = {
    no: {},
    file: { extends: { file: 'sub/base.yaml', service: 'inner' } },
    same: { extends: 'base' },
    chain: { extends: { file: 'sub/base.yaml', service: 'base' } },
  }[extended];
  const image = { image: 'x' };
  const files: Record<string, unknown> = {
    'compose.yaml': {
      include: ['inc/compose.yaml'],
      services: { web: { ...image, ...own, ...extend }, base: { ...image, ...base } },
      volumes: { v1: { labels: { a: 'b' } } },
    },
    'sub/base.yaml': {
      services: {
        base: { ...image, ...base, extends: { file: 'deep/inner.yaml', service: 'inner' } },
        inner: { ...image, ...inner },
      },
    },
    'sub/deep/inner.yaml': { services: { inner: { ...image, ...inner } } },
    'inc/compose.yaml': { services: { included: { ...image, ...included } }, volumes: { v2: VOLUMES.v2 } },
  };
  if (over !== undefined)
    files['compose.override.yaml'] = {
      services: { web: over, late: { ...image, ...base } },
      volumes: { v1: { name: 'one' } },
    };
  const texts = Object.entries(files).map(([path, value]) => [path, stringify(value, { version: '1.1' })]);
  const all = Object.fromEntries(texts) as Record<string, string>;
  const reset = all['compose.override.yaml'];
  if (isReset && reset !== undefined)
    all['compose.override.yaml'] = reset.replace('    volumes:\n', '    volumes: !override\n');
  return all;
}

const shown = (list: readonly Mount[]): string[] =>
  list
    .map((mount) => {
      const known = Object.entries({ ...mount, target: cleanPath(mount.target) }).filter(
        ([, value]) => value !== undefined,
      );
      return stringifyApi(Object.fromEntries(known.sort(([x], [y]) => (x < y ? -1 : 1))));
    })
    .sort();

function composesMounts(config: ComposeConfig, service: string): string[] {
  const { volumes = [], tmpfs = [] } = config.services[service]!;
  const declared = new Map(Object.entries((config.volumes ?? {}) as Record<string, ComposeDeclaration>));
  const entries = [
    ...volumes.map((volume) => ({ volume: volume as unknown as ComposeVolume })),
    ...tmpfs.map((text) => ({ tmpfs: text })),
  ];
  return shown(
    entries.map((one) => {
      const lowered = lowerCompose(one, { dialect, declared });
      if (!lowered.ok) throw new Error(lowered.why);
      return lowered.mount;
    }),
  );
}

describe.each(wantedComposes())(`docker compose $version (seed ${SEED})`, ({ path: compose }) => {
  if (compose === undefined) {
    test.skip('reads projects of several files', () => {});
    return;
  }
  let folder = '';
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'mountc-project-')));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const read = (path: string) =>
    readFile(path, 'utf8').catch(() => ({ why: 'cannot be read', isMissing: true }));

  test('extends, include and files laid over others', async () => {
    let compared = 0;
    for (const [i, one] of fc.sample(project, { numRuns: PROJECTS, seed: SEED }).entries()) {
      const dir = join(folder, `p${i}`);
      const files = filesOf(one);
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(dir, path)), { recursive: true });
        writeFileSync(join(dir, path), text);
      }
      const { config, stderr } = projectConfig(compose, dir);
      // What Compose refuses is nothing to agree about.
      if (config === undefined && /conflicts|already mounted|duplicate/.test(stderr)) continue;
      if (config === undefined) throw new Error(`${stderr}\n${JSON.stringify(files, null, 2)}`);
      const ours = await readComposeProject(await projectFiles(dir, {}, read), read);
      if (typeof ours === 'string') throw new Error(ours);
      expect([...ours.names].sort()).toEqual(Object.keys(config.services).sort());
      for (const name of ours.names) {
        const list = serviceMounts(ours, name, { dialect, folder: dir, project: `p${i}` });
        expect(list.omitted, JSON.stringify(files, null, 2)).toEqual([]);
        expect(
          shown(list.mounts.map(({ mount }) => mount)),
          `${name}\n${Object.values(files).join('---\n')}`,
        ).toEqual(composesMounts(config, name));
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(PROJECTS * 2);
  });
});
