import { FORMAT_NAMES, FORMATS, type FormatName } from '../../src/report/index.js';
import type { ReportContext } from '../../src/report/reporter.js';
import type { Diagnostic } from '../../src/text/diagnostic.js';
import type { FileReport } from '../../src/text/file-report.js';
import { join } from '../../src/text/shown.js';

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
  site: 'https://docs.example/',
  ruleInfo: (name) => ({
    code: 'MC100',
    name,
    severity: 'error',
    summary: `about ${name}`,
    why: `why ${name}`,
  }),
};

const MAKE = new Map(
  await Promise.all(FORMAT_NAMES.map(async (name) => [name, await FORMATS[name]()] as const)),
);

/** A whole report at once. */
export function renderReports(
  format: FormatName,
  reports: readonly FileReport[],
  context: ReportContext,
): string {
  const reporter = MAKE.get(format)!(context);
  const fixable = reports
    .flatMap(({ diagnostics }) => diagnostics)
    .filter(({ fix }) => fix?.safety === 'safe');
  return join([
    ...reports.map((report) => reporter.file(report)),
    reporter.end({ files: reports.length, fixed: 0, fixable: fixable.length }),
  ]).shown;
}
