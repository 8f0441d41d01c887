import type { Severity } from '../text/diagnostic.js';
import { join, show } from '../text/shown.js';
import type { MakeReporter } from './reporter.js';

interface Count {
  findings: number;
  files: number;
  readonly severities: Map<Severity, number>;
}

/** How often each rule found something and in how many files, most often first: for many repositories at once. */
export const stats: MakeReporter = ({ ruleInfo }) => {
  const counts = new Map<string, Count>();
  let withFindings = 0;
  return {
    file({ diagnostics }) {
      if (diagnostics.length > 0) withFindings++;
      const here = new Set<string>();
      for (const { rule, severity } of diagnostics) {
        const count = counts.get(rule) ?? { findings: 0, files: 0, severities: new Map() };
        counts.set(rule, count);
        count.findings++;
        count.severities.set(severity, (count.severities.get(severity) ?? 0) + 1);
        if (!here.has(rule)) count.files++;
        here.add(rule);
      }
      return show``;
    },
    end({ files }) {
      const rows = [...counts]
        .sort(([a, one], [b, other]) => other.findings - one.findings || (a < b ? -1 : 1))
        .map(([rule, { findings, files: inFiles, severities }]) => [
          String(findings),
          String(inFiles),
          // The one that most of them have: a rule may be more severe in one place than in another.
          [...severities].sort((a, b) => b[1] - a[1])[0]![0],
          ruleInfo(rule)?.code ?? '',
          rule,
        ]);
      const all = [['findings', 'files', 'severity', 'code', 'rule'], ...rows];
      const widths = all[0]!.map((_, column) =>
        all.reduce((widest, row) => Math.max(widest, row[column]!.length), 0),
      );
      const line = (row: readonly string[]) =>
        row
          .map((cell, column) => (column < 2 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
          .join('  ')
          .trimEnd();
      const total = [...counts.values()].reduce((sum, { findings }) => sum + findings, 0);
      return join([
        ...(rows.length === 0 ? [] : all.map((row) => show`${line(row)}\n`)),
        show`${total} ${total === 1 ? 'finding' : 'findings'} in ${withFindings} of ${files} ${files === 1 ? 'file' : 'files'}\n`,
      ]);
    },
  };
};
