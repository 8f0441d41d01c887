import { suggest } from '../text/nearest.js';
import type { ShimSettings } from './settings.js';

/** Every mistake in the settings of the shim, those of names that only the rules know too. */
export async function settingsProblems({ problems, rules }: ShimSettings): Promise<string[]> {
  if (Object.keys(rules).length === 0) return [...problems];
  // The rules are large, and few settings name one.
  const { RULE_NAMES, ruleName } = await import('#entry/judge');
  const unknown = Object.keys(rules).filter((name) => ruleName(name) === undefined);
  return [
    ...problems,
    ...unknown.map(
      (name) =>
        `there is no rule \`${name}\` to switch off; ${suggest(name, RULE_NAMES, 'see: mountc explain')}`,
    ),
  ];
}
