import { suggest } from '../text/nearest.js';
import type { ConfigNode } from './config-node.js';
import { expandBraces } from './glob.js';

/** Takes what is wrong with a part of a configuration, and what to do. */
export type Complain = (node: Pick<ConfigNode, 'range'>, message: string, help: string) => void;

type Entries = ReadonlyMap<string, { readonly value: ConfigNode; readonly key: Pick<ConfigNode, 'range'> }>;

const MOST_GLOBS = 5000;

/** Reads values of a configuration; each is total, and complains of what it leaves out. `what` names the part for people. */
export interface ConfigReader {
  map(node: ConfigNode, what: string): Entries;
  /** A map of known keys; answers how to get the value of one. */
  keyed(node: ConfigNode, what: string, known: readonly string[]): (name: string) => ConfigNode | undefined;
  /** One of a few words. */
  word<Word extends string>(
    node: ConfigNode | undefined,
    what: string,
    words: readonly Word[],
  ): Word | undefined;
  /** Texts; a single one is a list too. */
  list(node: ConfigNode | undefined, what: string): string[] | undefined;
  /** The same for globs, of which every one is compared with every path. */
  globs(node: ConfigNode | undefined, what: string): string[] | undefined;
}

/** Makes a reader. */
export function makeConfigReader(complain: Complain): ConfigReader {
  function map(node: ConfigNode, what: string): Entries {
    if (node.kind !== 'map') {
      if (node.kind !== 'null')
        complain(node, `${what} is not a map of names to values`, 'write `name: value` entries');
      return new Map();
    }
    return new Map(
      node.entries.map(({ key, keyRange, value }) => [key, { value, key: { range: keyRange } }]),
    );
  }

  function keyed(node: ConfigNode, what: string, known: readonly string[]) {
    const entries = map(node, what);
    for (const [name, { key }] of entries) {
      if (known.includes(name)) continue;
      const help = suggest(name, known, `valid settings: ${known.join(', ')}`);
      complain(key, `\`${name}\` is not a setting`, help);
    }
    return (name: string) => entries.get(name)?.value;
  }

  function word<Word extends string>(
    node: ConfigNode | undefined,
    what: string,
    words: readonly Word[],
  ): Word | undefined {
    if (node === undefined) return undefined;
    const text = 'text' in node ? node.text : '';
    // `off` is a boolean in older YAML.
    const found = words.find((one) => one === text);
    if (found !== undefined) return found;
    complain(node, `\`${text}\` is not a valid value of ${what}`, `write one of ${words.join(', ')}`);
    return undefined;
  }

  function list(node: ConfigNode | undefined, what: string): string[] | undefined {
    if (node === undefined) return undefined;
    const items = node.kind === 'list' ? node.items : [node];
    return items.flatMap((item) => {
      if (item.kind === 'string' && item.text !== '') return [item.text];
      complain(item, `${what} must be a list of strings`, 'write `- "text"` items');
      return [];
    });
  }

  function globs(node: ConfigNode | undefined, what: string): string[] | undefined {
    const all = list(node, what);
    let count = 0;
    for (const glob of all ?? []) {
      const alternatives = expandBraces(glob);
      count += alternatives?.length ?? 0;
      if (alternatives !== undefined && count <= MOST_GLOBS) continue;
      complain(node!, `${what} matches too many names`, 'use `*` and `**` instead of braces');
      return undefined;
    }
    return all;
  }

  return { map, keyed, word, list, globs };
}
