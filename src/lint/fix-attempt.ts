import type { Diagnostic, Fix } from '../text/diagnostic.js';
import { applyEdits } from '../text/edit.js';
import { type Kept, keptBy, keptByBoth, keptInFrontOfNew, keptInFrontOfOld } from '../text/kept.js';
import type { Range } from '../text/range.js';
import type { LintedText } from './lint-text.js';
import { editsIn, withoutOverlaps } from './without-overlaps.js';

/** Which fixes may be applied. */
export type FixMode = 'safe' | 'unsafe';

/** A text and what is wrong with it. */
export interface Judged {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  /** What its reader could not read: a fix must not make more of it. */
  readonly problems: readonly Range[];
  /** Where each command and each other mount stands. */
  readonly wholes: readonly Range[];
  /** How many characters of an ordinary text take as long to judge, about. */
  readonly work: number;
}

/** A text that was linted, as fixes need it. */
export function toJudged(text: string, { diagnostics, findings, wholes, work }: LintedText): Judged {
  return { text, diagnostics, problems: findings.problems.map(({ range }) => range), wholes, work };
}

/** The fix of a finding, if it may be applied. */
export function usableFix({ fix }: Diagnostic, mode: FixMode): Fix | undefined {
  return fix !== undefined && fix.edits.length > 0 && (fix.safety === 'safe' || mode === 'unsafe')
    ? fix
    : undefined;
}

/** What came of applying some fixes at once. */
type Attempt =
  /** They come out right. */
  | { readonly isRight: true; readonly judged: Judged; readonly kept: Kept; readonly mended: number }
  /** They do not; `signs` is where it shows in the text that they made, of which `kept` was there before. */
  | {
      readonly isRight: false;
      readonly kept: Kept;
      readonly signs: readonly Range[];
      /** How often the text was judged for that. */
      readonly readings: number;
    };

/** What a fix uncovers is fixed with it; nobody needs as many steps. */
const STEPS = 4;

/**
 * Applies fixes that do not overlap, and what they uncover. They come out right when each of those findings is gone, no rule finds
 * anything new, and the text still reads as well; `most` is how often it may be judged for that.
 */
export async function attempt(
  start: Judged,
  chosen: readonly Diagnostic[],
  mode: FixMode,
  judge: (text: string) => Promise<Judged>,
  most = STEPS,
): Promise<Attempt> {
  let at = start;
  let kept = keptBy(start.text.length, []);
  let step = chosen;
  let mended = 0;
  let signs: readonly Range[] = [];
  let readings = 0;
  for (let count = 0; count < Math.min(most, STEPS) && step.length > 0; count++) {
    const edits = editsIn(step).flat();
    const text = applyEdits(at.text, edits);
    if (text === undefined || text === at.text) break;
    mended += step.length;
    kept = keptByBoth(kept, keptBy(at.text.length, edits));
    at = await judge(text);
    readings++;
    const fresh = newFindings(start, chosen, at, kept);
    const problems = at.problems.length > start.problems.length ? newProblems(start, at, kept) : [];
    if (fresh.length === 0 && at.problems.length <= start.problems.length)
      return { isRight: true, judged: at, kept, mended };
    signs = [...fresh.map(({ range }) => range), ...problems];
    if (at.problems.length > start.problems.length) break;
    // What the fixed findings hid may have a fix of its own.
    step = withoutOverlaps(fresh.filter((one) => usableFix(one, mode) !== undefined));
  }
  return { isRight: false, kept, signs, readings };
}

/** What a rule finds that it did not find before, or still finds, where it should find less. */
function newFindings(
  before: Judged,
  chosen: readonly Diagnostic[],
  after: Judged,
  kept: Kept,
): readonly Diagnostic[] {
  const mended = new Set(chosen);
  const counts = countByRule(after.diagnostics);
  const expected = new Map<string, number>();
  for (const one of before.diagnostics) {
    if (mended.has(one)) continue;
    counts.set(one.rule, (counts.get(one.rule) ?? 0) - 1);
    add(expected, placeOf(one, keptOld(kept, one.range)), 1);
  }
  return after.diagnostics.filter((one) => {
    // A directive may have nothing left to turn off; that is no fault of the fix.
    if (one.rule === 'unused-directive' || counts.get(one.rule)! <= 0) return false;
    const place = placeOf(one, keptNew(kept, one.range));
    if (!expected.get(place)) return true;
    add(expected, place, -1);
    return false;
  });
}

function newProblems(before: Judged, after: Judged, kept: Kept): readonly Range[] {
  const name = ({ start, end }: Range) => `${start} ${end}`;
  const expected = new Set(before.problems.map((range) => name(keptOld(kept, range))));
  return after.problems.filter((range) => !expected.has(name(keptNew(kept, range))));
}

function countByRule(diagnostics: readonly Diagnostic[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of diagnostics) add(counts, rule, 1);
  return counts;
}

function add(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

/** What is the same finding before and after edits elsewhere; its range counted in what they keep. */
export function placeOf({ rule }: Diagnostic, { start, end }: Range): string {
  return `${rule} ${start} ${end}`;
}

/** A range of the text before the edits, counted in what they keep. */
export function keptOld(kept: Kept, { start, end }: Range): Range {
  return { start: keptInFrontOfOld(kept, start), end: keptInFrontOfOld(kept, end) };
}

/** A range of the text after the edits, counted in what they keep. */
export function keptNew(kept: Kept, { start, end }: Range): Range {
  return { start: keptInFrontOfNew(kept, start), end: keptInFrontOfNew(kept, end) };
}
