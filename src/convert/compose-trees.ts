import { type ComposeFiles, folderOfFiles, referencesIn } from '../dialects/compose/assemble.js';
import type { ComposeTree } from '../dialects/compose/node.js';
import type { ComposeChoice } from '../dialects/compose/versions.js';
import { folderOf, pathFrom } from '../go/path.js';
import { readFindings } from '../readers/index.js';
import { judgeProject } from '../rules/compose-problems.js';
import { LineIndex } from '../text/line-index.js';
import type { OmittedMount } from './described-mount.js';
import type { ReadProjectFile } from './read-project-file.js';

/** More files than one project is read from. */
const MOST_FILES = 40;

/**
 * The files that are read together with one of them, with what they all extend and include. `project` is what their paths are relative
 * to, where somebody says so.
 */
export async function composeTrees(
  layers: readonly string[],
  here: string,
  text: string,
  read: ReadProjectFile,
  project?: string,
): Promise<ComposeFiles> {
  const trees = new Map<string, readonly ComposeTree[]>();
  const missing = new Map<string, string>();
  const folder = project ?? folderOf(layers[0] ?? here);
  const wanted = layers.filter((one) => one !== here).map((path) => ({ path, folder }));
  const follow = (from: string, all: readonly ComposeTree[]) => {
    for (const reference of all.flatMap(referencesIn)) {
      const inside = folderOfFiles(from, reference);
      for (const name of reference.paths)
        if (inside !== undefined && name !== undefined && !/[$:]|^git@/.test(name))
          wanted.push({ path: pathFrom(from, name), folder: inside });
    }
  };
  if (/\b(?:extends|include)\b/.test(text))
    follow(folder, (await readFindings('compose', text, { path: here })).trees);
  for (let one = wanted.shift(); one !== undefined && trees.size < MOST_FILES; one = wanted.shift()) {
    const { path } = one;
    if (path === here || trees.has(path)) continue;
    const other = await read(path);
    if (typeof other !== 'string') {
      if (other.isMissing) missing.set(path, 'is not there');
      else if (other.why === 'is a directory') missing.set(path, other.why);
      continue;
    }
    const { trees: found, problems } = await readFindings('compose', other, { path });
    if (problems.some(({ scope }) => scope !== 'part')) continue;
    trees.set(path, found);
    follow(one.folder, found);
  }
  return { layers, folder, here, trees, missing };
}

const NONE: ReadonlyMap<string, string> = new Map();

/** What the chosen Composes refuse of files that are read together, each with its place. */
export async function refusedOf(
  files: readonly string[],
  compose: ComposeChoice | undefined,
  read: ReadProjectFile,
): Promise<readonly OmittedMount[]> {
  const refused: OmittedMount[] = [];
  for (const path of new Set(files)) {
    const text = await read(path);
    if (typeof text !== 'string') continue;
    // What is not there is said where it is not followed.
    const composeFiles = { ...(await composeTrees(files, path, text, read)), missing: NONE };
    const findings = await readFindings('compose', text, { path });
    const lines = new LineIndex(text);
    for (const { range, message, severity } of judgeProject({ ...findings, path, compose, composeFiles })
      .refused)
      if (severity === undefined) {
        const { line, column } = lines.position(range.start);
        refused.push({
          from: `${pathFrom(path, '.').replace(/^.*\//s, '')}:${line}:${column}`,
          why: message,
        });
      }
  }
  return refused;
}
