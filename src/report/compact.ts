import { LineIndex } from '../text/line-index.js';
import type { MakeReporter } from './reporter.js';

/** A line each, as compilers write them: `path:line:column: severity: message [rule]`. */
export const compact: MakeReporter = () => ({
  file({ path, text, diagnostics }) {
    if (diagnostics.length === 0) return '';
    const lines = new LineIndex(text);
    return diagnostics
      .map(({ range, severity, message, rule }) => {
        const { line, column } = lines.position(range.start);
        return `${oneLine(path ?? 'command')}:${line}:${column}: ${severity}: ${oneLine(message)} [${rule}]\n`;
      })
      .join('');
  },
  end: () => '',
});

/** The text with its control characters written out, so that one finding stays one line. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (char) => {
    if (char === '\n') return '\\n';
    if (char === '\r') return '\\r';
    if (char === '\t') return '\\t';
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
