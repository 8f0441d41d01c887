import type { FoundComment } from '../source/frontend.js';
import { LineIndex } from '../text/line-index.js';
import { nearest, suggest } from '../text/nearest.js';
import type { Range } from '../text/range.js';
import { DIRECTIVE_WORDS, type Directive, type NamedRule, readDirective } from './directive.js';
import { directiveRange } from './directive-range.js';
import type { DirectiveRuleName } from './directive-rules.js';

/** What directives are read with. */
export interface DirectiveInput {
  readonly text: string;
  readonly comments: readonly FoundComment[];
  /** Ranges that belong together: commands, mounts. A directive for a line counts for all of what starts there. */
  readonly wholes: readonly Range[];
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

/** Where a switch holds, and whether anything was found there. */
export interface Span extends Switch {
  readonly range: Range;
  used: boolean;
}

/** Takes what is wrong with a directive. */
export type ReportDirective = (rule: DirectiveRuleName, range: Range, message: string, help: string) => void;

/** The stretches in which the directives of a file turn rules off; what is wrong with one is reported. */
export function spansOf(input: DirectiveInput, report: ReportDirective): Span[] {
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
      reportUnknown(read.unknown, read.range, report);
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
      else if (scope !== 'end')
        spans.push({ ...off, range: directiveRange(directive, lines, input.wholes), used: false });
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

function reportUnknown(written: string, range: Range, report: ReportDirective): void {
  const near = nearest(written.slice('mountc-'.length), DIRECTIVE_WORDS);
  const help =
    near === undefined
      ? `write one of mountc-${DIRECTIVE_WORDS.join(', mountc-')}`
      : `did you mean \`mountc-${near}\`?`;
  report('unknown-directive', range, `\`${written}\` is no directive`, help);
}

/** The rules that a directive names, unknown ones reported; `undefined` stands for all. */
function rulesOf(
  directive: Directive,
  input: DirectiveInput,
  report: ReportDirective,
): { rule: string | undefined; written: Range }[] {
  if (directive.rules.length === 0) return [{ rule: undefined, written: directive.range }];
  return directive.rules.flatMap(({ name, range }: NamedRule) => {
    const rule = input.ruleName(name);
    if (rule !== undefined) return [{ rule, written: range }];
    const help = suggest(name, input.ruleNames, 'see docs/rules for the names; a reason follows ` -- `');
    report('unknown-directive', range, `\`${name}\` is no rule`, help);
    return [];
  });
}
