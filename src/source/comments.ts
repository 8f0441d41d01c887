import { byStart, type Range } from '../text/range.js';
import { sourceRange } from '../text/spec-text.js';
import type { Sink } from './frontend.js';
import type { HostedText } from './hosted-text.js';

/**
 * Takes note of the comments of a text that may hold a directive: `mark` is a global pattern for what begins one, which goes on
 * to the end of its line. What begins in one of the `opaque` ranges is not a comment.
 */
export function readComments(
  host: HostedText,
  mark: RegExp,
  sink: Sink,
  opaque: readonly Range[] = [],
): void {
  const { value } = host;
  if (!value.includes('mountc-')) return;
  // Both in order, so that one pass is enough: of the ranges that have begun, the furthest end tells.
  const { sorted, reach } = byStart(opaque);
  let begun = 0;
  let lineEnd = -1;
  mark.lastIndex = 0;
  for (let found = mark.exec(value); found !== null; found = mark.exec(value)) {
    const start = found.index;
    while (begun < sorted.length && sorted[begun]!.start <= start) begun++;
    if (begun > 0 && reach[begun - 1]! > start) continue;
    const behind = start + found[0].length;
    if (behind > lineEnd) lineEnd = endOfLine(value, behind);
    const text = value.slice(behind, lineEnd);
    if (text.includes('mountc-'))
      sink.comments.push({ text: text.trim(), range: sourceRange(host, { start, end: lineEnd }) });
    mark.lastIndex = lineEnd;
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
