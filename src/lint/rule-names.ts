import { findRule, RULES } from '../rules/index.js';
import { DIRECTIVE_RULES } from './directive-rules.js';

/** Every name by which a rule can be set, those about directives included. */
export const RULE_NAMES: readonly string[] = [...RULES, ...DIRECTIVE_RULES].map(({ name }) => name);

/** The name of a rule for its name or code. */
export function ruleName(nameOrCode: string): string | undefined {
  const code = nameOrCode.toUpperCase();
  return (
    findRule(nameOrCode)?.name ??
    DIRECTIVE_RULES.find((rule) => rule.name === nameOrCode.toLowerCase() || rule.code === code)?.name
  );
}
