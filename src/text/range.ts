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
