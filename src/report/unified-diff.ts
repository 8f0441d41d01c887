import { changedLines, type LineChange, splitLines } from '../text/line-changes.js';
import { quoteName } from './quote-name.js';

/** How many unchanged lines are shown around a change. */
const CONTEXT = 3;

/** The difference of two texts as `diff -u` and `git apply` write it; empty when there is none. `path`: see `patchPath`. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  const old = splitLines(before);
  const fresh = splitLines(after);
  const hunks: LineChange[][] = [];
  for (const change of changedLines(old, fresh)) {
    const last = hunks.at(-1)?.at(-1);
    if (last !== undefined && change.fromOld - last.toOld <= 2 * CONTEXT) hunks.at(-1)!.push(change);
    else hunks.push([change]);
  }
  const head = `--- ${quoteName(`a/${path}`)}\n+++ ${quoteName(`b/${path}`)}\n`;
  return head + hunks.map((hunk) => hunkText(hunk, old, fresh)).join('');
}

function hunkText(hunk: readonly LineChange[], old: readonly string[], fresh: readonly string[]): string {
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
  // An empty range is named by the line before it.
  return count === 1 ? `${start + 1}` : `${count === 0 ? start : start + 1},${count}`;
}

function lineText(sign: string, line: string): string {
  return line.endsWith('\n') ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`;
}
