import { readLast } from '../shim/last-refusal.js';
import { exact, join, show } from '../text/shown.js';
import { EXIT } from './exit-codes.js';
import { type Command, wantsColor } from './io.js';
import { COLOR, HELP, type Options, optionsHelp } from './options.js';
import { readFlags, UsageError } from './usage.js';

/** The options of `mountc last`. */
export const options = {
  ...COLOR,
  ...HELP,
} as const satisfies Options;

const LAST_HELP = `Show everything about the command that mountc stopped last.

Usage: mountc last [OPTIONS]

A command that docker (or podman) is sure to refuse is stopped with its first mistake and its fix. This shows all its
mistakes, how to fix each one, and docker's own message. Values that may be secret are not stored.

Options:
${optionsHelp(options)}

Exit codes: 0 shown, 1 nothing was stopped recently, 2 usage.

Examples:
  mountc last
`;

/** `mountc last`. */
export const run: Command = async (argv, io) => {
  const { flags, words } = readFlags(options, argv);
  if (flags['--help']) {
    await io.stdout.write(exact(LAST_HELP));
    return EXIT.ok;
  }
  if (words.length > 0) throw new UsageError(`last takes no arguments: \`${words[0]}\``);
  const last = readLast(io.env, wantsColor(io.stdout, io.env, flags['--color']));
  if (last === undefined) {
    await io.stderr.write(show`mountc last: no command was stopped on a terminal lately\n`);
    return EXIT.findings;
  }
  const when = new Date(last.kept);
  await io.stdout.write(join([show`stopped ${when.toLocaleString('sv-SE')}:\n`, last.text]));
  return EXIT.ok;
};
