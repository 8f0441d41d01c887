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
  const cells = withoutHidden(cellsOf(line.slice(offset, stop)), hidden, offset);
  const first = cells.findIndex((cell) => cell.at + cell.length > start - offset);
  const from = first < 0 ? cells.length : first;
  const after = cells.findIndex((cell) => cell.at >= end - offset);
  const to = Math.max(after < 0 ? cells.length : after, from);
  const window = fit(cells, from, to, width, offset > 0, stop < line.length);
  const head = window.cutLeft ? CUT : '';
  const tail = window.cutRight ? CUT : '';
  const shown = cells.slice(window.left, window.right);
  return {
    text: head + shown.map((cell) => cell.text).join('') + tail,
    from: head.length + total(cells.slice(window.left, from)),
    width: Math.max(1, total(cells.slice(from, Math.min(to, window.right)))),
  };
}

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
  cells: readonly Cell[],
  from: number,
  to: number,
  width: number,
  moreLeft: boolean,
  moreRight: boolean,
) {
  if (total(cells) <= width && !moreLeft && !moreRight)
    return { left: 0, right: cells.length, cutLeft: false, cutRight: false };
  const room = Math.max(10, width - 2);
  let left = from;
  let right = from;
  let used = 0;
  // The marked part first, then what is around it, a third of the room to the left.
  while (right < to && used + cells[right]!.width <= room) used += cells[right++]!.width;
  const third = used + Math.floor((room - used) / 3);
  while (left > 0 && used + cells[left - 1]!.width <= third) used += cells[--left]!.width;
  while (right < cells.length && used + cells[right]!.width <= room) used += cells[right++]!.width;
  while (left > 0 && used + cells[left - 1]!.width <= room) used += cells[--left]!.width;
  return { left, right, cutLeft: left > 0 || moreLeft, cutRight: right < cells.length || moreRight };
}

function total(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0);
}
