import type { FileReport } from '../diagnostic/file-report.js';
import { checkstyle } from './checkstyle.js';
import { compact } from './compact.js';
import { diff } from './diff.js';
import { github } from './github.js';
import { gitlab } from './gitlab.js';
import { json, jsonl } from './json.js';
import { junit } from './junit.js';
import { pretty } from './pretty.js';
import { rdjson } from './rdjson.js';
import type { MakeReporter, ReportContext } from './reporter.js';
import { sarif } from './sarif.js';

/** Every format by its name. */
export const REPORTERS = {
  pretty,
  compact,
  json,
  jsonl,
  sarif,
  github,
  gitlab,
  checkstyle,
  junit,
  rdjson,
  diff,
} as const satisfies Record<string, MakeReporter>;

/** The name of a format. */
export type FormatName = keyof typeof REPORTERS;

/** Every format's name, in the order of the help. */
export const FORMAT_NAMES = Object.keys(REPORTERS) as readonly FormatName[];

/** A whole report at once, for callers that have all their findings. */
export function renderReports(
  format: FormatName,
  reports: readonly FileReport[],
  context: ReportContext,
): string {
  const reporter = REPORTERS[format](context);
  const fixable = reports
    .flatMap(({ diagnostics }) => diagnostics)
    .filter(({ fix }) => fix?.safety === 'safe');
  return (
    reports.map((report) => reporter.file(report)).join('') +
    reporter.end({ files: reports.length, fixed: 0, fixable: fixable.length })
  );
}
