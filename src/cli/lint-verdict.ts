import type { FailOn } from '../lint/config.js';
import { type Diagnostic, SEVERITIES } from '../text/diagnostic.js';
import { NOTHING, type Shown, show } from '../text/shown.js';

/** What `--diff` says of failing findings that its fixes leave; nothing when there are none. */
export function staying(count: number): Shown {
  if (count === 0) return NOTHING;
  const findings = count === 1 ? '1 finding is left, and is' : `${count} findings are left, and are`;
  return show`mountc lint: ${findings} shown without --diff\n`;
}

/** The findings that make a run fail. */
export function failing<Found extends Pick<Diagnostic, 'severity'>>(
  diagnostics: readonly Found[],
  failOn: FailOn,
): Found[] {
  if (failOn === 'never') return [];
  const least = SEVERITIES.indexOf(failOn);
  return diagnostics.filter(({ severity }) => SEVERITIES.indexOf(severity) <= least);
}
