import { nearest, suggest } from '../text/nearest.js';
import type { ShimSettings } from './settings.js';

// The variables of the settings, and the programs that they may name.
const VARIABLES = ['MOUNTC', 'MOUNTC_REWRITE', 'MOUNTC_DISABLE', 'MOUNTC_DOCKER', 'MOUNTC_PODMAN'];

/** Every mistake in the settings of the shim, those of names that only the rules know too. */
export async function settingsProblems(
  { problems: found, rules }: ShimSettings,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string[]> {
  const problems = [...found, ...Object.keys(env).flatMap(misspelt)];
  if (Object.keys(rules).length === 0) return problems;
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

/** What is wrong with a variable that is almost one of the settings. */
function misspelt(name: string): string[] {
  if (!/^mountc_/i.test(name) || VARIABLES.includes(name)) return [];
  const upper = name.toUpperCase();
  const meant = upper === 'MOUNTC_MODE' ? 'MOUNTC' : nearest(upper, VARIABLES, 2);
  return meant === undefined ? [] : [`there is no setting \`${name}\`; did you mean \`${meant}\`?`];
}
