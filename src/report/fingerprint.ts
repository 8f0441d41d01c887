import { createHash } from 'node:crypto';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { LineIndex } from '../text/line-index.js';

/** Names a finding so that it keeps its name when lines move: by rule, file and the text of its line; equal ones are counted. */
export function makeFingerprints(
  path: string | undefined,
  lines: LineIndex,
): (diagnostic: Diagnostic) => string {
  const seen = new Map<string, number>();
  return ({ rule, range }) => {
    const { line } = lines.position(range.start);
    const key = [rule, path ?? '', lines.line(line).trim(), lines.text.slice(range.start, range.end)].join(
      '\0',
    );
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return createHash('sha256').update(`${key}\0${count}`).digest('hex').slice(0, 32);
  };
}
