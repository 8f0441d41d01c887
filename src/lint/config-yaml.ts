import type { Document } from 'yaml';
import type { Range } from '../text/range.js';
import { type ConfigNode, type ConfigTree, ConfigTreeMaker } from './config-node.js';

/** What an alias stands for is judged each time. */
const MOST_ALIASES = 100;

/** Reads a configuration in YAML. What it takes is in proportion to the text: an alias is what it names, not a copy of it. */
export async function parseYamlConfig(text: string): Promise<ConfigTree> {
  const { isAlias, isMap, isScalar, isSeq, parseYamlDocuments } = await import('#entry/yaml-files');
  const refuse = (message: string, start: number, end: number): ConfigTree => ({
    problems: [{ message, help: 'write it as YAML', range: { start, end } }],
  });
  const parsed = parseYamlDocuments(text, { uniqueKeys: false }, true);
  if ('why' in parsed) return refuse(`not read: ${parsed.why}`, parsed.at, parsed.at);
  const [{ contents, errors }, other] = parsed.documents as [Document.Parsed, Document.Parsed?];
  const [error] = errors;
  if (error !== undefined)
    return refuse(error.message.slice(0, 1).toLowerCase() + error.message.slice(1), ...error.pos);
  if (other !== undefined)
    return refuse('a configuration must be a single document', other.range[0], other.range[0]);
  if (contents === null) return { problems: [] };
  const whole = { start: 0, end: text.length };
  const maker = new ConfigTreeMaker();
  const named = new Map<string, ConfigNode>();
  let aliases = 0;

  const read = (node: unknown, depth: number): ConfigNode => {
    const { range: written, anchor } = node as { range?: readonly number[] | null; anchor?: string };
    const range = rangeOf(written) ?? whole;
    return maker.inside(depth, range, () => {
      if (isAlias(node)) {
        const found = named.get(node.source);
        if (found === undefined)
          return maker.refuse(range, `\`*${node.source}\` stands for nothing`, 'write out the value');
        return ++aliases > MOST_ALIASES
          ? maker.refuse(range, 'there are too many aliases', 'write out the value')
          : found;
      }
      const made = readNode(node, depth, range);
      if (anchor !== undefined) named.set(anchor, made);
      return made;
    });
  };

  const readNode = (node: unknown, depth: number, range: Range): ConfigNode => {
    if (isMap(node)) {
      const entries = node.items.map(({ key, value }) => {
        const scalar = isScalar(key) ? key : undefined;
        const keyRange = rangeOf(scalar?.range) ?? whole;
        const inner: ConfigNode =
          value === null ? { kind: 'null', text: '', range: keyRange } : read(value, depth + 1);
        return { key: String(scalar?.value ?? ''), keyRange, value: inner };
      });
      return maker.map(entries, range);
    }
    if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => read(item, depth + 1)), range };
    const value = isScalar(node) ? node.value : null;
    if (typeof value === 'string') return { kind: 'string', text: value, range };
    // `docker: 28.10` is a number to YAML and a version to us: what was written counts.
    if (typeof value === 'number') return { kind: 'number', text: text.slice(range.start, range.end), range };
    if (typeof value === 'boolean') return { kind: 'boolean', text: String(value), range };
    return { kind: 'null', text: '', range };
  };

  return maker.finish(read(contents, 0));
}

function rangeOf(range: readonly number[] | null | undefined): Range | undefined {
  return range === null || range === undefined ? undefined : { start: range[0]!, end: range[1]! };
}
