import { TextDecoder } from '../source/decode.js';
import { deriveText, exactSource, type HostedText } from '../source/hosted-text.js';
import { encodeNewText } from '../source/new-text.js';
import type { Range } from '../text/range.js';

/** Where the lines of a text stand, without what ends them. */
export function linesOf(text: string): Range[] {
  const lines: Range[] = [];
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    lines.push({ start, end });
    start = end + 1;
  }
  return lines;
}

/** A line; of one that is longer than people write, the beginning, which tells. */
export const lineText = (host: HostedText, { start, end }: Range) =>
  host.value.slice(start, Math.min(end, start + 1000));
/** Whether nothing is on a line. */
export const isBlank = (host: HostedText, line: Range) => /^\s*$/.test(lineText(host, line));

/** Whether a line of a recipe begins with what is surely a flag: a dash in front says to make and just that errors are ignored. */
export const beginsWithFlag = (line: string): boolean =>
  /^[ \t]*(?:--[a-z]|-(?:[vpewudith]|it|ti|itd)[ \t])/.test(line);

/** Lines as one text without the indentation that is the block's; new lines get it. */
export function cutLines(host: HostedText, lines: readonly Range[], indent: number): HostedText {
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
