import { showPart, type ViewPart } from '../mount/view.js';
import type { Report } from './rule.js';
import { foreignCwd } from './wrong-shell-cwd.js';

/**
 * Reports a path that begins with what a shell would fill in, and that reaches docker as it is written; answers whether it does.
 * Of a file with variables of its own, such as `devcontainer.json`, these are not in the text any more.
 */
export function reportLiteralVariable(source: ViewPart, report: Report, shell: string | undefined): boolean {
  // It has a rule of its own.
  if (foreignCwd(source.value, shell)?.index === 0) return true;
  const variable = /^\$(?:\w+|\{\w+\}|\([^()]*\))/.exec(source.value)?.[0];
  if (variable === undefined) return false;
  report({
    range: source.place,
    message: `nothing expands \`${variable}\` here: docker gets \`${showPart(source)}\` as it is`,
    help: HELP,
  });
  return true;
}

const HELP =
  'write the path itself; in devcontainer.json `${localEnv:HOME}`, in a workflow `${{ github.workspace }}`, and for a shell no single quotes';
