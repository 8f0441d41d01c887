import { mapOf } from '../text/map-of.js';
import { exact, type Shown } from '../text/shown.js';
import { COMPLETION_SHELLS, type CompletedCommand, completionScript } from './completion-scripts.js';
import { EXIT } from './exit-codes.js';
import { readHelpOptions } from './help-options.js';
import type { CliIo, Command } from './io.js';
import { COMMANDS } from './main.js';
import { mainHelp } from './main-help.js';
import { UsageError } from './usage.js';

const HELP = `Print a completion script.

Usage: mountc completion bash|zsh|fish

Options:
  -h, --help           this text

Examples:
  source <(mountc completion bash)
  mountc completion zsh > "\${fpath[1]}/_mountc"
  mountc completion fish > ~/.config/fish/completions/mountc.fish
`;

// Words that stand behind a command and are no files.
const WORDS = mapOf<readonly string[]>({
  shim: ['install', 'uninstall', 'status'],
  completion: COMPLETION_SHELLS,
});

/** `mountc completion`: made from the help texts, so that it never lags behind them. */
export const run: Command = async (argv, io) => {
  const [shell, ...more] = argv;
  if (shell === '--help' || shell === '-h') {
    await io.stdout.write(exact(HELP));
    return EXIT.ok;
  }
  const known = COMPLETION_SHELLS.find((one) => one === shell);
  if (known === undefined || more.length > 0)
    throw new UsageError(
      shell === undefined
        ? 'which shell?'
        : `there is a script for bash, zsh and fish, not for \`${argv.join(' ')}\``,
      'example: source <(mountc completion bash)',
    );
  await io.stdout.write(exact(completionScript(known, await readCommands(io))));
  return EXIT.ok;
};

/** Every sub-command with the options that its help text has; docker's own are docker's to complete. */
async function readCommands(io: CliIo): Promise<CompletedCommand[]> {
  const summaries = new Map(
    [...mainHelp('').matchAll(/^ {2}([a-z]+) +(\S.*)$/gm)].map(([, name, text]) => [name!, text!]),
  );
  const all: CompletedCommand[] = [];
  for (const name of COMMANDS.keys()) {
    const help =
      name === 'docker' || name === 'podman' ? '' : name === 'completion' ? HELP : await helpOf(name, io);
    all.push({
      name,
      summary: summaries.get(name) ?? '',
      options: readHelpOptions(help),
      words: WORDS.get(name) ?? [],
    });
  }
  return all;
}

async function helpOf(name: string, io: CliIo): Promise<string> {
  let help = '';
  const stdout = {
    write: ({ shown }: Shown) => {
      help += shown;
      return true;
    },
    isTerminal: false,
  };
  const { run: command } = await COMMANDS.get(name)!();
  await command(['--help'], { ...io, stdout });
  return help;
}
