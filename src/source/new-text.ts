import { holeMark } from '../text/hole-mark.js';
import type { Hole, SpecText } from '../text/spec-text.js';

/** A text to be written into a file: decoded, its holes as marks. Every {@link SpecText} is one. */
export type NewText = Pick<SpecText, 'value' | 'holes'>;

/** A new text without holes. */
export function knownText(value: string): NewText {
  return { value, holes: [] };
}

/** Collects a new text piece by piece. */
export class NewTextBuilder {
  #value = '';
  #holes: Hole[] = [];

  /** Appends characters that are known. */
  add(text: string): this {
    this.#value += text;
    return this;
  }

  /** Appends a hole. */
  addHole(hole: Hole): this {
    const start = this.#value.length;
    this.#value += holeMark(this.#holes.length);
    this.#holes.push({ ...hole, range: { start, end: start + 1 } });
    return this;
  }

  /** Appends a text with its holes. */
  addText(text: NewText): this {
    for (const piece of splitAtHoles(text)) {
      if (typeof piece === 'string') this.add(piece);
      else this.addHole(piece);
    }
    return this;
  }

  /** What was collected. */
  build(): NewText {
    return { value: this.#value, holes: this.#holes };
  }
}

/** The text as a list of known stretches (never empty) and holes, in order. */
export function splitAtHoles({ value, holes }: NewText): (string | Hole)[] {
  const pieces: (string | Hole)[] = [];
  let at = 0;
  for (const hole of holes) {
    if (hole.range.start > at) pieces.push(value.slice(at, hole.range.start));
    pieces.push(hole);
    at = hole.range.end;
  }
  if (at < value.length) pieces.push(value.slice(at));
  return pieces;
}

/**
 * Encodes a text for one host: known stretches through `encode`, holes that were written on this `level` as they were
 * written, holes of hosts around it left for those. Undefined when a piece cannot be said here.
 */
export function encodeNewText(
  text: NewText,
  level: number,
  encode: (known: string) => string | undefined,
): NewText | undefined {
  const out = new NewTextBuilder();
  for (const piece of splitAtHoles(text)) {
    if (typeof piece !== 'string') {
      const own = piece.level ?? level;
      if (own < 0 || own > level) return undefined;
      if (own === level) out.add(piece.text);
      else out.addHole(piece);
      continue;
    }
    const encoded = encode(piece);
    if (encoded === undefined) return undefined;
    out.add(encoded);
  }
  return out.build();
}
