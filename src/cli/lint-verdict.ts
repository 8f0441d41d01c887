import { type Diagnostic, SEVERITIES } from '../diagnostic/diagnostic.js';
import type { FailOn } from '../lint/config.js';
import { DIRECTIVE_RULES } from '../lint/directive-rules.js';
import type { RuleInfo } from '../report/reporter.js';
import { findRule } from '../rules/index.js';

/** The findings that make a run fail. */
export function failing(diagnostics: readonly Diagnostic[], failOn: FailOn): Diagnostic[] {
  if (failOn === 'never') return [];
  const least = SEVERITIES.indexOf(failOn);
  return diagnostics.filter(({ severity }) => SEVERITIES.indexOf(severity) <= least);
}

/** What reports say about a rule. */
export function ruleInfo(name: string): RuleInfo | undefined {
  return findRule(name) ?? DIRECTIVE_RULES.find((rule) => rule.name === name);
}
