import { readComments } from '../../source/comments.js';
import { TextDecoder } from '../../source/decode.js';
import type { ReadContext, Sink } from '../../source/frontend.js';
import { deriveText, exactSource, type HostedText } from '../../source/hosted-text.js';
import { encodeNewText } from '../../source/new-text.js';
import type { Range } from '../../text/range.js';
import { readCodeBlock } from './code-block.js';

/** Reads the code blocks of reStructuredText: directives, and what is indented below a paragraph that ends in `::`. */
export function readRst(host: HostedText, sink: Sink, context: ReadContext): void {
  readComments(host, /^[ \t]*\.\.(?=[ \t]+mountc-)/gm, sink);
  const lines = linesOf(host.value);
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const text = host.value.slice(line.start, Math.min(line.end, line.start + 1000));
    const directive = /^([ \t]*)\.\. (?:code-block|code|sourcecode|prompt|parsed-literal)::[ \t]*(\S*)/.exec(
      text,
    );
    const isLiteral = directive === null && /::[ \t]*$/.test(text) && !/^[ \t]*\.\. /.test(text);
    if (directive === null && !isLiteral) continue;
    const depth = /^[ \t]*/.exec(text)![0].length;
    let first = i + 1;
    // Options of the directive stand right below it.
    while (directive && first < lines.length && /^[ \t]+:[\w-]+:/.test(textOf(host, lines[first]!))) first++;
    while (first < lines.length && isBlank(host, lines[first]!)) first++;
    let end = first;
    let last = first;
    let indent = Number.POSITIVE_INFINITY;
    for (; end < lines.length; end++) {
      if (isBlank(host, lines[end]!)) continue;
      const own = /^[ \t]*/.exec(textOf(host, lines[end]!))![0].length;
      if (own <= depth) break;
      indent = Math.min(indent, own);
      last = end + 1;
    }
    if (last > first) {
      const block = cutLines(host, lines.slice(first, last), indent);
      readCodeBlock(directive?.[2] ?? '', block, context, aboveOf(host, lines, i));
      i = last - 1;
    }
  }
}

/** Reads the listings of AsciiDoc: what stands between lines of dashes or dots, and the paragraph below `[source]`. */
export function readAdoc(host: HostedText, sink: Sink, context: ReadContext): void {
  readComments(host, /^\/\/(?=[ \t]*mountc-)/gm, sink);
  const lines = linesOf(host.value);
  let info: string | undefined;
  for (let i = 0; i < lines.length; i++) {
    const text = textOf(host, lines[i]!).trimEnd();
    const source = /^\[(?:source|listing)(?:%[\w%]+)?(?:,\s*([\w+-]*))?.*\]$/.exec(text);
    if (source !== null) {
      info = source[1] ?? '';
      continue;
    }
    if (/^\.\S/.test(text) && info !== undefined) continue;
    const fence = /^(?:-{4,}|\.{4,}|`{3}(\w*))$/.exec(text);
    // A line of dashes below words underlines a title.
    const isTitle = i > 0 && !/^(?:[[.+]|\/\/|\s*$)/.test(textOf(host, lines[i - 1]!));
    if (fence === null || (isTitle && !text.startsWith('`'))) {
      if (text !== '' && info !== undefined) {
        let end = i;
        while (end < lines.length && !isBlank(host, lines[end]!)) end++;
        readCodeBlock(info, cutLines(host, lines.slice(i, end), 0), context, aboveOf(host, lines, i - 1));
        i = end;
      }
      info = undefined;
      continue;
    }
    const mark = text.startsWith('```') ? '```' : text;
    let end = i + 1;
    while (end < lines.length && textOf(host, lines[end]!).trimEnd() !== mark) end++;
    if (end >= lines.length) continue;
    const block = cutLines(host, lines.slice(i + 1, end), 0);
    readCodeBlock(info ?? fence[1] ?? '', block, context, aboveOf(host, lines, i));
    info = undefined;
    i = end;
  }
}

function linesOf(text: string): Range[] {
  const lines: Range[] = [];
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    lines.push({ start, end });
    start = end + 1;
  }
  return lines;
}

// Lines of code are short; of any other, the beginning tells.
const textOf = (host: HostedText, { start, end }: Range) =>
  host.value.slice(start, Math.min(end, start + 1000));
const isBlank = (host: HostedText, line: Range) => /^\s*$/.test(textOf(host, line));

/** The last line with words above a block. */
function aboveOf(host: HostedText, lines: readonly Range[], at: number): string {
  for (let i = at; i >= 0 && i > at - 4; i--) {
    const text = textOf(host, lines[i]!).trim();
    if (text !== '' && !/^(?:\.\. |\[|:)/.test(text)) return text;
  }
  return '';
}

/** Lines without the indentation that is the block's. */
function cutLines(host: HostedText, lines: readonly Range[], indent: number): HostedText {
  const out = new TextDecoder(host, lines[0]?.start ?? 0);
  for (const { start, end } of lines) {
    const from = Math.min(end, start + indent);
    out.copy(from, Math.min(host.value.length, end + 1));
  }
  const decoded = out.build();
  return deriveText(host, decoded, (part, text) => {
    const range = exactSource(decoded.map, part);
    const encoded = encodeNewText(text, host.level + 1, (known) =>
      known.replaceAll('\n', `\n${' '.repeat(indent)}`),
    );
    return range && encoded && { range, text: encoded };
  });
}
