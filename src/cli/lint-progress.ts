import { showLine } from '../report/source-line.js';
import { show } from '../text/shown.js';
import type { CliIo } from './io.js';

/** A line on a terminal that says how far a long run is. */
interface Progress {
  step(path: string): void;
  /** Takes the line away, so that something else can be written. */
  clear(): void;
}

/** Shows nothing unless standard error is a terminal, and nothing in the first half second. */
export function makeProgress(total: number, io: CliIo, isQuiet: boolean): Progress {
  if (isQuiet || !io.stderr.isTerminal || io.env['TERM'] === 'dumb')
    return { step: () => {}, clear: () => {} };
  let done = 0;
  let shownAt = Date.now() + 400;
  let isShown = false;
  return {
    step(path) {
      done++;
      const now = Date.now();
      if (now - shownAt < 100) return;
      shownAt = now;
      isShown = true;
      const room = (io.stderr.columns ?? 80) - 1;
      const { text } = showLine(`${done}/${total} ${path}`, 0, 0, room);
      io.stderr.write(show`\r\u001b[K${text}`);
    },
    clear() {
      if (isShown) io.stderr.write(show`\r\u001b[K`);
      isShown = false;
    },
  };
}
