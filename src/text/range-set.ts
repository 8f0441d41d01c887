import type { Range } from './range.js';

/** Ranges that are asked many questions; each takes a few steps, however many they are. */
export interface RangeSet {
  /** Whether one of them shares a character with the range; an empty range shares one with what it lies strictly inside of. */
  overlaps(range: Range): boolean;
  /** Whether one of them shares a character with the range, or is empty and lies in it, ends included. */
  touches(range: Range): boolean;
}

/** Makes a set of ranges, in any order. */
export function makeRangeSet(ranges: readonly Range[]): RangeSet {
  const sorted = [...ranges].sort((a, b) => a.start - b.start);
  const starts = sorted.map(({ start }) => start);
  const empty = sorted.flatMap(({ start, end }) => (start === end ? start : []));
  // How far those reach that start no later than each.
  const reach: number[] = [];
  for (const { end } of sorted) reach.push(Math.max(end, reach.at(-1) ?? end));
  const overlaps = ({ start, end }: Range) => (reach[countBelow(starts, end) - 1] ?? start) > start;
  return {
    overlaps,
    touches: (range) => {
      const first = empty[countBelow(empty, range.start)];
      return overlaps(range) || (first !== undefined && first <= range.end);
    },
  };
}

/** How many of the numbers, which rise, are below a limit. */
function countBelow(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
