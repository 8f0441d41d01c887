// Starts the language server that comes with the extension, and hands over what VS Code knows.
import { join } from 'node:path';
import { commands } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node.js';

const LANGUAGES = [
  ...['shellscript', 'dockerfile', 'dockercompose', 'yaml', 'markdown', 'json', 'jsonc', 'makefile'],
  ...['powershell', 'bat', 'restructuredtext', 'asciidoc', 'toml', 'python', 'javascript', 'typescript'],
  ...[
    'go',
    'ruby',
    'java',
    'kotlin',
    'csharp',
    'rust',
    'php',
    'groovy',
    'ini',
    'properties',
    'just',
    'earthfile',
  ],
];
const UNITS = '**/*.{container,volume,network,kube,image,pod,build,service}';

let client;

/** What VS Code calls when one of the files is opened that the extension is for. */
export async function activate(context) {
  const module = context.asAbsolutePath(join('server', 'mountc.cjs'));
  const start = { module, args: ['lsp'], transport: TransportKind.stdio };
  client = new LanguageClient(
    'mountc',
    'mountc',
    { run: start, debug: start },
    {
      documentSelector: [
        ...LANGUAGES.flatMap((language) => [
          { scheme: 'file', language },
          { scheme: 'untitled', language },
        ]),
        { scheme: 'file', pattern: UNITS },
      ],
      synchronize: { configurationSection: 'mountc' },
    },
  );
  context.subscriptions.push(commands.registerCommand('mountc.restart', () => client.restart()));
  await client.start();
}

/** What VS Code calls when it ends. */
export async function deactivate() {
  await client?.stop();
}
