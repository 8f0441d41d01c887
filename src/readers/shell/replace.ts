import type { FoundWord } from '../../source/frontend.js';
import { type NewText, NewTextBuilder } from '../../source/new-text.js';
import type { TextEdit } from '../../text/edit.js';
import { quoteWord } from './encode.js';

/** Writes a whole word for the text that `words` stand in. */
export type QuoteWord = (word: NewText, level: number) => NewText | undefined;

/**
 * The edit that puts `fresh` in place of `words[from…to)`. What stands between them (line ends, continuations) is kept
 * where the numbers of words agree. Undefined when they do not stand side by side, or a comment between them would go.
 */
export function replaceWords(
  words: readonly FoundWord[],
  from: number,
  to: number,
  fresh: readonly NewText[],
  quote: QuoteWord = quoteWord,
): TextEdit | undefined {
  const old = words.slice(from, to);
  const first = old[0];
  const last = old.at(-1);
  if (first === undefined || last === undefined || fresh.length === 0) return undefined;
  if (old.some((word) => word.list !== first.list || word.host !== first.host)) return undefined;
  const inString = first.within;
  if (inString !== undefined) {
    if (fresh.some((word) => /\s/.test(word.value) || word.value === '')) return undefined;
    const joined = joinTexts(fresh, old, () => ' ');
    const end = last.within?.range.end ?? inString.range.end;
    return inString.word.edit({ start: inString.range.start, end }, joined);
  }
  const gaps = old.slice(1).map((word, i) => first.host.value.slice(old[i]!.raw.end, word.raw.start));
  if (!gaps.every((gap) => /^(?:\s|\\\n|`\n|\^\n)+$/.test(gap))) return undefined;
  const level = first.host.level + 1;
  const written: NewText[] = [];
  for (const word of fresh) {
    const quoted = quote(word, level);
    if (quoted === undefined) return undefined;
    written.push(quoted);
  }
  const same = fresh.length === old.length;
  const text = joinTexts(written, old, (index) => (same ? (gaps[index] ?? ' ') : ' '));
  return first.host.edit({ start: first.raw.start, end: last.raw.end }, text);
}

function joinTexts(
  words: readonly NewText[],
  old: readonly FoundWord[],
  gap: (index: number) => string,
): NewText {
  const out = new NewTextBuilder();
  for (const [index, word] of words.entries()) {
    if (index > 0) out.add(index <= old.length ? gap(index - 1) : ' ');
    out.addText(word);
  }
  return out.build();
}
