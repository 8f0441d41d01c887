import { findRule } from '../rules/index.js';
import { severityOf } from '../rules/lint-command.js';
import type { FileKind } from '../source/file-kinds.js';
import type { Findings } from '../source/frontend.js';
import type { Diagnostic } from '../text/diagnostic.js';
import { type LintedText, type LintOptions, lintText } from './lint-text.js';

/** Lints a text, `found` where it was read already, and takes out what its directives turn off. */
export async function judgeText(
  kind: FileKind,
  text: string,
  path: string | undefined,
  options: LintOptions,
  found?: Findings,
): Promise<LintedText> {
  const linted = await lintText(kind, text, path, options, found);
  const { comments } = linted.findings;
  if (comments.length === 0) return linted;
  // Few texts have directives.
  const { suppress } = await import('./suppress.js');
  const { RULE_NAMES, ruleName } = await import('./rule-names.js');
  const diagnostics: readonly Diagnostic[] = suppress({
    text,
    comments,
    wholes: linted.wholes,
    diagnostics: linted.diagnostics,
    settings: options.rules,
    ruleName,
    ruleNames: RULE_NAMES,
    isOn: (name) => {
      const rule = findRule(name);
      return rule === undefined || severityOf(rule, options.rules) !== undefined;
    },
  });
  return { ...linted, diagnostics };
}
