import { moreOf } from '../site.js';
import { append } from '../text/append.js';
import type { Diagnostic, Severity } from '../text/diagnostic.js';
import { SEVERITIES } from '../text/diagnostic.js';
import type { FileReport } from '../text/file-report.js';
import { LineIndex } from '../text/line-index.js';
import { join, NOTHING, type Shown, show } from '../text/shown.js';
import { type ExcerptSource, excerpt } from './excerpt.js';
import { makeHiddenValues } from './hidden-values.js';
import { makePaint, type Paint, SEVERITY_STYLE } from './paint.js';
import type { MakeReporter, RunSummary } from './reporter.js';
import { saysMore } from './with-help.js';

/** For people: every finding with its line, the exact characters underlined, and what to do. */
export const pretty: MakeReporter = ({ color, width, isTerminal, site }) => {
  const paint = makePaint(color);
  const counts = { error: 0, warning: 0, info: 0 };
  let files = 0;
  const told = new Set<string>();
  // Once a rule, which may find something in a hundred places.
  const more = (diagnostic: Diagnostic): string | undefined => {
    if (told.has(diagnostic.rule)) return undefined;
    told.add(diagnostic.rule);
    return moreOf(diagnostic, site);
  };
  return {
    file(report) {
      if (report.diagnostics.length === 0) return NOTHING;
      files++;
      const lines = new LineIndex(report.text);
      const { left = [] } = report;
      for (const { severity } of left) counts[severity]++;
      const standsForLeft = left.length > 0 ? report.diagnostics.at(-1) : undefined;
      const source = { lines, hidden: makeHiddenValues(lines, report.path === undefined) };
      return join(
        report.diagnostics.map((diagnostic) => {
          if (diagnostic !== standsForLeft) counts[diagnostic.severity]++;
          return show`${finding(diagnostic, report, source, { paint, width: width ?? 160, more: more(diagnostic) })}\n`;
        }),
      );
    },
    end(summary) {
      if (summary.isQuiet) return NOTHING;
      const text = summaryText(counts, files, summary, paint);
      if (text === NOTHING && isTerminal) return nothingFound(summary);
      // A user who sees no findings may ask whether anything was read.
      return text === NOTHING || summary.read === undefined
        ? text
        : show`${text}read: ${amount(summary.files, 'file')}, ${readText(summary.read)}\n`;
    },
  };
};

function finding(
  diagnostic: Diagnostic,
  { path }: FileReport,
  source: ExcerptSource,
  {
    paint,
    width,
    more,
  }: { readonly paint: Paint; readonly width: number; readonly more: string | undefined },
): Shown {
  const { severity, rule, code, message, help, range, related = [], fix } = diagnostic;
  const style = SEVERITY_STYLE[severity];
  const { lines } = source;
  const gutter = String(lines.position(range.end).line).length;
  const margin = ' '.repeat(gutter);
  const bar = paint('blue', '|');
  const room = width - gutter - 3;
  const lead = (number?: number) =>
    show`${number === undefined ? margin : paint('blue', String(number).padStart(gutter))} ${bar}`;
  const { line, column } = lines.position(range.start);
  const place = show`${path ?? 'command'}:${line}:${column}`;
  const out = [
    show`${paint(style, severity)}${paint('bold', `: ${message}`)} ${paint('dim', `[${rule} ${code}]`)}\n`,
    show`${margin}${paint('blue', '-->')} ${place}\n`,
    ...excerpt(range, source, { lead, room, mark: (text) => paint(style, text) }),
  ];
  for (const other of related) {
    const at = lines.position(other.range.start);
    out.push(show`${margin} ${bar} ${other.message} (line ${at.line}, column ${at.column})\n`);
    if (at.line !== line)
      append(
        out,
        excerpt(other.range, source, { lead, room, mark: (text) => paint('blue', text), sign: '-' }),
      );
  }
  if (saysMore(help, fix?.title))
    out.push(show`${margin} ${paint('blue', '=')} ${paint('bold', 'help')}: ${help}\n`);
  if (fix !== undefined)
    out.push(show`${margin} ${paint('blue', '=')} ${paint('bold', 'fix')} (${fix.safety}): ${fix.title}\n`);
  if (more !== undefined) out.push(show`${margin} ${paint('blue', '=')} ${paint('bold', 'see')}: ${more}\n`);
  return join(out);
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
