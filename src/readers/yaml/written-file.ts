import type { Document, Node } from 'yaml';
import type { ReadContext } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import { kindOf } from '../../source/kind.js';
import { fieldOf, textOf } from './tree.js';

/** What names the file in cloud-init's `write_files`, in Ansible's `copy`, and in units of CoreOS. */
const PATHS = ['path', 'dest', 'name'];
const CONTENTS = ['content', 'contents', 'inline'];

/**
 * Reads the text of a file that a map writes somewhere, by the kind that its path says; one that many maps name (`written`) once.
 * Answers with the nodes that are read by that.
 */
export function readWrittenFile(
  host: HostedText,
  document: Document,
  node: Node,
  context: ReadContext,
  written: Set<Node>,
): readonly Node[] {
  const path = PATHS.map((key) => textOf(host, fieldOf(node, key, document))).find(Boolean);
  if (path === undefined || isPacked(textOf(host, fieldOf(node, 'encoding', document))?.value)) return [];
  const contents = CONTENTS.map((key) => fieldOf(node, key, document)).find(Boolean);
  const inner =
    contents && (textOf(host, contents) === undefined ? fieldOf(contents, 'inline', document) : contents);
  const text = inner && textOf(host, inner);
  const kind = text && kindOf(path.value, text.value);
  if (inner === undefined || text === undefined || kind === undefined) return [];
  const { placeholders, depth, commands } = context;
  if (written.has(inner)) return [inner];
  written.add(inner);
  context.readNested?.(kind, text, { path: path.value, placeholders, depth, commands });
  return [inner];
}

/** Whether the text is written in base64 or compressed. */
const isPacked = (encoding: string | undefined) => encoding !== undefined && !/^text\/plain$/.test(encoding);
