import { offerConversions } from '../convert/offer-fixes.js';
import { inOrder } from '../lint/lint-text.js';
import { lintCommand, type RuleSettings } from '../rules/lint-command.js';
import type { ViewOptions } from '../source/view-command.js';
import type { Diagnostic } from '../text/diagnostic.js';
import type { Range } from '../text/range.js';
import { type CommandInput, readArgvInput, readTextInput } from './read-input.js';

/** A command that was linted; ranges are in `text`. */
interface LintedInput {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly input: CommandInput;
}

/** Lints the command of a command line: one text, or words. */
export async function lintInput(
  given: string | readonly string[],
  options: ViewOptions,
  rules: RuleSettings,
): Promise<LintedInput> {
  const input =
    typeof given === 'string' ? await readTextInput(given, options) : await readArgvInput(given, options);
  const diagnostics = inOrder(
    input.views.flatMap((view) => offerConversions(view, lintCommand(view, rules))),
  );
  // The words that were put in front for reading are nobody's.
  const by = input.prefix.length;
  return {
    input,
    text: input.text.slice(by),
    diagnostics: diagnostics.map((one) => shiftDiagnostic(one, by)),
  };
}

function shiftDiagnostic(one: Diagnostic, by: number): Diagnostic {
  const shift = ({ start, end }: Range) => ({ start: Math.max(0, start - by), end: Math.max(0, end - by) });
  return {
    ...one,
    range: shift(one.range),
    related: one.related?.map((other) => ({ ...other, range: shift(other.range) })),
    fix:
      one.fix === undefined
        ? undefined
        : { ...one.fix, edits: one.fix.edits.map((edit) => ({ ...edit, range: shift(edit.range) })) },
  };
}
