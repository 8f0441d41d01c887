import type { FoundComment } from '../source/frontend.js';
import { LineIndex } from '../text/line-index.js';
import { nearest, suggest } from '../text/nearest.js';
import type { Range } from '../text/range.js';
import { DIRECTIVE_WORDS, type Directive, type NamedRule, readDirective } from './directive.js';
import { DirectiveRanges } from './directive-range.js';
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
  const ranges = new DirectiveRanges(new LineIndex(input.text), input.wholes);
  const spans: Span[] = [];
  const open = new OpenSwitches();
  for (const comment of input.comments) {
    const read = readDirective(comment, input.text);
    if (read === undefined) continue;
    if ('unknown' in read) {
      reportUnknown(read.unknown, read.range, report);
      continue;
    }
    const { directive } = read;
    const { scope, range } = directive;
    for (const { rule, written } of rulesOf(directive, input, report)) {
      const isUsable = rule === undefined || input.isOn(rule);
      const off: Switch = { rule, written, isUsable, again: new Map() };
      if (scope === 'start') open.add({ ...off, start: range.end });
      else if (scope !== 'end') spans.push({ ...off, range: ranges.of(directive), used: false });
      else {
        if (!open.holds(rule))
          report(
            'unused-directive',
            written,
            'nothing here is turned off for this to turn on again',
            'remove it',
          );
        for (const span of open.close(rule, range.start)) spans.push(span);
      }
    }
  }
  for (const span of open.close(undefined, input.text.length + 1)) spans.push(span);
  return spans;
}

type OpenSwitch = Switch & { readonly start: number };

/** The switches of blocks that go on, by their rule. */
class OpenSwitches {
  readonly #open = new Map<string | undefined, OpenSwitch[]>();

  add(one: OpenSwitch): void {
    const others = this.#open.get(one.rule);
    if (others === undefined) this.#open.set(one.rule, [one]);
    else others.push(one);
  }

  /** Whether anything is open that turning on that rule, or all, would end. */
  holds(rule: string | undefined): boolean {
    return rule === undefined ? this.#open.size > 0 : this.#open.has(rule) || this.#open.has(undefined);
  }

  /** Ends those of a rule, or all of them. */
  close(rule: string | undefined, end: number): Span[] {
    const closed = rule === undefined ? [...this.#open.values()].flat() : (this.#open.get(rule) ?? []);
    if (rule === undefined) this.#open.clear();
    else {
      this.#open.delete(rule);
      const all = this.#open.get(undefined) ?? [];
      // Those before one that has heard of it have heard of it too.
      for (let i = all.length - 1; i >= 0 && !all[i]!.again.has(rule); i--) all[i]!.again.set(rule, end);
    }
    return closed.map((one) => ({ ...one, range: { start: one.start, end }, used: false }));
  }
}

function reportUnknown(written: string, range: Range, report: ReportDirective): void {
  const near = nearest(written.slice('mountc-'.length), DIRECTIVE_WORDS);
  const help =
    near === undefined
      ? `write one of mountc-${DIRECTIVE_WORDS.join(', mountc-')}`
      : `did you mean \`mountc-${near}\`?`;
  report('unknown-directive', range, `\`${written}\` is not a directive`, help);
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
    const help = suggest(
      name,
      input.ruleNames,
      '`mountc explain --rules` has the names; a reason follows ` -- `',
    );
    report('unknown-directive', range, `\`${name}\` is not a rule`, help);
    return [];
  });
}
