import { moreOf } from '../site.js';
import { LineIndex } from '../text/line-index.js';
import { exact, NOTHING } from '../text/shown.js';
import type { MakeReporter } from './reporter.js';
import { escapeXml } from './xml.js';

/** JUnit's XML: a suite for each file with a case for each finding, which fails but for advice, and one that passed where none fails. */
export const junit: MakeReporter = ({ site }) => {
  const suites: string[] = [];
  let failures = 0;
  let tests = 0;
  return {
    file({ path, text, diagnostics }) {
      const lines = new LineIndex(text);
      const name = escapeXml(path ?? 'command');
      const failed = diagnostics.filter(({ severity }) => severity !== 'info').length;
      const cases = diagnostics.map(({ range, severity, message, help, rule, code }) => {
        const { line, column } = lines.position(range.start);
        const more = moreOf({ rule, code }, site);
        const body = escapeXml(
          [
            `${path ?? 'command'}:${line}:${column}: ${severity}: ${message}`,
            ...(help === '' ? [] : [help]),
            ...(more === undefined ? [] : [`see: ${more}`]),
          ].join('\n'),
        );
        const said =
          severity === 'info'
            ? `<system-out>${body}</system-out>`
            : `<failure type="${severity}" message="${escapeXml(message)}">${body}</failure>`;
        return `    <testcase classname="${name}" name="${rule} ${code} ${line}:${column}">\n      ${said}\n    </testcase>\n`;
      });
      if (failed === 0) cases.unshift(`    <testcase classname="${name}" name="mounts"/>\n`);
      tests += cases.length;
      failures += failed;
      suites.push(
        `  <testsuite name="${name}" tests="${cases.length}" failures="${failed}" errors="0">\n${cases.join('')}  </testsuite>\n`,
      );
      return NOTHING;
    },
    end: () =>
      exact(
        `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="mountc" tests="${tests}" failures="${failures}" errors="0">\n${suites.join('')}</testsuites>\n`,
      ),
  };
};
