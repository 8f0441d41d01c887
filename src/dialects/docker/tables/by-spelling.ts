/** The rows of a table by each of their spellings: the name and the aliases. */
export function bySpelling<Row extends { readonly name: string; readonly aliases: readonly string[] }>(
  rows: readonly Row[],
): ReadonlyMap<string, Row> {
  const found = new Map<string, Row>();
  for (const row of rows) {
    found.set(row.name, row);
    for (const alias of row.aliases) found.set(alias, row);
  }
  return found;
}
