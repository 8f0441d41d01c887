/** A half-open range of UTF-16 offsets: `start` is in it, `end` is not; `0 <= start <= end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Makes a range. */
export function range(start: number, end: number): Range {
  return { start, end };
}

/** Whether the two ranges share at least one character; an empty range shares one with what it lies strictly inside of. */
export function overlaps(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Whether `inner` lies in `outer`, ends included. */
export function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether a range lies in one of `all`, found without looking at each of them. */
export function containedIn(all: readonly Range[]): (inner: Range) => boolean {
  const { sorted, reach } = byStart(all);
  return ({ start, end }) => (reach[countUpTo(sorted, start) - 1] ?? -1) >= end;
}

/** Ranges in order of their start, and for each the furthest end of it and those before it. */
export function byStart(all: readonly Range[]): {
  readonly sorted: readonly Range[];
  readonly reach: readonly number[];
} {
  const sorted = [...all].sort((a, b) => a.start - b.start);
  let furthest = -1;
  const reach = sorted.map(({ end }) => (furthest = Math.max(furthest, end)));
  return { sorted, reach };
}

/** How many of the ranges, which are in order, start at that offset or before. */
export function countUpTo(sorted: readonly Range[], offset: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
