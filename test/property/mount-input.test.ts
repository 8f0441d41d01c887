// Files that describe mounts may hold anything where a text or a number is wanted: there is always an answer.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apiMounts } from '../../src/convert/api-input.js';
import { readComposeFile, serviceMounts } from '../../src/convert/compose-input.js';
import { devcontainerMounts } from '../../src/convert/devcontainer-input.js';
import { writeMounts } from '../../src/convert/write-mounts.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import type { MountForm } from '../../src/forms/loss.js';
import { readInspected } from '../../src/inspect/container-json.js';
import { containerMounts } from '../../src/inspect/container-mounts.js';
import { SEED, withSeed } from '../support/seed.js';

const dialect = makeDialect();
const FORMS: readonly MountForm[] = [
  'mount',
  'volume',
  'tmpfs',
  'api',
  'compose',
  'compose-short',
  'devcontainer',
];

const value = fc.oneof(
  fc.constantFrom('/a', '/a:/b', 'name', 'bind', 'volume', 'tmpfs', '1m', 'no', ''),
  fc.constantFrom(true, false, null, 0, 5, -1, 1.5, 1e30),
  fc.constantFrom<unknown[]>([], ['/a:/b:ro'], [['exec']], [1]),
  fc.constantFrom<object>({}, { a: 'b' }, { a: 1 }),
);
const objectOf = (keys: readonly string[], inner: Readonly<Record<string, readonly string[]>>) =>
  fc.dictionary(
    fc.constantFrom(...keys, ...Object.keys(inner)),
    fc.oneof(
      value,
      ...Object.values(inner).map((names) => fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 3 })),
    ),
    { maxKeys: 5 },
  );

const apiMount = objectOf(['Type', 'Source', 'Target', 'ReadOnly', 'Consistency', 'constructor'], {
  BindOptions: ['Propagation', 'NonRecursive', 'CreateMountpoint', 'IDMapping'],
  VolumeOptions: ['NoCopy', 'Labels', 'Subpath', 'DriverConfig'],
  TmpfsOptions: ['SizeBytes', 'Mode', 'Options'],
  ImageOptions: ['Subpath'],
});
const apiBody = fc.record({
  HostConfig: fc.record({
    Binds: fc.oneof(value, fc.array(value, { maxLength: 3 })),
    Mounts: fc.oneof(value, fc.array(fc.oneof(apiMount, value), { maxLength: 3 })),
    Tmpfs: value,
    VolumeDriver: value,
    VolumesFrom: value,
  }),
  Config: fc.record({ Volumes: value }),
  Mounts: fc.array(value, { maxLength: 2 }),
});
const composeEntry = objectOf(['type', 'source', 'target', 'read_only', 'consistency', 'constructor'], {
  bind: ['propagation', 'create_host_path', 'recursive', 'selinux'],
  volume: ['nocopy', 'subpath', 'labels'],
  tmpfs: ['size', 'mode'],
  image: ['subpath'],
});
const devcontainerMount = objectOf(['type', 'source', 'target', 'readonly', 'external', 'constructor'], {});

describe(`any input has an answer (seed ${SEED})`, () => {
  test('the JSON of the Engine API', () => {
    fc.assert(
      fc.property(apiBody, fc.constantFrom(...FORMS), (body, form) => {
        const list = apiMounts(JSON.stringify(body), dialect);
        for (const { exact, losses, written } of writeMounts(list!, form, { dialects: [dialect] }))
          if (written === undefined) expect([exact, losses.length > 0]).toEqual([false, true]);
        const { containers, images } = readInspected([body])!;
        for (const info of containers) containerMounts(info, images, dialect);
      }),
      withSeed(2_000),
    );
  });

  test('entries of a service', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(composeEntry, value), fc.constantFrom(...FORMS), async (entry, form) => {
        const text = JSON.stringify({ services: { web: { volumes: [entry] } }, volumes: { name: {} } });
        const list = serviceMounts(await readComposeFile(text), 'web', {
          dialect,
          folder: '/w',
          project: 'p',
        });
        for (const { losses, written } of writeMounts(list, form, { dialects: [dialect] }))
          if (written === undefined) expect(losses.length).toBeGreaterThan(0);
      }),
      withSeed(800),
    );
  });

  test('mounts of a devcontainer.json', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(devcontainerMount, value), fc.constantFrom(...FORMS), async (mount, form) => {
        const list = await devcontainerMounts(JSON.stringify({ mounts: [mount] }), {
          dialects: [dialect],
          assume: 'bind',
        });
        for (const { losses, written } of writeMounts(list, form, { dialects: [dialect] }))
          if (written === undefined) expect(losses.length).toBeGreaterThan(0);
      }),
      withSeed(800),
    );
  });
});
