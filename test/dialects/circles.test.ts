// What leads back to itself is found in one walk, whatever leads to what.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { circlesOf } from '../../src/dialects/compose/circles.js';
import { SEED, withSeed } from '../support/seed.js';

const leadsTo = (steps: readonly (readonly string[])[], from: string, to: string): boolean => {
  const seen = new Set<string>();
  const ahead = [from];
  for (let one = ahead.pop(); one !== undefined; one = ahead.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    ahead.push(...steps[Number(one)]!);
  }
  return seen.has(to);
};

describe('circlesOf', () => {
  it(`two are in one circle when each leads to the other (seed ${SEED})`, () => {
    const name = fc.nat({ max: 7 }).map(String);
    fc.assert(
      fc.property(fc.array(fc.array(name, { maxLength: 3 }), { minLength: 8, maxLength: 8 }), (steps) => {
        const names = steps.map((_, index) => String(index));
        const circles = circlesOf(names, (one) => steps[Number(one)]!);
        for (const a of names)
          for (const b of names)
            expect(circles.get(a) === circles.get(b)).toBe(leadsTo(steps, a, b) && leadsTo(steps, b, a));
      }),
      withSeed(300),
    );
  });

  it('asks each once, also in a chain that is deeper than a stack', () => {
    let asked = 0;
    const count = 50_000;
    const names = Array.from({ length: count }, (_, index) => String(index));
    const circles = circlesOf(names, (one) => {
      asked++;
      return [String((Number(one) + 1) % count)];
    });
    expect(asked).toBe(count);
    expect(new Set(circles.values()).size).toBe(1);
  });
});
