import { mountFieldWhitespace } from './mount-field-whitespace.js';
import type { Rule } from './rule.js';

/** Every rule, by code. */
export const RULES: readonly Rule[] = [mountFieldWhitespace];

/** A rule by its name or code. */
export function findRule(nameOrCode: string): Rule | undefined {
  const wanted = nameOrCode.toLowerCase();
  return RULES.find((rule) => rule.name === wanted || rule.code.toLowerCase() === wanted);
}
