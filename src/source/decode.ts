import { holeMark } from '../text/hole-mark.js';
import { MapBuilder } from '../text/offset-map.js';
import type { Range } from '../text/range.js';
import { displayText, firstHoleFrom, type Hole } from '../text/spec-text.js';
import type { Decoded, HostedText } from './hosted-text.js';

/** Decodes a text out of a host piece by piece, in order; the host's holes come along. */
export class TextDecoder {
  readonly #host: HostedText;
  readonly #out: MapBuilder;
  readonly #holes: Hole[] = [];

  /** `start` is where in the host an empty text would lie. */
  constructor(host: HostedText, start: number) {
    this.#host = host;
    this.#out = new MapBuilder(start);
  }

  /** How many characters there are so far. */
  get length(): number {
    return this.#out.length;
  }

  /** Appends the host's characters as they are, its holes with what `change` says of them. */
  copy(from: number, to: number, change: Partial<Hole> = {}): this {
    const { holes, value } = this.#host;
    let at = from;
    for (let i = firstHoleFrom(holes, from); i < holes.length && holes[i]!.range.start < to; i++) {
      const hole = holes[i]!;
      this.#out.copy(value.slice(at, hole.range.start), at);
      this.#add(hole.range, { ...hole, ...change });
      at = hole.range.end;
    }
    if (at < to) this.#out.copy(value.slice(at, to), at);
    return this;
  }

  /** Appends text that stands for a range of the host as a whole. */
  atom(text: string, from: number, to: number): this {
    this.#out.atom(text, from, to - from);
    return this;
  }

  /** Appends a hole that was written in this text; one that holds a hole of the host cannot be written back. */
  hole(range: Range, hole: Pick<Hole, 'kind' | 'quoted' | 'absolute'>): this {
    const text = displayText(this.#host, range);
    const plain = text === this.#host.value.slice(range.start, range.end);
    return this.#add(range, { ...hole, text, level: plain ? this.#host.level + 1 : -1 });
  }

  #add(range: Range, hole: Omit<Hole, 'range'>): this {
    const at = this.#out.length;
    this.#out.atom(holeMark(this.#holes.length), range.start, range.end - range.start);
    this.#holes.push({ ...hole, range: { start: at, end: at + 1 } });
    return this;
  }

  /** Says where in the host the text ends. */
  endAt(source: number): this {
    this.#out.endAt(source);
    return this;
  }

  /** What was decoded. */
  build(): Decoded {
    return { ...this.#out.build(), holes: this.#holes };
  }
}
