import type { Diagnostic } from '../text/diagnostic.js';
import { changedLines } from '../text/line-changes.js';
import { LineIndex } from '../text/line-index.js';
import type { Range } from '../text/range.js';
import { makeRangeSet } from '../text/range-set.js';

/** The findings of a text that stand on lines which an older text of it does not have, or which belong to such a line. */
export function onChangedLines(
  old: string | undefined,
  text: string,
  diagnostics: readonly Diagnostic[],
): Diagnostic[] {
  if (old === undefined || diagnostics.length === 0) return [...diagnostics];
  const lines = new LineIndex(text);
  const changes = changedLines(linesOf(old), linesOf(text));
  const changed = makeRangeSet(changes.map(({ fromNew, toNew }) => ({ start: fromNew, end: toNew })));
  const isChanged = ({ start, end }: Range) => {
    const first = lines.position(start).line - 1;
    const last = lines.position(Math.max(start, end - 1)).line;
    // Where lines were taken out, only what stood around them has changed.
    return changed.overlaps({ start: first, end: last });
  };
  return diagnostics.filter(
    ({ range, related = [] }) => isChanged(range) || related.some((one) => isChanged(one.range)),
  );
}

/** Without their ends, in which a checkout and what git keeps may differ. */
function linesOf(text: string): string[] {
  return text.replace(/^\ufeff/, '').split(/\r?\n/);
}
