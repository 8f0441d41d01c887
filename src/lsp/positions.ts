import type { Range as LspRange, Position } from 'vscode-languageserver/node.js';
import { lineAt } from '../text/line-index.js';
import type { Range } from '../text/range.js';

/** In what columns are counted, as client and server agreed. */
export type Encoding = 'utf-8' | 'utf-16' | 'utf-32';

/** Goes between offsets of a text and places as a client counts them: lines from 0 that LF, CRLF or CR end, columns in its units. */
export class Places {
  readonly #text: string;
  readonly #starts: number[] = [0];
  readonly #encoding: Encoding;

  constructor(text: string, encoding: Encoding) {
    this.#text = text;
    this.#encoding = encoding;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) this.#starts.push(at + 1);
    }
  }

  /** The offset of a place; what lies after the end of a line counts as its end. */
  offset({ line, character }: Position): number {
    if (line >= this.#starts.length) return this.#text.length;
    const start = this.#starts[Math.max(0, line)]!;
    const end = this.#endOf(line);
    if (this.#encoding === 'utf-16') return Math.min(start + character, end);
    let at = start;
    for (let units = 0; at < end && units < character; ) {
      const point = this.#text.codePointAt(at)!;
      units += this.#unitsOf(point);
      // Inside of a character is before it.
      if (units > character) break;
      at += point > 0xffff ? 2 : 1;
    }
    return at;
  }

  /** The place of an offset. */
  position(offset: number): Position {
    const inText = Math.min(Math.max(0, offset), this.#text.length);
    const line = lineAt(this.#starts, inText);
    const start = this.#starts[line]!;
    // Between the two characters of a line end there is no column.
    const at = Math.min(inText, this.#endOf(line));
    if (this.#encoding === 'utf-16') return { line, character: at - start };
    let character = 0;
    for (const one of this.#text.slice(start, at)) character += this.#unitsOf(one.codePointAt(0)!);
    return { line, character };
  }

  /** A range as the client counts it. */
  range({ start, end }: Range): LspRange {
    return { start: this.position(start), end: this.position(end) };
  }

  /** A range of the client, in offsets. */
  offsets({ start, end }: LspRange): Range {
    return { start: this.offset(start), end: this.offset(end) };
  }

  /** Where a line ends, its line feed left out. */
  #endOf(line: number): number {
    const next = this.#starts[line + 1];
    if (next === undefined) return this.#text.length;
    const isPair = this.#text.charCodeAt(next - 1) === LF && this.#text.charCodeAt(next - 2) === CR;
    return next - (isPair && next - 2 >= this.#starts[line]! ? 2 : 1);
  }

  #unitsOf(point: number): number {
    if (this.#encoding === 'utf-32') return 1;
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
}

const LF = 10;
const CR = 13;
