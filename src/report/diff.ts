import { usableFix } from '../lint/fix-attempt.js';
import { withoutOverlaps } from '../lint/without-overlaps.js';
import { applyEdits } from '../text/edit.js';
import { exact, NOTHING } from '../text/shown.js';
import type { MakeReporter } from './reporter.js';
import { unifiedDiff } from './unified-diff.js';

/** What the safe fixes of the findings would change, for `git apply`. */
export const diff: MakeReporter = () => ({
  file({ path, text, diagnostics }) {
    const fixes = withoutOverlaps(diagnostics.filter((one) => usableFix(one, 'safe') !== undefined));
    const fixed = applyEdits(
      text,
      fixes.flatMap(({ fix }) => fix!.edits),
    );
    return exact(unifiedDiff(path ?? 'command', text, fixed ?? text));
  },
  end: () => NOTHING,
});
