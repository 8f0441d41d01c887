import fc from 'fast-check';
import { expect, test } from 'vitest';
import { overlaps, type Range } from '../../src/text/range.js';
import { makeRangeSet } from '../../src/text/range-set.js';
import { withSeed } from '../support/seed.js';

const range = fc
  .tuple(fc.nat(20), fc.nat(4))
  .map(([start, length]): Range => ({ start, end: start + length }));

test('a set of ranges answers what a look at each of them does', () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 8 }), range, (all, asked) => {
      const set = makeRangeSet(all);
      expect(set.overlaps(asked)).toBe(all.some((one) => overlaps(one, asked)));
      expect(set.touches(asked)).toBe(
        all.some((one) => overlaps(one, asked) || (one.start >= asked.start && one.end <= asked.end)),
      );
    }),
    withSeed(3000),
  );
});
