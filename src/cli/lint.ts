import { exact } from '../text/shown.js';
import { EXIT } from './exit-codes.js';
import type { Command } from './io.js';
import { LINT_OPTIONS, readLintArgs } from './lint-flags.js';

export { LINT_OPTIONS as options };

/** `mountc lint`. */
export const run: Command = async (argv, io) => {
  const args = await readLintArgs(argv);
  if (args.isHelp) {
    const { LINT_HELP } = await import('#entry/lint-help');
    await io.stdout.write(exact(LINT_HELP));
    return EXIT.ok;
  }
  if (args.printConfig) return (await import('./lint-print-config.js')).printConfig(args, io);
  if (args.command !== undefined || args.argv !== undefined)
    return (await import('#entry/lint-one-command')).lintOneCommand(args, io);
  return (await import('./lint-files.js')).lintFiles(args, io);
};
