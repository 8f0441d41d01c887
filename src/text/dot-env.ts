/** The variables of a `.env` file that are written out; what has a variable in it is left out. Total. */
export function readDotEnv(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, name, raw = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    const quoted = /^(?:'([^']*)'|"([^"\\]*)")/.exec(raw);
    const value = quoted?.[1] ?? quoted?.[2] ?? raw.replace(/(?:^|\s)#.*$/, '').trim();
    if (quoted?.[1] !== undefined || !value.includes('$')) found.set(name, value);
  }
  return found;
}
