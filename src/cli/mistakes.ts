import { quoteShell } from '../text/shell-quote.js';
import { lines, pasted, show } from '../text/shown.js';
import { bugSentence, isUsageError } from './bug.js';
import { EXIT } from './exit-codes.js';
import type { CliIo } from './io.js';
import { quotedCommandLine } from './unquoted-command.js';
import { didYouMean, UsageError } from './usage.js';

/** Says why a command line came to nothing; answers the exit code. `command`: the sub-command, where there is one. */
export async function tellFailure(
  error: unknown,
  argv: readonly string[],
  command: string | undefined,
  io: CliIo,
): Promise<number> {
  if (!isUsageError(error)) {
    await io.stderr.write(show`mountc: ${bugSentence(error)}\n`);
    return EXIT.bug;
  }
  const program = command === undefined ? 'mountc' : `mountc ${command}`;
  const meant = quotedCommandLine(argv);
  const message = meant === undefined ? error.message : 'write the command in quotes, or after --';
  const help = meant === undefined ? error.help : [show`example: ${pasted(meant)}`];
  await io.stderr.write(show`${program}: ${message}\n`);
  await io.stderr.write(lines(help.length === 0 ? [`see: ${program} --help`] : help));
  return EXIT.usage;
}

// What people type first when they take mountc for docker.
const DOCKERS_OWN = /^(?:-v|--mount|--tmpfs|--volume)(?:=|$)|^(?:run|create|container|service|compose)$/;

/** What is wrong with a word that is not a sub-command. */
export function unknownCommand(
  name: string,
  rest: readonly string[],
  commands: readonly string[],
): UsageError {
  const command = pasted([name, ...rest].map(quoteShell).join(' '));
  if (/^-/.test(name) && !DOCKERS_OWN.test(name))
    return new UsageError(
      `\`${name}\` is not an option of mountc itself${didYouMean(name, ['--help', '--version'])}`,
      'options go after the command: mountc lint --color never …; see: mountc --help',
    );
  if (DOCKERS_OWN.test(name))
    return new UsageError(
      `\`${name}\` is docker's`,
      show`to look at it: mountc lint -- ${command}`,
      ...(name.startsWith('-') ? [] : [show`to run it: mountc docker ${command}`]),
    );
  if (/^(?:sudo |\S*docker )/.test(name))
    return new UsageError(
      'choose what to do with the command: lint, convert or explain it',
      show`example: mountc lint --command ${pasted(quoteShell(name))}`,
    );
  return new UsageError(`\`${name}\` is not a command of mountc${didYouMean(name, commands)}`);
}
