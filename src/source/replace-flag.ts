import type { TextEdit } from '../text/edit.js';
import type { Replacement } from '../text/editable-text.js';
import type { CommandView, Site } from './site.js';

/** Puts another flag in place of a site's: both words, the one word, or the end of a cluster. */
export function replaceFlag(
  { source }: CommandView,
  { use }: Site,
  flag: string,
  value: Replacement,
): TextEdit | undefined {
  // Word numbers of a use leave out docker's own word.
  const from = use.word + 1;
  const to = use.valueWord + 2;
  const plain = (text: string): Replacement => ({ value: text, holes: [] });
  const before = use.clustered ? [plain(source.words[from]!.value.slice(0, use.nameRange.start))] : [];
  return source.replaceWords?.(from, to, [...before, plain(flag), value]);
}
