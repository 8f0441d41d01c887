import { quoteName } from './quote-name.js';

/** How many unchanged lines are shown around a change. */
const CONTEXT = 3;
/** Beyond so many changed lines no shortest way is looked for: everything between is replaced. */
const MOST = 2_000;

interface Change {
  /** Lines `fromOld…toOld` (0-based, half open) became `fromNew…toNew`. */
  fromOld: number;
  toOld: number;
  fromNew: number;
  toNew: number;
}

/** The difference of two texts as `diff -u` and `git apply` write it; empty when there is none. `path`: see `patchPath`. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  const old = splitLines(before);
  const fresh = splitLines(after);
  const hunks: Change[][] = [];
  for (const change of changesOf(old, fresh)) {
    const last = hunks.at(-1)?.at(-1);
    if (last !== undefined && change.fromOld - last.toOld <= 2 * CONTEXT) hunks.at(-1)!.push(change);
    else hunks.push([change]);
  }
  const head = `--- ${quoteName(`a/${path}`)}\n+++ ${quoteName(`b/${path}`)}\n`;
  return head + hunks.map((hunk) => hunkText(hunk, old, fresh)).join('');
}

function hunkText(hunk: readonly Change[], old: readonly string[], fresh: readonly string[]): string {
  const first = hunk[0]!;
  const last = hunk.at(-1)!;
  const start = Math.max(0, first.fromOld - CONTEXT);
  const end = Math.min(old.length, last.toOld + CONTEXT);
  const startNew = first.fromNew - (first.fromOld - start);
  const endNew = last.toNew + (end - last.toOld);
  let out = `@@ -${rangeText(start, end)} +${rangeText(startNew, endNew)} @@\n`;
  let at = start;
  for (const { fromOld, toOld, fromNew, toNew } of hunk) {
    for (const line of old.slice(at, fromOld)) out += lineText(' ', line);
    for (const line of old.slice(fromOld, toOld)) out += lineText('-', line);
    for (const line of fresh.slice(fromNew, toNew)) out += lineText('+', line);
    at = toOld;
  }
  for (const line of old.slice(at, end)) out += lineText(' ', line);
  return out;
}

function rangeText(start: number, end: number): string {
  const count = end - start;
  // An empty range is named by the line in front of it.
  return count === 1 ? `${start + 1}` : `${count === 0 ? start : start + 1},${count}`;
}

function lineText(sign: string, line: string): string {
  return line.endsWith('\n') ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`;
}

function splitLines(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

function changesOf(old: readonly string[], fresh: readonly string[]): Change[] {
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head++;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < fresh.length - head &&
    old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]
  )
    tail++;
  const middle = shortest(old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail));
  return middle.map(({ fromOld, toOld, fromNew, toNew }) => ({
    fromOld: fromOld + head,
    toOld: toOld + head,
    fromNew: fromNew + head,
    toNew: toNew + head,
  }));
}

/** Myers' greedy search: `reach[k]` is how far into `old` the diagonal `k` gets with the changes made so far. */
function shortest(old: readonly string[], fresh: readonly string[]): Change[] {
  const whole = [{ fromOld: 0, toOld: old.length, fromNew: 0, toNew: fresh.length }];
  const limit = Math.min(old.length + fresh.length, MOST);
  const trace: Map<number, number>[] = [];
  let reach = new Map<number, number>([[1, 0]]);
  for (let d = 0; d <= limit; d++) {
    trace.push(new Map(reach));
    const next = new Map(reach);
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (next.get(k - 1) ?? -1) < (next.get(k + 1) ?? -1));
      let x = down ? (next.get(k + 1) ?? 0) : (next.get(k - 1) ?? 0) + 1;
      while (x < old.length && x - k < fresh.length && old[x] === fresh[x - k]) x++;
      next.set(k, x);
      if (x >= old.length && x - k >= fresh.length) return backtrack(trace, old.length, fresh.length);
    }
    reach = next;
  }
  return whole;
}

function backtrack(trace: readonly Map<number, number>[], oldLength: number, newLength: number): Change[] {
  const changes: Change[] = [];
  let x = oldLength;
  let y = newLength;
  for (let d = trace.length - 1; d > 0; d--) {
    const reach = trace[d]!;
    const k = x - y;
    const down = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
    const previous = down ? k + 1 : k - 1;
    const fromX = reach.get(previous) ?? 0;
    const fromY = fromX - previous;
    const step = down
      ? { fromOld: fromX, toOld: fromX, fromNew: fromY, toNew: fromY + 1 }
      : { fromOld: fromX, toOld: fromX + 1, fromNew: fromY, toNew: fromY };
    const last = changes.at(-1);
    if (last !== undefined && last.fromOld === step.toOld && last.fromNew === step.toNew) {
      last.fromOld = step.fromOld;
      last.fromNew = step.fromNew;
    } else changes.push(step);
    x = fromX;
    y = fromY;
  }
  return changes.reverse();
}
