import { LineIndex } from '../text/line-index.js';
import { exact, NOTHING } from '../text/shown.js';
import type { MakeReporter } from './reporter.js';
import { withHelp } from './with-help.js';
import { escapeXml } from './xml.js';

/** Checkstyle's XML, which many CI servers read. */
export const checkstyle: MakeReporter = ({ version }) => {
  let isStarted = false;
  const head = () => {
    if (isStarted) return '';
    isStarted = true;
    return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="mountc ${escapeXml(version)}">\n`;
  };
  return {
    file({ path, text, diagnostics }) {
      if (diagnostics.length === 0) return NOTHING;
      const lines = new LineIndex(text);
      const errors = diagnostics.map(({ range, severity, message, help, rule }) => {
        const { line, column } = lines.position(range.start);
        return `    <error line="${line}" column="${column}" severity="${severity}" message="${escapeXml(withHelp({ message, help }))}" source="mountc.${rule}"/>\n`;
      });
      return exact(`${head()}  <file name="${escapeXml(path ?? 'command')}">\n${errors.join('')}  </file>\n`);
    },
    end: () => exact(`${head()}</checkstyle>\n`),
  };
};
