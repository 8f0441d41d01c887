import type { Diagnostic } from '../../src/diagnostic/diagnostic.js';
import type { ReportContext } from '../../src/report/reporter.js';

/** A finding that tests fill in. */
export function finding(more: Partial<Diagnostic> & Pick<Diagnostic, 'range'>): Diagnostic {
  return {
    code: 'MC100',
    rule: 'some-rule',
    severity: 'error',
    message: 'something is wrong',
    help: '',
    ...more,
  };
}

/** Surroundings without a terminal. */
export const reportContext: ReportContext = {
  version: '1.2.3',
  color: false,
  ruleInfo: (name) => ({
    code: 'MC100',
    name,
    severity: 'error',
    summary: `about ${name}`,
    why: `why ${name}`,
  }),
};
