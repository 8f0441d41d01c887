import { TextDecoder } from '../../source/decode.js';
import type { FoundWord, QuotedPiece } from '../../source/frontend.js';
import { deriveText, exactSource, type HostEdit, type HostedText } from '../../source/hosted-text.js';
import { encodeNewText, type NewText, NewTextBuilder } from '../../source/new-text.js';
import { fillMarks } from '../../text/hole-mark.js';
import type { Range } from '../../text/range.js';
import type { Hole } from '../../text/spec-text.js';

/** How one of Windows' shells writes words. */
export interface WindowsQuoting {
  /** Known text inside quotes of that style; undefined when it cannot be said there. */
  escapeIn(style: QuotedPiece['style'], known: string): string | undefined;
  /** What a bare word may hold. */
  readonly safe: RegExp;
  /** What is expanded inside double quotes as well. */
  readonly expands: RegExp;
  /** A variable as it must be written where this character follows. */
  variableBefore?(next: string, text: string): string;
}

/** Collects one word of a Windows shell. */
export class WindowsWord {
  readonly #host: HostedText;
  readonly #out: TextDecoder;
  readonly #pieces: QuotedPiece[] = [];
  readonly #start: number;

  constructor(host: HostedText, start: number) {
    this.#host = host;
    this.#start = start;
    this.#out = new TextDecoder(host, start);
  }

  /** Appends characters as they stand. */
  copy(from: number, to: number, style: QuotedPiece['style']): void {
    if (from < to) this.#grow(style, from, to, () => this.#out.copy(from, to, { quoted: true }));
  }

  /** Appends an escaped character. */
  escaped(text: string, from: number, to: number, style: QuotedPiece['style']): void {
    this.#grow(style, from, to, () => this.#out.atom(text, from, to));
  }

  /** Appends a hole. */
  hole(
    from: number,
    to: number,
    hole: Pick<Hole, 'kind' | 'absolute'>,
    style: QuotedPiece['style'],
    quoted = true,
  ): void {
    this.#grow(style, from, to, () => this.#out.hole({ start: from, end: to }, { ...hole, quoted }));
  }

  /** The word, which ends at `end` in the host. */
  finish(end: number, list: string, quoting: WindowsQuoting): FoundWord {
    const decoded = this.#out.build();
    const raw = { start: this.#start, end };
    const pieces = this.#pieces;
    const text = deriveText(this.#host, decoded, (part, fresh) => {
      const piece = pieces.find(({ range }) => range.start <= part.start && part.end <= range.end);
      const whole = part.start === 0 && part.end === decoded.text.length;
      if (piece === undefined) {
        const quoted = whole ? quoteWindows(quoting, fresh, this.#host.level + 1) : undefined;
        return quoted && { range: raw, text: quoted };
      }
      return this.#edit(quoting, decoded.map, piece, part, fresh);
    });
    return { ...text, host: this.#host, raw, local: decoded.map, pieces, list };
  }

  #edit(
    quoting: WindowsQuoting,
    map: FoundWord['map'],
    { style }: QuotedPiece,
    part: Range,
    fresh: NewText,
  ): HostEdit | undefined {
    const range = exactSource(map, part);
    if (range === undefined) return undefined;
    if (style === 'bare' && !quoting.safe.test(fillMarks(fresh.value, ''))) return undefined;
    if (style === 'single' && fresh.holes.length > 0) return undefined;
    const text = encodeNewText(delimited(quoting, fresh), this.#host.level + 1, (known) =>
      quoting.escapeIn(style, known),
    );
    return text && { range, text };
  }

  #grow(style: QuotedPiece['style'], from: number, to: number, add: () => void): void {
    const start = this.#out.length;
    add();
    const range = { start, end: this.#out.length };
    const last = this.#pieces.at(-1);
    if (last?.style === style && last.raw.end === from) {
      const joined = { start: last.range.start, end: range.end };
      this.#pieces[this.#pieces.length - 1] = {
        style,
        range: joined,
        raw: { start: last.raw.start, end: to },
      };
    } else this.#pieces.push({ style, range, raw: { start: from, end: to } });
  }
}

/** A whole word: bare when that is safe, in double quotes otherwise, and where something in it was quoted before. */
export function quoteWindows(quoting: WindowsQuoting, text: NewText, level: number): NewText | undefined {
  const own = text.holes.filter((hole) => (hole.level ?? level) === level);
  const isSafe = text.value !== '' && quoting.safe.test(fillMarks(text.value, 'x'));
  const canQuote = own.every((hole) => quoting.expands.test(hole.text));
  const bare = isSafe && !(canQuote && own.some(({ quoted }) => quoted));
  if (!bare && !canQuote) return undefined;
  const style = bare ? 'bare' : 'double';
  const encoded = encodeNewText(delimited(quoting, text), level, (known) => quoting.escapeIn(style, known));
  return encoded && (bare ? encoded : new NewTextBuilder().add('"').addText(encoded).add('"').build());
}

/** A text whose variables end where they must. */
function delimited({ variableBefore }: WindowsQuoting, { value, holes }: NewText): NewText {
  if (variableBefore === undefined) return { value, holes };
  const ended = holes.map((hole) => ({
    ...hole,
    text: variableBefore(value[hole.range.end] ?? '', hole.text),
  }));
  return { value, holes: ended };
}
