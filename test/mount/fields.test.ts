// Every field of every mount, in every form: written and read back, lost with a word, or ignored with a reason.
import { describe, expect, test } from 'vitest';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { MOUNT_KEYS } from '../../src/dialects/docker/tables/mount-keys.js';
import { mountSentences } from '../../src/explain/mount-sentences.js';
import { LOSSY_FORMS, wordOf } from '../../src/forms/no-word.js';
import { readWritten } from '../../src/forms/read-back.js';
import { writeMount } from '../../src/forms/write-mount.js';
import { sameMount } from '../../src/mount/equal.js';
import { effectOf, FIELD_ROWS, type FieldRow, type MountType } from '../../src/mount/fields.js';
import type { Mount } from '../../src/mount/mount.js';

const dialect = makeDialect();
const PLAIN: { readonly [Type in MountType]: Mount } = {
  bind: { type: 'bind', source: '/other', target: '/t', readOnly: false, createSource: false, recursion: [] },
  volume: {
    type: 'volume',
    source: 'other',
    target: '/t',
    readOnly: false,
    noCopy: false,
    labels: {},
    driverOptions: {},
  },
  tmpfs: { type: 'tmpfs', target: '/t', readOnly: false, options: [] },
  image: { type: 'image', source: 'other', target: '/t', readOnly: false },
  npipe: { type: 'npipe', source: '\\\\.\\pipe\\b', target: '/t', readOnly: false },
  cluster: { type: 'cluster', source: 'group:b', target: '/t', readOnly: false },
};
const rows = Object.values(FIELD_ROWS).flat();
const withField = ({ type, name, field }: FieldRow): Mount =>
  ({
    ...PLAIN[type],
    // Only what makes its source can be relabelled.
    ...(type === 'bind' && name === 'relabel' && { createSource: true }),
    [name]: field.example,
  }) as unknown as Mount;
const context = { dialects: [dialect], from: 'mount' as const, volumeDriver: 'd' };

const cases = LOSSY_FORMS.flatMap((form) =>
  rows.map((row) => [`${row.type}.${row.name} in ${form}`, row, form] as const),
);

describe('each field', () => {
  test.each(cases)('%s', (_name, row, form) => {
    const mount =
      row.type === 'volume' && form === 'volume' ? { ...withField(row), driver: 'd' } : withField(row);
    const { written, losses } = writeMount(mount, form, context);
    const lost = losses.filter(({ kind }) => kind === 'impossible').map(({ field }) => field);
    if (row.field.ignored !== undefined) return expect(lost).not.toContain(row.name);
    if (wordOf(row, form) === undefined)
      return expect(lost.some((field) => field === row.name || field === 'type')).toBe(true);
    if (lost.includes('type')) return expect(form).toBe('volume');
    if (written === undefined) throw new Error(JSON.stringify(losses));
    const back = readWritten(written, dialect, context);
    if (!back.ok) throw new Error(back.why);
    expect(effectOf(back.mount, row)).toEqual(effectOf(mount, row));
    return expect(effectOf(back.mount, row)).toBeDefined();
  });

  test.each(rows.map((row) => [`${row.type}.${row.name}`, row] as const))(
    '%s makes two mounts differ, or says why not',
    (_name, row) => {
      expect(sameMount(PLAIN[row.type], withField(row))).toBe(row.field.effect === undefined);
      expect(row.field.effect === undefined).toBe(row.field.ignored !== undefined);
    },
  );

  test('of each type of mount has a sentence', () => {
    for (const type of Object.keys(PLAIN) as MountType[]) {
      const said = mountSentences(PLAIN[type], { form: 'mount', dialect, base: 'where docker runs' });
      expect(said.length, type).toBeGreaterThan(0);
    }
  });
});

test('each key of --mount says a field of the mounts that it is for', () => {
  for (const { field, name, ...key } of MOUNT_KEYS) {
    if (field === 'type') continue;
    const types = 'group' in key ? [key.group] : (Object.keys(FIELD_ROWS) as MountType[]);
    expect(
      types.some((type) => FIELD_ROWS[type].some((row) => row.name === field)),
      name,
    ).toBe(true);
  }
});
