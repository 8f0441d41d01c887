import type { FoundWord, QuotedPiece } from '../../source/frontend.js';
import { type HostedText, mapThrough } from '../../source/hosted-text.js';
import { holeMark } from '../../text/hole-mark.js';
import { MapBuilder, type OffsetMap } from '../../text/offset-map.js';
import type { Range } from '../../text/range.js';
import { displayText, firstHoleFrom, type Hole, type HoleKind } from '../../text/spec-text.js';
import { decodeAnsiC } from './ansi-c.js';
import { editWord } from './encode.js';

const NO_HOLES: readonly Hole[] = [];

/** There may be a million words in a file: nothing more than this stays of each. */
function makeWord(
  host: HostedText,
  value: string,
  local: OffsetMap,
  holes: readonly Hole[],
  pieces: readonly QuotedPiece[],
  raw: Range,
): FoundWord {
  const level = host.level + 1;
  return {
    value,
    map: mapThrough(host.map, local),
    holes: holes.length === 0 ? NO_HOLES : holes,
    level,
    host,
    raw,
    local,
    pieces,
    list: '',
    edit(part, text) {
      const change = editWord({ map: local, pieces, raw, value, level }, part, text);
      return change && host.edit(change.range, change.text);
    },
  };
}

/** Puts a word together of stretches of its host, and knows how each is quoted. Ranges are in the host's value. */
export class WordBuilder {
  readonly #host: HostedText;
  /** Unquoted holes count as quoted: nothing splits what is assigned. */
  readonly #isAssigned: boolean;
  readonly #out = new MapBuilder(0);
  readonly #holes: Hole[] = [];
  readonly #pieces: QuotedPiece[] = [];
  #style: QuotedPiece['style'] = 'bare';
  /** Quotes end a piece, even between two of one style. */
  #fresh = true;

  constructor(host: HostedText, isAssigned: boolean) {
    this.#host = host;
    this.#isAssigned = isAssigned;
  }

  get style(): QuotedPiece['style'] {
    return this.#style;
  }

  /** Whatever `add` adds is quoted in that way. */
  quoted(style: QuotedPiece['style'], add: () => void): void {
    this.#style = style;
    this.#fresh = true;
    add();
    this.#style = 'bare';
    this.#fresh = true;
  }

  /** Adds what only the shell can know. */
  hole(range: Range, kind: HoleKind, absolute: boolean): void {
    const text = displayText(this.#host, range);
    const isClean = text === this.#host.value.slice(range.start, range.end);
    const level = isClean ? this.#host.level + 1 : -1;
    this.#addHole(range, { kind, text, quoted: this.#isQuoted(), level, ...(absolute && { absolute }) });
  }

  /** Adds the character after the backslash at `at`, or the hole that stands there. */
  escaped(at: number): void {
    const { holes, value } = this.#host;
    if (holes[firstHoleFrom(holes, at)]?.range.start === at + 1) {
      this.copy(at + 1, at + 2);
      return;
    }
    const start = this.#out.length;
    this.#out.atom(value[at + 1]!, at, 2);
    this.#grow(start, { start: at, end: at + 2 });
  }

  /** Adds what is written between `$'` and `'`. */
  ansi(from: number, to: number): void {
    const at = this.#out.length;
    decodeAnsiC(this.#host.value.slice(from, to), from, this.#out);
    if (this.#out.length > at) this.#grow(at, { start: from, end: to });
  }

  /** Adds the host's characters, its holes as holes. */
  copy(from: number, to: number): void {
    const { holes, value } = this.#host;
    let at = from;
    for (let i = firstHoleFrom(holes, from); i < holes.length && holes[i]!.range.start < to; i++) {
      const hole = holes[i]!;
      this.#copyKnown(value.slice(at, hole.range.start), at);
      this.#addHole(hole.range, { ...hole, quoted: this.#isQuoted() });
      at = hole.range.end;
    }
    if (at < to) this.#copyKnown(value.slice(at, to), at);
  }

  #copyKnown(text: string, source: number): void {
    if (text === '') return;
    const at = this.#out.length;
    this.#out.copy(text, source);
    this.#grow(at, { start: source, end: source + text.length });
  }

  /** The word, which is written at `raw`. */
  finish(raw: Range): FoundWord {
    const { text, map } = this.#out.build();
    const local = text === '' ? { ...map, endSource: raw.start } : map;
    return makeWord(this.#host, text, local, this.#holes, this.#pieces, raw);
  }

  #isQuoted(): boolean {
    return this.#style !== 'bare' || this.#isAssigned;
  }

  #addHole(range: Range, hole: Omit<Hole, 'range'>): void {
    const at = this.#out.length;
    this.#out.atom(holeMark(this.#holes.length), range.start, range.end - range.start);
    this.#holes.push({ ...hole, range: { start: at, end: at + 1 } });
    this.#grow(at, range);
  }

  #grow(at: number, raw: Range): void {
    const range = { start: at, end: this.#out.length };
    const last = this.#pieces.at(-1);
    if (last !== undefined && !this.#fresh && last.style === this.#style) {
      this.#pieces[this.#pieces.length - 1] = {
        style: last.style,
        range: { start: last.range.start, end: range.end },
        raw: { start: last.raw.start, end: raw.end },
      };
    } else this.#pieces.push({ style: this.#style, range, raw });
    this.#fresh = false;
  }
}
