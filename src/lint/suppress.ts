import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { FoundComment } from '../frontends/frontend.js';
import { type RuleSettings, severityOf } from '../rules/lint-command.js';
import { LineIndex } from '../text/line-index.js';
import { nearest } from '../text/nearest.js';
import { contains, overlaps, type Range } from '../text/range.js';
import { DIRECTIVE_WORDS, type Directive, type NamedRule, readDirective } from './directive.js';
import { DIRECTIVE_RULES, type DirectiveRuleName } from './directive-rules.js';

/** What directives are judged by. */
export interface SuppressInput {
  readonly text: string;
  readonly comments: readonly FoundComment[];
  /** Ranges that belong together: commands, mounts. A directive for a line counts for all of what starts there. */
  readonly wholes: readonly Range[];
  readonly diagnostics: readonly Diagnostic[];
  readonly settings: RuleSettings;
  /** The name of a rule for its name or code, if there is one. */
  readonly ruleName: (nameOrCode: string) => string | undefined;
  readonly ruleNames: readonly string[];
  /** Rules that are off are not missed by a directive that names them. */
  readonly isOn: (rule: string) => boolean;
}

/** What one name of a directive turns off; `undefined` is every rule. */
interface Switch {
  readonly rule: string | undefined;
  readonly written: Range;
  readonly isUsable: boolean;
  /** Of every rule, those that are on again, and from which offset. */
  readonly again: Map<string, number>;
}

interface Span extends Switch {
  readonly range: Range;
  used: boolean;
}

/** The findings that no directive turns off, and those about the directives themselves. */
export function suppress(input: SuppressInput): Diagnostic[] {
  const own: Diagnostic[] = [];
  const report = (rule: DirectiveRuleName, range: Range, message: string, help: string) => {
    const about = DIRECTIVE_RULES.find(({ name }) => name === rule)!;
    const severity = severityOf({ ...about, since: '', valid: [], invalid: [] }, input.settings);
    if (severity !== undefined) own.push({ code: about.code, rule, severity, message, help, range });
  };
  const spans = spansOf(input, report);
  const left = input.diagnostics.filter((diagnostic) => {
    const hits = spans.filter((span) => turnsOff(span, diagnostic));
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

function spansOf(
  input: SuppressInput,
  report: (rule: DirectiveRuleName, range: Range, message: string, help: string) => void,
): Span[] {
  const lines = new LineIndex(input.text);
  const spans: Span[] = [];
  let open: (Switch & { readonly start: number })[] = [];
  const close = (which: (one: Switch) => boolean, end: number) => {
    for (const one of open.filter(which))
      spans.push({ ...one, range: { start: one.start, end }, used: false });
    open = open.filter((one) => !which(one));
  };
  for (const comment of input.comments) {
    const read = readDirective(comment, input.text);
    if (read === undefined) continue;
    if ('unknown' in read) {
      const near = nearest(read.unknown.slice('mountc-'.length), DIRECTIVE_WORDS);
      const help =
        near === undefined
          ? `write one of mountc-${DIRECTIVE_WORDS.join(', mountc-')}`
          : `did you mean \`mountc-${near}\`?`;
      report('unknown-directive', read.range, `\`${read.unknown}\` is no directive`, help);
      continue;
    }
    const { directive } = read;
    for (const { rule, written } of rulesOf(directive, input, report)) {
      const { scope, range } = directive;
      const off: Switch = {
        rule,
        written,
        isUsable: rule === undefined || input.isOn(rule),
        again: new Map(),
      };
      if (scope === 'start') open.push({ ...off, start: range.end });
      else if (scope !== 'end') spans.push({ ...off, range: rangeOf(directive, lines, input), used: false });
      else {
        if (!open.some((one) => rule === undefined || one.rule === rule || one.rule === undefined))
          report('unused-directive', written, 'nothing that this turns on again is off here', 'remove it');
        close((one) => rule === undefined || one.rule === rule, range.start);
        if (rule !== undefined)
          for (const { again } of open) if (!again.has(rule)) again.set(rule, range.start);
      }
    }
  }
  close(() => true, input.text.length + 1);
  return spans;
}

/** The rules that a directive names, unknown ones reported; `undefined` stands for all. */
function rulesOf(
  directive: Directive,
  input: SuppressInput,
  report: (rule: DirectiveRuleName, range: Range, message: string, help: string) => void,
): { rule: string | undefined; written: Range }[] {
  if (directive.rules.length === 0) return [{ rule: undefined, written: directive.range }];
  return directive.rules.flatMap(({ name, range }: NamedRule) => {
    const rule = input.ruleName(name);
    if (rule !== undefined) return [{ rule, written: range }];
    const near = nearest(name, input.ruleNames);
    const help =
      near === undefined
        ? 'see docs/rules for the names; a reason follows ` -- `'
        : `did you mean \`${near}\`?`;
    report('unknown-directive', range, `\`${name}\` is no rule`, help);
    return [];
  });
}

function rangeOf({ scope, range }: Directive, lines: LineIndex, { text, wholes }: SuppressInput): Range {
  if (scope === 'file') return { start: 0, end: text.length + 1 };
  const last = lines.position(Math.max(range.start, range.end - 1)).line;
  const number = scope === 'line' ? last : nextLine(lines, last + 1);
  const start = lines.offsetOf(number);
  const line = { start, end: start + lines.line(number).length };
  if (scope === 'next-line') {
    const fence = /^[\s>]*(?:[-*+]|\d+[.)])?\s*(`{3,}|~{3,})/.exec(lines.line(number))?.[1];
    if (fence !== undefined) return { start, end: endOfFence(lines, number, fence) };
  }
  // What starts on the line, or for a comment at the end of a line, what it stands in.
  let end = line.end;
  let from = line.start;
  for (const whole of wholes) {
    const startsHere = whole.start >= line.start && whole.start <= line.end;
    if (startsHere || (scope === 'line' && overlaps(whole, line))) {
      end = Math.max(end, whole.end);
      from = Math.min(from, whole.start);
    }
  }
  return { start: from, end: end + 1 };
}

/** Blank lines, and comments that hold other directives, are passed over. */
function nextLine(lines: LineIndex, from: number): number {
  let number = from;
  while (number < lines.lineCount && /^\s*$|^\s*(?:#|\/\/|<!--|rem\b|::)\s*mountc-/i.test(lines.line(number)))
    number++;
  return number;
}

function endOfFence(lines: LineIndex, opening: number, fence: string): number {
  for (let number = opening + 1; number <= lines.lineCount; number++) {
    if (
      lines
        .line(number)
        .replace(/^[\s>]*/, '')
        .startsWith(fence)
    )
      return lines.offsetOf(number);
  }
  return lines.text.length + 1;
}
