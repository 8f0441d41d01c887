import { describe, expect, test } from 'vitest';
import { keepWhatHolds } from '../../src/text/keep-what-holds.js';

const numbers = Array.from({ length: 4000 }, (_, i) => i);

/** Keeps the numbers of which `isOdd` says nothing; what is wrong is known where it says so. */
async function keep(isOdd: (one: number) => boolean, isKnown: boolean) {
  let tests = 0;
  const kept = await keepWhatHolds(numbers, 100, async (some) => {
    tests++;
    const wrong = [...some].filter(isOdd);
    return wrong.length === 0 ? { holds: true } : { holds: false, wrong: isKnown ? wrong : [] };
  });
  return { kept: [...kept].sort((a, b) => a - b), tests };
}

describe('of many changes those that hold are kept', () => {
  test.each([
    ['all', () => false, 1],
    ['one that does not, where it shows itself', (one: number) => one === 1234, 5],
    ['several of those', (one: number) => [5, 900, 901, 3999].includes(one), 12],
    ['none that holds', () => true, 5],
  ])('%s', async (_name, isOdd, most) => {
    const { kept, tests } = await keep(isOdd, true);
    expect(kept).toEqual(numbers.filter((one) => !isOdd(one)));
    expect(tests).toBeLessThanOrEqual(most);
  });

  test('one that does not, where nobody knows which', async () => {
    const { kept, tests } = await keep((one) => one === 1234, false);
    expect(kept).toEqual(numbers.filter((one) => one !== 1234));
    expect(tests).toBeLessThan(30);
  });

  test('two that only do not hold together', async () => {
    const kept = await keepWhatHolds([1, 2, 3, 4], 100, async (some) =>
      some.has(2) && some.has(3) ? { holds: false, wrong: [2, 3] } : { holds: true },
    );
    expect([...kept].sort()).toEqual([1, 2, 4]);
  });
});
