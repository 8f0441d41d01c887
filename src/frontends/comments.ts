import { contains, type Range } from '../text/range.js';
import { sourceRange } from '../text/spec-text.js';
import type { Sink } from './frontend.js';
import type { HostedText } from './hosted-text.js';

/**
 * Takes note of the comments of a text that may hold a directive: the matches of a global pattern that asks for `mountc-`, whose
 * group is what stands behind the mark. What begins in one of the `opaque` ranges is no comment.
 */
export function readComments(
  host: HostedText,
  pattern: RegExp,
  sink: Sink,
  opaque: readonly Range[] = [],
): void {
  if (!host.value.includes('mountc-')) return;
  for (const { index: start, 0: whole, 1: text } of host.value.matchAll(pattern)) {
    const mark = { start, end: start + 1 };
    if (opaque.some((one) => contains(one, mark))) continue;
    sink.comments.push({
      text: text!.trim(),
      range: sourceRange(host, { start, end: start + whole.length }),
    });
  }
}
