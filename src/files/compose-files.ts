import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { composeTrees } from '../convert/compose-trees.js';
import type { ReadProjectFile } from '../convert/read-project-file.js';
import type { ComposeFiles } from '../dialects/compose/assemble.js';
import { once } from '../text/once.js';
import { type Mentions, mayBePart } from './compose-mentions.js';
import { COMPOSE_NAMES, COMPOSE_OVERRIDES } from './compose-siblings.js';
import type { GivenProject } from './given-projects.js';
import { projectFiles, projectReader } from './project-files.js';
import { appearing } from './surroundings.js';
import { treeOf } from './tree.js';

/**
 * What Compose reads together with a file, as far as it lies in the same tree: the one laid over it or below it, those that scripts of
 * the tree give it together, and what they all extend and include. Undefined where the file is none of those that Compose reads by
 * itself and no script names it, or where that is not known: an `.env` that cannot be read may name any file.
 */
export async function composeFilesOf(
  path: string,
  text: string,
  cwd: string,
  given: readonly GivenProject[] = [],
  mentions: Mentions = new Map(),
): Promise<ComposeFiles | undefined> {
  const read = projectReader(path, [path], cwd);
  const own = await ownProject(path, read);
  const projects = [...(own ?? []), ...given];
  if (own === undefined || projects.length === 0) return undefined;
  const isAll = !hasOthers(
    dirname(path),
    projects.flatMap(({ layers }) => layers),
  );
  const appears = appearing(treeOf(path, cwd));
  const [first, ...instead] = await Promise.all(
    projects.map(async ({ layers, folder }) => {
      const found = await composeTrees(layers, path, text, read, folder);
      const missing = new Map([...(found.missing ?? [])].filter(([one]) => !appears(one)));
      return { ...found, missing, isAll };
    }),
  );
  return {
    ...first!,
    instead,
    mayBePart: once(() => hasTemplate(dirname(path)) || mayBePart(path, cwd, mentions)),
  };
}

/** The one that Compose reads in its folder when it is given none; undefined where nobody knows which. */
async function ownProject(path: string, read: ReadProjectFile): Promise<readonly GivenProject[] | undefined> {
  if (![...COMPOSE_NAMES, ...COMPOSE_OVERRIDES].includes(basename(path))) return [];
  const dotEnv = await read(join(dirname(path), '.env'));
  if (typeof dotEnv !== 'string' && !dotEnv.isMissing) return undefined;
  const layers = await projectFiles(dirname(path), {}, read);
  return layers.includes(path) ? [{ layers }] : [];
}

/**
 * Whether another Compose file stands next to those of a project, in the folder above or in one of its own, or an editor lays one over
 * it: people lay such files over each other, and extend them.
 */
function hasOthers(folder: string, layers: readonly string[]): boolean {
  const isCompose = (name: string) => /compose.*\.ya?ml/i.test(name);
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    if (basename(folder) === '.devcontainer' || entries.some(({ name }) => /^\.?devcontainer/.test(name)))
      return true;
    if (entries.some(({ name }) => isCompose(name) && !layers.includes(join(folder, name)))) return true;
    if (readdirSync(dirname(folder)).some(isCompose)) return true;
    const inner = entries.filter(
      (one) => one.isDirectory() && one.name !== '.git' && one.name !== 'node_modules',
    );
    return (
      inner.length > MOST_FOLDERS || inner.some(({ name }) => readdirSync(join(folder, name)).some(isCompose))
    );
  } catch {
    return true;
  }
}

const MOST_FOLDERS = 100;

/** Whether a file stands there that people copy to have it laid over the project: `compose.override.yaml.example`. */
function hasTemplate(folder: string): boolean {
  try {
    return readdirSync(folder).some(
      (name) => /compose.*override.*\.ya?ml/i.test(name) && !COMPOSE_OVERRIDES.includes(name),
    );
  } catch {
    return true;
  }
}
