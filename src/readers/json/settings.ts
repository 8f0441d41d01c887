import type { ReadContext, Sink } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import { exactWord } from '../../source/words.js';
import { readExec } from '../exec.js';
import { readShell } from '../shell/read-shell.js';
import { readRoot } from './read-json.js';
import { jsonString, maskedString, quoteJson } from './strings.js';
import { entryValue, type JsonNode } from './tree.js';

/** Reads the commands that an editor or an assistant starts: `{"command": "docker", "args": ["run", …]}`, wherever it stands. */
export function readSettings(host: HostedText, sink: Sink, context: ReadContext): void {
  const inner = { ...context, language: 'settings' as const };
  const root = readRoot(host, sink, context, false);
  const todo = root === undefined ? [] : [{ node: root, expandsHome: true }];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { node, expandsHome } = next;
    readCommand(host, node, expandsHome, sink, inner);
    // Visual Studio Code and Zed put the folder of the user in place of a `~` in front; what reads these keys does not.
    for (const { key, value } of node.entries)
      todo.push({ node: value, expandsHome: expandsHome && !/^mcp(?:Servers|_config)$/.test(key) });
    for (const item of node.items) todo.push({ node: item, expandsHome });
  }
}

function readCommand(
  host: HostedText,
  node: JsonNode,
  expandsHome: boolean,
  sink: Sink,
  context: ReadContext,
): void {
  const command = entryValue(node, 'command') ?? entryValue(node, 'path');
  const args = entryValue(node, 'args');
  const all = [
    ...(command?.type === 'array' ? command.items : command ? [command] : []),
    ...(args?.items ?? []),
  ];
  const items = all.filter(({ type }) => type === 'string');
  const [first] = items;
  if (first === undefined || items.length < all.length) return;
  if (items.length === 1) {
    const text = jsonString(host, first.range);
    if (/\s/.test(text.value)) readShell(text, sink, { ...context, shell: 'sh' });
    return;
  }
  const words = items.map(({ range }) =>
    exactWord(
      maskedString(host, range, {
        pattern: expandsHome ? WITH_HOME : FILLED_IN,
        absolute: ABSOLUTE,
        placeholders: true,
      }),
      host,
      range,
      `j${node.range.start}`,
    ),
  );
  readExec(words, host, sink, context, quoteJson);
}

const FILLED_IN = /\$\{[^{}\n]*\}/g;
const WITH_HOME = /^~(?=\/|$)|\$\{[^{}\n]*\}/g;
const ABSOLUTE = /^(?:~|\$\{(?:workspaceFolder|userHome|env:HOME|HOME|PWD)\})$/;
