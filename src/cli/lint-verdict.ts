import { type Diagnostic, SEVERITIES } from '../diagnostic/diagnostic.js';
import type { FailOn } from '../lint/config.js';

/** The findings that make a run fail. */
export function failing(diagnostics: readonly Diagnostic[], failOn: FailOn): Diagnostic[] {
  if (failOn === 'never') return [];
  const least = SEVERITIES.indexOf(failOn);
  return diagnostics.filter(({ severity }) => SEVERITIES.indexOf(severity) <= least);
}
