import { TextDecoder } from '../../source/decode.js';
import type { Decoded, HostedText } from '../../source/hosted-text.js';
import { readUnicodeEscape } from '../../source/unicode-escape.js';
import { wellFormed } from '../../text/hole-mark.js';
import { mapOf } from '../../text/map-of.js';
import type { Range } from '../../text/range.js';

/** How a scalar in a line is written. */
export type FlowStyle = 'plain' | 'single' | 'double';

const ESCAPES = mapOf<string>({
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  '\t': '\t',
});
const HEX_DIGITS = mapOf<number>({ x: 2, U: 8 });

/** Decodes a plain or quoted scalar at `raw`, its quotes included. Undefined for an escape that YAML does not know. */
export function decodeFlow(host: HostedText, raw: Range, style: FlowStyle): Decoded | undefined {
  // A search that finds nothing goes to the end: it must be that of the scalar.
  const text = host.value.slice(0, raw.end);
  const quote = style === 'plain' ? '' : style === 'single' ? "'" : '"';
  const closed = raw.end - raw.start >= 2 * quote.length && text.slice(raw.start, raw.end).endsWith(quote);
  const start = raw.start + quote.length;
  const end = closed ? raw.end - quote.length : raw.end;
  const out = new TextDecoder(host, start);
  let from = start;
  /** The line ends that wait for text after them. */
  let breaks: number[] = [];
  let joined = false;
  while (true) {
    const lineEnd = text.indexOf('\n', from);
    const isLast = lineEnd < 0 || lineEnd >= end;
    let to = isLast ? end : lineEnd;
    const isFirst = from === start;
    while (!isFirst && from < to && isBlank(text[from])) from++;
    const joins = !isLast && style === 'double' && endsWithBackslash(text, from, to);
    if (joins) to--;
    else if (!isLast)
      while (to > from && isBlank(text[to - 1]) && !isEscaped(text, from, to - 1, style)) to--;
    if (from < to || isLast || joins) {
      if (joined) for (const at of breaks.slice(1)) out.copy(at, at + 1);
      else if (breaks.length === 1) out.atom(' ', breaks[0]!, breaks[0]! + 1);
      else for (const at of breaks.slice(1)) out.copy(at, at + 1);
      breaks = [];
      joined = joins;
      if (!decodeLine(text, from, to, style, out)) return undefined;
    }
    if (isLast) break;
    breaks.push(lineEnd);
    from = lineEnd + 1;
  }
  return out.build();
}

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t';
}

function isEscaped(text: string, from: number, at: number, style: FlowStyle): boolean {
  return style === 'double' && endsWithBackslash(text, from, at);
}

function endsWithBackslash(text: string, from: number, to: number): boolean {
  let count = 0;
  while (to - 1 - count >= from && text[to - 1 - count] === '\\') count++;
  return count % 2 === 1;
}

function decodeLine(text: string, from: number, to: number, style: FlowStyle, out: TextDecoder): boolean {
  const mark = style === 'single' ? "''" : '\\';
  let at = from;
  if (style !== 'plain') {
    for (let i = text.indexOf(mark, from); i >= 0 && i < to; i = text.indexOf(mark, at)) {
      out.copy(at, i);
      const special = style === 'single' ? { text: "'", length: 2 } : readEscape(text, i);
      if (special === undefined) return false;
      at = i + special.length;
      out.atom(special.text, i, at);
    }
  }
  out.copy(at, Math.max(at, to));
  return true;
}

function readEscape(text: string, at: number): { text: string; length: number } | undefined {
  const letter = text[at + 1] ?? '';
  if (letter === 'u') return readUnicodeEscape(text, at);
  const digits = HEX_DIGITS.get(letter);
  if (digits === undefined) {
    const known = ESCAPES.get(letter);
    return known === undefined ? undefined : { text: known, length: 2 };
  }
  const hex = text.slice(at + 2, at + 2 + digits);
  const code = /^[0-9a-fA-F]+$/.test(hex) && hex.length === digits ? Number.parseInt(hex, 16) : Number.NaN;
  if (!(code <= 0x10ffff)) return undefined;
  return { text: wellFormed(String.fromCodePoint(code)), length: 2 + digits };
}
