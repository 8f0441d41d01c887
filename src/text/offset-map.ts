import type { Range } from './range.js';

/**
 * One stretch of decoded text and the source it came from.
 * `copy`: both sides have the same characters, one for one. Otherwise the stretch is atomic: an escape, a hole, a
 * doubled quote, whose characters cannot be distinguished in the source.
 */
interface Segment {
  readonly at: number;
  readonly length: number;
  readonly source: number;
  readonly sourceLength: number;
  readonly copy: boolean;
}

/**
 * Ties a decoded text to the source that it was written in: a shell word without its quotes, a YAML scalar without its
 * indentation. Maps compose, so a shell word in a YAML block in a Markdown fence still knows its characters in the file.
 */
export interface OffsetMap {
  /** Segments in order of `at`, without gaps in the decoded text; the source may have gaps. */
  readonly segments: readonly Segment[];
  /** Where an empty range, or one at the very end, lies in the source. */
  readonly endSource: number;
}

/** The map of a text that stands in the source as it is, from `offset` on. */
export function identityMap(length: number, offset = 0): OffsetMap {
  const segments = length > 0 ? [{ at: 0, length, source: offset, sourceLength: length, copy: true }] : [];
  return { segments, endSource: offset + length };
}

/** Collects a decoded text and its map, piece by piece, in order. */
export class MapBuilder {
  #text = '';
  #segments: Segment[] = [];
  #end: number;

  /** `start` is where an empty text would lie in the source. */
  constructor(start = 0) {
    this.#end = start;
  }

  /** How many decoded characters there are so far. */
  get length(): number {
    return this.#text.length;
  }

  /** Appends text that stands in the source as it is, from `source` on. */
  copy(text: string, source: number): this {
    if (text === '') return this;
    const last = this.#segments.at(-1);
    if (last?.copy && last.source + last.sourceLength === source) {
      this.#segments[this.#segments.length - 1] = {
        ...last,
        length: last.length + text.length,
        sourceLength: last.sourceLength + text.length,
      };
    } else {
      this.#segments.push({
        at: this.#text.length,
        length: text.length,
        source,
        sourceLength: text.length,
        copy: true,
      });
    }
    this.#text += text;
    this.#end = source + text.length;
    return this;
  }

  /** Appends text that stands for `sourceLength` characters of the source as a whole. */
  atom(text: string, source: number, sourceLength: number): this {
    if (text !== '') {
      this.#segments.push({ at: this.#text.length, length: text.length, source, sourceLength, copy: false });
      this.#text += text;
    }
    this.#end = source + sourceLength;
    return this;
  }

  /** Says where the text ends in the source, when something that decodes to nothing stands last. */
  endAt(source: number): this {
    this.#end = source;
    return this;
  }

  /** The decoded text and its map. */
  build(): { text: string; map: OffsetMap } {
    return { text: this.#text, map: { segments: this.#segments, endSource: this.#end } };
  }
}

/** The index of the segment that holds the decoded character at `at`; -1 when it is past the end. */
function segmentAt(map: OffsetMap, at: number): number {
  let low = 0;
  let high = map.segments.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const segment = map.segments[middle]!;
    if (at < segment.at) high = middle - 1;
    else if (at >= segment.at + segment.length) low = middle + 1;
    else return middle;
  }
  return -1;
}

/** The source range of a decoded range: exact for copied text, the whole escape or hole where it touches one. */
export function toSource(map: OffsetMap, { start, end }: Range): Range {
  const first = map.segments[segmentAt(map, start)];
  const from =
    first === undefined ? map.endSource : first.copy ? first.source + (start - first.at) : first.source;
  if (end <= start) return { start: from, end: from };
  const last = map.segments[segmentAt(map, end - 1)];
  if (last === undefined) return { start: from, end: Math.max(from, map.endSource) };
  const to = last.copy ? last.source + (end - last.at) : last.source + last.sourceLength;
  return { start: from, end: Math.max(from, to) };
}

/** The map of `inner` (decoded → middle) seen through `outer` (middle → source): decoded → source. */
export function composeMaps(outer: OffsetMap, inner: OffsetMap): OffsetMap {
  const segments: Segment[] = [];
  for (const segment of inner.segments) {
    if (!segment.copy) {
      const { start, end } = toSource(outer, {
        start: segment.source,
        end: segment.source + segment.sourceLength,
      });
      segments.push({ ...segment, source: start, sourceLength: end - start });
      continue;
    }
    for (let done = 0; done < segment.length; ) {
      const index = segmentAt(outer, segment.source + done);
      const through = outer.segments[index];
      if (through === undefined) break;
      const skip = segment.source + done - through.at;
      const length = Math.min(segment.length - done, through.length - skip);
      segments.push(
        through.copy
          ? { at: segment.at + done, length, source: through.source + skip, sourceLength: length, copy: true }
          : {
              at: segment.at + done,
              length,
              source: through.source,
              sourceLength: through.sourceLength,
              copy: false,
            },
      );
      done += length;
    }
  }
  const end = toSource(outer, { start: inner.endSource, end: inner.endSource }).start;
  return { segments, endSource: end };
}

/** The map of the decoded slice `start…end`. */
export function sliceMap(map: OffsetMap, { start, end }: Range): OffsetMap {
  const segments: Segment[] = [];
  for (let i = Math.max(0, segmentAt(map, start)); i < map.segments.length; i++) {
    const segment = map.segments[i]!;
    if (segment.at >= end) break;
    const from = Math.max(start, segment.at);
    const to = Math.min(end, segment.at + segment.length);
    if (to <= from) continue;
    segments.push(
      segment.copy
        ? {
            at: from - start,
            length: to - from,
            source: segment.source + from - segment.at,
            sourceLength: to - from,
            copy: true,
          }
        : { ...segment, at: from - start, length: to - from },
    );
  }
  return { segments, endSource: toSource(map, { start: Math.max(start, end), end }).start };
}
