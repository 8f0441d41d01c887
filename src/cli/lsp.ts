import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node.js';
import { serve } from '../lsp/server.js';
import { exact } from '../text/shown.js';
import { VERSION } from '../version.js';
import { EXIT } from './exit-codes.js';
import type { Command } from './io.js';
import { UsageError } from './usage.js';

const HELP = `Serve an editor: findings while one types, fixes, hovers, completion, conversions.

Usage: mountc lsp [--stdio]

It speaks the Language Server Protocol on standard input and output, and is started by an editor:
docs/editors.md says how, for VS Code, Neovim, Helix, Zed, Emacs and the JetBrains IDEs.

Options:
  --stdio              standard input and output, as without it
  -h, --help           this text

Environment:
  MOUNTC_DOCS=URL      the site that links to rules lead to, such as a mirror; empty for no links

Exit codes: 0 the editor said so, 1 it went away, 2 usage.
`;

/** `mountc lsp`. */
export const run: Command = async (argv, io) => {
  if (argv.includes('--help') || argv.includes('-h')) {
    await io.stdout.write(exact(HELP));
    return EXIT.ok;
  }
  // Some clients name their process: the protocol says it once more.
  const stray = argv.find((one) => one !== '--stdio' && !one.startsWith('--clientProcessId='));
  if (stray !== undefined)
    throw new UsageError(`lsp does not take \`${stray}\``, 'an editor starts it: mountc lsp --stdio');
  if (io.stdinIsTerminal)
    throw new UsageError('lsp is started by an editor', 'docs/editors.md says how, for each of them');
  const connection = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(process.stdin),
    new StreamMessageWriter(process.stdout),
  );
  serve(connection, { version: VERSION, env: io.env, cwd: io.cwd });
  // The connection ends the process, as the protocol wants it.
  return new Promise(() => {});
};
