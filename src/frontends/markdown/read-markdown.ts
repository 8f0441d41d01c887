import { overlaps } from '../../text/range.js';
import { sourceRange } from '../../text/spec-text.js';
import type { ReadContext, Sink } from '../frontend.js';
import type { HostedText } from '../hosted-text.js';
import { type CodeBlock, codeBlocks } from './blocks.js';
import { languageOf } from './language.js';
import { consoleText } from './prompt.js';

/** Reads the code blocks of a Markdown text, each as what it is, and directives in HTML comments. */
export function readMarkdown(host: HostedText, sink: Sink, context: ReadContext): void {
  const blocks = codeBlocks(host);
  for (const { info, text } of blocks) {
    const language = languageOf(info, text.value);
    if (language === undefined) continue;
    const inner = {
      ...context,
      language: 'markdown' as const,
      placeholders: true,
      ...(language.shell && { shell: language.shell }),
    };
    context.readNested?.(language.kind, language.prompts ? consoleText(text) : text, inner);
  }
  readComments(host, blocks, sink);
}

/** HTML comments outside code that may hold a directive. */
function readComments(host: HostedText, blocks: readonly CodeBlock[], sink: Sink): void {
  if (!host.value.includes('mountc-')) return;
  for (const match of host.value.matchAll(/<!--((?:[^-]|-(?!->))*)-->/g)) {
    const range = { start: match.index, end: match.index + match[0].length };
    if (!match[1]!.includes('mountc-') || blocks.some((one) => overlaps(one.range, range))) continue;
    sink.comments.push({ text: match[1]!.trim(), range: sourceRange(host, range) });
  }
}
