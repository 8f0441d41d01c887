import { append } from '../text/append.js';
import type { Diagnostic } from '../text/diagnostic.js';
import { type Kept, keptBy, keptByBoth } from '../text/kept.js';
import { attempt, type FixMode, type Judged, keptNew, keptOld, placeOf, usableFix } from './fix-attempt.js';
import { halve, placesOf, suspectsAt } from './fix-suspects.js';
import { withoutOverlaps } from './without-overlaps.js';

/** What fixing came to. */
export interface Fixed extends Judged {
  /** How many findings were mended. */
  readonly applied: number;
  /** Findings whose fix would not have come out right; their ranges are in the text as it is now. */
  readonly refused: readonly Diagnostic[];
}

type Judge = (text: string) => Promise<Judged>;

/**
 * Applies the fixes of a text's findings, as many as come out right, all that are independent at once. What is left is refused
 * whatever the order, so a second run finds nothing to do.
 */
export async function fixText(start: Judged, mode: FixMode, judge: Judge): Promise<Fixed> {
  let now = start;
  let applied = 0;
  // Each round but the last leaves fewer findings than the one before.
  for (let round = 0; round < roundsFor(start.text); round++) {
    const next = await fixOnce(now, mode, judge);
    if (next.mended === 0) break;
    now = next.judged;
    applied += next.mended;
  }
  const refused = now.diagnostics.filter((one) => usableFix(one, mode) !== undefined);
  return { ...now, applied, refused };
}

// Fixes that overlap take a round each, and looking for one that does not come out right takes attempts. Neither may cost a large
// file more than its size allows.
const LARGE = 2_000_000;
const roundsFor = ({ length }: string): number => 20 + Math.floor(LARGE / (length + 1_000));
const attemptsFor = ({ length }: string): number => 40 + Math.floor(LARGE / (length + 1_000));

/** Applies what comes out right of fixes that do not overlap; of all others only when nothing did. */
async function fixOnce(
  start: Judged,
  mode: FixMode,
  judge: Judge,
): Promise<{ readonly judged: Judged; readonly mended: number }> {
  let now = start;
  let mended = 0;
  let kept = keptBy(start.text.length, []);
  let find = finderIn(now, kept, mode);
  let left = attemptsFor(start.text);
  const untried = new Set(start.diagnostics.filter((one) => usableFix(one, mode) !== undefined));
  while (untried.size > 0 && mended === 0 && left > 0) {
    const chosen = withoutOverlaps([...untried]);
    for (const one of chosen) untried.delete(one);
    const places = placesOf(chosen, start.wholes);
    // Those that are tried together, as findings of the text at the start.
    const groups = [chosen];
    for (let group = groups.shift(); group !== undefined && left > 0; group = groups.shift()) {
      const fixes = withoutOverlaps(mended === 0 ? group : group.flatMap(find));
      if (fixes.length === 0) continue;
      left--;
      const result = await attempt(now, fixes, mode, judge);
      if (result.isRight) {
        now = result.judged;
        mended += result.mended;
        kept = keptByBoth(kept, result.kept);
        find = finderIn(now, kept, mode);
      } else if (group.length > 1) {
        const suspects = suspectsAt(group, places, keptByBoth(kept, result.kept), result.signs);
        if (suspects.length === 0 || suspects.length === group.length) append(groups, halve(group, places));
        else {
          const isSuspect = new Set(suspects);
          groups.unshift(group.filter((one) => !isSuspect.has(one)));
          append(groups, suspects.length > 1 ? halve(suspects, places) : [suspects]);
        }
      }
    }
  }
  return { judged: now, mended };
}

/** Finds findings of the text at the start in the text as it is now, by their places in what was kept of it. */
function finderIn(now: Judged, kept: Kept, mode: FixMode): (one: Diagnostic) => Diagnostic[] {
  const byPlace = new Map<string, Diagnostic[]>();
  for (const one of now.diagnostics) {
    if (usableFix(one, mode) === undefined) continue;
    const place = placeOf(one, keptNew(kept, one.range));
    const others = byPlace.get(place);
    if (others === undefined) byPlace.set(place, [one]);
    else others.push(one);
  }
  return (one) => {
    const there = byPlace.get(placeOf(one, keptOld(kept, one.range))) ?? [];
    return there.length < 2 ? there : [there.find(({ message }) => message === one.message) ?? there[0]!];
  };
}
