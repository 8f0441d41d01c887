import { fillMarks } from '../../text/hole-mark.js';

/** A `$` and what Compose takes with it (compose-go's template.go): to the last brace of the line, then cut at the one that closes. */
const REFERENCE = /\$(?:\$|[_a-z][_a-z0-9]*|\{(?:[_a-z][_a-z0-9]*(?:(:?[-+?]).*)?\})?)/gi;
const WHOLE = /^\$\{[_a-z][_a-z0-9]*(?::?[-+?](.*))?\}$/i;

/** The first `${` of a text that Compose cannot read, whatever its variables hold: where it stands and what it says. */
export function findBadVariable(text: string): { readonly start: number; readonly text: string } | undefined {
  if (!text.includes('${')) return undefined;
  for (const match of text.matchAll(REFERENCE)) {
    const [found] = match;
    if (!found.startsWith('${')) continue;
    const bad = badStart(found);
    if (bad === undefined) continue;
    const start = match.index + bad;
    const end = /^[^}\n]*\}?/.exec(text.slice(start))![0].length;
    const shown = text.slice(start, start + end);
    // What a template puts there may fix it.
    return fillMarks(shown, '') === shown ? { start, text: shown } : undefined;
  }
  return undefined;
}

/** Where in a match something bad begins. */
function badStart(found: string): number | undefined {
  const end = closingBrace(found);
  if (end < 0) {
    // Then its word goes to the last brace of the line.
    const [, word] = WHOLE.exec(found) ?? [];
    return word === undefined || findBadVariable(word) !== undefined ? 0 : undefined;
  }
  if (!WHOLE.test(found.slice(0, end + 1))) return 0;
  const rest = found.slice(end + 1);
  const inner = findBadVariable(rest);
  return inner === undefined ? undefined : end + 1 + inner.start;
}

/** The brace that closes the first one; it skips a character after each that opens. */
function closingBrace(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '}' && --depth === 0) return at;
    if (text[at] === '{') {
      depth++;
      at++;
    }
  }
  return -1;
}
