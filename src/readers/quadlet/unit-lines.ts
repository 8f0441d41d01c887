import { TextDecoder } from '../../source/decode.js';
import { type HostedText, sliceHosted } from '../../source/hosted-text.js';
import { deriveAsWritten } from '../../source/mask.js';
import { MARK } from '../../text/hole-mark.js';
import type { Range } from '../../text/range.js';
import { displayText } from '../../text/spec-text.js';

/** One entry of a unit, its lines joined as Quadlet joins them. */
export interface UnitLine {
  /** Of what it is an entry; undefined where a template says so. */
  readonly section: string | undefined;
  readonly key: HostedText;
  readonly value: HostedText;
  /** In the host, all of its lines. */
  readonly range: Range;
  /** It stands between the lines of a template that decide whether it is there. */
  readonly conditional: boolean;
}

/** A unit as Quadlet's own parser cuts it. */
export interface UnitText {
  readonly sections: ReadonlyMap<string, Range>;
  readonly lines: readonly UnitLine[];
  /** In a section, and neither an entry nor a comment: Quadlet reads nothing of such a file. */
  readonly broken: readonly Range[];
  /** A template adds lines that nobody knows. */
  readonly isPartial: boolean;
}

const LONE_HOLE = new RegExp(`^${MARK}$`, 'u');
const SECTION = /^\[([^\][]+)\][ \t]*$/;

/** Cuts a unit into entries: a backslash joins a line with the next one, and nothing is put between them. */
export function cutUnit(host: HostedText): UnitText {
  const { value: text } = host;
  const sections = new Map<string, Range>();
  const lines: UnitLine[] = [];
  const broken: Range[] = [];
  let isPartial = false;
  let section: string | undefined;
  let depth = 0;
  let pieces: Range[] = [];
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const range = trimmed(text, { start: at, end });
    at = end + 1;
    const line = text.slice(range.start, range.end);
    if (LONE_HOLE.test(line)) {
      const statement = displayText(host, range);
      if (/^\{%[-+]?\s*(?:if|for)\b/.test(statement)) depth++;
      else if (/^\{%[-+]?\s*end/.test(statement)) depth = Math.max(0, depth - 1);
      else if (!/^\{[%#]/.test(statement)) isPartial = true;
      continue;
    }
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    if (line.endsWith('\\') && newline >= 0) {
      pieces.push({ start: range.start, end: range.end - 1 });
      continue;
    }
    pieces.push(range);
    const whole = { start: pieces[0]!.start, end: range.end };
    const joined = joinPieces(host, pieces);
    pieces = [];
    const name = SECTION.exec(joined.value)?.[1];
    if (name !== undefined) {
      section = joined.holes.length > 0 ? undefined : name;
      if (section !== undefined && !sections.has(section)) sections.set(section, whole);
      continue;
    }
    const equals = joined.value.indexOf('=');
    if (equals <= 0) {
      if (sections.size > 0) broken.push(whole);
      continue;
    }
    const key = trimmed(joined.value, { start: 0, end: equals });
    const value = trimmed(joined.value, { start: equals + 1, end: joined.value.length });
    lines.push({
      section,
      key: sliceHosted(joined, key),
      value: sliceHosted(joined, value),
      range: whole,
      conditional: depth > 0,
    });
  }
  return { sections, lines, broken, isPartial };
}

function joinPieces(host: HostedText, pieces: readonly Range[]): HostedText {
  const first = pieces[0]!;
  if (pieces.length === 1) return sliceHosted(host, first);
  const out = new TextDecoder(host, first.start);
  for (const { start, end } of pieces) out.copy(start, end);
  return deriveAsWritten(host, out.build());
}

/** The range without white space at its ends. */
function trimmed(text: string, { start, end }: Range): Range {
  while (start < end && /\s/.test(text[start]!)) start++;
  while (end > start && /\s/.test(text[end - 1]!)) end--;
  return { start, end };
}
