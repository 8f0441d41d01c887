import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { stringifyApi } from '../../src/dialects/docker/client/api.js';
import { parseFor } from '../../src/dialects/docker/client/client-spec.js';
import { lowerSpec } from '../../src/dialects/docker/lower.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import {
  MOUNT_KEYS,
  type MountKey,
  type MountValueKind,
} from '../../src/dialects/docker/tables/mount-keys.js';
import { NEWEST, VERSION_RANGE } from '../../src/dialects/docker/tables/version.js';

const VALUES: Readonly<Record<MountValueKind, string>> = {
  text: 'other',
  lower: 'shared',
  bool: 'true',
  recursion: 'disabled',
  map: 'a=b',
  size: '1m',
  octal: '700',
};
const BASE: Readonly<Record<string, readonly string[]>> = {
  bind: ['type=bind', 'src=/a', 'dst=/b'],
  volume: ['type=volume', 'src=name', 'dst=/b'],
  tmpfs: ['type=tmpfs', 'dst=/b'],
  image: ['type=image', 'src=img', 'dst=/b'],
};

describe('every key of --mount', () => {
  const keys = (MOUNT_KEYS as readonly MountKey[]).filter(
    ({ name }) => !['type', 'source', 'target'].includes(name),
  );
  test.each(keys.map((key) => [key.name, key] as const))(
    '%s is part of what the mount means',
    (name, key) => {
      // The last client that takes it.
      const dialect = makeDialect({ client: key.removed === undefined ? NEWEST : key.removed - 1 });
      const meaning = (fields: readonly string[]) => {
        const lowered = lowerSpec(parseFor('mount', fields.join(','), dialect), { dialect });
        if (!lowered.ok) throw new Error(`${fields.join(',')}: ${lowered.why}`);
        return stringifyApi(lowered.mount);
      };
      const base = BASE[key.group ?? 'bind']!;
      const written = [
        ...base,
        `${name}=${VALUES[key.kind]}`,
        ...(name === 'volume-opt' ? ['volume-driver=d'] : []),
      ];
      const without = [...base, ...(name === 'volume-opt' ? ['volume-driver=d'] : [])];
      expect(meaning(written)).not.toBe(meaning(without));
    },
  );
});

test.each(['README.md', 'docs/architecture.md', 'docs/shim.md', 'docs/semantics/docker.md'])(
  '%s names the newest release',
  (path) => {
    const text = readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8').replaceAll(
      '`',
      '',
    );
    const ranges = [...text.matchAll(/20\.10 to (\d+\.\d+)/g)].map(([range]) => range);
    expect(new Set(ranges)).toEqual(new Set([VERSION_RANGE]));
  },
);
