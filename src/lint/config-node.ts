import type { Range } from '../text/range.js';

/** A value of a configuration file, and where it stands. */
export type ConfigNode =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'null'; readonly text: string; readonly range: Range }
  | { readonly kind: 'list'; readonly items: readonly ConfigNode[]; readonly range: Range }
  | { readonly kind: 'map'; readonly entries: readonly ConfigEntry[]; readonly range: Range };

/** One entry of a map. */
interface ConfigEntry {
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

/** A configuration is written by hand; one that is deeper is made to keep its reader busy. */
const DEEPEST = 20;

/** Makes the nodes of one text, and complains of what is wrong in their form. */
export class ConfigTreeMaker {
  readonly problems: ConfigProblem[] = [];

  /** Nothing, and why. */
  refuse(range: Range, message: string, help: string): ConfigNode {
    this.problems.push({ message, help, range });
    return { kind: 'null', text: '', range };
  }

  /** What is in a list or a map, unless those are in too many others. */
  inside(depth: number, range: Range, make: () => ConfigNode): ConfigNode {
    return depth <= DEEPEST
      ? make()
      : this.refuse(range, 'this is nested too deeply', 'no setting is as deep as this');
  }

  /** A map, in which each key stands once. */
  map(entries: readonly ConfigEntry[], range: Range): ConfigNode {
    const known = new Set<string>();
    for (const { key, keyRange } of entries) {
      if (known.has(key)) this.refuse(keyRange, `\`${key}\` appears here twice`, 'keep one of them');
      known.add(key);
    }
    return { kind: 'map', entries, range };
  }

  /** The tree, if nothing is wrong with its form. */
  finish(root: ConfigNode): ConfigTree {
    return this.problems.length > 0 ? { problems: this.problems.slice(0, 1) } : { root, problems: [] };
  }
}
