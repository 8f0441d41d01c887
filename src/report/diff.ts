import { usableFix } from '../lint/fix-attempt.js';
import { withoutOverlaps } from '../lint/without-overlaps.js';
import { applyEdits } from '../text/edit.js';
import { NOTHING } from '../text/shown.js';
import { makePatch } from './patch.js';
import type { MakeReporter } from './reporter.js';

/** What the safe fixes of the findings would change, for `git apply`. */
export const diff: MakeReporter = (context) => ({
  file({ path, text, diagnostics, toBytes }) {
    const fixes = withoutOverlaps(diagnostics.filter((one) => usableFix(one, 'safe') !== undefined));
    const fixed = applyEdits(
      text,
      fixes.flatMap(({ fix }) => fix!.edits),
    );
    const texts = { path: path ?? 'command', before: text, after: fixed ?? text, toBytes };
    return makePatch(texts, context) ?? NOTHING;
  },
  end: () => NOTHING,
});
