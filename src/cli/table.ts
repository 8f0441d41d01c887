/** A cell that is longer moves what is after it in its own line alone: many lines would be as long as the longest. */
const WIDEST = 100;

/** Lines of cells below one another. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries())
      widths[column] = Math.max(widths[column] ?? 0, Math.min(WIDEST, lengthOf(cell)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat(Math.max(0, widths[column]! - lengthOf(cell))))
      .join('  ')
      .trimEnd(),
  );
}

const lengthOf = (cell: string): number => [...cell].length;
