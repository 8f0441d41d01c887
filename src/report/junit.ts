import { LineIndex } from '../text/line-index.js';
import { exact, NOTHING } from '../text/shown.js';
import type { MakeReporter } from './reporter.js';
import { escapeXml } from './xml.js';

/** JUnit's XML: a suite for each file, a failed case for each finding, one that passed for a clean file. */
export const junit: MakeReporter = () => {
  const suites: string[] = [];
  let failures = 0;
  let tests = 0;
  return {
    file({ path, text, diagnostics }) {
      const lines = new LineIndex(text);
      const name = escapeXml(path ?? 'command');
      const cases = diagnostics.map(({ range, severity, message, help, rule, code }) => {
        const { line, column } = lines.position(range.start);
        const body = `${path ?? 'command'}:${line}:${column}: ${severity}: ${message}${help === '' ? '' : `\n${help}`}`;
        return (
          `    <testcase classname="${name}" name="${rule} ${code} ${line}:${column}">\n` +
          `      <failure type="${severity}" message="${escapeXml(message)}">${escapeXml(body)}</failure>\n` +
          '    </testcase>\n'
        );
      });
      if (cases.length === 0) cases.push(`    <testcase classname="${name}" name="mounts"/>\n`);
      tests += cases.length;
      failures += diagnostics.length;
      suites.push(
        `  <testsuite name="${name}" tests="${cases.length}" failures="${diagnostics.length}" errors="0">\n${cases.join('')}  </testsuite>\n`,
      );
      return NOTHING;
    },
    end: () =>
      exact(
        `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="mountc" tests="${tests}" failures="${failures}" errors="0">\n${suites.join('')}</testsuites>\n`,
      ),
  };
};
