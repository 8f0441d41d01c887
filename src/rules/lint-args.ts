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

/** Lints the arguments of docker, or of podman (without that word). Pure; what is no command with mounts has no findings. */
export function lintArgs(
  args: readonly string[],
  options: ViewOptions & { readonly engine?: 'podman'; readonly settings?: RuleSettings },
): LintedArgs {
  const { engine = 'docker' } = options;
  const { source, text } = argvSource([engine, ...args]);
  const compose = engine === 'docker' ? composeSource(source, options.dialect.client) : undefined;
  const view = viewCommand(compose ?? { ...source, engine }, options);
  return { diagnostics: lintCommand(view, options.settings), text, view, refusal: view.compiled?.refusal };
}
