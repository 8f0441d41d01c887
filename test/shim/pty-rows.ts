/** What is tried on a pseudo-terminal; the door differs in none of it. */
export interface PtyRow {
  readonly name: string;
  readonly door?: string;
}

export const PTY_ROWS: readonly PtyRow[] = [
  { name: 'a terminal stays a terminal (`-it`), its size and a resize' },
  { name: 'Ctrl-C' },
  { name: 'Ctrl-Z, then `fg`' },
  { name: 'Ctrl-\\' },
];
