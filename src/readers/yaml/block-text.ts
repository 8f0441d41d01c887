import { type CST, parseDocument } from 'yaml';
import { exactSource, type HostEdit, type HostedText } from '../../source/hosted-text.js';
import { encodeNewText, type NewText } from '../../source/new-text.js';
import type { Range } from '../../text/range.js';
import { decodeBlock } from './block-scalar.js';
import { checkedText, sameText } from './checked-text.js';

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
  return checkedText(
    host,
    decoded,
    { start, end: endOfBlanks(host.value, start + source.length) },
    (part, text) => {
      const range = decoded.text === '' ? undefined : exactSource(decoded.map, part);
      return range && replaceLines(range, part, text, indent, host.level + 1);
    },
    (value, added) => readAgain(value, added, block),
  );
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

/** Blank lines behind a block may count, now or before. */
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
