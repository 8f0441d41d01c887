import type { Range } from '../text/range.js';
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
  // Both in order, so that one pass is enough: of the ranges that have begun, the furthest end tells.
  const ranges = [...opaque].sort((a, b) => a.start - b.start);
  let next = 0;
  let reach = 0;
  for (const { index: start, 0: whole, 1: text } of host.value.matchAll(pattern)) {
    for (; next < ranges.length && ranges[next]!.start <= start; next++)
      reach = Math.max(reach, ranges[next]!.end);
    if (reach > start) continue;
    sink.comments.push({
      text: text!.trim(),
      range: sourceRange(host, { start, end: start + whole.length }),
    });
  }
}
