import type { Diagnostic, Fix } from '../text/diagnostic.js';
import { applyEdits, type TextEdit } from '../text/edit.js';

/** Which fixes may be applied. */
export type FixMode = 'safe' | 'unsafe';

/** A text and what is wrong with it. */
export interface Judged {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  /** What its reader could not read: a fix must not make more of it. */
  readonly problems: number;
}

/** What fixing came to. */
export interface Fixed extends Judged {
  /** How many findings were mended. */
  readonly applied: number;
  /** Findings whose fix would not have come out right; their ranges are in the text as it is now. */
  readonly refused: readonly Diagnostic[];
}

/** Fixes mend findings, and what is mended may uncover more; nobody needs as many rounds. */
const ROUNDS = 10;

/** The fix of a finding, if it may be applied. */
export function usableFix({ fix }: Diagnostic, mode: FixMode): Fix | undefined {
  return fix !== undefined && fix.edits.length > 0 && (fix.safety === 'safe' || mode === 'unsafe')
    ? fix
    : undefined;
}

/**
 * Applies the fixes of a text's findings. Each round takes those that do not overlap, judges the new text, and keeps it
 * only when what was mended is gone and nothing else came in; what would not come out right is left out and answered.
 */
export async function fixText(
  start: Judged,
  mode: FixMode,
  judge: (text: string) => Promise<Judged>,
): Promise<Fixed> {
  let now = start;
  let applied = 0;
  const refusedKeys = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const candidates = now.diagnostics.filter(
      (one) => usableFix(one, mode) !== undefined && !refusedKeys.has(keyOf(one, now.text)),
    );
    const chosen = withoutOverlaps(candidates);
    if (chosen.length === 0) break;
    const all = await attempt(now, chosen, mode, judge);
    if (all !== undefined) {
      applied += all.mended;
      now = all.judged;
      continue;
    }
    // One of them does not come out right: find out which.
    let progress = false;
    for (const one of chosen) {
      const next = await attempt(now, [one], mode, judge);
      if (next === undefined) {
        refusedKeys.add(keyOf(one, now.text));
        continue;
      }
      applied += next.mended;
      now = next.judged;
      progress = true;
      // The others' ranges are no longer right; the next round has them again.
      break;
    }
    if (!progress && chosen.length === candidates.length) break;
  }
  const refused = now.diagnostics.filter((one) => usableFix(one, mode) !== undefined);
  return { ...now, applied, refused };
}

/** The first of those that overlap, in order of place, so that the order in which they come does not matter. */
export function withoutOverlaps(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const sorted = [...diagnostics].sort((a, b) => compareEdits(a.fix!.edits, b.fix!.edits));
  const taken: TextEdit[] = [];
  return sorted.filter(({ fix }) => {
    const edits = fix!.edits;
    if (edits.some((edit) => taken.some((other) => collide(edit, other)))) return false;
    taken.push(...edits);
    return true;
  });
}

/** What a fix uncovers is mended with it; nobody needs as many steps. */
const STEPS = 4;

async function attempt(
  now: Judged,
  chosen: readonly Diagnostic[],
  mode: FixMode,
  judge: (text: string) => Promise<Judged>,
): Promise<{ readonly judged: Judged; readonly mended: number } | undefined> {
  let at = now;
  let step = chosen;
  const mended: Diagnostic[] = [];
  for (let count = 0; count < STEPS && step.length > 0; count++) {
    const text = applyEdits(
      at.text,
      step.flatMap(({ fix }) => fix!.edits),
    );
    if (text === undefined || text === at.text) return undefined;
    mended.push(...step);
    const next = await judge(text);
    if (isBetter(now, next, mended)) return { judged: next, mended: mended.length };
    if (next.problems > now.problems) return undefined;
    // What was hidden behind the mended findings may have a fix of its own.
    const before = countByRule(at.diagnostics);
    const after = countByRule(next.diagnostics);
    const isNew = ({ rule }: Diagnostic) => (after.get(rule) ?? 0) > (before.get(rule) ?? 0);
    step = withoutOverlaps(
      next.diagnostics.filter((one) => isNew(one) && usableFix(one, mode) !== undefined),
    );
    at = next;
  }
  return undefined;
}

/** Every mended finding is gone, no rule finds more than before, and the host's text still reads as well. */
function isBetter(before: Judged, after: Judged, mended: readonly Diagnostic[]): boolean {
  if (after.problems > before.problems) return false;
  const counts = countByRule(before.diagnostics);
  for (const { rule } of mended) counts.set(rule, (counts.get(rule) ?? 0) - 1);
  for (const [rule, count] of countByRule(after.diagnostics)) {
    // A directive may have nothing left to turn off; that is no fault of the fix.
    if (rule !== 'unused-directive' && count > Math.max(0, counts.get(rule) ?? 0)) return false;
  }
  return true;
}

function countByRule(diagnostics: readonly Diagnostic[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of diagnostics) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

/** Two insertions at one place would depend on their order. */
function collide(a: TextEdit, b: TextEdit): boolean {
  return a.range.start <= b.range.end && b.range.start <= a.range.end;
}

function compareEdits(a: readonly TextEdit[], b: readonly TextEdit[]): number {
  const start = (edits: readonly TextEdit[]) => Math.min(...edits.map(({ range }) => range.start));
  const end = (edits: readonly TextEdit[]) => Math.max(...edits.map(({ range }) => range.end));
  const text = (edits: readonly TextEdit[]) => JSON.stringify(edits.map((edit) => edit.text));
  return start(a) - start(b) || end(a) - end(b) || (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0);
}

/** Survives other fixes in front of it, which move its range. */
function keyOf({ rule, message, range }: Diagnostic, text: string): string {
  return `${rule}\0${message}\0${text.slice(range.start, range.end)}\0${text.slice(range.end, range.end + 20)}`;
}
