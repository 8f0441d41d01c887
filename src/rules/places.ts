import type { PlacedVerdict } from '../dialects/program.js';
import type { Fix } from '../text/diagnostic.js';
import type { TextEdit } from '../text/edit.js';
import type { EditableText } from '../text/editable-text.js';
import { toSource } from '../text/offset-map.js';
import { overlaps, type Range } from '../text/range.js';
import { hasHole, type SpecText } from '../text/spec-text.js';
import type { Finding } from './rule.js';

/** Where a range of a text's value stands in the source; the whole text when no range is given. */
export function at(text: SpecText, range: Range = { start: 0, end: text.value.length }): Range {
  return toSource(text.map, range);
}

/** A fix that replaces ranges of a text's value; undefined when one of them cannot be written right. */
export function fixIn(
  host: EditableText,
  changes: readonly Change[],
  title: string,
  safety: Fix['safety'] = 'safe',
): Fix | undefined {
  const edits = editsOf(host, changes) ?? oneEdit(host, changes);
  return edits === undefined || edits.length === 0 ? undefined : { title, safety, edits };
}

interface Change {
  readonly range: Range;
  readonly text: string;
}

function editsOf(text: EditableText, changes: readonly Change[]): TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const change of changes) {
    const edit = text.edit(change.range, { value: change.text, holes: [] });
    const before = edits.at(-1);
    // Each of a host that writes the whole word anew would hold all of it.
    if (edit === undefined || (before !== undefined && overlaps(before.range, edit.range))) return undefined;
    edits.push(edit);
  }
  const sorted = edits.map(({ range }) => range).sort((a, b) => a.start - b.start);
  return sorted.some((range, index) => index > 0 && overlaps(sorted[index - 1]!, range)) ? undefined : edits;
}

// A host that can only write a word anew has one edit for all changes.
function oneEdit(text: EditableText, changes: readonly Change[]): TextEdit[] | undefined {
  const sorted = [...changes].sort((a, b) => a.range.start - b.range.start);
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const span = { start: first.range.start, end: last.range.end };
  if (hasHole(text, span)) return undefined;
  let value = '';
  let at = span.start;
  for (const change of sorted) {
    value += text.value.slice(at, change.range.start) + change.text;
    at = change.range.end;
  }
  const edit = text.edit(span, { value, holes: [] });
  return edit && [edit];
}

/** The finding of a verdict. */
export function findingOf({ place, change, ...words }: PlacedVerdict): Finding {
  return { ...words, range: place, fix: change && fixIn(change.host, [change], change.title) };
}
