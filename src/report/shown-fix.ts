import type { Fix } from '../text/diagnostic.js';
import { findSecrets } from '../text/secrets.js';

/** The fix as a report may carry it; undefined where its text would repeat a secret of the source. `--fix` applies it all the same. */
export function shownFix(fix: Fix | undefined): Fix | undefined {
  return fix?.edits.some(({ text }) => findSecrets(text).length > 0) ? undefined : fix;
}
