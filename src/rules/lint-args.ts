import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { ClientRefusal } from '../model/compile.js';
import { argvSource } from './argv-source.js';
import { composeSource } from './compose-argv.js';
import { lintCommand, type RuleSettings } from './lint-command.js';
import type { CommandView } from './site.js';
import { type ViewOptions, viewCommand } from './view-command.js';

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
