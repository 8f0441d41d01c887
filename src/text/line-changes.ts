import { diffArrays } from 'diff';

/** Beyond so many changed lines no shortest way is looked for: everything between is replaced. */
const MOST = 2_000;

/** Lines that took the place of others. */
export interface LineChange {
  /** Lines `fromOld…toOld` (0-based, half open) became `fromNew…toNew`. */
  fromOld: number;
  toOld: number;
  fromNew: number;
  toNew: number;
}

/** The lines of a text, each with its end. */
export function splitLines(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

/** What has to be done to the lines of one text to get those of another: in order, with at least one line between two changes. */
export function changedLines(old: readonly string[], fresh: readonly string[]): LineChange[] {
  const most = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < most && old[head] === fresh[head]) head++;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail++;
  const toOld = old.length - tail;
  const toNew = fresh.length - tail;
  const parts = diffArrays(old.slice(head, toOld), fresh.slice(head, toNew), { maxEditLength: MOST });
  if (parts === undefined) return [{ fromOld: head, toOld, fromNew: head, toNew }];
  const changes: LineChange[] = [];
  let last: LineChange | undefined;
  let atOld = head;
  let atNew = head;
  for (const { added, removed, count } of parts) {
    const endOld = added ? atOld : atOld + count;
    const endNew = removed ? atNew : atNew + count;
    if (!added && !removed) last = undefined;
    else if (last === undefined) {
      last = { fromOld: atOld, toOld: endOld, fromNew: atNew, toNew: endNew };
      changes.push(last);
    } else {
      last.toOld = endOld;
      last.toNew = endNew;
    }
    atOld = endOld;
    atNew = endNew;
  }
  return changes;
}
