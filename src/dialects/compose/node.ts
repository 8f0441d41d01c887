import type { YamlScalarType } from '../../go/yaml-scalar.js';
import type { EditableText } from '../../text/editable-text.js';
import type { Range } from '../../text/range.js';

/** A value of a Compose file, as Go's yaml reads it, with its place. */
export type ComposeNode = ComposeScalar | ComposeMap | ComposeList | ComposeUnknown;

interface Placed {
  readonly range: Range;
}

/** A text, a number, … */
export interface ComposeScalar extends Placed {
  readonly kind: 'scalar';
  readonly type: YamlScalarType;
  /** As Go prints it; of a text after `$$` is a dollar. Undefined where a variable or a template is in it. */
  readonly text: string | undefined;
  /** Of a text: with its holes. */
  readonly spec?: EditableText;
}

/** A map; what is merged in stands after its own entries. */
export interface ComposeMap extends Placed {
  readonly kind: 'map';
  readonly entries: readonly ComposeEntry[];
  /** Lines of a template decide what is in it. */
  readonly isOpen?: boolean;
}

/** One key of a map with its value. */
export interface ComposeEntry {
  /** Undefined where a template is in it. */
  readonly key: string | undefined;
  readonly keyRange: Range;
  readonly value: ComposeNode;
  /** `!reset`: neither this value nor one from another file counts. `!override`: this alone. */
  readonly tag?: 'reset' | 'override';
}

/** A list. */
interface ComposeList extends Placed {
  readonly kind: 'list';
  readonly items: readonly ComposeNode[];
  readonly isOpen?: boolean;
}

/** What nobody can know: a template that stands for the whole value, a tag, more than is followed. */
interface ComposeUnknown extends Placed {
  readonly kind: 'unknown';
}

/** Something that Compose refuses before it looks at what the file says: a key twice, a key that is not a string, a `$` that means nothing. */
export interface ComposeFlaw {
  readonly range: Range;
  readonly kind: 'duplicate-key' | 'non-string-key' | 'interpolation' | 'alias' | 'merge';
  readonly text: string;
}

/** One document of a Compose file. */
export interface ComposeTree {
  /** Lines of a template exclude each other in it. */
  readonly isBranched?: boolean;
  readonly root: ComposeNode;
  readonly flaws: readonly ComposeFlaw[];
}

/** The value of a key: of the last of two, and undefined for one that `!reset` takes away. */
export function valueAt(node: ComposeNode | undefined, key: string): ComposeNode | undefined {
  if (node?.kind !== 'map') return undefined;
  const entry = entryAt(node, key);
  return entry?.tag === 'reset' ? undefined : entry?.value;
}

const indexes = new WeakMap<ComposeMap, ReadonlyMap<string, ComposeEntry>>();
/** As far as looking through them is as fast as making an index. */
const FEW = 16;

/** The first entry of a key, whatever its tag. */
export function entryAt(map: ComposeMap, key: string): ComposeEntry | undefined {
  if (map.entries.length <= FEW) return map.entries.find((one) => one.key === key);
  let index = indexes.get(map);
  if (index === undefined) {
    index = new Map(map.entries.map((one) => [one.key ?? '', one] as const).reverse());
    indexes.set(map, index);
  }
  const found = index.get(key);
  return found?.key === key ? found : undefined;
}

/** The entries of a map that count. */
export function entriesIn(
  node: ComposeNode | undefined,
): readonly (ComposeEntry & { readonly key: string })[] {
  if (node?.kind !== 'map') return [];
  return node.entries.filter(
    (one): one is ComposeEntry & { key: string } => one.key !== undefined && one.tag !== 'reset',
  );
}

/** The items of a list. */
export function itemsIn(node: ComposeNode | undefined): readonly ComposeNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** The text of a string all of which is known. */
export function stringIn(node: ComposeNode | undefined): string | undefined {
  return node?.kind === 'scalar' && node.type === 'string' ? node.text : undefined;
}
