/** How a stretch of text looks on a terminal: what to print for it and how many columns that takes. */
export interface Cell {
  /** In the line, UTF-16. */
  readonly at: number;
  readonly length: number;
  readonly text: string;
  readonly width: number;
}

/** Columns between two tab stops; terminals use 8, but commands that are indented by tabs are easier to read so. */
const TAB = 4;

// East Asian Wide and Fullwidth blocks; emoji have a property of their own.
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1f200, 0x1f2ff],
  [0x20000, 0x3fffd],
];

const JOINER = 0x200d;
const EMOJI_VARIANT = 0xfe0f;
const TEXT_VARIANT = 0xfe0e;
// Controls, format characters (those that turn the direction of text around too), characters that show nothing, blanks that look
// like others: shown by name, as they would be missed or act on the terminal.
// Here, not above: the first \p costs more than all other patterns together, and few lines need it.
const invisible = (): RegExp =>
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]/gu;
const isInvisible = (char: string): boolean => invisible().test(char);

/** The text with each character that acts or cannot be seen written in another way, for formats that have an escape for it. */
export function escapeInvisible(text: string, write: (char: string) => string): string {
  return PRINTABLE.test(text) ? text : text.replace(invisible(), write);
}

/** Characters none of which are {@link invisible}, by blocks: those of most texts, and what mountc's own sentences hold. */
const PRINTABLE = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027]*$/;

/**
 * A text of somebody else as one line that shows all of it and does nothing: what acts on a terminal, ends a line, turns text
 * around or cannot be seen is written as `<U+001B>`.
 */
export function visible(text: string): string {
  if (PRINTABLE.test(text)) return text;
  return cellsOf(text)
    .map((cell) => (text[cell.at] === '\t' ? named(0x09).text : cell.text))
    .join('');
}

/** A line as cells from left to right; every character of it is in exactly one. */
export function cellsOf(line: string): Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  let joined = false;
  for (let at = 0; at < line.length; ) {
    const point = line.codePointAt(at)!;
    // Nearly all of most lines.
    if (point >= 0x20 && point < 0x7f && line.charCodeAt(at + 1) !== EMOJI_VARIANT) {
      cells.push({ at, length: 1, text: line[at]!, width: 1 });
      joined = false;
      column++;
      at++;
      continue;
    }
    const char = String.fromCodePoint(point);
    const next = line.codePointAt(at + char.length);
    let cell: Pick<Cell, 'text' | 'width'>;
    if (point >= 0x20 && point < 0x7f) cell = { text: char, width: 2 };
    else if (point === 0x09) cell = blanks(TAB - (column % TAB));
    else if (point === JOINER && joins(line, at)) cell = { text: char, width: 0 };
    else if (isInvisible(char) && !isVariant(line, at, point)) cell = named(point);
    else if (joined || isPartOfEmoji(line, at, point)) cell = { text: char, width: 0 };
    else cell = { text: char, width: widthOf(char, point, next) };
    joined = point === JOINER && cell.width === 0;
    cells.push({ at, length: char.length, ...cell });
    column += cell.width;
    at += char.length;
  }
  return cells;
}

function widthOf(char: string, point: number, next: number | undefined): number {
  if (/\p{Mn}|\p{Me}/u.test(char)) return 0;
  if (/\p{Emoji_Presentation}/u.test(char)) return 2;
  if (next === EMOJI_VARIANT && /\p{Extended_Pictographic}/u.test(char)) return 2;
  return WIDE.some(([first, last]) => first <= point && point <= last) ? 2 : 1;
}

/** Whether a joiner stands between two pictures, where terminals draw one. */
function joins(line: string, at: number): boolean {
  const before = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier})\ufe0f?$/u.test(
    line.slice(Math.max(0, at - 4), at),
  );
  return before && /^\p{Extended_Pictographic}/u.test(line.slice(at + 1, at + 3));
}

/** Whether it says how the picture or the digit before it is drawn. */
function isVariant(line: string, at: number, point: number): boolean {
  if (point !== EMOJI_VARIANT && point !== TEXT_VARIANT) return false;
  return /[\p{Extended_Pictographic}0-9#*]$/u.test(line.slice(Math.max(0, at - 2), at));
}

/** A skin tone, or the second letter of a flag. */
function isPartOfEmoji(line: string, at: number, point: number): boolean {
  if (point >= 0x1f3fb && point <= 0x1f3ff)
    return /\p{Extended_Pictographic}\ufe0f?$/u.test(line.slice(Math.max(0, at - 3), at));
  if (point < 0x1f1e6 || point > 0x1f1ff) return false;
  const letters = /(?:[\u{1f1e6}-\u{1f1ff}])*$/u.exec(line.slice(Math.max(0, at - 40), at))![0];
  return letters.length % 4 === 2;
}

function blanks(width: number): Pick<Cell, 'text' | 'width'> {
  return { text: ' '.repeat(width), width };
}

function named(point: number): Pick<Cell, 'text' | 'width'> {
  const text = `<U+${point.toString(16).toUpperCase().padStart(4, '0')}>`;
  return { text, width: text.length };
}
