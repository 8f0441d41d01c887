import type { TextEdit } from './edit.js';

/** A stretch of a text that edits leave as it is: where it stands before and after them, and after how much else that is kept. */
interface Run {
  readonly before: number;
  readonly after: number;
  readonly length: number;
  readonly at: number;
}

/**
 * What edits keep of a text, in order. A place of the text before them and one of the text after them are the same when as much
 * of what is kept stands before both.
 */
export type Kept = readonly Run[];

/** What the edits, which do not overlap, keep of a text of that length. */
export function keptBy(length: number, edits: readonly TextEdit[]): Kept {
  const sorted = [...edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  const runs: Run[] = [];
  let before = 0;
  let after = 0;
  let at = 0;
  let last: TextEdit | undefined;
  const keepUpTo = (end: number) => {
    if (end <= before) return;
    runs.push({ before, after, length: end - before, at });
    at += end - before;
    after += end - before;
    before = end;
  };
  for (const edit of sorted) {
    const { start, end } = edit.range;
    // As `applyEdits` does: identical ones count once.
    const isSame = last?.range.start === start && last.range.end === end && last.text === edit.text;
    if (isSame) continue;
    keepUpTo(start);
    before = end;
    after += edit.text.length;
    last = edit;
  }
  keepUpTo(length);
  return runs;
}

/** What two sets of edits, one after the other, keep together. */
export function keptByBoth(first: Kept, second: Kept): Kept {
  const runs: Run[] = [];
  let at = 0;
  let i = 0;
  for (const one of first) {
    const end = one.after + one.length;
    // The last that ended before this one began may reach into it.
    while (i > 0 && second[i - 1]!.before + second[i - 1]!.length > one.after) i--;
    for (; i < second.length && second[i]!.before < end; i++) {
      const other = second[i]!;
      const from = Math.max(one.after, other.before);
      const length = Math.min(end, other.before + other.length) - from;
      if (length <= 0) continue;
      runs.push({
        before: one.before + (from - one.after),
        after: other.after + (from - other.before),
        length,
        at,
      });
      at += length;
    }
  }
  return runs;
}

/** How much of what is kept stands before an offset of the text before the edits. */
export function keptInFrontOfOld(kept: Kept, offset: number): number {
  return inFrontOf(kept, offset, 'before');
}

/** How much of what is kept stands before an offset of the text after the edits. */
export function keptInFrontOfNew(kept: Kept, offset: number): number {
  return inFrontOf(kept, offset, 'after');
}

function inFrontOf(kept: Kept, offset: number, side: 'before' | 'after'): number {
  let low = 0;
  let high = kept.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (kept[middle]![side] <= offset) low = middle + 1;
    else high = middle;
  }
  const run = kept[low - 1];
  return run === undefined ? 0 : run.at + Math.min(run.length, offset - run[side]);
}
