const ENOUGH = 1_500_000;

/** How often a text of so much work may be read again to find out what of a change does not come out right; large ones seldom. */
export function attemptsFor(work: number): number {
  return 2 + Math.floor(ENOUGH / (work + 1_000));
}
