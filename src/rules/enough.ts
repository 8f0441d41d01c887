import type { Report } from './rule.js';

/** How often a rule speaks of one mount at least: nobody reads on, but each finding may have a fix. */
const LEAST = 20;
/** Each finding may carry the whole mount: so many characters come together at the most. */
const MOST_CHARACTERS = 2_000_000;

const ENOUGH = Symbol('enough');

/** Runs a check of one mount of that length up to the finding with which it has said enough. */
export function untilEnough(length: number, report: Report, check: (report: Report) => void): void {
  const most = Math.max(LEAST, Math.floor(MOST_CHARACTERS / (length + 1)));
  let said = 0;
  try {
    check((finding) => {
      report(finding);
      if (++said === most) throw ENOUGH;
    });
  } catch (thrown) {
    if (thrown !== ENOUGH) throw thrown;
  }
}
