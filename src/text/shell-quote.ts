import { MapBuilder, type OffsetMap } from './offset-map.js';

const SAFE = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** The word as a POSIX shell must see it to pass exactly that; words that need no quotes get none. */
export function quoteShell(word: string): string {
  if (SAFE.test(word)) return word;
  if (word === '') return "''";
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Like {@link quoteShell}, with the map from the word to the quoted text, which starts at `offset` of its source. */
export function quoteShellMapped(word: string, offset: number): { text: string; map: OffsetMap } {
  const text = quoteShell(word);
  const out = new MapBuilder(offset);
  if (text === word) return { text, map: out.copy(word, offset).build().map };
  let at = offset + 1;
  for (const [index, piece] of word.split("'").entries()) {
    if (index > 0) {
      out.atom("'", at, 4);
      at += 4;
    }
    out.copy(piece, at);
    at += piece.length;
  }
  return { text, map: out.build().map };
}
