import { RULE_NAMES, ruleName } from '../lint/rule-names.js';
import { suggest } from '../text/nearest.js';
import type { ShimSettings } from './settings.js';

/** Every mistake in the settings of the shim, those of names that only the rules know too. */
export function settingsProblems({ problems, rules }: ShimSettings): string[] {
  const unknown = Object.keys(rules).filter((name) => ruleName(name) === undefined);
  return [
    ...problems,
    ...unknown.map(
      (name) =>
        `there is no rule \`${name}\` to switch off; ${suggest(name, RULE_NAMES, 'see: mountc explain')}`,
    ),
  ];
}
