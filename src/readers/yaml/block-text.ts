import { type CST, parseDocument } from 'yaml';
import { type Decoded, exactSource, type HostEdit, type HostedText } from '../../source/hosted-text.js';
import { encodeNewText, type NewText } from '../../source/new-text.js';
import { toSource } from '../../text/offset-map.js';
import type { Range } from '../../text/range.js';
import { decodeBlock } from './block-scalar.js';
import { checkedText, cutAround, type Stretch, sameText } from './checked-text.js';

/** A block scalar of a document: its body, and what says how it is read. */
interface Block {
  readonly source: string;
  readonly header: string;
  readonly parentIndent: number;
  /** Of its lines. */
  readonly indent: number;
}

/** The text of `|` or `>`; undefined when it is not the value that the library reads. */
export function blockText(host: HostedText, token: CST.BlockScalar, known: unknown): HostedText | undefined {
  const props = token.props.find((one) => one.type === 'block-scalar-header');
  if (props === undefined || !('source' in props)) return undefined;
  const lineEnd = host.value.indexOf('\n', props.offset);
  const start = lineEnd < 0 ? host.value.length : lineEnd + 1;
  const { source, indent: parentIndent } = token;
  const header = props.source;
  const { decoded, indent } = decodeBlock(host, start, source, header, parentIndent);
  if (!sameText(decoded.text, known)) return undefined;
  const block: Block = { source, header, parentIndent, indent };
  const whole: Stretch = {
    source: { start, end: endOfBlanks(host.value, start + source.length) },
    text: { start: 0, end: decoded.text.length },
    read: (value, added) => readAgain(value, added, block),
  };
  return checkedText(
    host,
    decoded,
    (part) => linesAround(host.value, decoded, part, block) ?? whole,
    (part, text) => {
      const range = decoded.text === '' ? undefined : exactSource(decoded.map, part);
      return range && replaceLines(range, part, text, indent, host.level + 1);
    },
  );
}

/** Some of a long block, from what is on a line that is indented as the block is to what is on another. */
function linesAround(host: string, { text, map }: Decoded, part: Range, block: Block): Stretch | undefined {
  const near = cutAround(map, text.length, part, (at, side) => {
    const inside = side === 'start' ? at : at - 1;
    if (/\s/.test(text[inside]!)) return false;
    const { start, end } = toSource(map, { start: inside, end: inside + 1 });
    const lineStart = host.lastIndexOf('\n', start - 1) + 1;
    const first = lineStart + block.indent;
    if (!/^ *$/.test(host.slice(lineStart, first)) || !/\S/.test(host.charAt(first))) return false;
    return side === 'start'
      ? start === first || /\S/.test(host[start - 1]!)
      : !/[ \t]/.test(host.charAt(end));
  });
  if (near === undefined) return undefined;
  const asBlock = (value: string) => `${' '.repeat(block.indent)}${value}\n`;
  const own = { ...block, source: asBlock(host.slice(near.source.start, near.source.end)) };
  return { ...near, read: (value, added) => readAgain(asBlock(value), added, own)?.replace(/\n$/, '') };
}

function replaceLines(
  range: Range,
  part: Range,
  text: NewText,
  indent: number,
  level: number,
): HostEdit | undefined {
  // A line that begins with more blanks than the others would move the block's edge.
  if (part.start === 0 && /^[ \t\n]/.test(text.value)) return undefined;
  const encoded = encodeNewText(text, level, (known) => known.replaceAll('\n', `\n${' '.repeat(indent)}`));
  return encoded && { range, text: encoded };
}

/** Blank lines after a block may count, now or before. */
function endOfBlanks(text: string, from: number): number {
  BLANK_LINES.lastIndex = from;
  return from + BLANK_LINES.exec(text)![0].length;
}

const BLANK_LINES = /(?:[ \t]*\n)*/y;

/** What the library reads of a changed block; undefined when its edges are no longer surely the same. */
function readAgain(value: string, added: number, block: Block): string | undefined {
  const { header, parentIndent, indent } = block;
  const source = value.slice(0, block.source.length + added);
  const keepsIndent = source
    .split('\n')
    .every((line) => /^ *$/.test(line) || /^ */.exec(line)![0].length >= indent);
  const keepsEnd = source.endsWith('\n') === block.source.endsWith('\n') && source.trim() !== '';
  if (!keepsIndent || !keepsEnd) return undefined;
  const text = `${' '.repeat(parentIndent)}k: ${header}\n${value}`;
  const document = parseDocument(text, { logLevel: 'silent' });
  const read: unknown = document.errors.length > 0 ? undefined : document.get('k');
  return typeof read === 'string' ? read : undefined;
}
