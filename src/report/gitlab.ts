import { moreOf } from '../site.js';
import type { Severity } from '../text/diagnostic.js';
import { LineIndex } from '../text/line-index.js';
import { exact, json, NOTHING } from '../text/shown.js';
import { makeFingerprints } from './fingerprint.js';
import type { MakeReporter } from './reporter.js';

const SEVERITIES = { error: 'major', warning: 'minor', info: 'info' } as const satisfies Record<
  Severity,
  string
>;

/** GitLab's Code Quality report. */
export const gitlab: MakeReporter = ({ site }) => {
  let count = 0;
  return {
    file({ path, text, diagnostics }) {
      if (diagnostics.length === 0) return NOTHING;
      const lines = new LineIndex(text);
      const fingerprint = makeFingerprints(path, lines);
      const found = diagnostics
        .map((diagnostic) => {
          const { rule, severity, message, help, range } = diagnostic;
          const more = moreOf(diagnostic, site);
          const body = [...(help === '' ? [] : [help]), ...(more === undefined ? [] : [more])].join('\n\n');
          const begin = lines.position(range.start);
          const end = lines.position(range.end);
          const issue = {
            type: 'issue',
            check_name: rule,
            description: message,
            ...(body !== '' && { content: { body } }),
            categories: ['Bug Risk'],
            severity: SEVERITIES[severity],
            fingerprint: fingerprint(diagnostic),
            location: { path: path ?? 'command', lines: { begin: begin.line, end: end.line } },
          };
          return `${count++ === 0 ? '[\n' : ',\n'}${JSON.stringify(issue)}`;
        })
        .join('');
      return json(found);
    },
    end: () => exact(count === 0 ? '[]\n' : '\n]\n'),
  };
};
