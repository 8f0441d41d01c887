import { MOST_DEPTH } from '../../source/bounds.js';
import { wellFormed } from '../../text/hole-mark.js';
import type { Range } from '../../text/range.js';

/** One value of a JSON text with comments; offsets in the text. */
export interface JsonNode {
  readonly type: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
  readonly range: Range;
  /** The entries of an object, in order. */
  readonly entries: readonly JsonEntry[];
  /** The items of an array. */
  readonly items: readonly JsonNode[];
}

/** One entry of an object; the key's range has its quotes. */
export interface JsonEntry {
  readonly key: string;
  readonly keyRange: Range;
  readonly value: JsonNode;
}

interface Open {
  readonly type: 'object' | 'array';
  readonly start: number;
  readonly entries: JsonEntry[];
  readonly items: JsonNode[];
  key: { readonly key: string; readonly keyRange: Range } | undefined;
}

const TOKEN =
  /[\s,\ufeff]+|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"?|[{}[\]:]|[^\s,{}[\]:"/]+|\//g;
const WORDS: ReadonlyMap<string, JsonNode['type']> = new Map([
  ['true', 'boolean'],
  ['false', 'boolean'],
  ['null', 'null'],
]);

/** What is reported about a JSON text while it is read. */
interface JsonEvents {
  comment?(range: Range): void;
  /** It is nested deeper than {@link MOST_DEPTH}: what is after the offset is left out. */
  tooDeep?(at: number): void;
}

const NONE: readonly never[] = [];

/**
 * Reads JSON with comments and trailing commas; what is broken is passed over. Documentation leaves the outer braces out: what
 * begins with a key is the inside of an object.
 */
export function parseJson(text: string, events: JsonEvents = {}): JsonNode | undefined {
  const stack: Open[] = [];
  let root: JsonNode | undefined;
  const add = (node: JsonNode) => {
    const open = stack.at(-1);
    if (open === undefined) root ??= node;
    else if (open.type === 'array') open.items.push(node);
    else if (open.key !== undefined) {
      open.entries.push({ ...open.key, value: node });
      open.key = undefined;
    }
  };
  const enter = (type: Open['type'], start: number) =>
    stack.push({ type, start, entries: [], items: [], key: undefined });
  const close = (end: number) => {
    const open = stack.pop();
    if (open === undefined) return;
    const { type, start, entries, items } = open;
    add({ type, range: { start, end }, entries, items });
  };
  for (const match of text.matchAll(TOKEN)) {
    const token = match[0];
    const range = { start: match.index, end: match.index + token.length };
    const first = token[0]!;
    if (first === '{' || first === '[') {
      if (stack.length >= MOST_DEPTH) {
        events.tooDeep?.(range.start);
        break;
      }
      enter(first === '{' ? 'object' : 'array', range.start);
    } else if (first === '}' || first === ']') close(range.end);
    else if (first === '"') {
      if (stack.length === 0 && root === undefined && /^\s*:/.test(text.slice(range.end, range.end + 40)))
        enter('object', range.start);
      const open = stack.at(-1);
      if (open?.type === 'object' && open.key === undefined)
        open.key = { key: keyOf(token), keyRange: range };
      else add({ type: 'string', range, entries: NONE, items: NONE });
    } else if (first === '/') {
      if (token.length > 1) events.comment?.(range);
    } else if (!/[\s,:\ufeff]/.test(first)) {
      add({ type: WORDS.get(token) ?? 'number', range, entries: NONE, items: NONE });
    }
  }
  while (stack.length > 0) close(text.length);
  return root;
}

function keyOf(token: string): string {
  try {
    return wellFormed(String(JSON.parse(token)));
  } catch {
    return token.slice(1).replace(/"$/, '');
  }
}

/** The value of one key. */
export function entryValue(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.entries.find((entry) => entry.key === key)?.value;
}
