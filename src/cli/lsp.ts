import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node.js';
import { serve } from '../lsp/server.js';
import { siteOf } from '../site.js';
import { exact } from '../text/shown.js';
import { VERSION } from '../version.js';
import { EXIT } from './exit-codes.js';
import type { Command } from './io.js';
import { HELP, type Options, optionsHelp } from './options.js';
import { readFlags, UsageError } from './usage.js';

/** The options of `mountc lsp`. */
export const options = {
  '--stdio': { help: 'standard input and output, as without it' },
  ...HELP,
} as const satisfies Options;

// An installed package has no docs/.
const EDITORS = `${siteOf({})}docs/editors.html`;

const LSP_HELP = `Start the language server for editors: findings as you type, fixes, hovers, completion, conversions.

Usage: mountc lsp [--stdio]

It uses the Language Server Protocol on standard input and output, and is started by the editor:
${EDITORS} describes the setup for VS Code, Neovim, Helix, Zed, Emacs and the
JetBrains IDEs.

Options:
${optionsHelp(options)}

Environment:
  MOUNTC_DOCS=URL      the site for links to rule pages, such as a mirror; empty for no links

Examples:
  mountc lsp --stdio

Exit codes: 0 the editor ended it, 1 the connection was lost, 2 usage.
`;

/** `mountc lsp`. */
export const run: Command = async (argv, io) => {
  // Some clients name their process: the protocol says it once more.
  const {
    flags,
    words,
    rest = [],
  } = readFlags(
    options,
    argv.filter((word) => !word.startsWith('--clientProcessId=')),
  );
  if (flags['--help']) {
    await io.stdout.write(exact(LSP_HELP));
    return EXIT.ok;
  }
  const [stray] = [...words, ...rest, ...argv.filter((word) => word.startsWith('--stdio='))];
  if (stray !== undefined)
    throw new UsageError(`lsp takes no arguments: \`${stray}\``, 'an editor starts it: mountc lsp --stdio');
  if (io.stdinIsTerminal)
    throw new UsageError('lsp is started by an editor', `${EDITORS} describes the setup for each editor`);
  const connection = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(process.stdin),
    new StreamMessageWriter(process.stdout),
  );
  serve(connection, { version: VERSION, env: io.env, cwd: io.cwd });
  // The connection ends the process, as the protocol wants it.
  return new Promise(() => {});
};
