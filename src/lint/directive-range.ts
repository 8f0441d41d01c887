import type { LineIndex } from '../text/line-index.js';
import { overlaps, type Range } from '../text/range.js';
import type { Directive } from './directive.js';

/** What a directive for lines or the whole file covers; `wholes` are ranges that belong together. */
export function directiveRange(
  { scope, range }: Directive,
  lines: LineIndex,
  wholes: readonly Range[],
): Range {
  if (scope === 'file') return { start: 0, end: lines.text.length + 1 };
  const last = lines.position(Math.max(range.start, range.end - 1)).line;
  const number = scope === 'line' ? last : nextLine(lines, last + 1);
  const start = lines.offsetOf(number);
  const line = { start, end: start + lines.line(number).length };
  if (scope === 'next-line') {
    const fence = /^[\s>]*(?:[-*+]|\d+[.)])?\s*(`{3,}|~{3,})/.exec(lines.line(number))?.[1];
    if (fence !== undefined) return { start, end: endOfFence(lines, number, fence) };
  }
  // What starts on the line, or for a comment at the end of a line, what it stands in.
  let end = line.end;
  let from = line.start;
  for (const whole of wholes) {
    const startsHere = whole.start >= line.start && whole.start <= line.end;
    if (startsHere || (scope === 'line' && overlaps(whole, line))) {
      end = Math.max(end, whole.end);
      from = Math.min(from, whole.start);
    }
  }
  return { start: from, end: end + 1 };
}

/** Blank lines, and comments that hold other directives, are passed over. */
function nextLine(lines: LineIndex, from: number): number {
  let number = from;
  while (number < lines.lineCount && /^\s*$|^\s*(?:#|\/\/|<!--|rem\b|::)\s*mountc-/i.test(lines.line(number)))
    number++;
  return number;
}

function endOfFence(lines: LineIndex, opening: number, fence: string): number {
  for (let number = opening + 1; number <= lines.lineCount; number++) {
    if (
      lines
        .line(number)
        .replace(/^[\s>]*/, '')
        .startsWith(fence)
    )
      return lines.offsetOf(number);
  }
  return lines.text.length + 1;
}
