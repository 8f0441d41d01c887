import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { composeFile } from '../../src/convert/compose-output.js';
import { rewriteCompose } from '../../src/convert/rewrite-compose.js';
import type { ComposeDeclaration, ComposeVolume } from '../../src/dialects/compose/compose.js';
import { refuseComposeValue } from '../../src/dialects/compose/compose-keys.js';
import { lowerCompose } from '../../src/dialects/compose/lower-compose.js';
import { stringifyApi } from '../../src/dialects/docker/client/api.js';
import { parseFor } from '../../src/dialects/docker/client/client-spec.js';
import { lowerSpec } from '../../src/dialects/docker/lower.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import type { Lowered } from '../../src/dialects/lower-result.js';
import { writeMount } from '../../src/forms/write-mount.js';
import { absolutePath } from '../../src/go/path.js';
import { sameMount } from '../../src/mount/equal.js';
import type { Mount } from '../../src/mount/mount.js';
import type { YamlType } from '../../src/mount/view.js';
import { type ComposeConfig, composeConfig, wantedComposes } from '../support/compose.js';
import { SEED, withSeed } from '../support/seed.js';
import { goodMount, goodTmpfs, goodVolume } from '../support/spec-arbitrary.js';
import { tempDir } from '../support/temp-dir.js';

const dialect = makeDialect();
const FORMS = ['compose', 'compose-short'] as const;

describe.each(wantedComposes())(`docker compose $version (seed ${SEED})`, ({ path, version }) => {
  if (path === undefined) {
    test.skip('reads what is written', () => {});
    return;
  }
  /** What that release of Compose has no words for yet. */
  const isKnown = (mount: Mount): boolean => mount.type !== 'image' || !version.startsWith('2.26.');
  let folder = '';
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'mountc-compose-')));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(FORMS)('what is written as %s is read as the same mounts', (form) => {
    const { seed, numRuns } = withSeed(1_000);
    const specs = fc.sample(
      fc.oneof(
        goodVolume.map((text) => ['volume', text] as const),
        goodMount.map((text) => ['mount', text] as const),
        goodTmpfs.map((text) => ['tmpfs', text] as const),
      ),
      { seed: seed!, numRuns: numRuns! },
    );
    const written = specs.flatMap(([from, text]) => {
      const lowered = lowerSpec(parseFor(from, text, dialect), { dialect });
      if (!lowered.ok || !isKnown(lowered.mount)) return [];
      const result = writeMount(lowered.mount, form, { dialects: [dialect], from });
      if (result.written?.form !== form || !result.exact) return [];
      return [{ text, mount: lowered.mount, entry: result.written.entry }];
    });
    expect(written.length).toBeGreaterThan(300);
    // A file each would cost a start of Compose each; volumes of one name need files of their own.
    const groups: (typeof written)[] = [];
    for (const one of written) {
      const key = one.entry.declares?.key;
      const group = groups.find(
        (all) => key === undefined || all.every(({ entry }) => entry.declares?.key !== key),
      );
      if (group === undefined) groups.push([one]);
      else group.push(one);
    }
    const wrong: string[] = [];
    for (const group of groups) {
      const file = join(folder, 'compose.yaml');
      const texts = group.map(({ entry }, i) =>
        composeFile([
          { name: `s${i}`, keys: { image: 'x' }, items: [{ entry, holes: new Map() }], volumesFrom: [] },
        ]),
      );
      writeFileSync(file, joinFiles(texts));
      const { config, stderr } = composeConfig(path, file);
      if (config === undefined) throw new Error(stderr);
      for (const [i, { text, mount }] of group.entries()) {
        const read = readService(config, `s${i}`);
        const expected =
          mount.type === 'bind' ? { ...mount, source: absolutePath(mount.source, folder, 'posix') } : mount;
        const same = read?.ok === true && sameMount(read.mount, expected);
        if (!same) wrong.push(`${text}\n${texts[i]}${stringifyApi(read)}`);
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  test('a file means the same to Compose after its entries were written in the other syntax', async () => {
    const { seed, numRuns } = withSeed(250);
    const specs = fc.sample(goodVolume, { seed: seed! + 1, numRuns: numRuns! });
    const file = join(folder, 'compose.yaml');
    const services: Record<string, object> = {};
    const volumes: Record<string, null> = {};
    for (const [i, text] of specs.entries()) {
      const lowered = lowerCompose({ volume: text }, { dialect });
      if (!lowered.ok) continue;
      if (lowered.mount.type === 'volume' && lowered.mount.source !== undefined) {
        if (!/^[\w.-]+$/.test(lowered.mount.source)) continue;
        volumes[lowered.mount.source] = null;
      }
      services[`s${i}`] = {
        image: 'x',
        volumes: [text.replaceAll('$', '$$$$'), '${HOME}/x:/hh', '~/y:/yy:ro'],
      };
    }
    const options = { dialects: [dialect] };
    const before = stringify({ services, volumes }, { lineWidth: 0, version: '1.1' });
    const long = await rewriteCompose(before, false, options);
    const short = await rewriteCompose(long.text, true, options);
    const configs = [before, long.text, short.text].map((text) => {
      writeFileSync(file, text);
      const { config, stderr } = composeConfig(path, file);
      if (config === undefined) throw new Error(stderr);
      return settled(config);
    });
    expect(long.conversions.filter(({ from, to }) => from !== to).length).toBeGreaterThan(350);
    expect(configs[1]).toEqual(configs[0]);
    expect(configs[2]).toEqual(configs[0]);
  });
});

const OWN: Readonly<Record<string, string>> = {
  bind: 'source: ./a',
  volume: 'source: v',
  tmpfs: 'x-none: 1',
};
const KEYS_OF: Readonly<Record<string, readonly string[]>> = {
  bind: [
    'source',
    'read_only',
    'consistency',
    'bind',
    'bind.propagation',
    'bind.create_host_path',
    'bind.recursive',
    'bind.selinux',
  ],
  volume: ['volume', 'volume.nocopy', 'volume.subpath'],
  tmpfs: ['tmpfs', 'tmpfs.size', 'tmpfs.mode'],
};
const VALUES: readonly (readonly [text: string, type: YamlType])[] = [
  ['true', 'boolean'],
  ['7', 'number'],
  ['-7', 'number'],
  ['0.7', 'number'],
  ['z', 'string'],
  ['enabled', 'string'],
  ['oN', 'string'],
  ['10%', 'string'],
  ['64m', 'string'],
  ['', 'string'],
  ['~', 'null'],
  ['[]', 'list'],
  ['{}', 'object'],
];

describe.each(wantedComposes())('the long syntax of docker compose $version', ({ path }) => {
  test.skipIf(path === undefined)('takes the values that mountc takes', { timeout: 120_000 }, () => {
    const file = join(tempDir(), 'compose.yaml');
    const wrong: string[] = [];
    for (const [kind, keys] of Object.entries(KEYS_OF)) {
      for (const key of keys) {
        for (const [text, type] of VALUES) {
          const shown = type === 'string' ? JSON.stringify(text) : text;
          const [parent, inner] = key.split('.');
          const own = key === 'source' ? 'x-none: 1' : OWN[kind];
          const field = inner === undefined ? `${key}: ${shown}` : `${parent}: {${inner}: ${shown}}`;
          writeFileSync(
            file,
            `services: {s: {image: x, volumes: [{type: ${kind}, target: /t, ${own}, ${field}}]}}\nvolumes: {v: {}}\n`,
          );
          const isRefused = composeConfig(path!, file).config === undefined;
          const known = type === 'string' || type === 'number' || type === 'boolean' ? text : undefined;
          if ((refuseComposeValue(key, type, known) !== undefined) !== isRefused)
            wrong.push(`${field}: Compose ${isRefused ? 'refuses' : 'takes'} it`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});

/** Without what is only there in one of the syntaxes and says nothing: `z` on a volume is for binds. */
function settled(config: ComposeConfig): unknown {
  return JSON.parse(
    JSON.stringify(config, (key, value: unknown) => {
      if (key === 'consistency') return undefined;
      if ((value as { type?: string } | null)?.type === 'volume')
        return { ...(value as object), bind: undefined };
      return key === 'volume' && JSON.stringify(value) === '{}' ? undefined : value;
    }),
  );
}

/** Puts the services and volumes of several files into one. */
function joinFiles(texts: readonly string[]): string {
  const services = texts.map((text) => text.replace(/^services:\n/, '').replace(/^volumes:\n[\s\S]*$/m, ''));
  const volumes = texts.flatMap((text) => /^volumes:\n([\s\S]*)$/m.exec(text)?.[1] ?? []);
  return `services:\n${services.join('')}${volumes.length > 0 ? `volumes:\n${volumes.join('')}` : ''}`;
}

function readService(config: ComposeConfig, name: string): Lowered | undefined {
  const service = unescaped(config.services[name]) as ComposeConfig['services'][string];
  const declared = new Map(
    Object.entries((unescaped(config.volumes) ?? {}) as Record<string, ComposeDeclaration>),
  );
  const [tmpfs] = service.tmpfs ?? [];
  if (tmpfs !== undefined) return lowerCompose({ tmpfs }, { dialect });
  const volume = service.volumes?.[0] as ComposeVolume | undefined;
  if (volume === undefined) return undefined;
  // This release leaves out what is false.
  const bind = { create_host_path: false, ...volume.bind };
  return lowerCompose({ volume: { ...volume, bind } }, { dialect, declared });
}

/** The configuration is printed as a file, where a dollar is written twice. */
function unescaped(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$$', '$');
  if (Array.isArray(value)) return value.map(unescaped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [unescaped(key), unescaped(item)]));
}
