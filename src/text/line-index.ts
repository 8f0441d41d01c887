/** A place for a person: line and column count from 1, the column in UTF-16 units; `offset` counts from 0. */
export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** Which of the lines that start at these offsets, the first at 0, an offset is in; from 0. */
export function lineAt(starts: readonly number[], at: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Finds line and column of offsets in one text; lines end with LF, CRLF or a lone CR at no extra cost. */
export class LineIndex {
  readonly #starts: number[] = [0];
  readonly text: string;

  constructor(text: string) {
    this.text = text;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** The place of an offset; offsets past the end count as the end. */
  position(offset: number): Position {
    const at = Math.min(Math.max(0, offset), this.text.length);
    const line = lineAt(this.#starts, at);
    return { offset: at, line: line + 1, column: at - this.#starts[line]! + 1 };
  }

  /** Where the line with that number (from 1) starts; the text's length for lines after its end. */
  offsetOf(number: number): number {
    return this.#starts[number - 1] ?? this.text.length;
  }

  /** How many lines there are; a text without a line feed has one. */
  get lineCount(): number {
    return this.#starts.length;
  }

  /** The line with that number (from 1), without its line ending; empty for lines that do not exist. */
  line(number: number): string {
    const start = this.#starts[number - 1];
    if (start === undefined) return '';
    const end = this.#starts[number] ?? this.text.length + 1;
    return this.text.slice(start, this.text[end - 2] === '\r' && end - 2 >= start ? end - 2 : end - 1);
  }
}
