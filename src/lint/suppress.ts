import { type RuleSettings, severityOf } from '../rules/lint-command.js';
import type { Diagnostic } from '../text/diagnostic.js';
import { contains, overlaps, type Range } from '../text/range.js';
import { DIRECTIVE_RULES } from './directive-rules.js';
import { type DirectiveInput, type ReportDirective, type Span, spansOf } from './directive-spans.js';

/** What directives are judged by. */
export interface SuppressInput extends DirectiveInput {
  /** By place. */
  readonly diagnostics: readonly Diagnostic[];
  readonly settings: RuleSettings;
}

/** The findings that no directive turns off, and those about the directives themselves. */
export function suppress(input: SuppressInput): Diagnostic[] {
  const own: Diagnostic[] = [];
  const report: ReportDirective = (rule, range, message, help) => {
    const about = DIRECTIVE_RULES.find(({ name }) => name === rule)!;
    const severity = severityOf({ ...about, since: '', valid: [], invalid: [] }, input.settings);
    if (severity !== undefined) own.push({ code: about.code, rule, severity, message, help, range });
  };
  const spans = spansOf(input, report);
  const at = spansAlong(spans);
  const left = input.diagnostics.filter((diagnostic) => {
    const hits = at(diagnostic.range).filter((span) => turnsOff(span, diagnostic));
    for (const span of hits) span.used = true;
    return hits.length === 0;
  });
  for (const span of spans) {
    if (span.used || !span.isUsable) continue;
    const what = span.rule === undefined ? 'nothing' : `no \`${span.rule}\``;
    report('unused-directive', span.written, `there is ${what} here to be turned off`, 'remove it');
  }
  return own.length === 0 ? left : [...left, ...own].sort((a, b) => a.range.start - b.range.start);
}

/** The spans that may touch a range, for ranges that are asked for in order: a file may have a directive for each line. */
function spansAlong(spans: readonly Span[]): (range: Range) => readonly Span[] {
  const coming = [...spans].sort((a, b) => b.range.start - a.range.start);
  let here: Span[] = [];
  return ({ start, end }) => {
    here = here.filter((span) => span.range.end >= start);
    for (let next = coming.at(-1); next !== undefined && next.range.start <= end; next = coming.at(-1)) {
      coming.pop();
      if (next.range.end >= start) here.push(next);
    }
    return here;
  };
}

function turnsOff({ rule, range, again }: Span, found: Diagnostic): boolean {
  if (!touches(range, found.range)) return false;
  return rule === undefined
    ? found.range.start < (again.get(found.rule) ?? Number.POSITIVE_INFINITY)
    : rule === found.rule;
}

/** A directive for the whole file is the file's word on it, whatever else is reported at its own place. */
function touches(span: Range, found: Range): boolean {
  return overlaps(span, found) || contains(span, { start: found.start, end: found.start });
}
