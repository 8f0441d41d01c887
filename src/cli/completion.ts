import { basename, join } from 'node:path';
import { mapOf } from '../text/map-of.js';
import { quoteShell } from '../text/shell-quote.js';
import { exact, show } from '../text/shown.js';
import { COMPLETION_SHELLS, type CompletedCommand, completionScript } from './completion-scripts.js';
import { EXIT } from './exit-codes.js';
import type { CliIo, Command } from './io.js';
import { COMMANDS } from './main.js';
import { mainHelp } from './main-help.js';
import { HELP, type Options, optionsHelp } from './options.js';
import { didYouMean, readFlags, UsageError } from './usage.js';

/** The options of `mountc completion`. */
export const options = {
  '--install': {
    help: `write the script where the shell looks for it (bash, zsh, fish), and print the remaining steps;
without a shell, for the one that $SHELL names`,
  },
  ...HELP,
} as const satisfies Options;

const HELP_TEXT = `Print a completion script, or install it where the shell finds it.

Usage: mountc completion bash|zsh|fish|powershell
       mountc completion --install [bash|zsh|fish]

Options:
${optionsHelp(options)}

Examples:
  mountc completion --install
  source <(mountc completion bash)
  mountc completion zsh > "\${fpath[1]}/_mountc"
  mountc completion powershell | Out-String | Invoke-Expression

Exit codes: 0 printed or written, 2 usage, 3 it could not be written.
`;

type Shell = (typeof COMPLETION_SHELLS)[number];

/** `mountc completion`: made from the tables of options, so that it never lags behind them. */
export const run: Command = async (argv, io) => {
  const { flags, words } = readFlags(options, argv);
  if (flags['--help']) {
    await io.stdout.write(exact(HELP_TEXT));
    return EXIT.ok;
  }
  const [name = flags['--install'] ? basename(io.env['SHELL'] ?? '') : undefined, ...more] = words;
  const shell = COMPLETION_SHELLS.find((one) => one === name);
  if (shell === undefined || more.length > 0)
    throw wrongShell(name === undefined ? [] : [name, ...more], flags['--install']);
  const script = completionScript(shell, await readCommands());
  if (flags['--install']) return install(shell, script, io);
  await io.stdout.write(exact(script));
  return EXIT.ok;
};

function wrongShell(words: readonly string[], isInstall: boolean | undefined): UsageError {
  const [name = ''] = words;
  return new UsageError(
    name === ''
      ? 'which shell?'
      : `there is a script for bash, zsh, fish and powershell, not for \`${words.join(' ')}\`${didYouMean(name, COMPLETION_SHELLS)}`,
    `example: ${isInstall ? 'mountc completion --install bash' : 'source <(mountc completion bash)'}`,
  );
}

/** Where each shell looks for scripts of the user; zsh has to be told of the folder. */
function placeOf(shell: Shell, { env }: CliIo): { folder: string; file: string; rest?: string } | undefined {
  const home = env['HOME'] ?? '';
  const under = (variable: string, usual: string) => {
    const said = env[variable] ?? '';
    return said.startsWith('/') ? said : join(home, usual);
  };
  switch (shell) {
    case 'bash':
      return {
        folder: join(under('XDG_DATA_HOME', '.local/share'), 'bash-completion/completions'),
        file: 'mountc',
      };
    case 'fish':
      return { folder: join(under('XDG_CONFIG_HOME', '.config'), 'fish/completions'), file: 'mountc.fish' };
    case 'zsh': {
      const folder = join(under('XDG_DATA_HOME', '.local/share'), 'zsh/site-functions');
      return { folder, file: '_mountc', rest: `fpath=(${folder} $fpath); autoload -U compinit; compinit` };
    }
    case 'powershell':
      return undefined;
  }
}

async function install(shell: Shell, script: string, io: CliIo): Promise<number> {
  const place = placeOf(shell, io);
  if (place === undefined)
    throw new UsageError(
      'powershell has no folder for scripts of completion',
      'put this into $PROFILE: mountc completion powershell | Out-String | Invoke-Expression',
    );
  if (!place.folder.startsWith('/'))
    throw new UsageError('HOME is not set, so the folder for your files is not known');
  const { writeCompletion } = await import('./write-completion.js');
  const path = join(place.folder, place.file);
  const failed = writeCompletion(path, script);
  if (failed !== undefined) {
    await io.stderr.write(show`mountc completion: ${path}: ${failed}\n`);
    return EXIT.environment;
  }
  await io.stdout.write(show`written: ${path}\n`);
  await io.stdout.write(
    place.rest === undefined
      ? show`start a new ${shell} to use it${shell === 'bash' ? show`; without the package bash-completion, also add to ~/.bashrc: source ${quoteShell(path)}` : ''}\n`
      : show`in ~/.zshrc, unless it already exists: ${place.rest}\n`,
  );
  return EXIT.ok;
}

// Words that stand after a command and are not files.
const WORDS = mapOf<readonly string[]>({
  shim: ['install', 'uninstall', 'status', 'path'],
  completion: COMPLETION_SHELLS,
});

/** Every sub-command with its options; docker's own are docker's to complete. */
async function readCommands(): Promise<CompletedCommand[]> {
  const summaries = new Map(
    [...mainHelp('').matchAll(/^ {2}([a-z]+) +(\S.*)$/gm)].map(([, name, text]) => [name!, text!]),
  );
  const { RULE_NAMES } = await import('#entry/judge');
  const { explainable } = await import('#entry/explain');
  const words = (name: string): readonly string[] =>
    name === 'explain' ? explainable() : (WORDS.get(name) ?? []);
  const all: CompletedCommand[] = [];
  for (const [name, load] of COMMANDS) {
    const own = (await load()).options ?? {};
    all.push({
      name,
      summary: summaries.get(name) ?? '',
      words: words(name),
      options: Object.entries(own).map(([long, { short, value, help, words: choices = [] }]) => ({
        long,
        short,
        value,
        summary: help.replaceAll('\n', ' '),
        choices: long === '--rule' ? RULE_NAMES.map((rule) => `${rule}=`) : choices,
      })),
    });
  }
  return all;
}
