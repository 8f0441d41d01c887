import { moreOf } from '../site.js';
import type { Severity } from '../text/diagnostic.js';
import { LineIndex } from '../text/line-index.js';
import { exact, NOTHING, show } from '../text/shown.js';
import type { MakeReporter } from './reporter.js';

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<
  Severity,
  string
>;

/** Workflow commands that GitHub shows as annotations. */
export const github: MakeReporter = ({ site }) => ({
  file({ path, text, diagnostics }) {
    if (diagnostics.length === 0) return NOTHING;
    const lines = new LineIndex(text);
    const commands = diagnostics
      .map(({ severity, rule, code, message, help, range }) => {
        const start = lines.position(range.start);
        const end = lines.position(range.end);
        // Columns are only taken where a finding stays on its line.
        const columns = start.line === end.line ? [`col=${start.column}`, `endColumn=${end.column}`] : [];
        const properties = [
          ...(path === undefined ? [] : [`file=${property(path)}`]),
          `line=${start.line}`,
          `endLine=${end.line}`,
          ...columns,
          `title=${property(`${rule} ${code}`)}`,
        ];
        const more = moreOf({ rule, code }, site);
        const said = [
          message,
          ...(help === '' ? [] : [help]),
          ...(more === undefined ? [] : [`see: ${more}`]),
        ];
        return `::${COMMANDS[severity]} ${properties.join(',')}::${data(said.join('\n'))}\n`;
      })
      .join('');
    return exact(commands);
  },
  end: () => NOTHING,
});

/** GitHub knows an escape for the ends of lines alone; everything else is as people see it elsewhere. */
function data(text: string): string {
  const shown = text.split(/(\r|\n)/).map((part, i) => (i % 2 === 0 ? show`${part}`.shown : part));
  return shown.join('').replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
