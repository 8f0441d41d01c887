/** What the documentation says of a row. */
export interface TableRow {
  readonly name: string;
  readonly launcher?: string;
  readonly door?: string;
}

/** The Markdown table of docs/shim.md. */
export function transparencyTable(rows: readonly TableRow[]): string {
  return [
    '| what docker could notice | launcher | `mountc docker` |',
    '| --- | --- | --- |',
    ...rows.map(({ name, launcher, door }) => `| ${name} | ${launcher ?? 'same'} | ${door ?? 'same'} |`),
    '',
  ].join('\n');
}
