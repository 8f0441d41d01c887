import type { Diagnostic } from '../text/diagnostic.js';
import type { LineIndex } from '../text/line-index.js';

/** Names a finding so that it keeps its name when lines move: by rule, file and the text of its line; equal ones are counted. */
export function makeFingerprints(
  path: string | undefined,
  lines: LineIndex,
): (diagnostic: Diagnostic) => string {
  const seen = new Map<string, number>();
  return ({ rule, range }) => {
    const { line } = lines.position(range.start);
    const text = lines.line(line);
    const found = lines.text.slice(range.start, Math.min(range.end, range.start + LONGEST));
    const key = [rule, path ?? '', text.length > LONGEST ? '' : text.trim(), found].join('\0');
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return hash(`${key}\0${count}`);
  };
}

/** No line that somebody wrote is longer; on one that a program made there may be thousands of findings. */
const LONGEST = 2000;

const PRIME = 0x100000001b3n;
const MASK = 0xffffffffffffffffn;

/** FNV-1a with 64 bits, over UTF-16 units: nothing depends on it but telling findings apart. */
function hash(text: string): string {
  let state = 0xcbf29ce484222325n;
  for (let at = 0; at < text.length; at++) state = ((state ^ BigInt(text.charCodeAt(at))) * PRIME) & MASK;
  return state.toString(16).padStart(16, '0');
}
