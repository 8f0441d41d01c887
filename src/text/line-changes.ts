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
function shortest(old: readonly string[], fresh: readonly string[]): LineChange[] {
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

function backtrack(
  trace: readonly Map<number, number>[],
  oldLength: number,
  newLength: number,
): LineChange[] {
  const changes: LineChange[] = [];
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
