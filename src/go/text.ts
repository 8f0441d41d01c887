// What Go's strings, unicode and strconv packages do with text, where JavaScript's own functions differ.

import { mapOf } from '../text/map-of.js';
import type { Range } from '../text/range.js';
import { type GoUnicode, isNewerThan } from './unicode.js';

const GO_SPACE = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/;

/** unicode.IsSpace: like JavaScript's `\s` with U+0085 and without U+FEFF. */
export function isGoSpace(character: string): boolean {
  const code = character.charCodeAt(0);
  if (code < 0x80 && character.length === 1) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return GO_SPACE.test(character);
}

/** The range that strings.TrimSpace keeps; empty, at the end, for a text of nothing but white space. */
export function trimGoSpace(text: string): Range {
  let start = 0;
  let end = text.length;
  while (start < end && isGoSpace(text[start]!)) start++;
  while (end > start && isGoSpace(text[end - 1]!)) end--;
  return { start, end };
}

/** strings.TrimSpace. */
export function trimmedGo(text: string): string {
  const { start, end } = trimGoSpace(text);
  return text.slice(start, end);
}

const SHORT_ESCAPES = mapOf<string>({
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
});
const PLAIN = /^[ !#-[\]-~]*$/;
// strconv.IsPrint: letters, marks, numbers, punctuation, symbols and the ASCII space.
const isPrintable = (character: string): boolean => /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character);

/** strconv.Quote, as in `%q`: printable text stays, everything else is escaped. */
export function quoteGo(text: string, unicode: GoUnicode = 15): string {
  if (PLAIN.test(text)) return `"${text}"`;
  let out = '"';
  for (const character of text) {
    const isShown = isPrintable(character) && !isNewerThan(character, unicode);
    out += SHORT_ESCAPES.get(character) ?? (isShown ? character : escapeGo(character));
  }
  return `${out}"`;
}

function escapeGo(character: string): string {
  const code = character.codePointAt(0)!;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd'; // half a pair cannot reach docker but as U+FFFD
  return code < 0x10000
    ? `\\u${code.toString(16).padStart(4, '0')}`
    : `\\U${code.toString(16).padStart(8, '0')}`;
}

/** The length of the text in UTF-8 bytes, as Go's `len` and its column numbers count. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800) bytes += 2;
    else if (code >= 0xd800 && code <= 0xdbff && i + 1 < text.length) {
      bytes += 4;
      i++;
    } else bytes += 3;
  }
  return bytes;
}

const TRUE = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const FALSE = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

/** strconv.ParseBool; undefined for what it refuses. */
export function parseGoBool(text: string): boolean | undefined {
  return TRUE.has(text) ? true : FALSE.has(text) ? false : undefined;
}

/** strings.ToLower: character by character, unlike JavaScript's, which looks at neighbours and may make two of one. */
export function lowerGo(text: string, unicode: GoUnicode = 15): string {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  const lower = (character: string): string =>
    character === '\u0130' ? 'i' : isNewerThan(character, unicode) ? character : character.toLowerCase();
  return [...text].map(lower).join('');
}
