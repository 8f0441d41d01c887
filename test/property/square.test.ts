import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringifyApi } from '../../src/dialects/docker/client/api.js';
import { parseFor } from '../../src/dialects/docker/client/client-spec.js';
import { lowerSpec } from '../../src/dialects/docker/lower.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { RELEASES, showVersion } from '../../src/dialects/docker/tables/version.js';
import type { MountForm } from '../../src/forms/loss.js';
import { readWritten } from '../../src/forms/read-back.js';
import { writeMount } from '../../src/forms/write-mount.js';
import { sameMount } from '../../src/mount/equal.js';
import type { Mount } from '../../src/mount/mount.js';
import type { SpecForm } from '../../src/spec/ast.js';
import { SEED, withSeed } from '../support/seed.js';
import { goodMount, goodTmpfs, goodVolume } from '../support/spec-arbitrary.js';

const FORMS = Object.keys({
  volume: 0,
  mount: 0,
  tmpfs: 0,
  api: 0,
  compose: 0,
  'compose-short': 0,
  devcontainer: 0,
} satisfies Record<MountForm, 0>) as MountForm[];
const dialect = fc.constantFrom(...RELEASES.map(({ version }) => makeDialect({ client: version })));
const spec = fc.oneof(
  ...(
    [
      ['volume', goodVolume],
      ['mount', goodMount],
      ['tmpfs', goodTmpfs],
    ] as const
  ).map(([form, texts]) => texts.map((text) => [form, text] as const satisfies [SpecForm, string])),
);

describe(`every form to every form (seed ${SEED})`, () => {
  test('exact ways lead to an equivalent, others name what they change', () => {
    const exactPairs = new Set<string>();
    fc.assert(
      fc.property(spec, dialect, ([form, text], one) => {
        const start = lowerSpec(parseFor(form, text, one), { dialect: one });
        if (!start.ok) return;
        const dialects = [one];
        for (const middle of FORMS) {
          const there = writeMount(start.mount, middle, { dialects, from: form });
          const say = () => `${showVersion(one.client)} ${form} ${text} → ${stringifyApi(there.written)}`;
          if (there.written === undefined) {
            expect(
              there.losses.some(({ kind }) => kind === 'impossible'),
              say(),
            ).toBe(true);
            continue;
          }
          const read = readWritten(there.written, one);
          if (!read.ok) throw new Error(`${say()}: ${read.why}`);
          expectAgreement(start.mount, read.mount, there.exact, say);
          if (!there.exact) {
            expect(
              there.losses.some(({ kind }) => kind === 'changed'),
              say(),
            ).toBe(true);
            continue;
          }
          exactPairs.add(`${form} ${middle}`);
          for (const end of FORMS) {
            const on = writeMount(read.mount, end, { dialects, from: middle });
            if (on.written === undefined) continue;
            const last = readWritten(on.written, one);
            if (!last.ok) throw new Error(`${say()} → ${stringifyApi(on.written)}: ${last.why}`);
            expectAgreement(
              start.mount,
              last.mount,
              on.exact,
              () => `${say()} → ${stringifyApi(on.written)}`,
            );
            if (on.exact) exactPairs.add(`${middle} ${end}`);
          }
        }
      }),
      withSeed(300),
    );
    for (const from of FORMS) {
      for (const to of FORMS) {
        const apart = (one: MountForm, other: MountForm) => one === 'tmpfs' && other === 'volume';
        if (apart(from, to) || apart(to, from)) continue;
        expect(exactPairs, `${from} → ${to} was never exact`).toContain(`${from} ${to}`);
      }
    }
  });
});

function expectAgreement(a: Mount, b: Mount, exact: boolean, say: () => string): void {
  expect(b.readOnly, say()).toBe(a.readOnly);
  if (exact) expect(sameMount(a, b), say()).toBe(true);
}
