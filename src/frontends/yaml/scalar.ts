import { parseDocument, type Scalar } from 'yaml';
import type { Range } from '../../text/range.js';
import { sliceText } from '../../text/spec-text.js';
import { type Decoded, deriveText, exactSource, type HostEdit, type HostedText } from '../hosted-text.js';
import { encodeNewText, type NewText, NewTextBuilder } from '../new-text.js';
import { decodeBlock } from './block-scalar.js';
import { decodeFlow, type FlowStyle } from './flow-scalar.js';

/**
 * The text of a YAML string, tied to the characters of the document. Undefined when the library reads another value out
 * of it than we do: nothing is said about what is not understood.
 */
export function yamlScalar(host: HostedText, scalar: Scalar): HostedText | undefined {
  const token = scalar.srcToken;
  if (token === undefined) return undefined;
  if (token.type === 'block-scalar') {
    const header = token.props.find((one) => one.type === 'block-scalar-header');
    if (header === undefined || !('source' in header)) return undefined;
    const lineEnd = host.value.indexOf('\n', header.offset);
    const start = lineEnd < 0 ? host.value.length : lineEnd + 1;
    const block = decodeBlock(host, start, token.source, header.source, token.indent);
    if (!sameText(block.decoded.text, scalar.value)) return undefined;
    const again = (value: string, length: number) => {
      const source = value.slice(start, start + length);
      const keepsIndent = source
        .split('\n')
        .every((line) => /^ *$/.test(line) || /^ */.exec(line)![0].length >= block.indent);
      const keepsEnd = source.endsWith('\n') === token.source.endsWith('\n') && source.trim() !== '';
      if (!keepsIndent || !keepsEnd) return undefined;
      // Blank lines behind it may count, now or before.
      const blanks = /^(?:[ \t]*\n)*/.exec(value.slice(start + length))![0];
      const text = `${' '.repeat(token.indent)}k: ${header.source}\n${source}${blanks}`;
      const document = parseDocument(text, {
        logLevel: 'silent',
      });
      const read: unknown = document.errors.length > 0 ? undefined : document.get('k');
      return typeof read === 'string' ? read : undefined;
    };
    return deriveText(host, block.decoded, (part, text) => {
      const change = editBlock(host, block.decoded, block.indent, part, text);
      return (
        change &&
        checked(host, block.decoded.text, part, text, change, (value, added) =>
          again(value, token.source.length + added),
        )
      );
    });
  }
  const style = styleOf(token.type);
  if (style === undefined || !('source' in token)) return undefined;
  const raw = { start: token.offset, end: token.offset + token.source.length };
  const decoded = decodeFlow(host, raw, style);
  if (decoded === undefined || (typeof scalar.value === 'string' && !sameText(decoded.text, scalar.value)))
    return undefined;
  const inFlow = isInFlow(host.value, raw);
  return deriveText(host, decoded, (part, text) => {
    const change = editFlow(host, decoded, style, raw, inFlow, part, text);
    return (
      change &&
      checked(host, decoded.text, part, text, change, (value, added) => {
        const now = value[raw.start] === "'" ? 'single' : style;
        return decodeFlow({ ...host, value, holes: [] }, { start: raw.start, end: raw.end + added }, now)
          ?.text;
      })
    );
  });
}

/** The change, when reading the changed text gives what was meant. */
function checked(
  host: HostedText,
  before: string,
  part: Range,
  text: NewText,
  change: HostEdit,
  read: (value: string, added: number) => string | undefined,
): HostEdit | undefined {
  const { range } = change;
  const value = host.value.slice(0, range.start) + change.text.value + host.value.slice(range.end);
  const meant = encodeNewText(text, host.level + 1, (known) => known);
  if (meant === undefined) return undefined;
  const expected = before.slice(0, part.start) + unmark(meant.value) + before.slice(part.end);
  const got = read(value, change.text.value.length - (range.end - range.start));
  return got !== undefined && unmark(got) === unmark(expected) ? change : undefined;
}

/** Marks of holes count by place, not by number. */
function unmark(text: string): string {
  return text.replace(/[\ue000-\uf8ff]/g, '\ue000');
}

/** Holes are numbered anew in each text, so their marks may differ. */
function sameText(decoded: string, value: unknown): boolean {
  return typeof value === 'string' && unmark(decoded) === unmark(value);
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

function editBlock(
  host: HostedText,
  decoded: Decoded,
  indent: number,
  part: Range,
  text: NewText,
): HostEdit | undefined {
  const range = exactSource(decoded.map, part);
  if (range === undefined || decoded.text === '') return undefined;
  // A line that begins with more blanks than the others would move the block's edge.
  if (part.start === 0 && /^[ \t\n]/.test(text.value)) return undefined;
  const encoded = encodeNewText(text, host.level + 1, (known) =>
    known.replaceAll('\n', `\n${' '.repeat(indent)}`),
  );
  return encoded && { range, text: encoded };
}

function editFlow(
  host: HostedText,
  decoded: Decoded,
  style: FlowStyle,
  raw: Range,
  inFlow: boolean,
  part: Range,
  text: NewText,
): HostEdit | undefined {
  const level = host.level + 1;
  const range = exactSource(decoded.map, part);
  if (range === undefined) return undefined;
  if (style !== 'plain') {
    if (style === 'single' && text.value.includes('\n')) return undefined;
    const encoded = encodeNewText(text, level, style === 'single' ? doubleQuotes : escapeDouble);
    return encoded && { range, text: encoded };
  }
  const whole: NewText = { value: decoded.text, holes: decoded.holes };
  const cut = (from: number, to: number) =>
    sliceText({ ...whole, map: decoded.map }, { start: from, end: to });
  const changed = new NewTextBuilder()
    .addText(cut(0, part.start))
    .addText(text)
    .addText(cut(part.end, decoded.text.length))
    .build();
  if (isPlainSafe(changed.value, inFlow)) {
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

/** Whether YAML reads the text as it stands, as a string. */
export function isPlainSafe(text: string, inFlow: boolean): boolean {
  if (text === '' || /^\s|\s$|\n|:(?:\s|$)|\s#/.test(text)) return false;
  if (/^[-?:](?:\s|$)|^[,[\]{}#&*!|>'"%@`]/.test(text)) return false;
  if (inFlow && /[,[\]{}]/.test(text)) return false;
  return !/^(?:true|false|null|yes|no|on|off|~|[-+.\d][\d_.:eExXa-fA-F+-]*)$/i.test(text);
}

/** Whether the scalar stands in `[…]` or `{…}`; judged by its neighbours, as a wrong yes only quotes more. */
function isInFlow(text: string, { start, end }: Range): boolean {
  return (
    /[[{,]\s*$/.test(text.slice(Math.max(0, start - 40), start)) ||
    /^\s*[\]},]/.test(text.slice(end, end + 40))
  );
}
