import type { Diagnostic } from '../text/diagnostic.js';
import type { FileReport } from '../text/file-report.js';
import { groupBy } from '../text/group-by.js';
import { MORE_FINDINGS } from './directive-rules.js';

/** How many findings of one file a report has room for. */
const MOST_SHOWN = 10_000;
/** How many of their rules are named. */
const MOST_NAMED = 5;

/** The findings of a file that a report shows, by place: the first, and one that stands for all others. */
export function shownFindings(diagnostics: readonly Diagnostic[]): Pick<FileReport, 'diagnostics' | 'left'> {
  if (diagnostics.length <= MOST_SHOWN) return { diagnostics };
  const left = diagnostics.slice(MOST_SHOWN);
  const rules = [...groupBy(left, ({ rule }) => rule)].sort(([, a], [, b]) => b.length - a.length);
  const named = rules.slice(0, MOST_NAMED).map(([rule, all]) => `${all.length} of ${rule}`);
  const others = rules.slice(MOST_NAMED).reduce((sum, [, all]) => sum + all.length, 0);
  if (others > 0) named.push(`${others} of others`);
  const { start } = left[0]!.range;
  const severity =
    (['error', 'warning', 'info'] as const).find((one) => left.some((other) => other.severity === one)) ??
    'error';
  const more: Diagnostic = {
    code: MORE_FINDINGS.code,
    rule: MORE_FINDINGS.name,
    severity,
    message: `${left.length === 1 ? '1 more finding' : `${left.length} more findings`} from here on: ${named.join(', ')}`,
    help: 'fix those that are shown, and run it again',
    range: { start, end: start },
  };
  return { diagnostics: [...diagnostics.slice(0, MOST_SHOWN), more], left };
}
