import { append } from '../text/append.js';
import type { LineIndex } from '../text/line-index.js';
import type { Range } from '../text/range.js';
import { type Shown, screened, show } from '../text/shown.js';
import { showLine } from './source-line.js';

/** A text, and what of it is not shown. */
export interface ExcerptSource {
  readonly lines: LineIndex;
  readonly hidden: (line: number) => readonly Range[];
}

/** How an excerpt is drawn. */
interface ExcerptStyle {
  /** What stands before a line of that number, or of marks; no line break in it. */
  readonly lead: (line?: number) => Shown;
  /** Columns that a line may take after its lead and a blank. */
  readonly room: number;
  readonly mark: (text: string) => Shown;
  readonly sign?: string;
}

/** The first and the last line of a range, each cut to its room, with marks under what lies in it. */
export function excerpt(
  range: Range,
  { lines, hidden }: ExcerptSource,
  { lead, room, mark, sign = '^' }: ExcerptStyle,
): Shown[] {
  const first = lines.position(range.start);
  const last = lines.position(range.end);
  const line = (number: number, from: number, to: number) => {
    const shown = showLine(lines.line(number), from, to, room, hidden(number));
    return [
      show`${lead(number)}${shown.text === '' ? '' : screened(` ${shown.text}`)}\n`,
      show`${lead()} ${' '.repeat(shown.from)}${mark(sign.repeat(shown.width))}\n`,
    ];
  };
  if (first.line === last.line) return line(first.line, first.column - 1, last.column - 1);
  const out = line(first.line, first.column - 1, lines.line(first.line).length);
  if (last.line > first.line + 1) out.push(show`${lead()} ...\n`);
  const text = lines.line(last.line);
  const indent = text.length - text.trimStart().length;
  if (last.column - 1 > indent) append(out, line(last.line, indent, last.column - 1));
  return out;
}
