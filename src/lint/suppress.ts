import { type RuleSettings, severityOf } from '../rules/lint-command.js';
import type { Diagnostic } from '../text/diagnostic.js';
import { contains, overlaps, type Range } from '../text/range.js';
import { DIRECTIVE_RULES } from './directive-rules.js';
import { type DirectiveInput, type ReportDirective, type Span, spansOf } from './directive-spans.js';

/** What directives are judged by. */
interface SuppressInput extends DirectiveInput {
  /** By place. */
  readonly diagnostics: readonly Diagnostic[];
  readonly settings: RuleSettings;
}

/** The findings that no directive turns off, and those about the directives themselves. */
export function suppress(input: SuppressInput): Diagnostic[] {
  const own: Diagnostic[] = [];
  const report: ReportDirective = (rule, range, message, help) => {
    const about = DIRECTIVE_RULES.find(({ name }) => name === rule)!;
    const severity = severityOf(about, input.settings);
    if (severity !== undefined) own.push({ code: about.code, rule, severity, message, help, range });
  };
  const spans = spansOf(input, report);
  const isOff = switchesAlong(spans);
  const left = input.diagnostics.filter((diagnostic) => !isOff(diagnostic));
  for (const span of spans) {
    if (span.used || !span.isUsable) continue;
    const what = span.rule === undefined ? 'nothing' : `no \`${span.rule}\``;
    report('unused-directive', span.written, `there is ${what} here to be turned off`, 'remove it');
  }
  return own.length === 0 ? left : [...left, ...own].sort((a, b) => a.range.start - b.range.start);
}

/** Whether a finding is turned off, for findings that are asked for in order of place; marks what turns it off as used. */
function switchesAlong(spans: readonly Span[]): (found: Diagnostic) => boolean {
  const byKind = new Map<string, Span[]>();
  for (const span of spans) {
    // What names no rule is apart: in a block of it, rules may be on again.
    const kind = span.rule ?? (span.again.size > 0 ? BLOCKS : ALL);
    const others = byKind.get(kind);
    if (others === undefined) byKind.set(kind, [span]);
    else others.push(span);
  }
  const along = new Map([...byKind].map(([kind, all]) => [kind, new SpansAlong(all)]));
  return (found) => {
    let isOff = false;
    for (const kind of [found.rule, ALL, BLOCKS]) if (along.get(kind)?.isOff(found)) isOff = true;
    return isOff;
  };
}

// No rule is called so.
const ALL = '*';
const BLOCKS = '**';

/**
 * Spans of one kind, gone through once together with the findings: a file may have a directive for each line, and many that
 * reach to its end. Of those that have begun, the one that reaches furthest and the one that began last tell for all.
 */
class SpansAlong {
  readonly #spans: readonly Span[];
  #begun = 0;
  #marked = 0;
  #furthest: Span | undefined;
  /** Those that have begun and turned nothing off so far. */
  readonly #waiting: Span[] = [];

  constructor(spans: readonly Span[]) {
    this.#spans = [...spans].sort((a, b) => a.range.start - b.range.start);
  }

  isOff(found: Diagnostic): boolean {
    const { start, end } = found.range;
    for (let next = this.#spans[this.#begun]; next && next.range.start <= start; ) {
      if (!next.used) this.#waiting.push(next);
      if (this.#furthest === undefined || next.range.end >= this.#furthest.range.end) this.#furthest = next;
      next = this.#spans[++this.#begun];
    }
    // In a block where this rule is on again, it is so in those that began before as well.
    for (let last = this.#waiting.at(-1); last !== undefined; last = this.#waiting.at(-1)) {
      if (turnsOff(last, found)) last.used = true;
      else if (last.range.end >= start) break;
      this.#waiting.pop();
    }
    this.#marked = Math.max(this.#marked, this.#begun);
    for (let next = this.#spans[this.#marked]; next && next.range.start < end; ) {
      next.used = true;
      next = this.#spans[++this.#marked];
    }
    const within = this.#spans[this.#begun];
    return (
      (within !== undefined && within.range.start < end) ||
      (this.#furthest !== undefined && turnsOff(this.#furthest, found))
    );
  }
}

function turnsOff({ range, again }: Span, found: Diagnostic): boolean {
  return (
    touches(range, found.range) && found.range.start < (again.get(found.rule) ?? Number.POSITIVE_INFINITY)
  );
}

/** A directive for the whole file is the file's word on it, whatever else is reported at its own place. */
function touches(span: Range, found: Range): boolean {
  return overlaps(span, found) || contains(span, { start: found.start, end: found.start });
}
