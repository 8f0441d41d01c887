import { type Document, isMap, isScalar, isSeq, type Node, type Scalar, visit } from 'yaml';
import { resolvePlain } from '../go/yaml-scalar.js';
import { entriesFor, entriesOf, itemsOf, resolveNode } from '../readers/yaml/tree.js';
import { MOST_DEPTH, NotRead, TOO_DEEP } from '../source/bounds.js';
import { wellFormed } from '../text/hole-mark.js';
import type { Range } from '../text/range.js';

/** How many values the parts of a file may come to that are asked for: a few anchors can make any number of them. */
const MOST_VALUES = 200_000;

/**
 * Answers the plain values of parts of a document, what is merged in and what aliases stand for included. Throws
 * {@link NotRead} where that is too much.
 */
export function plainReader(document: Document): (node: Node | undefined) => unknown {
  let left = MOST_VALUES;
  const read = (aliased: Node | null | undefined, depth: number): unknown => {
    if (depth > MOST_DEPTH) throw new NotRead(TOO_DEEP);
    if (left-- < 0) throw new NotRead('what its aliases stand for is more than can be followed');
    const value = resolveNode(aliased, document);
    if (isMap(value))
      return Object.fromEntries(
        entriesOf(value, document).map((entry) => [entry.key, read(entry.value, depth + 1)]),
      );
    if (isSeq(value)) return value.items.map((item) => read(item as Node | null, depth + 1));
    const scalar = isScalar(value) ? plainScalar(value) : undefined;
    return typeof scalar === 'string' ? wellFormed(scalar) : scalar;
  };
  return (node) => read(node, 0);
}

/** The value where it is a map, else an empty one. */
export function mapOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof GoNumber)
    ? (value as Record<string, unknown>)
    : {};
}

/** What Go's reader of YAML makes of a scalar: a text, a boolean, null, or a number as Go prints it. */
function plainScalar({ value, source, type, tag }: Scalar): unknown {
  if (type !== 'PLAIN' || tag !== undefined || source === undefined) return value;
  const plain = resolvePlain(source);
  switch (plain.type) {
    case 'null':
      return null;
    case 'boolean':
      return plain.text === 'true';
    default:
      return plain.type === 'string' || plain.type === 'time' ? plain.text : new GoNumber(plain.text);
  }
}

/** A number that is not a string, and whose text is Go's. */
class GoNumber {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text;
  }
}

/** The node at a path of keys, as it is written: what an alias stands for is not part of it. */
export function nodeAt(document: Document, path: readonly string[]): Node | undefined {
  let node = document.contents as Node | null | undefined;
  for (const key of path) node = isMap(node) ? entriesFor(node, key, document)[0]?.value : undefined;
  return node ?? undefined;
}

/** What makes the document unreadable to Compose, though it is YAML: an alias without its anchor, `<<` with something else than maps. */
export function strayReference(
  document: Document,
): { readonly message: string; readonly range: Range } | undefined {
  let found: { message: string; range: Range } | undefined;
  const sound = new Set<Node | undefined>();
  const refuse = (message: string, node: Node | null | undefined) => {
    const [start = 0, end = start] = node?.range ?? [];
    found = { message, range: { start, end } };
    return visit.BREAK;
  };
  visit(document, {
    Alias(_key, alias) {
      return resolveNode(alias, document) === undefined
        ? refuse(`\`*${alias.source}\` is undefined: no anchor before it has that name`, alias)
        : undefined;
    },
    Pair(_key, pair) {
      const { key, value } = pair;
      if (!isScalar(key) || !isMerge(key.value)) return undefined;
      const sources = resolveNode(value as Node | null, document);
      // Many may merge one long list.
      if (sound.has(sources)) return undefined;
      sound.add(sources);
      return itemsOf(sources, document).every((source) => isMap(source))
        ? undefined
        : refuse('a `<<` here must be a map', key);
    },
  });
  return found;
}

const isMerge = (key: unknown) => (typeof key === 'symbol' ? key.description : key) === '<<';
