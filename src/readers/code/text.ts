import { TextDecoder } from '../../source/decode.js';
import { deriveText, exactSource, type HostedText } from '../../source/hosted-text.js';
import { findTemplates, type Mask, maskText } from '../../source/mask.js';
import { encodeNewText, type NewText, NewTextBuilder } from '../../source/new-text.js';
import { readUnicodeEscape } from '../../source/unicode-escape.js';
import { mapOf } from '../../text/map-of.js';
import type { Range } from '../../text/range.js';
import type { Language, StringRow } from './languages.js';
import type { Token } from './tokens.js';

const SIMPLE = mapOf<string>({ n: '\n', t: '\t', r: '\r', '0': '\0', '\n': '' });

/** `{}`, `{name}`, `%s` and their like: something may fill them in later. */
const FORMAT = /(?<![${])\{[\w.:!]{0,60}\}(?!\})|%(?:\(\w{1,60}\))?[sdvrq]\b/g;

/** What the operands of one value come to: strings as they are, anything else as a hole. */
export function codeText(
  host: HostedText,
  operands: readonly (Token | Range)[],
  isOneWord: boolean,
): HostedText {
  const text = joinOperands(host, operands, isOneWord);
  const formats = Array.from(text.value.matchAll(FORMAT), ({ index, 0: { length } }): Mask => {
    return { range: { start: index, end: index + length }, kind: 'template' };
  });
  const masks = findTemplates(text.value, 'values').concat(formats);
  return maskText(
    text,
    masks.sort((a, b) => a.range.start - b.range.start),
  );
}

function joinOperands(
  host: HostedText,
  operands: readonly (Token | Range)[],
  isOneWord: boolean,
): HostedText {
  const out = new TextDecoder(host, operands[0]?.start ?? 0);
  for (const one of operands) {
    if (isString(one)) decodeString(host, one, out, isOneWord);
    else out.hole({ start: one.start, end: one.end }, { kind: 'variable', quoted: isOneWord });
  }
  const decoded = out.build();
  // An expression outside of strings cannot be written into one.
  const holes = decoded.holes.map((hole) =>
    /^(?:[$#]|\{)/.test(hole.text) && operands.length === 1 && isString(operands[0]!)
      ? hole
      : { ...hole, level: -1 },
  );
  const strings = operands.filter(isString);
  return deriveText(host, { ...decoded, holes }, (part, fresh) => {
    const range = exactSource(decoded.map, part);
    if (range === undefined) return undefined;
    const token = strings.find(({ body }) => body.start <= range.start && range.end <= body.end);
    const text = token && encodeNewText(fresh, host.level + 1, (known) => escapeFor(token.row, known));
    return text && { range, text };
  });
}

type StringToken = Token & Required<Pick<Token, 'row' | 'body' | 'holes'>>;

/** Whether a piece of a value is a string. */
export function isString(one: Token | Range): one is StringToken {
  return 'row' in one && one.row !== undefined;
}

function decodeString(
  host: HostedText,
  { row, body, holes }: StringToken,
  out: TextDecoder,
  isOneWord: boolean,
): void {
  const text = host.value;
  let hole = 0;
  let from = body.start;
  const copyTo = (end: number) => out.copy(from, end, isOneWord ? { quoted: true } : {});
  for (let i = body.start; i < body.end; ) {
    const next = holes[hole];
    if (next !== undefined && i === next.start) {
      copyTo(i);
      out.hole(next, { kind: 'variable', quoted: isOneWord });
      hole++;
      i = from = next.end;
      continue;
    }
    const found = escapeAt(text, i, row);
    if (found === undefined) {
      i++;
      continue;
    }
    copyTo(i);
    const to = Math.min(body.end, i + found.length);
    out.atom(found.text, i, to);
    i = from = to;
  }
  copyTo(body.end);
  out.endAt(body.end);
}

/** The characters that an escape stands for, and how long it is. */
function escapeAt(text: string, at: number, row: StringRow): { text: string; length: number } | undefined {
  const char = text[at]!;
  const next = text[at + 1] ?? '';
  if (row.isDoubled && char === row.close && next === char) return { text: char, length: 2 };
  if (row.holes === '{' && (char === '{' || char === '}') && next === char) return { text: char, length: 2 };
  if (char !== '\\' || row.escapes === 'none' || row.escapes === 'kept') return undefined;
  if (next === '\\' || next === row.close) return { text: next, length: 2 };
  if (row.escapes === 'quote') return undefined;
  const unicode = next === 'u' ? readUnicodeEscape(text, at) : undefined;
  if (unicode?.text !== undefined) return { text: unicode.text, length: unicode.length };
  if (/["'`$#{]/.test(next)) return { text: next, length: 2 };
  const known = SIMPLE.get(next);
  return known === undefined ? { text: `\\${next}`, length: 2 } : { text: known, length: 2 };
}

/** New characters of a string; undefined where it cannot hold them. */
function escapeFor(row: StringRow, known: string): string | undefined {
  const { close, escapes, holes } = row;
  let text = known;
  if (escapes === 'none' || escapes === 'kept') {
    if (row.isDoubled) text = text.replaceAll(close, close + close);
    // A mark may be half there: `"` before a new `#`.
    else if ([...close].some((char) => text.includes(char))) return undefined;
  } else text = text.replaceAll('\\', '\\\\').replaceAll(close[0]!, `\\${close[0]!}`);
  if (holes === '{') text = text.replace(/[{}]/g, '$&$&');
  else if (holes === '{$') text = text.replaceAll('$', '\\$');
  else if (holes !== undefined && text.includes(holes[0]!)) {
    if (escapes !== 'all') return undefined;
    text = text.replaceAll(holes[0]!, `\\${holes[0]!}`);
  }
  if (row.hasLines || !text.includes('\n')) return text;
  return escapes === 'all' ? text.replaceAll('\n', '\\n') : undefined;
}

/** Writes a new string in a language. */
export function quoteCode({ plain, filled, strings }: Language) {
  return (text: NewText, level: number): NewText | undefined => {
    const marks = text.holes.length === 0 ? plain : filled;
    if (marks === undefined) return undefined;
    const [open, close] = marks;
    const row = strings.find((one) => {
      one.open.lastIndex = 0;
      return one.close === close && one.open.exec(open)?.[0] === open;
    });
    const encoded = row && encodeNewText(text, level, (known) => escapeFor(row, known));
    return encoded && new NewTextBuilder().add(open).addText(encoded).add(close).build();
  };
}
