import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  visit,
  type YAMLMap,
} from 'yaml';
import { NotRead, unread } from '../../source/bounds.js';
import { readComments } from '../../source/comments.js';
import type { ReadContext, Sink } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import { findTemplates, maskText } from '../../source/mask.js';
import { parseYamlDocuments } from '../../source/parse-yaml.js';
import { MARK, wellFormed } from '../../text/hole-mark.js';
import { yamlProblem } from './problem.js';
import { yamlScalar } from './scalar.js';

/** One entry of a YAML map. */
export interface YamlEntry {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node;
}

/** The documents of one YAML text, and what reading them needs. */
interface YamlTexts {
  readonly host: HostedText;
  readonly documents: readonly Document[];
}

/** Parses a YAML text; its errors become problems, and what is still readable is read. */
export function parseYaml(raw: HostedText, sink: Sink, context: ReadContext): YamlTexts {
  const host = maskText(raw, findTemplates(raw.value, context.placeholders && 'values'));
  const parsed = parseYamlDocuments(blankDirectives(host.value), {
    keepSourceTokens: true,
    uniqueKeys: false,
    strict: false,
  });
  readComments(host, COMMENT, sink);
  if ('why' in parsed) {
    sink.problems.push(unread(host, parsed.why, { start: parsed.at, end: parsed.at }));
    return { host, documents: [] };
  }
  for (const { errors } of parsed.documents) {
    if (errors[0] !== undefined) sink.problems.push(yamlProblem(host, errors[0], context));
  }
  return { host, documents: parsed.documents };
}

/** A `#` at the start of a line or after a blank. */
const COMMENT = /(?<![^\s])#/g;

/** A line that holds nothing but a template's statement is none of YAML's, unless it is a line of a block scalar's text. */
function blankDirectives(text: string): string {
  if (!LONE_HOLE.test(text)) return text;
  // How far the key of a block scalar and its text are indented; without one, none is open.
  let block: { readonly key: number; text?: number } | undefined;
  return text.replace(/^.*$/gm, (line) => {
    const indent = line.search(/\S/);
    if (indent < 0) return line;
    const isDirective = LONE_HOLE.test(line);
    if (block !== undefined && indent > block.key && !(isDirective && indent < (block.text ?? 0))) {
      block.text ??= indent;
      return line;
    }
    if (isDirective) return ' '.repeat(line.length);
    const before = /^(?: |-(?= ))*/.exec(line)![0];
    const rest = line.slice(before.length);
    // The text of an item is indented from its dash, that of a key from the key.
    const key = /^[|>]/.test(rest) ? before.lastIndexOf('-') : before.length;
    block = BLOCK_HEADER.test(rest) ? { key } : undefined;
    return line;
  });
}

/** Whether a template, or what somebody is to fill in, is all of a text: it may stand for anything. */
export const isAllHole = ({ value, holes }: HostedText): boolean =>
  holes.some(({ range: { start, end } }) => end - start === value.length);

/** Whether lines of a template, or what somebody is to fill in, stand where lines of YAML would: they may become any. */
export const hasDirectives = (text: string): boolean => LONE_HOLE.test(text);

const LONE_HOLE = new RegExp(`^[ \\t]*${MARK}[ \\t]*\\r?$`, 'mu');
/** The end of a line that a block scalar begins after. */
const BLOCK_HEADER = /[|>][-+\d]{0,2}[ \t]*(?:#.*)?\r?$/;

/** What a map itself says. */
interface OwnEntries {
  readonly entries: readonly YamlEntry[];
  /** Those of each key, one as a rule. */
  readonly byKey: ReadonlyMap<string, readonly YamlEntry[]>;
  /** The values of its `<<`. */
  readonly merges: readonly Node[];
}

const owned = new WeakMap<YAMLMap, OwnEntries>();

function ownEntries(map: YAMLMap): OwnEntries {
  let own = owned.get(map);
  if (own === undefined) {
    const all = map.items.flatMap((item) => entryOf(item) ?? []);
    const entries = all.filter(({ key }) => key !== '<<');
    const byKey = new Map<string, YamlEntry[]>();
    for (const entry of entries) {
      const known = byKey.get(entry.key);
      if (known === undefined) byKey.set(entry.key, [entry]);
      else known.push(entry);
    }
    own = { entries, byKey, merges: all.flatMap(({ key, value }) => (key === '<<' ? value : [])) };
    owned.set(map, own);
  }
  return own;
}

/** The entries of a map, those that are merged in with `<<` last: of a key that several have, the first. */
export function entriesOf(node: Node | null | undefined, document: Document): readonly YamlEntry[] {
  const map = resolveNode(node, document);
  if (!isMap(map)) return [];
  const { entries, merges } = ownEntries(map);
  if (merges.length === 0) return entries;
  const all = [...entries];
  const seen = new Set(all.map(({ key }) => key));
  for (const { byKey } of mergedMaps(map, document)) {
    for (const [key, [first]] of byKey) {
      if (seen.has(key)) continue;
      seen.add(key);
      all.push(first!);
    }
    spend(document, byKey.size);
  }
  return all;
}

/** The entries of one key of a map: all that it has itself, or else the first that is merged in. */
export function entriesFor(
  node: Node | null | undefined,
  key: string,
  document: Document,
): readonly YamlEntry[] {
  const map = resolveNode(node, document);
  if (!isMap(map)) return [];
  const own = ownEntries(map).byKey.get(key);
  if (own !== undefined) return own;
  for (const { byKey } of mergedMaps(map, document)) {
    const [entry] = byKey.get(key) ?? [];
    if (entry !== undefined) return [entry];
  }
  return [];
}

const merged = new WeakMap<YAMLMap, readonly OwnEntries[]>();

/** The maps that are merged into one, in order. Each, and each list of them, is met once: a second time it has nothing to add. */
function mergedMaps(map: YAMLMap, document: Document): readonly OwnEntries[] {
  let maps = merged.get(map);
  if (maps === undefined) {
    maps = findMerged(map, document);
    merged.set(map, maps);
  }
  return maps;
}

function findMerged(map: YAMLMap, document: Document): readonly OwnEntries[] {
  const maps: OwnEntries[] = [];
  const met = new Set<Node>([map]);
  const coming = [...ownEntries(map).merges].reverse();
  for (let value = coming.pop(); value !== undefined; value = coming.pop()) {
    const node = resolveNode(value, document);
    if (node === undefined || met.has(node)) continue;
    met.add(node);
    const own = isMap(node) ? ownEntries(node) : undefined;
    if (own !== undefined && maps.push(own) >= MOST_MERGED) break;
    const inner = own?.merges ?? mapsOf(node, document);
    for (let i = inner.length - 1; i >= 0; i--) coming.push(inner[i]!);
  }
  return maps;
}

const listed = new WeakMap<Node, readonly Node[]>();

/** The maps of a list, each once. */
function mapsOf(list: Node, document: Document): readonly Node[] {
  let maps = listed.get(list);
  if (maps === undefined) {
    maps = isSeq(list) ? [...new Set(itemsOf(list, document).filter((item) => isMap(item)))] : [];
    listed.set(list, maps);
  }
  return maps;
}

// Far more than anybody merges.
const MOST_MERGED = 200;
/** How many entries merging may add to the maps of a document. */
const MOST_ADDED = 500_000;

const added = new WeakMap<Document, number>();

function spend(document: Document, count: number): void {
  const sum = (added.get(document) ?? 0) + count;
  if (sum > MOST_ADDED) throw new NotRead('what is merged into its maps is more than can be followed');
  added.set(document, sum);
}

function entryOf(item: Pair): YamlEntry | undefined {
  const keyNode = item.key as Node | null;
  const value = item.value as Node | null;
  if (!isScalar(keyNode) || value === null || value === undefined) return undefined;
  const written = typeof keyNode.value === 'boolean' ? keyNode.source : undefined;
  // Nobody means `no` or `y` for a boolean there, and Go's reader does not take it for one.
  const key =
    typeof keyNode.value === 'symbol' ? keyNode.value.description! : (written ?? String(keyNode.value));
  return { key: wellFormed(key), keyNode, value };
}

/** The node that an alias stands for; the node itself otherwise. */
export function resolveNode(node: Node | null | undefined, document: Document): Node | undefined {
  return isAlias(node) ? anchoredNodes(document).get(node) : (node ?? undefined);
}

const anchored = new WeakMap<Document, ReadonlyMap<Alias, Node>>();

/** What each alias of a document stands for: the last node before it with its anchor. The library looks anew for each. */
function anchoredNodes(document: Document): ReadonlyMap<Alias, Node> {
  let nodes = anchored.get(document);
  if (nodes === undefined) {
    nodes = findAnchored(document);
    anchored.set(document, nodes);
  }
  return nodes;
}

function findAnchored(document: Document): ReadonlyMap<Alias, Node> {
  const byName = new Map<string, Node>();
  const nodes = new Map<Alias, Node>();
  visit(document, {
    Node(_key, node) {
      if (isAlias(node)) {
        const target = byName.get(node.source);
        if (target !== undefined) nodes.set(node, target);
      } else if (node.anchor !== undefined) byName.set(node.anchor, node);
    },
  });
  return nodes;
}

/** The value of one key of a map. */
export function fieldOf(node: Node | null | undefined, key: string, document: Document): Node | undefined {
  const [entry] = entriesFor(node, key, document);
  return entry && resolveNode(entry.value, document);
}

/** The items of a list, aliases resolved; a single value is a list of one. */
export function itemsOf(node: Node | undefined, document: Document): Node[] {
  const list = resolveNode(node, document);
  if (list === undefined) return [];
  if (!isSeq(list)) return [list];
  return list.items.flatMap((item) => resolveNode(item as Node, document) ?? []);
}

/** The text of a scalar; of numbers and booleans too, as they are written. */
export function textOf(host: HostedText, node: Node | undefined): HostedText | undefined {
  return isScalar(node) ? yamlScalar(host, node) : undefined;
}
