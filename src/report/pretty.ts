import { append } from '../text/append.js';
import type { Diagnostic, Severity } from '../text/diagnostic.js';
import { SEVERITIES } from '../text/diagnostic.js';
import type { FileReport } from '../text/file-report.js';
import { LineIndex } from '../text/line-index.js';
import type { Range } from '../text/range.js';
import { join, NOTHING, type Shown, screened, show } from '../text/shown.js';
import { makeHiddenValues } from './hidden-values.js';
import { makePaint, type Paint, SEVERITY_STYLE } from './paint.js';
import type { MakeReporter, RunSummary } from './reporter.js';
import { showLine } from './source-line.js';

/** For people: every finding with its line, the exact characters underlined, and what to do. */
export const pretty: MakeReporter = ({ color, width, isTerminal }) => {
  const paint = makePaint(color);
  const counts = { error: 0, warning: 0, info: 0 };
  let files = 0;
  return {
    file(report) {
      if (report.diagnostics.length === 0) return NOTHING;
      files++;
      const lines = new LineIndex(report.text);
      const source = { lines, hidden: makeHiddenValues(lines, report.path === undefined) };
      return join(
        report.diagnostics.map((diagnostic) => {
          counts[diagnostic.severity]++;
          return show`${finding(diagnostic, report, source, paint, width ?? 160)}\n`;
        }),
      );
    },
    end(summary) {
      if (summary.isQuiet) return NOTHING;
      const text = summaryText(counts, files, summary, paint);
      if (text === NOTHING && isTerminal) return nothingFound(summary);
      // Whoever sees no findings at all asks whether anything was read.
      return text === NOTHING || summary.read === undefined
        ? text
        : show`${text}read: ${amount(summary.files, 'file')}, ${readText(summary.read)}\n`;
    },
  };
};

/** A text, and what of it is not shown. */
interface Source {
  readonly lines: LineIndex;
  readonly hidden: (line: number) => readonly Range[];
}

function finding(
  diagnostic: Diagnostic,
  { path }: FileReport,
  source: Source,
  paint: Paint,
  width: number,
): Shown {
  const { severity, rule, code, message, help, range, related = [], fix } = diagnostic;
  const style = SEVERITY_STYLE[severity];
  const { lines } = source;
  const gutter = String(lines.position(range.end).line).length;
  const margin = ' '.repeat(gutter);
  const bar = paint('blue', '|');
  const { line, column } = lines.position(range.start);
  const place = show`${path ?? 'command'}:${line}:${column}`;
  const out = [
    show`${paint(style, severity)}${paint('bold', `: ${message}`)} ${paint('dim', `[${rule} ${code}]`)}\n`,
    show`${margin}${paint('blue', '-->')} ${place}\n`,
    ...marked(range, source, gutter, paint, (text) => paint(style, text), width),
  ];
  for (const other of related) {
    const at = lines.position(other.range.start);
    out.push(show`${margin} ${bar} ${other.message} (line ${at.line}, column ${at.column})\n`);
    if (at.line !== line)
      append(
        out,
        marked(other.range, source, gutter, paint, (text) => paint('blue', text), width, '-'),
      );
  }
  if (help !== '') out.push(show`${margin} ${paint('blue', '=')} ${paint('bold', 'help')}: ${help}\n`);
  if (fix !== undefined)
    out.push(show`${margin} ${paint('blue', '=')} ${paint('bold', 'fix')} (${fix.safety}): ${fix.title}\n`);
  return join(out);
}

/** The first and the last line of a range, with marks under what lies in it. */
function marked(
  range: Range,
  { lines, hidden }: Source,
  gutter: number,
  paint: Paint,
  mark: (text: string) => Shown,
  width: number,
  sign = '^',
): Shown[] {
  const first = lines.position(range.start);
  const last = lines.position(range.end);
  const bar = paint('blue', '|');
  const room = width - gutter - 3;
  const line = (number: number, from: number, to: number) => {
    const shown = showLine(lines.line(number), from, to, room, hidden(number));
    const label = paint('blue', String(number).padStart(gutter));
    return [
      show`${label} ${bar}${shown.text === '' ? '' : screened(` ${shown.text}`)}\n`,
      show`${' '.repeat(gutter)} ${bar} ${' '.repeat(shown.from)}${mark(sign.repeat(shown.width))}\n`,
    ];
  };
  if (first.line === last.line) return line(first.line, first.column - 1, last.column - 1);
  const out = line(first.line, first.column - 1, lines.line(first.line).length);
  if (last.line > first.line + 1) out.push(show`${' '.repeat(gutter)} ${bar} ...\n`);
  const text = lines.line(last.line);
  const indent = text.length - text.trimStart().length;
  if (last.column - 1 > indent) append(out, line(last.line, indent, last.column - 1));
  return out;
}

function summaryText(
  counts: Readonly<Record<Severity, number>>,
  files: number,
  { fixed, fixable }: RunSummary,
  paint: Paint,
): Shown {
  const parts = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) =>
    paint(SEVERITY_STYLE[severity], amount(counts[severity], severity)),
  );
  const fixedText = fixed > 0 ? `${amount(fixed, 'finding')} fixed` : '';
  if (parts.length === 0) return fixedText === '' ? NOTHING : show`${fixedText}\n`;
  const mendable = fixable > 0 ? `; ${fixable} can be fixed with --fix` : '';
  const where = files > 1 ? ` in ${files} files` : '';
  const list = join(parts.map((part, i) => (i > 0 ? show`, ${part}` : part)));
  return show`${list}${where}${fixedText === '' ? '' : `, ${fixedText}`}${mendable}\n`;
}

function nothingFound({ files, read }: RunSummary): Shown {
  if (files === 0) return show`there are no files here\n`;
  const where = files === 1 ? '' : ` in ${files} files`;
  return show`no findings${where}${read === undefined ? '' : ` (${readText(read)})`}\n`;
}

const readText = ({ commands, mounts }: NonNullable<RunSummary['read']>) =>
  `${amount(mounts, 'mount')}, ${amount(commands, 'command')} with mounts`;

function amount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 || noun === 'info' ? '' : 's'}`;
}
