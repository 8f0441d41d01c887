const ESCAPES: Readonly<Record<number, string>> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
};

/**
 * The name of a file for a header of a patch, as git writes it (quote.c, with `core.quotePath`): quoted as in C where it holds
 * anything but printable ASCII, and otherwise ended by a tab where it holds a blank. A blank at the end is quoted too: patch
 * would take the name without it, which may be another file.
 */
export function quoteName(name: string): string {
  const tab = name.includes(' ') ? '\t' : '';
  if (/^[ !#-[\]-~]*$/.test(name) && !name.endsWith(' ')) return name + tab;
  let quoted = '';
  for (const byte of Buffer.from(name)) {
    const octal = byte < 0x20 || byte >= 0x7f ? `\\${byte.toString(8).padStart(3, '0')}` : undefined;
    quoted += ESCAPES[byte] ?? octal ?? String.fromCharCode(byte);
  }
  return `"${quoted}"${tab}`;
}
