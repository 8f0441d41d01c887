import type { FoundWord } from '../source/frontend.js';
import { type NewText, NewTextBuilder } from '../source/new-text.js';
import type { TextEdit } from '../text/edit.js';

/**
 * The edit that puts `fresh` in place of the items `words[from…to)` of a list such as JSON's. What stands between the
 * items is kept where the numbers agree; otherwise it must be plain commas.
 */
export function replaceItems(
  words: readonly FoundWord[],
  from: number,
  to: number,
  fresh: readonly NewText[],
  quote: (word: NewText, level: number) => NewText | undefined,
): TextEdit | undefined {
  const old = words.slice(from, to);
  const first = old[0];
  const last = old.at(-1);
  if (first === undefined || last === undefined || fresh.length === 0) return undefined;
  if (old.some((word) => word.list !== first.list || word.host !== first.host)) return undefined;
  const gaps = old.slice(1).map((word, i) => first.host.value.slice(old[i]!.raw.end, word.raw.start));
  const same = fresh.length === old.length;
  if (!same && !gaps.every((gap) => /^\s*,\s*$/.test(gap))) return undefined;
  const out = new NewTextBuilder();
  for (const [index, word] of fresh.entries()) {
    const quoted = quote(word, first.host.level + 1);
    if (quoted === undefined) return undefined;
    if (index > 0) out.add(same ? gaps[index - 1]! : (gaps[0] ?? ', '));
    out.addText(quoted);
  }
  return first.host.edit({ start: first.raw.start, end: last.raw.end }, out.build());
}
