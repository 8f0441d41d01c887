import { readComments } from '../../source/comments.js';
import type { ReadContext, Sink } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import type { Range } from '../../text/range.js';
import { cutLines, isBlank, linesOf, lineText } from '../cut-lines.js';
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
    while (directive && first < lines.length && /^[ \t]+:[\w-]+:/.test(lineText(host, lines[first]!)))
      first++;
    while (first < lines.length && isBlank(host, lines[first]!)) first++;
    let end = first;
    let last = first;
    let indent = Number.POSITIVE_INFINITY;
    for (; end < lines.length; end++) {
      if (isBlank(host, lines[end]!)) continue;
      const own = /^[ \t]*/.exec(lineText(host, lines[end]!))![0].length;
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
    const text = lineText(host, lines[i]!).trimEnd();
    const source = /^\[(?:source|listing)(?:%[\w%]+)?(?:,\s*([\w+-]*))?.*\]$/.exec(text);
    if (source !== null) {
      info = source[1] ?? '';
      continue;
    }
    if (/^\.\S/.test(text) && info !== undefined) continue;
    const fence = /^(?:-{4,}|\.{4,}|`{3}(\w*))$/.exec(text);
    // A line of dashes below words underlines a title.
    const isTitle = i > 0 && !/^(?:[[.+]|\/\/|\s*$)/.test(lineText(host, lines[i - 1]!));
    if (fence === null || (isTitle && !text.startsWith('`'))) {
      // What is indented below a blank line is as it is written.
      const isLiteral = /^[ \t]+[$\w]/.test(text) && (i === 0 || isBlank(host, lines[i - 1]!));
      if (text !== '' && (info !== undefined || isLiteral)) {
        let end = i;
        while (end < lines.length && !isBlank(host, lines[end]!)) end++;
        readCodeBlock(
          info ?? '',
          cutLines(host, lines.slice(i, end), 0),
          context,
          aboveOf(host, lines, i - 1),
        );
        i = end;
      }
      info = undefined;
      continue;
    }
    const mark = text.startsWith('```') ? '```' : text;
    let end = i + 1;
    while (end < lines.length && lineText(host, lines[end]!).trimEnd() !== mark) end++;
    if (end >= lines.length) continue;
    const block = cutLines(host, lines.slice(i + 1, end), 0);
    readCodeBlock(info ?? fence[1] ?? '', block, context, aboveOf(host, lines, i));
    info = undefined;
    i = end;
  }
}

/** The last line with words above a block. */
function aboveOf(host: HostedText, lines: readonly Range[], at: number): string {
  for (let i = at; i >= 0 && i > at - 4; i--) {
    const text = lineText(host, lines[i]!).trim();
    if (text !== '' && !/^(?:\.\. |\[|:)/.test(text)) return text;
  }
  return '';
}
