import { append } from '../text/append.js';
import type { Diagnostic } from '../text/diagnostic.js';
import { groupBy } from '../text/group-by.js';
import type { Kept } from '../text/kept.js';
import type { Range } from '../text/range.js';
import { keptNew, keptOld } from './fix-attempt.js';
import { editsIn } from './without-overlaps.js';

/** Which of some fixes belong together: those that edit the same command or mount. */
export interface Places {
  /** The number of the place that a fix is in. */
  readonly placeOf: ReadonlyMap<Diagnostic, number>;
  /** In order, without overlaps. */
  readonly ranges: readonly Range[];
  /** The number of the place that each range is a part of. */
  readonly numbers: readonly number[];
}

/** The places of some fixes; `wholes` are ranges that belong together. */
export function placesOf(fixes: readonly Diagnostic[], wholes: readonly Range[]): Places {
  const all = editsIn(fixes);
  const edited = all.flatMap((edits) => edits.map(({ range }) => range));
  const ranges: Range[] = [];
  for (const range of [...wholes, ...edited].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = ranges.at(-1);
    if (last === undefined || range.start > last.end) ranges.push(range);
    else if (range.end > last.end) ranges[ranges.length - 1] = { start: last.start, end: range.end };
  }
  // A fix with edits in several of them ties those together.
  const numbers = ranges.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (numbers[at] !== at) at = numbers[at] = numbers[numbers[at]!]!;
    return at;
  };
  const indexOf = ({ start }: Range): number => {
    let low = 0;
    let high = ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ranges[middle]!.start <= start) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  for (const edits of all) {
    const first = root(indexOf(edits[0]!.range));
    for (const { range } of edits) numbers[root(indexOf(range))] = first;
  }
  const placeOf = new Map(fixes.map((one) => [one, root(indexOf(one.fix!.edits[0]!.range))]));
  return { placeOf, ranges, numbers: numbers.map((_, index) => root(index)) };
}

/** Those of the fixes that are in a place where something shows; `signs` are in the text that is made, of which `kept` was there. */
export function suspectsAt(
  fixes: readonly Diagnostic[],
  { placeOf, ranges, numbers }: Places,
  kept: Kept,
  signs: readonly Range[],
): Diagnostic[] {
  const sorted = signs.map((range) => keptNew(kept, range)).sort((a, b) => a.start - b.start);
  const suspect = new Set<number>();
  let first = 0;
  for (const [index, range] of ranges.entries()) {
    const { start, end } = keptOld(kept, range);
    while (first < sorted.length && sorted[first]!.end < start) first++;
    for (let i = first; i < sorted.length && sorted[i]!.start <= end; i++) {
      if (sorted[i]!.end < start) continue;
      suspect.add(numbers[index]!);
      break;
    }
  }
  return fixes.filter((one) => suspect.has(placeOf.get(one)!));
}

/** Halves a group of fixes: in each place by itself where some place has several, so that all places are searched at once. */
export function halve(fixes: readonly Diagnostic[], { placeOf }: Places): [Diagnostic[], Diagnostic[]] {
  const lists = [...groupBy(fixes, (one) => placeOf.get(one)).values()];
  const parts = lists.some(({ length }) => length > 1) ? lists : [[...fixes]];
  const halves: [Diagnostic[], Diagnostic[]] = [[], []];
  for (const part of parts) {
    const middle = Math.ceil(part.length / 2);
    append(halves[0], part.slice(0, middle));
    append(halves[1], part.slice(middle));
  }
  return halves;
}
