import type { CST } from 'yaml';
import { type Decoded, exactSource, type HostEdit, type HostedText } from '../../source/hosted-text.js';
import { encodeNewText, type NewText, NewTextBuilder } from '../../source/new-text.js';
import type { Range } from '../../text/range.js';
import { sliceText } from '../../text/spec-text.js';
import { checkedText, sameText } from './checked-text.js';
import { decodeFlow, type FlowStyle } from './flow-scalar.js';
import { isPlainSafe } from './plain-safe.js';

/** The text of a plain or quoted scalar; undefined when it is not the value that the library reads. */
export function flowText(host: HostedText, token: CST.Token, known: unknown): HostedText | undefined {
  const style = styleOf(token.type);
  if (style === undefined || !('source' in token)) return undefined;
  const raw = { start: token.offset, end: token.offset + token.source.length };
  const decoded = decodeFlow(host, raw, style);
  if (decoded === undefined || (typeof known === 'string' && !sameText(decoded.text, known)))
    return undefined;
  return checkedText(
    host,
    decoded,
    raw,
    (part, text) =>
      style === 'plain'
        ? editPlain(host, decoded, raw, part, text)
        : editQuoted(host, decoded, style, part, text),
    (value) => {
      const now = value[0] === "'" ? 'single' : style;
      return decodeFlow({ ...host, value, holes: [] }, { start: 0, end: value.length }, now)?.text;
    },
  );
}

function styleOf(type: string): FlowStyle | undefined {
  switch (type) {
    case 'scalar':
      return 'plain';
    case 'single-quoted-scalar':
      return 'single';
    case 'double-quoted-scalar':
      return 'double';
    default:
      return undefined;
  }
}

function editQuoted(
  host: HostedText,
  { map }: Decoded,
  style: 'single' | 'double',
  part: Range,
  text: NewText,
): HostEdit | undefined {
  const range = exactSource(map, part);
  if (range === undefined || (style === 'single' && text.value.includes('\n'))) return undefined;
  const encoded = encodeNewText(text, host.level + 1, style === 'single' ? doubleQuotes : escapeDouble);
  return encoded && { range, text: encoded };
}

/** Changes a part of a plain scalar, or puts quotes around all of it where that would not be one any more. */
function editPlain(
  host: HostedText,
  decoded: Decoded,
  raw: Range,
  part: Range,
  text: NewText,
): HostEdit | undefined {
  const range = exactSource(decoded.map, part);
  if (range === undefined) return undefined;
  const level = host.level + 1;
  const whole = { value: decoded.text, holes: decoded.holes, map: decoded.map };
  const changed = new NewTextBuilder()
    .addText(sliceText(whole, { start: 0, end: part.start }))
    .addText(text)
    .addText(sliceText(whole, { start: part.end, end: decoded.text.length }))
    .build();
  if (isPlainSafe(changed.value, isInFlow(host.value, raw))) {
    const encoded = encodeNewText(text, level, (known) => known);
    return encoded && { range, text: encoded };
  }
  if (changed.value.includes('\n') || host.value.slice(raw.start, raw.end).includes('\n')) return undefined;
  const encoded = encodeNewText(changed, level, doubleQuotes);
  return encoded && { range: raw, text: new NewTextBuilder().add("'").addText(encoded).add("'").build() };
}

function doubleQuotes(known: string): string {
  return known.replaceAll("'", "''");
}

function escapeDouble(known: string): string {
  return known.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

/** Whether the scalar stands in `[…]` or `{…}`; judged by its neighbours, as a wrong yes only quotes more. */
function isInFlow(text: string, { start, end }: Range): boolean {
  return (
    /[[{,]\s*$/.test(text.slice(Math.max(0, start - 40), start)) ||
    /^\s*[\]},]/.test(text.slice(end, end + 40))
  );
}
