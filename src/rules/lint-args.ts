import type { ClientRefusal } from '../dialects/docker/client/mount-use.js';
import { argvSource } from '../source/argv-source.js';
import { composeSource } from '../source/compose-argv.js';
import type { CommandView } from '../source/site.js';
import { type ViewOptions, viewCommand } from '../source/view-command.js';
import type { Diagnostic } from '../text/diagnostic.js';
import { lintCommand, type RuleSettings } from './lint-command.js';

/** What is wrong with a command that was given as a list of words. */
export interface LintedArgs {
  readonly diagnostics: readonly Diagnostic[];
  /** The command line that the ranges of the findings are in. */
  readonly text: string;
  readonly view: CommandView;
  /** What the client itself refuses, for certain. */
  readonly refusal?: ClientRefusal;
}

/** Lints docker's arguments (without `docker`). Pure; what is no command with mounts has no findings. */
export function lintArgs(
  args: readonly string[],
  options: ViewOptions & { readonly settings?: RuleSettings },
): LintedArgs {
  const { source, text } = argvSource(['docker', ...args]);
  const view = viewCommand(composeSource(source, options.dialect.client) ?? source, options);
  return { diagnostics: lintCommand(view, options.settings), text, view, refusal: view.compiled?.refusal };
}
