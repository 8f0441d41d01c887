import { parser } from '@lezer/markdown';
import { overlaps, type Range } from '../../text/range.js';
import { sourceRange } from '../../text/spec-text.js';
import { TextDecoder } from '../decode.js';
import type { ReadContext, Sink } from '../frontend.js';
import { deriveText, exactSource, type HostedText } from '../hosted-text.js';
import { encodeNewText } from '../new-text.js';
import { languageOf } from './language.js';
import { consoleText } from './prompt.js';

/** Blocks are all that is wanted; some of the inline parsers are slow on odd text. */
const blocks = parser.configure({
  remove: [
    'Escape',
    'Entity',
    'InlineCode',
    'HTMLTag',
    'Emphasis',
    'HardBreak',
    'Link',
    'Image',
    'Autolink',
    'LinkEnd',
  ],
});

interface Block {
  info: string;
  readonly pieces: { readonly start: number; readonly end: number }[];
}

/** Reads the code blocks of a Markdown text, each as what it is, and directives in HTML comments. */
export function readMarkdown(host: HostedText, sink: Sink, context: ReadContext): void {
  let block: Block | undefined;
  const code: Range[] = [];
  const cursor = blocks.parse(host.value).cursor();
  do {
    const { name, from, to } = cursor;
    if (name === 'FencedCode' || name === 'CodeBlock') {
      if (block !== undefined) readBlock(host, block, context);
      block = { info: '', pieces: [] };
      code.push({ start: from, end: to });
    } else if (name === 'CodeInfo' && block !== undefined) block.info = host.value.slice(from, to);
    else if (name === 'CodeText' && block !== undefined) block.pieces.push({ start: from, end: to });
  } while (cursor.next());
  if (block !== undefined) readBlock(host, block, context);
  readComments(host, code, sink);
}

function readBlock(host: HostedText, block: Block, context: ReadContext): void {
  const text = blockText(host, block);
  const language = languageOf(block.info, text.value);
  if (language === undefined) return;
  const inner = { ...context, placeholders: true, ...(language.shell && { shell: language.shell }) };
  context.readNested?.(language.kind, language.prompts ? consoleText(text) : text, inner);
}

/** The text of a block without the quote marks and the indentation around it. */
function blockText(host: HostedText, { pieces }: Block): HostedText {
  const out = new TextDecoder(host, pieces[0]?.start ?? 0);
  for (const { start, end } of pieces) out.copy(start, end);
  const decoded = out.build();
  const plain = pieces.length < 2;
  return deriveText(host, decoded, (part, text) => {
    const range = exactSource(decoded.map, part);
    const encoded = encodeNewText(text, host.level + 1, (known) =>
      plain || !known.includes('\n') ? known : undefined,
    );
    return range && encoded && { range, text: encoded };
  });
}

/** HTML comments outside code that may hold a directive. */
function readComments(host: HostedText, code: readonly Range[], sink: Sink): void {
  if (!host.value.includes('mountc-')) return;
  for (const match of host.value.matchAll(/<!--((?:[^-]|-(?!->))*)-->/g)) {
    const range = { start: match.index, end: match.index + match[0].length };
    if (!match[1]!.includes('mountc-') || code.some((one) => overlaps(one, range))) continue;
    sink.comments.push({ text: match[1]!.trim(), range: sourceRange(host, range) });
  }
}
