import { type Decoded, deriveText, type HostEdit, type HostedText } from '../../source/hosted-text.js';
import { encodeNewText, type NewText } from '../../source/new-text.js';
import { wellFormed } from '../../text/hole-mark.js';
import { type OffsetMap, toSource } from '../../text/offset-map.js';
import type { Range } from '../../text/range.js';

/** A stretch of the host that is read by itself. */
export interface Stretch {
  /** In the host. */
  readonly source: Range;
  /** What it is decoded to, in the decoded text. */
  readonly text: Range;
  /** Reads the stretch anew as it is changed, which is longer by `added`. */
  readonly read: (changed: string, added: number) => string | undefined;
}

/**
 * A decoded text whose changes are made only when reading the changed host gives what was meant. `change` makes one inside of the
 * stretch that `around` gives for it, which is all that what the change touches depends on.
 */
export function checkedText(
  host: HostedText,
  decoded: Decoded,
  around: (part: Range) => Stretch,
  change: (part: Range, text: NewText) => HostEdit | undefined,
): HostedText {
  return deriveText(host, decoded, (part, text) => {
    const made = change(part, text);
    const meant = encodeNewText(text, host.level + 1, (known) => known);
    if (made === undefined || meant === undefined) return undefined;
    const near = around(part);
    // What puts quotes around all of a text changes more of it than it was asked to.
    const isWithin = near.source.start <= made.range.start && made.range.end <= near.source.end;
    const { source, text: own, read } = isWithin ? near : around({ start: 0, end: decoded.text.length });
    const value =
      host.value.slice(source.start, made.range.start) +
      made.text.value +
      host.value.slice(made.range.end, source.end);
    const expected =
      decoded.text.slice(own.start, part.start) + meant.value + decoded.text.slice(part.end, own.end);
    const got = read(value, made.text.value.length - (made.range.end - made.range.start));
    return sameText(expected, got) ? made : undefined;
  });
}

/** How much of a long text is read anew on each side of a change: there may be as many changes as it has words. */
const NEAR = 200;
/** How far from there a place is looked for where the text can be cut. */
const FAR = 4_000;

/**
 * A part of a decoded text and some of what is around it, between places where it can be cut, with where that stands in the host.
 * All of it where there is no such place.
 */
export function cutAround(
  map: OffsetMap,
  length: number,
  part: Range,
  canCut: (at: number, side: 'start' | 'end') => boolean,
): Pick<Stretch, 'source' | 'text'> | undefined {
  let start = part.start - NEAR;
  while (start > 0 && !canCut(start, 'start')) if (--start < part.start - FAR) start = 0;
  let end = part.end + NEAR;
  while (end < length && !canCut(end, 'end')) if (++end > part.end + FAR) end = length;
  if (start <= 0 || end >= length) return undefined;
  return { source: toSource(map, { start, end }), text: { start, end } };
}

/** Whether a decoded text is that string. Holes are numbered anew in each text, so their marks count by place alone. */
export function sameText(decoded: string, value: unknown): boolean {
  return typeof value === 'string' && wellFormed(decoded) === wellFormed(value);
}
