const LARGE = 1_000_000;

/** How often a text of that size may be read again to find out what of a change does not come out right; large ones seldom. */
export function attemptsFor(size: number): number {
  return 3 + Math.floor(LARGE / (size + 1_000));
}
