import { DIRECTIVE_RULES } from '../lint/directive-rules.js';
import type { RuleInfo } from '../report/reporter.js';
import { findRule } from '../rules/index.js';

/** What reports say about a rule. */
export function ruleInfo(name: string): RuleInfo | undefined {
  return findRule(name) ?? DIRECTIVE_RULES.find((rule) => rule.name === name);
}
