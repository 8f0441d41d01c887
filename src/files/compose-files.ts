import { basename, dirname, join } from 'node:path';
import { type ComposeFiles, referencesIn } from '../dialects/compose/assemble.js';
import type { ComposeTree } from '../dialects/compose/node.js';
import { pathFrom } from '../go/path.js';
import { readFindings } from '../readers/index.js';
import { COMPOSE_NAMES, COMPOSE_OVERRIDES } from './compose-siblings.js';
import { projectFiles, projectReader } from './project-files.js';

/** More files than one project is read from. */
const MOST_FILES = 40;

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
  const trees = new Map<string, readonly ComposeTree[]>();
  const wanted = layers.filter((one) => one !== path);
  const follow = (from: string, all: readonly ComposeTree[]) => {
    for (const name of all.flatMap(referencesIn))
      if (name !== undefined && !/[$:]|^git@/.test(name)) wanted.push(pathFrom(dirname(from), name));
  };
  if (/\b(?:extends|include)\b/.test(text))
    follow(path, (await readFindings('compose', text, { path })).trees);
  for (let one = wanted.shift(); one !== undefined && trees.size < MOST_FILES; one = wanted.shift()) {
    if (one === path || trees.has(one)) continue;
    const other = await read(one);
    if (typeof other !== 'string') continue;
    const { trees: found, problems } = await readFindings('compose', other, { path: one });
    if (problems.some(({ scope }) => scope !== 'part')) continue;
    trees.set(one, found);
    follow(one, found);
  }
  return { layers, here: path, trees };
}
