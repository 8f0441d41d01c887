import type { CST } from 'yaml';
import { type Decoded, exactSource, type HostEdit, type HostedText } from '../../source/hosted-text.js';
import { encodeNewText, type NewText, NewTextBuilder } from '../../source/new-text.js';
import type { Range } from '../../text/range.js';
import { sliceText } from '../../text/spec-text.js';
import { checkedText, cutAround, type Stretch, sameText } from './checked-text.js';
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
  const read = (value: string) => {
    const now = value[0] === "'" ? 'single' : style;
    return decodeFlow({ ...host, value, holes: [] }, { start: 0, end: value.length }, now)?.text;
  };
  const whole: Stretch = { source: raw, text: { start: 0, end: decoded.text.length }, read };
  const quote = style === 'plain' ? '' : style === 'single' ? "'" : '"';
  return checkedText(
    host,
    decoded,
    (part) => {
      const near = cutAround(decoded.map, decoded.text.length, part, (at) => canCut(decoded, at));
      return near === undefined ? whole : { ...near, read: (value) => read(quote + value + quote) };
    },
    (part, text) =>
      style === 'plain'
        ? editPlain(host, decoded, raw, part, text)
        : editQuoted(host, decoded, style, part, text),
  );
}

/** Whether what stands on both sides is read as it is by itself: only blanks and ends of lines are not. */
function canCut({ text, map }: Decoded, at: number): boolean {
  if (/\s/.test(text.slice(at - 1, at + 1))) return false;
  const before = exactSource(map, { start: at - 1, end: at });
  const behind = exactSource(map, { start: at, end: at + 1 });
  return before !== undefined && before.end === behind?.start;
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
  if (isPlainSafe(sampleOf(decoded.text, part, text.value), isInFlow(host.value, raw))) {
    const encoded = encodeNewText(text, level, (known) => known);
    return encoded && { range, text: encoded };
  }
  // Each change of a long text could write all of it.
  if (decoded.text.length > LONG) return undefined;
  const whole = { value: decoded.text, holes: decoded.holes, map: decoded.map };
  const changed = new NewTextBuilder()
    .addText(sliceText(whole, { start: 0, end: part.start }))
    .addText(text)
    .addText(sliceText(whole, { start: part.end, end: decoded.text.length }))
    .build();
  if (changed.value.includes('\n') || host.value.slice(raw.start, raw.end).includes('\n')) return undefined;
  const encoded = encodeNewText(changed, level, doubleQuotes);
  return encoded && { range: raw, text: new NewTextBuilder().add("'").addText(encoded).add("'").build() };
}

const LONG = 4_000;
const NEAR = 40;

/** What says of a changed plain scalar whether it is one still: of a long one its ends, and what is near the change. */
function sampleOf(text: string, { start, end }: Range, changed: string): string {
  const head =
    start <= 3 * NEAR ? text.slice(0, start) : `${text.slice(0, NEAR)}x${text.slice(start - NEAR, start)}`;
  const tail =
    text.length - end <= 3 * NEAR ? text.slice(end) : `${text.slice(end, end + NEAR)}x${text.slice(-NEAR)}`;
  return head + changed + tail;
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
