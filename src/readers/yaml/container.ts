import { type Document, isMap, type Node } from 'yaml';
import type { ReadContext, Sink } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import { sourceRange } from '../../text/spec-text.js';
import { readLiteralOptions, readOptions } from '../options.js';
import { readShell } from '../shell/read-shell.js';
import { fieldOf, itemsOf, textOf } from './tree.js';

/**
 * Reads the `volumes` and `options` of containers that a CI system makes: the map itself is one, or holds one by each name.
 * `fillIn`: masks what the system fills in. `read`: lists that were, which containers may share by an alias.
 */
export function readContainers(
  host: HostedText,
  document: Document,
  node: Node,
  sink: Sink,
  read: Set<Node>,
  fillIn: (spec: HostedText) => HostedText = (spec) => spec,
): void {
  if (!isMap(node)) return;
  if (fieldOf(node, 'image', document) !== undefined || fieldOf(node, 'volumes', document) !== undefined)
    readOne(host, document, node, sink, read, fillIn);
  else for (const pair of node.items) readOne(host, document, pair.value as Node | null, sink, read, fillIn);
}

function readOne(
  host: HostedText,
  document: Document,
  node: Node | null,
  sink: Sink,
  read: Set<Node>,
  fillIn: (spec: HostedText) => HostedText,
): void {
  const volumes = fieldOf(node, 'volumes', document);
  const isNew = volumes === undefined || !read.has(volumes);
  if (volumes !== undefined) read.add(volumes);
  for (const item of isNew ? itemsOf(volumes, document) : []) {
    const text = textOf(host, item);
    if (text === undefined) continue;
    const spec = fillIn(text);
    const exact = { ...spec, holes: spec.holes.map((hole) => ({ ...hole, quoted: true })) };
    sink.mounts.push({
      form: 'volume',
      spec: exact,
      range: sourceRange(spec),
      group: `container ${node?.range?.[0] ?? 0}`,
    });
  }
  const options = textOf(host, fieldOf(node, 'options', document));
  if (options !== undefined) readLiteralOptions(options, ['docker', 'create'], sink);
}

/** Reads what an action hands to `docker run`, and the commands that an action runs elsewhere or more than once. */
export function readAction(
  host: HostedText,
  document: Document,
  node: Node,
  sink: Sink,
  context: ReadContext,
): void {
  const uses = textOf(host, fieldOf(node, 'uses', document))?.value;
  if (uses === undefined) return;
  const given = fieldOf(node, 'with', document);
  const input = (name: string) => textOf(host, fieldOf(given, name, document));
  const options = /docker-run/.test(uses)
    ? input('options')
    : /run-on-arch/.test(uses)
      ? input('dockerRunArgs')
      : undefined;
  if (options !== undefined) readOptions(options, ['docker', 'run'], sink);
  const script = /\bssh\b/.test(uses)
    ? (input('script') ?? input('command'))
    : /\bretry\b/.test(uses)
      ? input('command')
      : undefined;
  if (script !== undefined) readShell(script, sink, context);
}
