import type { TextEdit } from '../text/edit.js';
import { wellFormed } from '../text/hole-mark.js';
import { composeMaps, MapBuilder, type OffsetMap, toSource } from '../text/offset-map.js';
import type { Range } from '../text/range.js';
import { type Hole, type SpecText, sliceText } from '../text/spec-text.js';
import { encodeNewText, type NewText } from './new-text.js';

/**
 * A text that stands in a file, perhaps inside other texts: a YAML block in a Markdown fence, a shell word in it. It
 * knows where in the file its characters are, and how new characters must be written there.
 */
export interface HostedText extends SpecText {
  /** How many texts lie around it; 0 is the file. Holes that were written in it carry this level. */
  readonly level: number;
  /** The edit of the file that puts `text` in place of the range of `value`; undefined when it cannot be done right. */
  edit(part: Range, text: NewText): TextEdit | undefined;
}

/** What a host decoded: the text, its map to the *host's* value, and the holes in it. */
export interface Decoded {
  readonly text: string;
  readonly map: OffsetMap;
  readonly holes: readonly Hole[];
}

/** A replacement in the host's value. */
export interface HostEdit {
  readonly range: Range;
  readonly text: NewText;
}

/** The file itself: a BOM and the CRs of CRLF are left out of `value`, and put back where lines are written. */
export function fileText(text: string): HostedText {
  const known = wellFormed(text);
  const built = new MapBuilder(0);
  let at = text.startsWith('\ufeff') ? 1 : 0;
  for (let cr = text.indexOf('\r\n', at); cr >= 0; cr = text.indexOf('\r\n', at)) {
    built.copy(known.slice(at, cr), at);
    at = cr + 1;
  }
  built.copy(known.slice(at), at).endAt(text.length);
  const crlf = text.includes('\r\n') && !/(^|[^\r])\n/.test(text);
  const { text: value, map } = built.build();
  return {
    value,
    map,
    holes: [],
    level: 0,
    edit(part, replacement) {
      const range = exactSource(map, part);
      const encoded = encodeNewText(replacement, 0, (known) => (crlf ? known.replace(/\n/g, '\r\n') : known));
      return range === undefined || encoded === undefined ? undefined : { range, text: encoded.value };
    },
  };
}

/** A text decoded out of `host`; `encode` says how a change of it is written in the host's value. */
export function deriveText(
  host: HostedText,
  decoded: Decoded,
  encode: (part: Range, text: NewText) => HostEdit | undefined,
): HostedText {
  return {
    value: decoded.text,
    map: mapThrough(host.map, decoded.map),
    holes: decoded.holes,
    level: host.level + 1,
    edit(part, text) {
      const change = encode(part, text);
      return change === undefined ? undefined : host.edit(change.range, change.text);
    },
  };
}

/** The inner map seen through the outer one; most files stand as they are, and there the inner one is the answer. */
export function mapThrough(outer: OffsetMap, inner: OffsetMap): OffsetMap {
  const [only, other] = outer.segments;
  const same = only !== undefined && other === undefined && only.copy && only.at === 0 && only.source === 0;
  return same ? inner : composeMaps(outer, inner);
}

/** The slice of a text, as a text on the same level. */
export function sliceHosted(host: HostedText, part: Range): HostedText {
  return {
    ...sliceText(host, part),
    level: host.level,
    edit: (inner, text) => host.edit({ start: part.start + inner.start, end: part.start + inner.end }, text),
  };
}

/**
 * Where exactly a decoded range lies in the source. Undefined when an end of it lies inside an escape or a hole.
 * An empty range lies right after the character before it.
 */
export function exactSource(map: OffsetMap, part: Range): Range | undefined {
  if (part.start === part.end) {
    if (part.start === 0) {
      const first = map.segments[0];
      return first === undefined ? toSource(map, part) : { start: first.source, end: first.source };
    }
    const before = exactSource(map, { start: part.start - 1, end: part.start });
    return before && { start: before.end, end: before.end };
  }
  if (!isBoundary(map, part.start) || !isBoundary(map, part.end)) return undefined;
  return toSource(map, part);
}

/** Whether a decoded offset lies between two things that the source distinguishes. */
function isBoundary(map: OffsetMap, at: number): boolean {
  let low = 0;
  let high = map.segments.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const segment = map.segments[middle]!;
    if (at <= segment.at) high = middle - 1;
    else if (at >= segment.at + segment.length) low = middle + 1;
    else return segment.copy;
  }
  return true;
}

/** The texts in one, with `separator` between them. A change must lie inside one of them. */
export function joinHosted(texts: readonly HostedText[], separator: string): HostedText {
  const segments: OffsetMap['segments'][number][] = [];
  const holes: Hole[] = [];
  const starts: number[] = [];
  let value = '';
  let end = texts[0]?.map.endSource ?? 0;
  for (const [index, text] of texts.entries()) {
    if (index > 0) {
      segments.push({
        at: value.length,
        length: separator.length,
        source: end,
        sourceLength: 0,
        copy: false,
      });
      value += separator;
    }
    starts.push(value.length);
    for (const segment of text.map.segments) segments.push({ ...segment, at: segment.at + value.length });
    for (const hole of text.holes) {
      const range = { start: hole.range.start + value.length, end: hole.range.end + value.length };
      holes.push({ ...hole, range });
    }
    value += text.value;
    end = text.map.endSource;
  }
  return {
    value,
    holes,
    map: { segments, endSource: end },
    level: texts[0]?.level ?? 0,
    edit(part, text) {
      const index = starts.findLastIndex((start) => start <= part.start);
      const inner = texts[index];
      const start = starts[index] ?? 0;
      if (inner === undefined || part.end > start + inner.value.length) return undefined;
      return inner.edit({ start: part.start - start, end: part.end - start }, text);
    },
  };
}

/**
 * Whether a backslash stands right before a decoded offset that means itself only because of what follows it: text that
 * is written there would change that.
 */
export function followsLoneBackslash(value: string, map: OffsetMap, at: number): boolean {
  if (at === 0 || value[at - 1] !== '\\') return false;
  return map.segments.some((one) => one.copy && one.at < at && at <= one.at + one.length);
}
