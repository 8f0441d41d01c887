import { TextDecoder } from '../../source/decode.js';
import { deriveText, exactSource, type HostedText } from '../../source/hosted-text.js';
import { findTemplates, type Mask, maskText } from '../../source/mask.js';
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

/** What a program fills in, in the strings of its JSON. */
interface FilledIn {
  readonly pattern: RegExp;
  /** Of these, what is known to be a whole path. */
  readonly absolute: RegExp;
  /** Whether a person fills in the rest: `<path>`. */
  readonly placeholders?: boolean | undefined;
}

/** A string with what is filled in as holes. */
export function maskedString(host: HostedText, raw: Range, filledIn: FilledIn): HostedText {
  const text = jsonString(host, raw);
  const own = [...text.value.matchAll(filledIn.pattern)].map((match): Mask => {
    const range = { start: match.index, end: match.index + match[0].length };
    return { range, kind: 'variable', ...(filledIn.absolute.test(match[0]) && { absolute: true }) };
  });
  const others = filledIn.placeholders ? findTemplates(text.value, 'values') : [];
  const masked = maskText(
    text,
    [...own, ...others].sort((a, b) => a.range.start - b.range.start),
  );
  return { ...masked, holes: masked.holes.map((hole) => ({ ...hole, quoted: true })) };
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
