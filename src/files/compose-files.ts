import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { composeTrees } from '../convert/compose-trees.js';
import type { ComposeFiles } from '../dialects/compose/assemble.js';
import { COMPOSE_NAMES, COMPOSE_OVERRIDES } from './compose-siblings.js';
import { projectFiles, projectReader } from './project-files.js';

/**
 * What Compose reads together with a file: the one laid over it or below it, and what they all extend and include, as far as it lies
 * in the same tree. Undefined where the file is none of those that Compose reads by itself, or where that is not known: an `.env` that
 * cannot be read may name any file.
 */
export async function composeFilesOf(
  path: string,
  text: string,
  cwd: string,
): Promise<ComposeFiles | undefined> {
  if (![...COMPOSE_NAMES, ...COMPOSE_OVERRIDES].includes(basename(path))) return undefined;
  const read = projectReader(path, [path], cwd);
  const dotEnv = await read(join(dirname(path), '.env'));
  if (typeof dotEnv !== 'string' && !dotEnv.isMissing) return undefined;
  const layers = await projectFiles(dirname(path), {}, read);
  if (!layers.includes(path)) return undefined;
  return { ...(await composeTrees(layers, path, text, read)), isAll: !hasOthers(dirname(path), layers) };
}

/**
 * Whether another Compose file stands beside those of a project, in the folder above or in one of its own, or an editor lays one over
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
