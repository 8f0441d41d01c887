import { type Document, isScalar, isSeq, type Node } from 'yaml';
import type { FoundWord, ReadContext, Sink } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import { exactWord, impliedWord } from '../../source/words.js';
import { readExec } from '../exec.js';
import { quoteYaml } from './quote.js';
import { fieldOf, itemsOf, textOf } from './tree.js';

/** The image of Cloud Build whose own command is docker. */
const DOCKER_BUILDER = /(?:^|\/)cloud-builders\/docker(?:[:@]|$)/;

/** The strings of a list, or a single one, as the words of one command. */
export function listWords(host: HostedText, node: Node, items: readonly Node[]): FoundWord[] {
  return items.flatMap((item) => {
    const text = textOf(host, item);
    const range = isScalar(item) ? item.range : undefined;
    if (text === undefined || !range) return [];
    return [exactWord(text, host, { start: range[0], end: range[1] }, `y${node.range?.[0] ?? 0}`)];
  });
}

/**
 * Reads `args` after the `command` or `entrypoint` of the same container, which make one command together. Answers with
 * the nodes that are read by that; none when there is nothing to put together. What was `read` is not once more.
 */
export function readBuildStep(
  host: HostedText,
  document: Document,
  node: Node,
  sink: Sink,
  read: ReadonlySet<Node>,
  context: ReadContext,
): readonly Node[] {
  const args = fieldOf(node, 'args', document);
  if (!isSeq(args) || read.has(args)) return [];
  const entry = fieldOf(node, 'command', document) ?? fieldOf(node, 'entrypoint', document);
  const words = listWords(host, args, itemsOf(args, document));
  if (entry !== undefined && entry !== null) {
    const first = listWords(host, entry, isScalar(entry) ? [entry] : itemsOf(entry, document));
    readExec([...first, ...words], host, sink, context, quoteYaml);
    return [args, entry];
  }
  const name = textOf(host, fieldOf(node, 'name', document))?.value ?? '';
  if (!DOCKER_BUILDER.test(name)) return [];
  const at = args.range?.[0] ?? 0;
  const docker = { ...impliedWord('docker', host), raw: { start: at, end: at } };
  readExec([docker, ...words], host, sink, context, quoteYaml);
  return [args];
}
