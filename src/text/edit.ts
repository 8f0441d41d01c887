import type { Range } from './range.js';

/** Replaces the range of the source with `text`; an empty range inserts. */
export interface TextEdit {
  readonly range: Range;
  readonly text: string;
}

/**
 * Applies edits to a text. Edits may come in any order and must not overlap; identical ones count once.
 * Answers undefined when two of them overlap, so that a half-right text is never made.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string | undefined {
  const sorted = [...edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  let out = '';
  let at = 0;
  let last: TextEdit | undefined;
  for (const edit of sorted) {
    const same =
      last !== undefined &&
      last.range.start === edit.range.start &&
      last.range.end === edit.range.end &&
      last.text === edit.text;
    if (same) continue;
    if (edit.range.start < at || (last !== undefined && edit.range.start === last.range.start))
      return undefined;
    out += text.slice(at, edit.range.start) + edit.text;
    at = edit.range.end;
    last = edit;
  }
  return out + text.slice(at);
}
