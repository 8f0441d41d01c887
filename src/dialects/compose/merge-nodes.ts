import type { Range } from '../../text/range.js';
import type { ComposeEntry, ComposeMap, ComposeNode } from './node.js';

/**
 * A map laid over another one as Compose does (compose-go override/merge.go): key by key; lists are put after each other, and which
 * of their items replace others is looked at later; `!reset` takes away, `!override` replaces, nothing changes nothing.
 */
export function mergeMaps(base: ComposeNode, over: ComposeNode, path: readonly string[] = []): ComposeNode {
  if (base.kind !== 'map') return over;
  if (over.kind !== 'map') return over.kind === 'unknown' ? over : base;
  // By key; one without a known key stands for itself.
  const entries = new Map<unknown, ComposeEntry>();
  for (const entry of base.entries) {
    const key = entry.key ?? entry;
    // What a file takes away itself is not there to be added to.
    if (entry.tag !== 'reset' && !entries.has(key)) entries.set(key, entry);
  }
  for (const entry of over.entries) {
    const key = entry.key ?? entry;
    const before = entries.get(key);
    if (entry.tag === 'reset') entries.delete(key);
    else if (before === undefined || entry.key === undefined || entry.tag === 'override')
      entries.set(key, entry);
    else {
      const value = merge(before.value, entry.value, [...path, entry.key]);
      // The later key is the one that people change.
      entries.set(key, value === before.value ? before : { ...entry, value });
    }
  }
  const isOpen = base.isOpen === true || over.isOpen === true;
  return { ...over, entries: [...entries.values()], ...(isOpen && { isOpen }) };
}

function merge(base: ComposeNode, over: ComposeNode, path: readonly string[]): ComposeNode {
  if (over.kind === 'scalar' && over.type === 'null') return base;
  if (base.kind === 'map' && over.kind === 'map' && path.length <= MOST_DEPTH)
    return mergeMaps(base, over, path);
  const [items, more] = [itemsOf(base, path), itemsOf(over, path)];
  if (items === undefined || more === undefined)
    return base.kind === 'unknown' && over.kind === 'map' ? { ...over, isOpen: true } : over;
  const isOpen = (base.kind === 'list' && base.isOpen) || (over.kind === 'list' && over.isOpen);
  return { kind: 'list', range: over.range, items: [...items, ...more], ...(isOpen && { isOpen }) };
}

const MOST_DEPTH = 6;

/** A text of a service's `tmpfs` is a list of one. */
function itemsOf(node: ComposeNode, path: readonly string[]): readonly ComposeNode[] | undefined {
  if (node.kind === 'list') return node.items;
  return path.at(-1) === 'tmpfs' && node.kind === 'scalar' && node.type === 'string' ? [node] : undefined;
}

/** The same node with everything in it at one place; what is shared stays shared. */
export function relocate(node: ComposeNode, range: Range): ComposeNode {
  const known = new Map<ComposeNode, ComposeNode>();
  const move = (one: ComposeNode): ComposeNode => {
    const done = known.get(one);
    if (done !== undefined) return done;
    const moved: ComposeNode =
      one.kind === 'map'
        ? ({
            ...one,
            range,
            entries: one.entries.map((entry) => ({ ...entry, keyRange: range, value: move(entry.value) })),
          } satisfies ComposeMap)
        : one.kind === 'list'
          ? { ...one, range, items: one.items.map(move) }
          : { ...one, range };
    known.set(one, moved);
    return moved;
  };
  return move(node);
}
