import type { Range } from '../text/range.js';

/** A value of a configuration file, and where it stands. */
export type ConfigNode =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'null'; readonly text: string; readonly range: Range }
  | { readonly kind: 'list'; readonly items: readonly ConfigNode[]; readonly range: Range }
  | { readonly kind: 'map'; readonly entries: readonly ConfigEntry[]; readonly range: Range };

/** One entry of a map. */
export interface ConfigEntry {
  readonly key: string;
  readonly keyRange: Range;
  readonly value: ConfigNode;
}

/** A mistake in a configuration file. */
export interface ConfigProblem {
  readonly message: string;
  readonly help: string;
  readonly range: Range;
}

/** What a configuration file says; the first thing that cannot be read ends it. */
export interface ConfigTree {
  readonly root?: ConfigNode;
  readonly problems: readonly ConfigProblem[];
}

/** Reads YAML; JSON with comments is made YAML of the same length first. */
export async function parseConfigTree(text: string, format: 'yaml' | 'json'): Promise<ConfigTree> {
  const { isAlias, isMap, isScalar, isSeq, parseDocument } = await import('#entry/yaml-files');
  const document = parseDocument(format === 'json' ? await blankComments(text) : text, {
    prettyErrors: false,
  });
  const problems = document.errors.map(({ message, pos: [start, end] }): ConfigProblem => {
    return {
      message: lowerFirst(message),
      help: `write it as ${format.toUpperCase()}`,
      range: { start, end },
    };
  });
  const whole = { start: 0, end: text.length };
  const read = (node: unknown, depth: number): ConfigNode => {
    if (isAlias(node)) return read(node.resolve(document), depth + 1);
    if (depth > 20) return { kind: 'null', text: '', range: whole };
    if (isMap(node)) {
      const entries = node.items.map(({ key, value }): ConfigEntry => {
        const scalar = isScalar(key) ? key : undefined;
        const keyRange = rangeOf(scalar?.range) ?? whole;
        const inner =
          value === null ? { kind: 'null' as const, text: '', range: keyRange } : read(value, depth + 1);
        return { key: String(scalar?.value ?? ''), keyRange, value: inner };
      });
      return { kind: 'map', entries, range: rangeOf(node.range) ?? whole };
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => read(item, depth + 1));
      return { kind: 'list', items, range: rangeOf(node.range) ?? whole };
    }
    if (!isScalar(node)) return { kind: 'null', text: '', range: whole };
    const { value } = node;
    const range = rangeOf(node.range) ?? whole;
    if (typeof value === 'string') return { kind: 'string', text: value, range };
    // `docker: 28.10` is a number to YAML and a version to us: what was written counts.
    if (typeof value === 'number') return { kind: 'number', text: text.slice(range.start, range.end), range };
    if (typeof value === 'boolean') return { kind: 'boolean', text: String(value), range };
    return { kind: 'null', text: '', range };
  };
  if (problems.length > 0 || document.contents === null) return { problems };
  return { root: read(document.contents, 0), problems };
}

async function blankComments(text: string): Promise<string> {
  const { parseJson } = await import('../readers/json/tree.js');
  let out = '';
  let at = 0;
  parseJson(text, ({ start, end }) => {
    out += text.slice(at, start) + text.slice(start, end).replace(/[^\n]/g, ' ');
    at = end;
  });
  return out + text.slice(at);
}

function rangeOf(range: readonly number[] | null | undefined): Range | undefined {
  return range === null || range === undefined ? undefined : { start: range[0]!, end: range[1]! };
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
