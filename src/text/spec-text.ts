import { identityMap, type OffsetMap, sliceMap, toSource } from './offset-map.js';
import { overlaps, type Range } from './range.js';

/** What a hole was written as. `glob` covers every expansion that may make several words of one. */
export type HoleKind = 'variable' | 'command' | 'template' | 'placeholder' | 'glob' | 'tilde';

/**
 * A part of a spec that only the shell, make, CI or a person will fill in. In {@link SpecText.value} it takes one
 * character, mark (`hole-mark.ts`), and code that needs that text must answer "unknown".
 */
export interface Hole {
  /** Where its mark stands in the decoded value. */
  readonly range: Range;
  readonly kind: HoleKind;
  /** As it was written, quotes around it left out: `$PWD`, `$(pwd)`, `${{ github.workspace }}`, `<path>`. */
  readonly text: string;
  /** Whether the shell would keep it one word: it stands in double quotes, or its host never splits. */
  readonly quoted: boolean;
  /** Known to expand to an absolute path (`$PWD`, `$(pwd)`, `$HOME`, `$(CURDIR)`, …) in the language it stands in. */
  readonly absolute?: boolean;
  /**
   * How many hosts lie around the text that the hole was written in: 0 for the file itself, 1 for a YAML string in it, …
   * Code that writes the hole back must write it on that level. Below 0: it cannot be written back.
   */
  readonly level?: number;
}

/** One text as docker would receive it, tied to where it was written. */
export interface SpecText {
  /** Decoded: without the host's quotes and escapes; each hole is one mark (`hole-mark.ts`). */
  readonly value: string;
  readonly map: OffsetMap;
  readonly holes: readonly Hole[];
}

/** A text whose every character is known and stands in the source as it is, from `offset` on. */
export function plainText(value: string, offset = 0): SpecText {
  return { value, map: identityMap(value.length, offset), holes: [] };
}

/** The slice `start…end` of a text, with its holes and its map. */
export function sliceText(text: SpecText, part: Range): SpecText {
  if (part.start === 0 && part.end === text.value.length) return text;
  if (text.holes.length === 0) {
    return {
      value: text.value.slice(part.start, part.end),
      map: sliceMap(text.map, part),
      holes: text.holes,
    };
  }
  const holes = holesIn(text.holes, part).map((hole) => ({
    ...hole,
    range: { start: hole.range.start - part.start, end: hole.range.end - part.start },
  }));
  return { value: text.value.slice(part.start, part.end), map: sliceMap(text.map, part), holes };
}

/** Whether a hole lies in the range. */
export function hasHole(text: SpecText, part: Range = { start: 0, end: text.value.length }): boolean {
  const hole = text.holes[firstHoleFrom(text.holes, part.start)];
  return hole !== undefined && overlaps(hole.range, part);
}

/** The index of the first hole that does not end before an offset: holes stand in order. */
export function firstHoleFrom(holes: readonly Hole[], at: number): number {
  let low = 0;
  let high = holes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holes[middle]!.range.end <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The holes that lie in a range. */
function holesIn(holes: readonly Hole[], part: Range): readonly Hole[] {
  const first = firstHoleFrom(holes, part.start);
  let end = first;
  while (end < holes.length && overlaps(holes[end]!.range, part)) end++;
  return first === 0 && end === holes.length ? holes : holes.slice(first, end);
}

/** The text of the range, or undefined when a hole is in it: what cannot be known is never guessed. */
export function literal(
  text: SpecText,
  part: Range = { start: 0, end: text.value.length },
): string | undefined {
  return hasHole(text, part) ? undefined : text.value.slice(part.start, part.end);
}

/** The text of the range for a person: holes as they were written. */
export function displayText(
  text: Pick<SpecText, 'value' | 'holes'>,
  part: Range = { start: 0, end: text.value.length },
): string {
  let out = '';
  let at = part.start;
  for (const hole of holesIn(text.holes, part)) {
    out += text.value.slice(at, hole.range.start) + hole.text;
    at = hole.range.end;
  }
  return out + text.value.slice(at, part.end);
}

/** The holes of a text by their marks. */
export function holesByMark({ value, holes }: Pick<SpecText, 'value' | 'holes'>): ReadonlyMap<string, Hole> {
  return new Map(holes.map((hole) => [value[hole.range.start]!, hole]));
}

/** A sentence that cites decoded text, for a person: each mark as its hole was written. */
export function displayMarks(sentence: string, holes: ReadonlyMap<string, Pick<Hole, 'text'>>): string {
  if (holes.size === 0) return sentence;
  let out = '';
  // A mark is a character of its own; half of a pair is none.
  for (const character of sentence) out += holes.get(character)?.text ?? character;
  return out;
}

/** Where the range stands in the source. */
export function sourceRange(text: SpecText, part: Range = { start: 0, end: text.value.length }): Range {
  return toSource(text.map, part);
}
