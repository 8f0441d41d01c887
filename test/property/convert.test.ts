import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerCommand } from '../../src/dialects/docker/client/answer.js';
import { parseFor } from '../../src/dialects/docker/client/client-spec.js';
import { lowerSpec } from '../../src/dialects/docker/lower.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { portableDialects } from '../../src/dialects/docker/tables/fleet.js';
import { RELEASES, showVersion } from '../../src/dialects/docker/tables/version.js';
import { convertSpec, FLAG_OF } from '../../src/forms/convert-spec.js';
import { sameMount } from '../../src/mount/equal.js';
import type { SpecForm } from '../../src/spec/ast.js';
import { SEED, withSeed } from '../support/seed.js';
import { goodMount, goodTmpfs, goodVolume } from '../support/spec-arbitrary.js';

const dialects = RELEASES.map(({ version }) => makeDialect({ client: version }));
const dialect = fc.constantFrom(...dialects);
const ARBITRARY = { volume: goodVolume, mount: goodMount, tmpfs: goodTmpfs } as const;
const PAIRS = [
  ['volume', 'mount'],
  ['mount', 'volume'],
  ['tmpfs', 'mount'],
  ['mount', 'tmpfs'],
] as const satisfies readonly (readonly [SpecForm, SpecForm])[];

describe(`conversions (seed ${SEED})`, () => {
  test.each(PAIRS)('%s → %s: the client takes what is written, and it means the same', (from, to) => {
    let converted = 0;
    fc.assert(
      fc.property(ARBITRARY[from], dialect, (text, one) => {
        const result = convertSpec(from, text, to, { dialects: [one] });
        if (result.text === undefined) {
          expect(result.losses.some(({ kind }) => kind === 'impossible')).toBe(true);
          return;
        }
        converted++;
        expect(
          answerCommand(['create', FLAG_OF[to], result.text, 'image'], { dialect: one, cwd: '/w' }),
        ).toMatchObject({ ok: true });
        const before = lowerSpec(parseFor(from, text, one), { dialect: one });
        const after = lowerSpec(parseFor(to, result.text, one), { dialect: one });
        if (!before.ok || !after.ok) throw new Error('converted although it has no meaning');
        if (result.exact) expect(sameMount(before.mount, after.mount)).toBe(true);
        else expect(result.losses.some(({ kind }) => kind === 'changed')).toBe(true);
        expect(after.mount.readOnly).toBe(before.mount.readOnly);
      }),
      withSeed(1_500),
    );
    expect(converted).toBeGreaterThan(50);
  });

  test.each(PAIRS)('%s → %s → %s: back to an equivalent where nothing was lost', (from, to) => {
    let compared = 0;
    fc.assert(
      fc.property(ARBITRARY[from], dialect, (text, one) => {
        const there = convertSpec(from, text, to, { dialects: [one] });
        if (there.text === undefined || !there.exact) return;
        const back = convertSpec(to, there.text, from, { dialects: [one] });
        expect(back.text, `${showVersion(one.client)} ${there.text}`).toBeDefined();
        const before = lowerSpec(parseFor(from, text, one), { dialect: one });
        const after = lowerSpec(parseFor(from, back.text!, one), { dialect: one });
        if (!before.ok || !after.ok) throw new Error('converted although it has no meaning');
        expect(sameMount(before.mount, after.mount)).toBe(true);
        compared++;
      }),
      withSeed(1_500),
    );
    expect(compared).toBeGreaterThan(20);
  });

  test('what is written for every docker is read in the same way by every docker', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PAIRS), fc.nat(), ([from, to], seed) => {
        const text = fc.sample(ARBITRARY[from], { seed, numRuns: 1 })[0]!;
        const result = convertSpec(from, text, to, { dialects: portableDialects() });
        if (result.text === undefined) return;
        const took = dialects.filter((one) => lowerSpec(parseFor(from, text, one), { dialect: one }).ok);
        const read = dialects.map((one) => lowerSpec(parseFor(to, result.text!, one), { dialect: one }));
        // A relative source is refused by the dockers that expand none, in either form; a command's is made absolute first.
        const isRelative = /^\.|(?:src|source)=\./.test(text) || /"(?:src|source)=\./.test(text);
        for (const [index, one] of dialects.entries())
          expect(read[index]!.ok || (isRelative && !took.includes(one))).toBe(true);
        const mounts = read.flatMap((one) => (one.ok ? [one.mount] : []));
        expect(mounts.length).toBeGreaterThan(0);
        expect(mounts.every((mount) => sameMount(mount, mounts[0]!))).toBe(true);
      }),
      withSeed(500),
    );
  });
});
