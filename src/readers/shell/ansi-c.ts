import { wellFormed } from '../../text/hole-mark.js';
import { mapOf } from '../../text/map-of.js';
import type { MapBuilder } from '../../text/offset-map.js';

const SIMPLE = mapOf<string>({
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
});

const ESCAPE = /\\(?:x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[0-7]{1,3}|c[\s\S]|[\s\S])/y;

/** Appends the content of `$'…'` (quotes left out) that stands at `offset`. Bytes above 127 in `\x` and octal are not text: answers false. */
export function decodeAnsiC(content: string, offset: number, out: MapBuilder): boolean {
  let exact = true;
  for (let at = 0; at < content.length; ) {
    const slash = content.indexOf('\\', at);
    const end = slash < 0 ? content.length : slash;
    out.copy(content.slice(at, end), offset + at);
    if (slash < 0) break;
    ESCAPE.lastIndex = slash;
    const found = ESCAPE.exec(content)?.[0] ?? '\\';
    const decoded = decodeEscape(found);
    if (decoded === undefined) exact = false;
    out.atom(decoded ?? found, offset + slash, found.length);
    at = slash + found.length;
  }
  return exact;
}

function decodeEscape(written: string): string | undefined {
  const letter = written[1];
  if (letter === undefined) return written;
  const simple = SIMPLE.get(letter);
  if (simple !== undefined && written.length === 2) return simple;
  if (letter === 'c' && written.length === 3) return String.fromCharCode(written.charCodeAt(2) & 0x1f);
  const octal = /^[0-7]/.test(letter);
  if (!octal && (written.length < 3 || !'xuU'.includes(letter))) return written;
  const code = Number.parseInt(written.slice(octal ? 1 : 2), octal ? 8 : 16);
  const bytes = octal || letter === 'x';
  if (code === 0 || code > 0x10ffff || (bytes && code > 127)) return undefined;
  return wellFormed(String.fromCodePoint(code));
}
