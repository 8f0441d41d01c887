import { MapBuilder, type OffsetMap } from './offset-map.js';
import type { SpecText } from './spec-text.js';

const SAFE = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** The word as a POSIX shell must see it to pass exactly that; words that need no quotes get none. */
export function quoteShell(word: string): string {
  if (SAFE.test(word)) return word;
  if (word === '') return "''";
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** The words of a command line whose words {@link quoteShell} has written; the inverse of joining them with blanks. */
export function splitQuoted(line: string): string[] {
  return [...line.matchAll(/(?:[^ '\\]|\\.|'[^']*')+/gs)].map(([word]) =>
    word.replace(/'([^']*)'|\\(.)/gs, (_all, quoted?: string, escaped?: string) => quoted ?? escaped ?? ''),
  );
}

/** Like {@link quoteShell} for a text with holes, each written as it was and kept one word by double quotes. */
export function quoteShellWithHoles({ value, holes }: Pick<SpecText, 'value' | 'holes'>): string {
  if (holes.length === 0) return quoteShell(value);
  let out = '';
  let at = 0;
  for (const hole of holes) {
    out += escapeDouble(value.slice(at, hole.range.start)) + hole.text;
    at = hole.range.end;
  }
  return `"${out}${escapeDouble(value.slice(at))}"`;
}

const escapeDouble = (text: string): string => text.replace(/[\\"$`]/g, '\\$&');

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
