import type { Diagnostic } from '../text/diagnostic.js';
import type { TextEdit } from '../text/edit.js';

/**
 * The first of those whose fixes overlap, in order of place, so that the order in which they come does not matter. Those that
 * make the same edits are all taken: they are applied once.
 */
export function withoutOverlaps(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const keys = new Map(editsIn(diagnostics).map((edits) => [edits, keyOf(edits)]));
  const sorted = diagnostics
    .map((one) => ({ one, key: keys.get(one.fix!.edits)! }))
    .sort(
      (a, b) => a.key.start - b.key.start || a.key.end - b.key.end || compareTexts(a.key.text, b.key.text),
    );
  const taken: TextEdit[] = [];
  const same = new Set<string>();
  return sorted
    .filter(({ one: { fix }, key }) => {
      if (same.has(key.text)) return true;
      if (fix!.edits.some((edit) => collidesWith(taken, edit))) return false;
      for (const edit of fix!.edits) taken.splice(indexBehind(taken, edit), 0, edit);
      same.add(key.text);
      return true;
    })
    .map(({ one }) => one);
}

/** The edits of each fix; those that several findings share, once. */
export const editsIn = (diagnostics: readonly Diagnostic[]): (readonly TextEdit[])[] => [
  ...new Set(diagnostics.map(({ fix }) => fix!.edits)),
];

function keyOf(edits: readonly TextEdit[]): { start: number; end: number; text: string } {
  return {
    start: edits.reduce((least, { range }) => Math.min(least, range.start), Number.POSITIVE_INFINITY),
    end: edits.reduce((most, { range }) => Math.max(most, range.end), 0),
    text: JSON.stringify(edits.map(({ range, text }) => [range.start, range.end, text])),
  };
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `taken` is in order of place and without overlaps: only the neighbours can be in the way. */
function collidesWith(taken: readonly TextEdit[], edit: TextEdit): boolean {
  const behind = indexBehind(taken, edit);
  for (let i = behind; i < taken.length && taken[i]!.range.start <= edit.range.end; i++)
    if (collide(taken[i]!, edit)) return true;
  for (let i = behind - 1; i >= 0 && taken[i]!.range.end >= edit.range.start; i--)
    if (collide(taken[i]!, edit)) return true;
  return false;
}

/** Where the first one stands that starts after the edit. */
function indexBehind(taken: readonly TextEdit[], { range }: TextEdit): number {
  let low = 0;
  let high = taken.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (taken[middle]!.range.start <= range.start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What one writes at the border of the other would depend on their order, unless both only take the place of something. */
function collide({ range: a }: TextEdit, { range: b }: TextEdit): boolean {
  const isInsertion = a.start === a.end || b.start === b.end;
  return isInsertion ? a.start <= b.end && b.start <= a.end : a.start < b.end && b.start < a.end;
}
