import { type BlockContext, type BlockParser, type Line, parser } from '@lezer/markdown';
import { MOST_DEPTH, NotRead, TOO_DEEP } from '../../source/bounds.js';
import { TextDecoder } from '../../source/decode.js';
import { deriveText, exactSource, type HostedText } from '../../source/hosted-text.js';
import { encodeNewText } from '../../source/new-text.js';
import type { Range } from '../../text/range.js';

/** HTML that no blank line ends: what stands in it is no code. Tags such as `<div>` may stand anywhere else. */
const HTML: readonly (readonly [RegExp, RegExp])[] = [
  [/^<(?:script|pre|style|textarea)(?=[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<![A-Za-z]/, />/],
  [/^<!\[CDATA\[/, /\]\]>/],
];

function htmlEnd(line: Line): RegExp | undefined {
  return line.next === 60 ? HTML.find(([start]) => start.test(line.text.slice(line.pos)))?.[1] : undefined;
}

/** The library's own parser misses the end of a block with a blank line inside a quote. */
const htmlBlock: BlockParser = {
  name: 'OpaqueHTML',
  before: 'FencedCode',
  parse(context: BlockContext, line: Line & { readonly depth?: number }) {
    const end = htmlEnd(line);
    if (end === undefined) return false;
    const from = context.lineStart + line.pos;
    let closed = end.test(line.text.slice(line.pos));
    while (!closed && context.nextLine()) {
      if ((line.depth ?? 0) < context.depth) break;
      closed = end.test(line.text);
    }
    if (closed) context.nextLine();
    context.addElement(context.elt('OpaqueHTML', from, Math.max(from, context.prevLineEnd())));
    return true;
  },
  endLeaf: (_context, line) => htmlEnd(line) !== undefined,
};

/** Python-Markdown's `!!! note`, `??? tip` and `=== "Tab"`: no paragraph that the block below would belong to. */
const marker: BlockParser = {
  name: 'Marker',
  parse(context, line) {
    if (!/^(?:!!!|\?\?\?\+?|===[+!]?)[ \t]+["\w]/.test(line.text.slice(line.pos))) return false;
    const from = context.lineStart + line.pos;
    context.nextLine();
    context.addElement(context.elt('Marker', from, context.prevLineEnd()));
    return true;
  },
};

/** Stops at what is too deep: each of a thousand lists on one line is looked at anew for each that is around it. */
const guard: BlockParser = {
  name: 'Guard',
  before: 'LinkReference',
  parse(context) {
    if (context.depth > MOST_DEPTH) throw new NotRead(TOO_DEEP);
    return false;
  },
};

/** Blocks are all that is wanted; some of the inline parsers are slow on odd text. */
const blocks = parser.configure({
  defineNodes: [
    { name: 'OpaqueHTML', block: true },
    { name: 'Marker', block: true },
  ],
  parseBlock: [guard, htmlBlock, marker],
  remove: [
    ...[
      'HTMLBlock',
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
  ],
});

/** One code block, fenced or indented. */
export interface CodeBlock {
  /** What stands after the fence. */
  readonly info: string;
  readonly infoText?: HostedText;
  /** Its lines without quote marks and the indentation of lists around it. */
  readonly text: HostedText;
  /** All of it, fences included. */
  readonly range: Range;
  /** It is code by its indentation alone. */
  readonly isIndented?: boolean;
}

/** The blocks of a Markdown text, in order. */
interface MarkdownBlocks {
  readonly blocks: readonly CodeBlock[];
  /** Its paragraphs and headings. */
  readonly leaves: readonly Range[];
}

/** Finds the code blocks of a Markdown text, and its paragraphs and headings. */
export function codeBlocks(host: HostedText): MarkdownBlocks {
  const found: {
    info?: Range;
    readonly pieces: Range[];
    readonly range: Range;
    readonly isIndented: boolean;
  }[] = [];
  const leaves: Range[] = [];
  const cursor = blocks.parse(host.value).cursor();
  do {
    const { name, from: start, to: end } = cursor;
    const last = found.at(-1);
    if (name === 'FencedCode' || name === 'CodeBlock')
      found.push({ pieces: [], range: { start, end }, isIndented: name === 'CodeBlock' });
    else if (name === 'CodeInfo' && last !== undefined) last.info = { start, end };
    else if (name === 'CodeText') last?.pieces.push({ start, end });
    else if (name === 'Paragraph' || name.includes('Heading')) leaves.push({ start, end });
  } while (cursor.next());
  return {
    leaves,
    blocks: found.map(({ info, pieces, range, isIndented }): CodeBlock => {
      const text = blockText(host, pieces);
      if (info === undefined) return { info: '', range, text, isIndented };
      const infoText = blockText(host, [info]);
      return { info: infoText.value, infoText, range, text };
    }),
  };
}

/** The text of a block without the quote marks and the indentation around it. */
function blockText(host: HostedText, pieces: readonly Range[]): HostedText {
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
