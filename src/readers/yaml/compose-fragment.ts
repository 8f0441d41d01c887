import { type Document, isMap, isScalar, isSeq, type Node } from 'yaml';
import { fillMarks } from '../../text/hole-mark.js';
import { entriesOf, fieldOf, itemsOf, resolveNode, type YamlEntry } from './tree.js';

/**
 * The services of a text that has no `services:` around them: Compose's first format, and documentation, which shows a service
 * alone, what is in it, or nothing but its list of mounts.
 */
export function servicesAlone(
  root: Node | null | undefined,
  document: Document,
  isDocumentation: boolean,
): YamlEntry[] {
  const isService = (node: Node | undefined) => {
    const list = fieldOf(node, 'volumes', document);
    const hasImage = (fieldOf(node, 'image', document) ?? fieldOf(node, 'build', document)) !== undefined;
    return (isSeq(list) && hasImage) || (isDocumentation && mountsOf(node, document));
  };
  const value = resolveNode(root, document);
  // Kubernetes, and programs that write as it does, have `volumes` of their own.
  if (fieldOf(value, 'apiVersion', document) !== undefined) return [];
  if (isDocumentation && isSeq(value) && areMounts(value, document))
    return [{ key: 'volumes', keyNode: value, value }];
  if (isDocumentation && isMap(value) && isService(value)) return [{ key: 'service', keyNode: value, value }];
  return entriesOf(value, document).filter((entry) => isService(resolveNode(entry.value, document)));
}

function mountsOf(node: Node | undefined, document: Document): boolean {
  const list = fieldOf(node, 'volumes', document);
  if (isSeq(list)) return areMounts(list, document);
  const tmpfs = itemsOf(fieldOf(node, 'tmpfs', document), document);
  return tmpfs.length > 0 && tmpfs.every((item) => isScalar(item) && String(item.value).startsWith('/'));
}

const TYPES = new Set(['bind', 'volume', 'tmpfs', 'npipe', 'cluster', 'image']);

/** Whether a list is one of Compose: other programs have `volumes` too. */
function areMounts(list: Node, document: Document): boolean {
  const items = itemsOf(list, document);
  return (
    items.length > 0 &&
    items.every((item) => {
      if (isScalar(item)) return isPlaced(String(item.value)) && isPair(String(item.value));
      const type = fieldOf(item, 'type', document);
      return (
        isScalar(type) && TYPES.has(String(type.value)) && fieldOf(item, 'target', document) !== undefined
      );
    })
  );
}

/** Whether there may be a path in it, and it is not an address. */
function isPlaced(text: string): boolean {
  return !/\w:\/\//.test(text) && /^[^\n]*[/\\]/.test(fillMarks(text, '/'));
}

/** `a:/b`, or a place in the container alone. */
function isPair(text: string): boolean {
  return text.startsWith('/') || /^[^\s:]+:[^\s:]|^[A-Za-z]:[\\/][^:]*:/.test(text);
}
