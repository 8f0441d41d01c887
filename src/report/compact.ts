import { LineIndex } from '../text/line-index.js';
import { join, NOTHING, show } from '../text/shown.js';
import type { MakeReporter } from './reporter.js';
import { withHelp } from './with-help.js';

/** A line each, as compilers write them: `path:line:column: severity: message; help [rule]`. */
export const compact: MakeReporter = () => ({
  file({ path, text, diagnostics }) {
    if (diagnostics.length === 0) return NOTHING;
    const lines = new LineIndex(text);
    return join(
      diagnostics.map(({ range, severity, message, help, rule }) => {
        const { line, column } = lines.position(range.start);
        return show`${path ?? 'command'}:${line}:${column}: ${severity}: ${withHelp({ message, help })} [${rule}]\n`;
      }),
    );
  },
  end: () => NOTHING,
});
