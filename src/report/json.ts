import type { FileReport } from '../text/file-report.js';
import { LineIndex } from '../text/line-index.js';
import { json as asJson, exact, NOTHING } from '../text/shown.js';
import { type JsonFinding, jsonFinding } from './json-finding.js';
import type { MakeReporter } from './reporter.js';

/** One array of all findings. */
export const json: MakeReporter = ({ site }) => {
  let count = 0;
  return {
    file: (report) =>
      asJson(
        findings(report, site)
          .map((finding) => `${count++ === 0 ? '[\n' : ',\n'}  ${JSON.stringify(finding)}`)
          .join(''),
      ),
    end: () => exact(count === 0 ? '[]\n' : '\n]\n'),
  };
};

/** One finding a line. */
export const jsonl: MakeReporter = ({ site }) => ({
  file: (report) =>
    asJson(
      findings(report, site)
        .map((finding) => `${JSON.stringify(finding)}\n`)
        .join(''),
    ),
  end: () => NOTHING,
});

function findings({ path, text, diagnostics }: FileReport, site: string | undefined): JsonFinding[] {
  if (diagnostics.length === 0) return [];
  const lines = new LineIndex(text);
  return diagnostics.map((diagnostic) => jsonFinding(path, diagnostic, lines, site));
}
