import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkConfig } from '../lint/check-config.js';
import type { LintConfig } from '../lint/config.js';
import { type ConfigProblem, parseConfigTree } from '../lint/config-node.js';
import { reasonOf } from './system-error.js';

/** A configuration file that was read. */
export interface LoadedConfig {
  /** Absolute. */
  readonly file: string;
  /** What its globs are relative to. */
  readonly folder: string;
  readonly text: string;
  readonly config: LintConfig;
  readonly problems: readonly ConfigProblem[];
}

/** Names of configuration files, the strongest first. */
const CONFIG_NAMES = [
  '.mountc.yaml',
  '.mountc.yml',
  '.mountc.json',
  '.mountc.jsonc',
  'package.json',
] as const;

/**
 * Finds the configuration that is nearest to a file: in its folder or one above, up to the root of its repository. Each is read
 * once.
 */
export class ConfigFinder {
  readonly #byPath = new Map<string, Promise<LoadedConfig | undefined>>();
  readonly #given: string | undefined;

  /** `given` (absolute) holds everywhere, instead of the nearest. */
  constructor(given?: string) {
    this.#given = given;
  }

  /** The configuration for files in that folder (absolute); undefined when there is none. */
  forFolder(folder: string): Promise<LoadedConfig | undefined> {
    return this.#given === undefined ? this.#nearest(folder) : this.#remember(this.#given, loadConfig);
  }

  #nearest(folder: string): Promise<LoadedConfig | undefined> {
    return this.#remember(folder, (path) => this.#search(path));
  }

  #remember(
    path: string,
    read: (path: string) => Promise<LoadedConfig | undefined>,
  ): Promise<LoadedConfig | undefined> {
    const known = this.#byPath.get(path);
    if (known !== undefined) return known;
    const found = read(path);
    this.#byPath.set(path, found);
    return found;
  }

  async #search(folder: string): Promise<LoadedConfig | undefined> {
    for (const name of CONFIG_NAMES) {
      const file = join(folder, name);
      if (!existsSync(file)) continue;
      const loaded = await loadConfig(file);
      if (loaded !== undefined) return loaded;
    }
    const up = dirname(folder);
    return up === folder || existsSync(join(folder, '.git')) ? undefined : this.#nearest(up);
  }
}

/** Reads one configuration file; undefined for a package.json that has none. A file that cannot be read is a problem in it. */
async function loadConfig(file: string): Promise<LoadedConfig | undefined> {
  const isPackage = file.endsWith('package.json');
  const folder = dirname(file);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (isPackage) return undefined;
    const problem = {
      message: reasonOf(error),
      help: 'give another file with --config',
      range: { start: 0, end: 0 },
    };
    return { file, folder, text: '', config: {}, problems: [problem] };
  }
  if (isPackage && !text.includes('"mountc"')) return undefined;
  const tree = await parseConfigTree(text, /\.ya?ml$/i.test(file) ? 'yaml' : 'json');
  // What is wrong elsewhere in a package.json is not ours to say.
  const own =
    isPackage && tree.root?.kind === 'map'
      ? tree.root.entries.find(({ key }) => key === 'mountc')?.value
      : tree.root;
  if (isPackage && own?.kind !== 'map') return undefined;
  if (own === undefined) return { file, folder, text, config: {}, problems: tree.problems };
  const { RULE_NAMES, ruleName } = await import('#entry/judge');
  return { file, folder, text, ...checkConfig(own, ruleName, RULE_NAMES) };
}
