import type { Severity } from '../text/diagnostic.js';
import { LineIndex } from '../text/line-index.js';
import type { Range } from '../text/range.js';
import { exact, json, NOTHING } from '../text/shown.js';
import type { MakeReporter } from './reporter.js';

const SEVERITIES = { error: 'ERROR', warning: 'WARNING', info: 'INFO' } as const satisfies Record<
  Severity,
  string
>;

/** reviewdog's JSON; its columns count bytes of UTF-8. */
export const rdjson: MakeReporter = () => {
  let count = 0;
  const head = '{"source":{"name":"mountc"},"diagnostics":[';
  return {
    file({ path, text, diagnostics }) {
      if (diagnostics.length === 0) return NOTHING;
      const lines = new LineIndex(text);
      const found = diagnostics
        .map(({ rule, code, severity, message, help, range, fix }) => {
          const one = {
            message: help === '' ? message : `${message}; ${help}`,
            location: { path: path ?? 'command', range: byteRange(range, lines) },
            severity: SEVERITIES[severity],
            code: { value: `${rule} ${code}` },
            ...(fix !== undefined &&
              fix.edits.length > 0 && {
                suggestions: fix.edits.map((edit) => ({
                  range: byteRange(edit.range, lines),
                  text: edit.text,
                })),
              }),
          };
          return `${count++ === 0 ? head : ','}\n${JSON.stringify(one)}`;
        })
        .join('');
      return json(found);
    },
    end: () => exact(`${count === 0 ? head : ''}\n]}\n`),
  };
};

function byteRange({ start, end }: Range, lines: LineIndex) {
  const place = (offset: number) => {
    const { line, column } = lines.position(offset);
    return { line, column: Buffer.byteLength(lines.line(line).slice(0, column - 1)) + 1 };
  };
  return { start: place(start), end: place(end) };
}
