import { dirname, join, relative, sep } from 'node:path';
import { checkConfig } from '../lint/check-config.js';
import { parseJsonConfig } from '../lint/config-json.js';
import type { ConfigProblem } from '../lint/config-node.js';
import { parseYamlConfig } from '../lint/config-yaml.js';
import type { PlacedConfig } from '../lint/settings.js';
import { realFolder, statOf, withFile } from './open-file.js';
import { isRepository, repositoryRoot } from './repository.js';
import { reasonOf } from './system-error.js';
import { isSafeDirectory, isTrusted } from './trusted-owner.js';

/** A configuration file that was read. */
export interface LoadedConfig extends PlacedConfig {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
  readonly problems: readonly ConfigProblem[];
  /** What does not count although it is not wrong. */
  readonly leftOut: readonly ConfigProblem[];
}

/** A file that would be a configuration, and why it does not count. */
interface IgnoredConfig {
  readonly file: string;
  readonly why: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Names of configuration files, the strongest first. */
const CONFIG_NAMES = [
  '.mountc.yaml',
  '.mountc.yml',
  '.mountc.json',
  '.mountc.jsonc',
  'package.json',
] as const;

/** In bytes. */
const LARGEST_CONFIG = 128 * 1024;
const LARGEST_PACKAGE = 4 * 1024 * 1024;

/**
 * Finds the configuration that is nearest to a file: in its folder or one above, up to the root of its repository. Each is read
 * once. One of another user does not count, and one that is a link stays in the repository.
 */
export class ConfigFinder {
  readonly #byPath = new Map<string, Promise<LoadedConfig | undefined>>();
  readonly #env: Env;
  readonly #given: string | undefined;
  /** Files that do not count, in the order in which they are come across; emptied by who tells of them. */
  readonly ignored: IgnoredConfig[] = [];

  /** `given` (absolute) holds everywhere, instead of the nearest, no matter who owns it. */
  constructor(env: Env, given?: string) {
    this.#env = env;
    this.#given = given;
  }

  /** The configuration for files in that folder (absolute); undefined when there is none. */
  forFolder(folder: string): Promise<LoadedConfig | undefined> {
    const given = this.#given;
    return given === undefined
      ? this.#nearest(folder)
      : this.#remember(given, () => readConfig(given, undefined, () => true));
  }

  #nearest(folder: string): Promise<LoadedConfig | undefined> {
    return this.#remember(folder, () => this.#search(folder));
  }

  #remember(path: string, read: () => Promise<LoadedConfig | undefined>): Promise<LoadedConfig | undefined> {
    const known = this.#byPath.get(path);
    if (known !== undefined) return known;
    const found = read();
    this.#byPath.set(path, found);
    return found;
  }

  async #search(folder: string): Promise<LoadedConfig | undefined> {
    for (const name of CONFIG_NAMES) {
      const file = join(folder, name);
      const stat = statOf(file);
      if (stat === undefined) continue;
      const real = realFolder(folder);
      const root = repositoryRoot(real) ?? real;
      const trusts = ({ uid }: { uid: number | bigint }) => {
        if (isTrusted({ uid }, this.#env) || isSafeDirectory(root, this.#env)) return true;
        const help = 'if you trust it, name it with --config, or the folder in safe.directory of git';
        this.ignored.push({ file, why: `belongs to another user (${uid}) and is ignored; ${help}` });
        return false;
      };
      // Somebody else's pipe is not worth an error.
      if (name !== 'package.json' && !trusts(stat)) continue;
      const loaded = await readConfig(file, root, trusts);
      if (loaded !== undefined) return loaded;
    }
    const up = dirname(folder);
    return up === folder || isRepository(folder) ? undefined : this.#nearest(up);
  }
}

/**
 * Reads one configuration file; undefined for a package.json that has none, and for a file whose owner is not trusted. A file that
 * cannot be read is a problem in it.
 */
async function readConfig(
  file: string,
  within: string | undefined,
  trusts: (stat: { uid: bigint }) => boolean,
): Promise<LoadedConfig | undefined> {
  const isPackage = file.endsWith('package.json');
  const folder = dirname(file);
  const pathOf = (other: string) => relative(folder, other).split(sep).join('/');
  const nothing = { file, pathOf, text: '', config: {}, problems: [], leftOut: [] };
  let text: string;
  let isOurs: boolean;
  try {
    const limit = isPackage ? LARGEST_PACKAGE : LARGEST_CONFIG;
    ({ text, isOurs } = withFile(file, { limit, within }, ({ bytes, stat }) => {
      const read = bytes().toString('utf8');
      return { text: read, isOurs: (isPackage && !read.includes('"mountc"')) || trusts(stat) };
    }));
  } catch (error) {
    if (isPackage) return undefined;
    const problem = {
      message: reasonOf(error, file),
      help: 'give another file with --config',
      range: { start: 0, end: 0 },
    };
    return { ...nothing, problems: [problem] };
  }
  if (!isOurs || (isPackage && !text.includes('"mountc"'))) return undefined;
  const { root, problems } = /\.ya?ml$/i.test(file)
    ? await parseYamlConfig(text)
    : parseJsonConfig(text, isPackage ? 'mountc' : undefined);
  // What is wrong elsewhere in a package.json is not ours to say.
  if (isPackage && root?.kind !== 'map') return undefined;
  if (root === undefined) return { ...nothing, text, problems };
  const { RULE_NAMES, ruleName } = await import('#entry/judge');
  return { ...nothing, text, ...checkConfig(root, ruleName, RULE_NAMES) };
}
