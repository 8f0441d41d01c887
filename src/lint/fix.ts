import { append } from '../text/append.js';
import { attemptsFor } from '../text/attempts.js';
import type { Diagnostic } from '../text/diagnostic.js';
import { groupBy } from '../text/group-by.js';
import { type Kept, keptBy, keptByBoth } from '../text/kept.js';
import { attempt, type FixMode, type Judged, keptNew, keptOld, placeOf, usableFix } from './fix-attempt.js';
import { halve, type Places, placesOf, suspectsAt } from './fix-suspects.js';
import { withoutOverlaps } from './without-overlaps.js';

/** What fixing came to. */
export interface Fixed extends Judged {
  /** How many findings were fixed. */
  readonly applied: number;
  /** Findings whose fix would not have come out right; their ranges are in the text as it is now. */
  readonly refused: readonly Diagnostic[];
  /** Some of those were not tried by themselves: that would have taken longer than a text of this size may. */
  readonly isCutShort: boolean;
}

type Judge = (text: string) => Promise<Judged>;

/**
 * Applies the fixes of a text's findings, as many as come out right, all that are independent at once. What is left is refused
 * whatever the order, so a second run finds nothing to do.
 */
export async function fixText(start: Judged, mode: FixMode, judge: Judge): Promise<Fixed> {
  let now = start;
  let applied = 0;
  const budget = { readings: attemptsFor(start.work) };
  // Each round but the last leaves fewer findings than the one before.
  for (let round = 0; round < 16 + attemptsFor(start.work); round++) {
    const next = await fixOnce(now, mode, judge, budget);
    if (next.mended === 0) break;
    now = next.judged;
    applied += next.mended;
    const usable = now.diagnostics.filter((one) => usableFix(one, mode) !== undefined);
    if (usable.length === 0) break;
    if (!usable.every((one) => next.refused.has(one))) continue;
    // Each was tried in this very text. If they do not come out right all at once either, another round has no other answer.
    const all = await attempt(now, withoutOverlaps(usable), mode, judge);
    if (!all.isRight) break;
    now = all.judged;
    applied += all.mended;
  }
  const refused = now.diagnostics.filter((one) => usableFix(one, mode) !== undefined);
  return { ...now, applied, refused, isCutShort: refused.length > 0 && budget.readings <= 0 };
}

/**
 * How often a text may still be judged in vain. Fixes that overlap take a round each, and looking for one that does not come out
 * right takes attempts: neither may cost a large file more than its size allows.
 */
interface Budget {
  readings: number;
}

/** Fixes that are tried together, as findings of the text at the start. */
interface Group {
  readonly fixes: readonly Diagnostic[];
  /** How often in a row something was wrong at each of them. */
  readonly vain: number;
}

/** What one round came to. */
interface Round {
  readonly judged: Judged;
  readonly mended: number;
  /** Findings of the text as it is now that were tried in it. */
  readonly refused: ReadonlySet<Diagnostic>;
}

/** Applies what comes out right of fixes that do not overlap; of all others only when nothing did. */
async function fixOnce(start: Judged, mode: FixMode, judge: Judge, budget: Budget): Promise<Round> {
  let now = start;
  let mended = 0;
  let kept = keptBy(start.text.length, []);
  let find = finderIn(now, kept, mode);
  let refused: Diagnostic[] = [];
  const untried = new Set(start.diagnostics.filter((one) => usableFix(one, mode) !== undefined));
  while (untried.size > 0 && mended === 0 && budget.readings > 0) {
    const chosen = withoutOverlaps([...untried]);
    for (const one of chosen) untried.delete(one);
    const places = placesOf(chosen, start.wholes);
    const groups: Group[] = [{ fixes: chosen, vain: 0 }];
    for (let group = groups.shift(); group !== undefined && budget.readings > 0; group = groups.shift()) {
      const { fixes } = group;
      const there = withoutOverlaps(mended === 0 ? fixes : fixes.flatMap(find));
      if (there.length === 0) continue;
      const result = await attempt(now, there, mode, judge, budget.readings);
      if (result.isRight) {
        now = result.judged;
        mended += result.mended;
        kept = keptByBoth(kept, result.kept);
        find = finderIn(now, kept, mode);
        refused = [];
        continue;
      }
      budget.readings -= result.readings;
      const suspects = suspectsAt(fixes, places, keptByBoth(kept, result.kept), result.signs);
      const areAll = suspects.length === fixes.length;
      const vain = areAll ? group.vain + 1 : Math.min(1, suspects.length);
      // Findings of one cause have one fix, of which no half can be tried.
      const isOne = fixes.every((one) => isSameFix(one, fixes[0]!));
      if (isOne || (vain > MOST_IN_VAIN && isHopeless(fixes, places))) append(refused, fixes);
      else if (suspects.length === 0 || areAll)
        append(
          groups,
          halve(fixes, places).map((half) => ({ fixes: half, vain })),
        );
      else {
        const isSuspect = new Set(suspects);
        groups.unshift({ fixes: fixes.filter((one) => !isSuspect.has(one)), vain: 0 });
        const halves = suspects.length > 1 ? halve(suspects, places) : [suspects];
        append(
          groups,
          halves.map((half) => ({ fixes: half, vain })),
        );
      }
    }
  }
  return { judged: now, mended, refused: new Set(refused.flatMap(find)) };
}

// Where something is wrong at each of many places over and over, none of them is at fault for the others.
const MOST_IN_VAIN = 1;
const MANY = 16;
const isHopeless = (fixes: readonly Diagnostic[], { placeOf }: Places): boolean =>
  fixes.length > MANY && new Set(fixes.map((one) => placeOf.get(one))).size === fixes.length;

function isSameFix({ fix: one }: Diagnostic, { fix: other }: Diagnostic): boolean {
  if (one === other || one?.edits === other?.edits) return true;
  if (one?.edits.length !== other?.edits.length) return false;
  return one!.edits.every(({ range, text }, index) => {
    const edit = other!.edits[index]!;
    return range.start === edit.range.start && range.end === edit.range.end && text === edit.text;
  });
}

/** Finds findings of the text at the start in the text as it is now, by their places in what was kept of it. */
function finderIn(now: Judged, kept: Kept, mode: FixMode): (one: Diagnostic) => Diagnostic[] {
  const byPlace = groupBy(now.diagnostics, (one) =>
    usableFix(one, mode) === undefined ? undefined : placeOf(one, keptNew(kept, one.range)),
  );
  return (one) => {
    const there = byPlace.get(placeOf(one, keptOld(kept, one.range))) ?? [];
    return there.length < 2 ? there : [there.find(({ message }) => message === one.message) ?? there[0]!];
  };
}
