import type { Report } from './rule.js';

/** How often a rule speaks of one mount: nobody reads on, and each finding may carry the whole of it. */
const MOST = 20;

const ENOUGH = Symbol('enough');

/** Runs a check of one mount up to the finding with which it has said enough. */
export function untilEnough(report: Report, check: (report: Report) => void): void {
  let said = 0;
  try {
    check((finding) => {
      report(finding);
      if (++said === MOST) throw ENOUGH;
    });
  } catch (thrown) {
    if (thrown !== ENOUGH) throw thrown;
  }
}
