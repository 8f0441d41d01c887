import type { Fix } from '../diagnostic/diagnostic.js';
import type { TextEdit } from '../text/edit.js';
import { toSource } from '../text/offset-map.js';
import type { Range } from '../text/range.js';
import type { SpecText } from '../text/spec-text.js';
import type { Site } from './site.js';

/** Where a range of a text's value stands in the source; the whole text when no range is given. */
export function at(text: SpecText, range: Range = { start: 0, end: text.value.length }): Range {
  return toSource(text.map, range);
}

/** A fix that replaces ranges of the site's value; undefined when one of them cannot be written right. */
export function replaceIn(
  site: Site,
  changes: readonly { readonly range: Range; readonly text: string }[],
  title: string,
  safety: Fix['safety'] = 'safe',
): Fix | undefined {
  const edits: TextEdit[] = [];
  for (const { range, text } of changes) {
    const edit = site.text.edit(range, { value: text, holes: [] });
    if (edit === undefined) return undefined;
    edits.push(edit);
  }
  return { title, safety, edits };
}
