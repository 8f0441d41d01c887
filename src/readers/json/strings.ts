import { TextDecoder } from '../../source/decode.js';
import { deriveText, exactSource, type HostedText } from '../../source/hosted-text.js';
import { encodeNewText, type NewText, NewTextBuilder } from '../../source/new-text.js';
import { readUnicodeEscape } from '../../source/unicode-escape.js';
import { mapOf } from '../../text/map-of.js';
import type { Range } from '../../text/range.js';

const ESCAPES = mapOf<string>({
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
});

/** A string of a JSON text; `raw` is its range with the quotes. */
export function jsonString(host: HostedText, raw: Range): HostedText {
  // A search that finds nothing goes to the end: it must be that of the string.
  const text = host.value.slice(0, raw.end);
  const closed = raw.end - raw.start > 1 && text[raw.end - 1] === '"';
  const end = closed ? raw.end - 1 : raw.end;
  const out = new TextDecoder(host, raw.start + 1);
  let at = raw.start + 1;
  for (let i = text.indexOf('\\', at); i >= 0 && i < end; i = text.indexOf('\\', at)) {
    out.copy(at, i, { quoted: true });
    const known = readUnicodeEscape(text, i) ?? { text: ESCAPES.get(text[i + 1] ?? ''), length: 2 };
    at = Math.min(end, i + known.length);
    out.atom(known.text ?? text.slice(i, at), i, at);
  }
  const decoded = out.copy(at, end, { quoted: true }).build();
  return deriveText(host, decoded, (part, fresh) => {
    const range = exactSource(decoded.map, part);
    const encoded = encodeNewText(fresh, host.level + 1, escapeJson);
    return range && encoded && { range, text: encoded };
  });
}

/** A string with its quotes, for a place in a JSON text. */
export function quoteJson(text: NewText, level: number): NewText | undefined {
  const encoded = encodeNewText(text, level, escapeJson);
  return encoded && new NewTextBuilder().add('"').addText(encoded).add('"').build();
}

function escapeJson(known: string): string {
  return JSON.stringify(known).slice(1, -1);
}

/** The strings of a text that is one JSON list of strings; undefined when it is anything else. */
export function jsonStrings(
  host: HostedText,
): { readonly text: HostedText; readonly range: Range }[] | undefined {
  const found: { readonly text: HostedText; readonly range: Range }[] = [];
  const token = /\s*(?:("(?:[^"\\\n]|\\.)*")|([[\],]))/y;
  let shape = '';
  while (token.lastIndex < host.value.length) {
    const from = token.lastIndex;
    const match = token.exec(host.value);
    if (match === null)
      return /^\s*$/.test(host.value.slice(from)) && /^\[(?:s(?:,s)*)?\]$/.test(shape) ? found : undefined;
    const end = token.lastIndex;
    if (match[1] === undefined) shape += match[2];
    else {
      shape += 's';
      const range = { start: end - match[1].length, end };
      found.push({ text: jsonString(host, range), range });
    }
  }
  return /^\[(?:s(?:,s)*)?\]$/.test(shape) ? found : undefined;
}
