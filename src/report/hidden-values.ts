import type { LineIndex } from '../text/line-index.js';
import type { Range } from '../text/range.js';
import { findSecrets } from '../text/secrets.js';

/** What of each line is not shown, as ranges in it; remembered, since a line may have many findings. */
export function makeHiddenValues(lines: LineIndex, isCommand: boolean): (line: number) => readonly Range[] {
  const known = new Map<number, readonly Range[]>();
  return (line) => {
    if (!known.has(line))
      for (const [at, hidden] of hiddenFrom(lines, line, isCommand)) known.set(at, hidden);
    return known.get(line)!;
  };
}

// A flag may stand some lines above its value.
const MOST_LINES = 20;

/** What is hidden in a line, and in some of those that go on with it. */
function hiddenFrom(lines: LineIndex, line: number, isCommand: boolean): [number, readonly Range[]][] {
  const goesOn = (at: number) => at < lines.lineCount && (isCommand || /[\\`^]$/.test(lines.line(at)));
  let first = line;
  while (first > 1 && line - first < MOST_LINES && goesOn(first - 1)) first--;
  let last = line;
  while (last - line < MOST_LINES && goesOn(last)) last++;
  const from = lines.offsetOf(first);
  // What ends a line in PowerShell and in batch files is no word there.
  const text = lines.text.slice(from, lines.offsetOf(last) + lines.line(last).length);
  const secrets = findSecrets(text.replace(/[`^](?=\r?\n)/g, '\\'));
  return Array.from({ length: last - line + 1 }, (_, index) => {
    const start = lines.offsetOf(line + index) - from;
    const end = start + lines.line(line + index).length;
    const own = secrets.filter((secret) => secret.end > start && secret.start < end);
    return [
      line + index,
      own.map((secret) => ({
        start: Math.max(0, secret.start - start),
        end: Math.min(end, secret.end) - start,
      })),
    ];
  });
}
