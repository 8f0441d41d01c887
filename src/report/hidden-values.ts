import type { LineIndex } from '../text/line-index.js';
import type { Range } from '../text/range.js';
import { findSecrets } from '../text/secrets.js';

/** What of each line is not shown, as ranges in it; remembered, since a line may have many findings. */
export function makeHiddenValues(lines: LineIndex, isCommand: boolean): (line: number) => readonly Range[] {
  const known = new Map<number, readonly Range[]>();
  return (line) => {
    let hidden = known.get(line);
    if (hidden === undefined) {
      hidden = hiddenIn(lines, line, isCommand);
      known.set(line, hidden);
    }
    return hidden;
  };
}

// A flag may stand some lines above its value.
const MOST_LINES = 20;

function hiddenIn(lines: LineIndex, line: number, isCommand: boolean): readonly Range[] {
  let first = line;
  while (first > 1 && line - first < MOST_LINES && (isCommand || /[\\`^]$/.test(lines.line(first - 1))))
    first--;
  const from = lines.offsetOf(first);
  const start = lines.offsetOf(line) - from;
  const end = start + lines.line(line).length;
  // What ends a line in PowerShell and in batch files is no word there.
  const text = lines.text.slice(from, from + end).replace(/[`^](?=\r?\n)/g, '\\');
  return findSecrets(text)
    .filter((secret) => secret.end > start)
    .map((secret) => ({ start: Math.max(0, secret.start - start), end: secret.end - start }));
}
