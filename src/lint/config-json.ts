import { jsonProblem } from '../readers/json/problem.js';
import { entryValue, type JsonNode, parseJson } from '../readers/json/tree.js';
import { type ConfigNode, type ConfigTree, ConfigTreeMaker } from './config-node.js';

/** Reads a configuration in JSON, where comments and trailing commas are welcome; with `key`, only what that stands for. */
export function parseJsonConfig(text: string, key?: string): ConfigTree {
  const problem = jsonProblem(text, false);
  if (problem !== undefined) return { problems: [{ ...problem, help: 'write it as JSON' }] };
  const whole = parseJson(text);
  const root = key === undefined ? whole : entryValue(whole, key);
  if (root === undefined) return { problems: [] };
  const maker = new ConfigTreeMaker();
  const read = (node: JsonNode, depth: number): ConfigNode =>
    maker.inside(depth, node.range, () => {
      const { type, range, items, entries } = node;
      if (type === 'array') return { kind: 'list', items: items.map((one) => read(one, depth + 1)), range };
      if (type === 'object')
        return maker.map(
          entries.map((entry) => ({ ...entry, value: read(entry.value, depth + 1) })),
          range,
        );
      const written = text.slice(range.start, range.end);
      return { kind: type, text: type === 'string' ? String(JSON.parse(written)) : written, range };
    });
  return maker.finish(read(root, 0));
}
