import { quoteShell } from '../text/shell-quote.js';
import { exact, lines, pasted, show } from '../text/shown.js';
import { VERSION } from '../version.js';
import { bugSentence, isUsageError } from './bug.js';
import { EXIT } from './exit-codes.js';
import type { CliIo, Command } from './io.js';
import { mainHelp } from './main-help.js';
import { quotedCommandLine } from './unquoted-command.js';
import { didYouMean, UsageError } from './usage.js';

/** The sub-commands. Each is loaded when it is asked for, so that none pays for another. */
export const COMMANDS: Readonly<Record<string, () => Promise<{ run: Command }>>> = {
  convert: () => import('#entry/convert'),
  docker: () => import('#entry/docker'),
  explain: () => import('#entry/explain'),
  lint: () => import('#entry/lint'),
  inspect: () => import('#entry/inspect'),
  doctor: () => import('#entry/doctor'),
  shim: () => import('#entry/shim'),
  completion: () => import('#entry/completion'),
};

/** Runs the program; answers its exit code, never throws. */
export async function main(argv: readonly string[], io: CliIo): Promise<number> {
  const [name, ...rest] = argv;
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      const wanted = name === 'help' ? rest[0] : undefined;
      const load = wanted === undefined ? undefined : commandOf(wanted);
      if (wanted === 'docker') {
        // `mountc docker --help` is docker's own, since it may stand behind an alias.
        await io.stdout.write(exact((await import('#entry/docker')).help));
        return EXIT.ok;
      }
      if (load !== undefined) return await (await load()).run(['--help'], io);
      if (wanted !== undefined && !/^-|^(?:help|version)$/.test(wanted)) throw unknownCommand(wanted, []);
      await (name === undefined ? io.stderr : io.stdout).write(exact(mainHelp(VERSION)));
      return name === undefined ? EXIT.usage : EXIT.ok;
    }
    if (name === '--version' || name === '-V' || name === 'version') {
      await io.stdout.write(show`mountc ${VERSION}\n`);
      return EXIT.ok;
    }
    const load = commandOf(name);
    if (load === undefined) throw unknownCommand(name, rest);
    const { run } = await load();
    return await run(rest, io);
  } catch (error) {
    if (isUsageError(error)) {
      const command = name !== undefined && commandOf(name) !== undefined ? `mountc ${name}` : 'mountc';
      const meant = quotedCommandLine(argv);
      const message = meant === undefined ? error.message : 'write the command in quotes, or behind --';
      const help = meant === undefined ? error.help : [show`example: ${pasted(meant)}`];
      await io.stderr.write(show`${command}: ${message}\n`);
      await io.stderr.write(lines(help.length === 0 ? [`see: ${command} --help`] : help));
      return EXIT.usage;
    }
    await io.stderr.write(show`mountc: ${bugSentence(error)}\n`);
    return EXIT.bug;
  }
}

const commandOf = (name: string) => (Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined);

// What people type first when they take mountc for docker.
const DOCKERS_OWN = /^(?:-v|--mount|--tmpfs|--volume)(?:=|$)|^(?:run|create|container|service|compose)$/;

function unknownCommand(name: string, rest: readonly string[]): UsageError {
  const command = pasted([name, ...rest].map(quoteShell).join(' '));
  if (/^-/.test(name) && !DOCKERS_OWN.test(name))
    return new UsageError(
      `\`${name}\` is no option of mountc itself${didYouMean(name, ['--help', '--version'])}`,
      'options stand behind the command: mountc lint --color never …; see: mountc --help',
    );
  if (DOCKERS_OWN.test(name))
    return new UsageError(
      `\`${name}\` is docker's`,
      show`to look at it: mountc lint -- ${command}`,
      ...(name.startsWith('-') ? [] : [show`to run it: mountc docker ${command}`]),
    );
  if (/^(?:sudo |\S*docker )/.test(name))
    return new UsageError(
      'say what to do with the command: lint, convert or explain it',
      show`example: mountc lint --command ${pasted(quoteShell(name))}`,
    );
  const near = didYouMean(name, Object.keys(COMMANDS));
  return new UsageError(`\`${name}\` is not a command of mountc${near}`);
}
