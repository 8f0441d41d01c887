import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import type {
  ComposeEntry,
  ComposeFlaw,
  ComposeNode,
  ComposeScalar,
  ComposeTree,
} from '../../dialects/compose/node.js';
import { otherServiceShapes } from '../../dialects/compose/service-shapes.js';
import { SERVICE_SHAPES, TOP_SHAPES } from '../../dialects/compose/shapes.js';
import { findBadVariable } from '../../dialects/compose/variables.js';
import { resolvePlain } from '../../go/yaml-scalar.js';
import { MOST_DEPTH } from '../../source/bounds.js';
import type { HostedText } from '../../source/hosted-text.js';
import { fillMarks } from '../../text/hole-mark.js';
import type { Range } from '../../text/range.js';
import { hasHole, sourceRange } from '../../text/spec-text.js';
import { interpolatedText } from './interpolation.js';
import { entriesOf, hasDirectives, isAllHole, resolveNode, textOf } from './tree.js';

/** What a document of a Compose file says of mounts, as Go's yaml reads it. `isBranched`: lines of a template exclude each other. */
export function readComposeTree(host: HostedText, document: Document, isBranched: boolean): ComposeTree {
  const reader = new TreeReader(host, document);
  return { root: reader.root(), flaws: findFlaws(host, document), ...(isBranched && { isBranched }) };
}

const TOP = new Set([...TOP_SHAPES.keys(), 'networks']);

class TreeReader {
  readonly #known = new Map<Node, ComposeNode>();
  /** What lines of a template may fill, or add to. */
  readonly #open: { readonly isOpen?: true };

  constructor(
    readonly host: HostedText,
    readonly document: Document,
  ) {
    this.#open = hasDirectives(host.value) ? { isOpen: true } : {};
  }

  root(): ComposeNode {
    return this.#mapOf(this.document.contents as Node | null, (key, value) =>
      key === 'services' ? this.#services(value) : TOP.has(key) ? this.read(value) : this.#unread(value),
    );
  }

  #services(node: Node): ComposeNode {
    return this.#mapOf(node, (_name, service) =>
      this.#mapOf(service, (key, value) =>
        SERVICE_SHAPES.has(key) || otherServiceShapes().has(key) ? this.read(value) : this.#unread(value),
      ),
    );
  }

  /** A map whose values are read in a way of their own; anything else as it is. */
  #mapOf(given: Node | null | undefined, value: (key: string, node: Node) => ComposeNode): ComposeNode {
    const node = resolveNode(given, this.document);
    if (!isMap(node)) return this.read(given);
    return {
      kind: 'map',
      range: rangeOf(this.host, node),
      entries: this.#entries(node, value),
      ...this.#open,
    };
  }

  #entries(node: Node, read: (key: string, value: Node) => ComposeNode): ComposeEntry[] {
    return [...entriesOf(node, this.document), ...bareKeys(node)].map(({ key, keyNode, value }) => {
      const text = textOf(this.host, keyNode);
      const hasMark = text !== undefined && hasHole(text);
      const tag = value === undefined ? undefined : tagOf(value);
      return {
        key: hasMark ? undefined : isGlued(this.host, keyNode) ? `${key}:` : key,
        keyRange: rangeOf(this.host, keyNode),
        value: value === undefined ? this.#nothing(rangeOf(this.host, keyNode)) : read(key, value),
        ...(tag && { tag }),
      };
    });
  }

  #nothing(range: Range): ComposeNode {
    return this.#open.isOpen ? { kind: 'unknown', range } : { kind: 'scalar', type: 'null', text: '', range };
  }

  #unread(node: Node): ComposeNode {
    return { kind: 'unknown', range: rangeOf(this.host, node) };
  }

  read(given: Node | null | undefined, depth = 0): ComposeNode {
    const node = resolveNode(given, this.document);
    if (node === undefined) return { kind: 'unknown', range: { start: 0, end: 0 } };
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const range = rangeOf(this.host, node);
    if (depth > MOST_DEPTH) return { kind: 'unknown', range };
    const made = this.#make(node, range, depth);
    this.#known.set(node, made);
    return made;
  }

  #make(node: Node, range: Range, depth: number): ComposeNode {
    const glued = isMap(node) ? gluedKey(this.host, node) : undefined;
    if (glued !== undefined) return { kind: 'scalar', type: 'string', text: `${glued}:`, range };
    if (isMap(node))
      return {
        kind: 'map',
        range,
        entries: this.#entries(node, (_key, value) => this.read(value, depth + 1)),
        ...this.#open,
      };
    if (isSeq(node)) {
      // An item that is reset is not there.
      const kept = (node.items as (Node | null)[]).filter((item) => item === null || tagOf(item) !== 'reset');
      const items = kept.map((item) => this.read(item, depth + 1));
      return { kind: 'list', range, items, ...this.#open };
    }
    if (isScalar(node)) return this.#scalar(node, range);
    return { kind: 'unknown', range };
  }

  #scalar(node: Scalar, range: Range): ComposeNode {
    const scalar = (rest: Omit<ComposeScalar, 'kind' | 'range'>): ComposeScalar => ({
      kind: 'scalar',
      range,
      ...rest,
    });
    const text = textOf(this.host, node);
    const isTagged =
      node.tag !== undefined && node.tag !== 'tag:yaml.org,2002:str' && tagOf(node) === undefined;
    if (isTagged) return { kind: 'unknown', range };
    if (text === undefined) return node.value === null ? this.#nothing(range) : { kind: 'unknown', range };
    const isPlain = node.type === 'PLAIN' && node.tag === undefined;
    // Also in quotes, which Ansible's values have to be in.
    if (isAllHole(text)) return { kind: 'unknown', range };
    if (isPlain || node.tag !== undefined) {
      if (hasHole(text))
        return isPlain && startsOdd(text.value) ? { kind: 'unknown', range } : this.#string(text, scalar);
      const resolved = isPlain ? resolvePlain(text.value) : { type: 'string' as const, text: text.value };
      if (resolved.type !== 'string') return scalar(resolved);
    }
    return this.#string(text, scalar);
  }

  #string(
    text: HostedText,
    scalar: (rest: Omit<ComposeScalar, 'kind' | 'range'>) => ComposeScalar,
  ): ComposeScalar {
    const spec = interpolatedText(text, false);
    return scalar({ type: 'string', text: hasHole(spec) ? undefined : spec.value, spec });
  }
}

/** With a template in it, it may become a number, a list, … */
const startsOdd = (text: string): boolean => !/^[/.~A-Za-z]/.test(text);

/** Keys without a value, such as `{a}`. */
function bareKeys(node: Node): { key: string; keyNode: Node; value: undefined }[] {
  if (!isMap(node)) return [];
  return (node as YAMLMap).items.flatMap((item: Pair) => {
    const key = item.key as Node | null;
    return (item.value === null || item.value === undefined) && isScalar(key)
      ? [{ key: String(key.value), keyNode: key as Node, value: undefined }]
      : [];
  });
}

function tagOf(node: Node): 'reset' | 'override' | undefined {
  const tag = isAlias(node) ? undefined : node.tag;
  return tag === '!reset' ? 'reset' : tag === '!override' ? 'override' : undefined;
}

/** What Compose refuses anywhere in a document, before it looks at what it says. */
function findFlaws(host: HostedText, document: Document): ComposeFlaw[] {
  const flaws: ComposeFlaw[] = [];
  const hasVariables = host.value.includes('${');
  const keyText = (node: Scalar) => textOf(host, node)?.value ?? '';
  visit(document, {
    Map(_key, map) {
      const seen = new Set<string>();
      for (const { key, value } of map.items) {
        if (isMap(key) || isSeq(key)) {
          const range = rangeOf(host, key);
          flaws.push({ kind: 'non-string-key', range, text: host.value.slice(range.start, range.end) });
        }
        if (!isScalar(key)) continue;
        if (isMerge(key) && !mergesMaps(value as Node | null, document))
          flaws.push({ kind: 'merge', range: rangeOf(host, key), text: '<<' });
        const text = keyText(key);
        if (fillMarks(text, '') !== text) continue;
        const range = rangeOf(host, key);
        if (seen.has(text)) flaws.push({ kind: 'duplicate-key', range, text });
        seen.add(text);
        if (key.type === 'PLAIN' && key.tag === undefined && resolvePlain(text).type !== 'string')
          flaws.push({ kind: 'non-string-key', range, text });
      }
    },
    Alias(_key, alias) {
      if (resolveNode(alias, document) === undefined)
        flaws.push({ kind: 'alias', range: rangeOf(host, alias), text: `*${alias.source}` });
    },
    Scalar(key, node) {
      if (!hasVariables || key === 'key' || typeof node.value !== 'string') return;
      const text = textOf(host, node);
      const bad = text && findBadVariable(text.value);
      if (text === undefined || bad === undefined) return;
      const range = sourceRange(text, { start: bad.start, end: bad.start + bad.text.length });
      flaws.push({ kind: 'interpolation', range, text: bad.text });
    },
  });
  return flaws;
}

/** Whether a `:` is directly before what ends a key in braces or brackets: to Go's yaml it is a part of it. */
function isGlued(host: HostedText, key: Node): boolean {
  const end = key.range?.[1] ?? 0;
  return isScalar(key) && key.type === 'PLAIN' && /^:[,\]}]/.test(host.value.slice(end, end + 2));
}

/** The text of an item such as that of `[a:]`. */
function gluedKey(host: HostedText, { items: [pair, more], range }: YAMLMap): string | undefined {
  const key = pair?.key as Node | null | undefined;
  const isPair = more === undefined && host.value[range?.[0] ?? 0] !== '{';
  return isPair && isScalar(key) && isGlued(host, key) ? String(key.value) : undefined;
}

const isMerge = ({ value, type }: Scalar): boolean =>
  typeof value === 'symbol' ? value.description === '<<' : value === '<<' && type === 'PLAIN';

/** Whether a `<<` takes a map, or a list of maps. What stands for nothing is said to be that. */
function mergesMaps(value: Node | null, document: Document): boolean {
  const node = value === null ? undefined : resolveNode(value, document);
  if (node === undefined) return isAlias(value);
  if (!isSeq(node)) return isMap(node) || hasMark(node);
  return node.items.every((item) => {
    const one = item === null ? undefined : resolveNode(item as Node, document);
    return one === undefined ? isAlias(item) : isMap(one) || hasMark(one);
  });
}

/** A template may become anything. */
const hasMark = (node: Node): boolean =>
  isScalar(node) && fillMarks(String(node.value), '') !== String(node.value);

function rangeOf(host: HostedText, node: Node): Range {
  const [start, end] = node.range ?? [0, 0];
  const blanks = isScalar(node) ? 0 : /\s*$/.exec(host.value.slice(start, end))![0].length;
  return sourceRange(host, { start, end: Math.max(start, end - blanks) });
}
