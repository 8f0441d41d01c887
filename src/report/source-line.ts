import { type Cell, cellsOf } from '../text/display-width.js';
import type { Range } from '../text/range.js';
import { HIDDEN } from '../text/secrets.js';

/** A line of source as it is shown, and where the marks under it go; columns count from 0. */
interface ShownLine {
  readonly text: string;
  readonly from: number;
  /** At least 1. */
  readonly width: number;
}

const CUT = '…';

/**
 * Shows a line with `[start, end)` marked; what does not fit in `width` columns is cut, away from the marked part. Each of the
 * `hidden` ranges, which are in order, is one column.
 */
export function showLine(
  line: string,
  start: number,
  end: number,
  width: number,
  hidden: readonly Range[] = [],
): ShownLine {
  // Of a line that is longer than the terminal, only what is near the marked part is measured: there may be many marks on it.
  const around = (near: number): readonly [number, number] => [
    Math.max(0, start - near),
    Math.min(line.length, Math.max(end, start) + near, start + 4 * near),
  ];
  const isPlain = hidden.length === 0 && NARROW.test(line.slice(...around(3 * width)));
  const [offset, stop] = around(isPlain ? width : 3 * width);
  const near = line.slice(offset, stop);
  // Most lines are shown as they are, and a report may hold a hundred thousand: no objects for their characters.
  const cells =
    hidden.length === 0 && ONE_EACH.test(near) ? undefined : withoutHidden(cellsOf(near), hidden, offset);
  const count = cells?.length ?? near.length;
  const first = cells ? cells.findIndex((cell) => cell.at + cell.length > start - offset) : start - offset;
  const from = first < 0 ? count : Math.min(first, count);
  const after = cells ? cells.findIndex((cell) => cell.at >= end - offset) : end - offset;
  const to = Math.max(after < 0 ? count : Math.min(after, count), from);
  const total = (left: number, right: number) =>
    cells ? cells.slice(left, right).reduce((sum, cell) => sum + cell.width, 0) : Math.max(0, right - left);
  const widthAt = (index: number) => (cells ? cells[index]!.width : 1);
  const isWhole = offset === 0 && stop >= line.length && total(0, count) <= width;
  const { left, right } = isWhole ? { left: 0, right: count } : fit(widthAt, count, from, to, width);
  const head = left > 0 || offset > 0 ? CUT : '';
  const tail = right < count || stop < line.length ? CUT : '';
  const shown = cells
    ? cells
        .slice(left, right)
        .map((cell) => cell.text)
        .join('')
    : near.slice(left, right);
  return {
    text: head + shown + tail,
    from: head.length + total(left, from),
    width: Math.max(1, total(from, Math.min(to, right))),
  };
}

/** Characters that are shown as they are, in one column. */
const ONE_EACH = /^[ -~]*$/;

/** Characters that take a column at least. */
const NARROW = /^[ -~\t]*$/;

function withoutHidden(cells: readonly Cell[], hidden: readonly Range[], offset: number): readonly Cell[] {
  if (hidden.length === 0) return cells;
  const kept: Cell[] = [];
  let next = 0;
  for (const cell of cells) {
    const at = cell.at + offset;
    while (next < hidden.length && hidden[next]!.end <= at) next++;
    const range = hidden[next];
    if (range === undefined || range.start >= at + cell.length) kept.push(cell);
    else {
      const last = kept.at(-1);
      const isSame = last?.text === HIDDEN && last.at + last.length === cell.at && range.start < at;
      if (isSame) kept[kept.length - 1] = { ...last, length: last.length + cell.length };
      else kept.push({ ...cell, text: HIDDEN, width: 1 });
    }
  }
  return kept;
}

function fit(
  widthAt: (index: number) => number,
  count: number,
  from: number,
  to: number,
  width: number,
): { readonly left: number; readonly right: number } {
  const room = Math.max(10, width - 2);
  let left = from;
  let right = from;
  let used = 0;
  // The marked part first, then what is around it, a third of the room to the left.
  while (right < to && used + widthAt(right) <= room) used += widthAt(right++);
  const third = used + Math.floor((room - used) / 3);
  while (left > 0 && used + widthAt(left - 1) <= third) used += widthAt(--left);
  while (right < count && used + widthAt(right) <= room) used += widthAt(right++);
  while (left > 0 && used + widthAt(left - 1) <= room) used += widthAt(--left);
  return { left, right };
}
