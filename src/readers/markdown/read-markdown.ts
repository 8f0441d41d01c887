import { mentionsEngine } from '../../source/engine.js';
import type { ReadContext, Sink } from '../../source/frontend.js';
import { type HostedText, joinHosted, sliceHosted } from '../../source/hosted-text.js';
import type { Range } from '../../text/range.js';
import { makeRangeSet } from '../../text/range-set.js';
import { sourceRange } from '../../text/spec-text.js';
import { type CodeBlock, codeBlocks } from './blocks.js';
import { readCodeBlock } from './code-block.js';
import { markedBlocks } from './html-blocks.js';
import { inlineCommands } from './inline.js';
import { startsWithEngine } from './language.js';

export { readAdoc, readRst } from './other-markup.js';

/** Reads the code of a Markdown text, each block as what it is, and directives in HTML comments. */
export function readMarkdown(host: HostedText, sink: Sink, context: ReadContext): void {
  const { blocks: own, leaves } = codeBlocks(host);
  const marked = markedBlocks(host, own);
  const taken = makeRangeSet(marked.map(({ range }) => range));
  const isFree = (range: Range) => !taken.overlaps(range);
  const blocks = [...own.filter(({ range }) => isFree(range)), ...marked];
  for (const block of blocks) {
    // What stands in an admonition or a tab is indented, and no code for that.
    if (block.isIndented && FENCE.test(block.text.value)) {
      context.readNested?.('markdown', block.text, context);
      continue;
    }
    const command = commandBehindFence(block);
    readCodeBlock(
      command === undefined ? block.info : '',
      command ?? block.text,
      context,
      lineAbove(host, block),
    );
  }
  const prose = leaves.filter(
    (leaf) => mentionsEngine(host.value.slice(leaf.start, leaf.end), undefined) && isFree(leaf),
  );
  for (const text of inlineCommands(host, prose)) readCodeBlock('', text, context);
  readComments(host, blocks, sink);
}

const FENCE = /^ {0,3}(?:`{3}|~{3}|(?:!!!|\?\?\?\+?|===) )/m;

/** The last line with words above a block. */
function lineAbove(host: HostedText, { range }: CodeBlock): string {
  const text = host.value.slice(Math.max(0, range.start - 300), range.start).trimEnd();
  return text.slice(text.lastIndexOf('\n') + 1);
}

/** A command that begins right after the fence, where the name of a language goes, and is continued below. */
function commandBehindFence({ infoText, text }: CodeBlock): HostedText | undefined {
  if (infoText === undefined || !startsWithEngine(infoText.value)) return undefined;
  if (!infoText.value.endsWith('\\')) return infoText;
  const rest = /^(?:[^\n]*\\\n)*[^\n]*/.exec(text.value)?.[0].length ?? 0;
  return joinHosted([infoText, sliceHosted(text, { start: 0, end: rest })], '\n');
}

/** HTML comments outside code that may hold a directive. */
function readComments(host: HostedText, blocks: readonly CodeBlock[], sink: Sink): void {
  if (!host.value.includes('mountc-')) return;
  const code = makeRangeSet(blocks.map(({ range }) => range));
  const text = host.value;
  for (let start = text.indexOf('<!--'); start >= 0; ) {
    const end = text.indexOf('-->', start + 4);
    if (end < 0) return;
    const inner = text.slice(start + 4, end);
    const range = { start, end: end + 3 };
    if (inner.includes('mountc-') && !code.overlaps(range))
      sink.comments.push({ text: inner.trim(), range: sourceRange(host, range) });
    start = text.indexOf('<!--', range.end);
  }
}
