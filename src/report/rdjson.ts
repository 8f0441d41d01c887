import { ruleUrl } from '../site.js';
import type { Severity } from '../text/diagnostic.js';
import { LineIndex } from '../text/line-index.js';
import type { Range } from '../text/range.js';
import { exact, json, NOTHING } from '../text/shown.js';
import type { MakeReporter } from './reporter.js';
import { shownFix } from './shown-fix.js';
import { withHelp } from './with-help.js';

const SEVERITIES = { error: 'ERROR', warning: 'WARNING', info: 'INFO' } as const satisfies Record<
  Severity,
  string
>;

/** reviewdog's JSON; its columns count bytes of UTF-8. */
export const rdjson: MakeReporter = ({ site = '' }) => {
  let count = 0;
  const head = '{"source":{"name":"mountc"},"diagnostics":[';
  return {
    file({ path, text, diagnostics }) {
      if (diagnostics.length === 0) return NOTHING;
      const columns = new ByteColumns(new LineIndex(text));
      const found = diagnostics
        .map(({ rule, code, severity, message, help, range, fix: whole }) => {
          const fix = shownFix(whole);
          const url = ruleUrl({ rule, code }, site);
          const one = {
            // A suggestion has no word of its own.
            message: withHelp({ message, help, fix: fix?.edits.length === 0 ? undefined : fix }),
            location: { path: path ?? 'command', range: columns.range(range) },
            severity: SEVERITIES[severity],
            code: { value: `${rule} ${code}`, ...(url !== undefined && { url }) },
            ...(fix !== undefined &&
              fix.edits.length > 0 && {
                suggestions: fix.edits.map((edit) => ({
                  range: columns.range(edit.range),
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

/** Columns of lines in bytes of UTF-8. Of a long line the bytes before each stretch are counted once. */
class ByteColumns {
  readonly #lines: LineIndex;
  #line = 0;
  #text = '';
  /** For each stretch of the line how many bytes are before it. */
  #before: number[] = [0];

  constructor(lines: LineIndex) {
    this.#lines = lines;
  }

  range({ start, end }: Range) {
    return { start: this.#place(start), end: this.#place(end) };
  }

  #place(offset: number) {
    const { line, column } = this.#lines.position(offset);
    if (line !== this.#line) {
      this.#line = line;
      this.#text = this.#lines.line(line);
      this.#before = [0];
    }
    let stretch = Math.floor((column - 1) / STRETCH);
    if (this.#edge(stretch) > column - 1) stretch--;
    for (let next = this.#before.length; next <= stretch; next++)
      this.#before.push(this.#before[next - 1]! + this.#bytes(this.#edge(next - 1), this.#edge(next)));
    return { line, column: this.#before[stretch]! + this.#bytes(this.#edge(stretch), column - 1) + 1 };
  }

  /** Where a stretch begins: never inside of a character that takes two units. */
  #edge(stretch: number): number {
    const at = stretch * STRETCH;
    return isSecondHalf(this.#text, at) ? at + 1 : at;
  }

  #bytes(from: number, to: number): number {
    return Buffer.byteLength(this.#text.slice(from, to));
  }
}

const STRETCH = 1000;

function isSecondHalf(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, at - 1), at + 1));
}
