import { join, resolve } from 'node:path';
import type { ReadProjectFile } from '../convert/read-project-file.js';
import { readDotEnv } from '../text/dot-env.js';
import { COMPOSE_NAMES, COMPOSE_OVERRIDES } from './compose-siblings.js';
import { isWithin, readTextFile, realFolder } from './open-file.js';
import { treeOf } from './tree.js';

/** The files that Compose reads in a folder when it is given none: those of COMPOSE_FILE, or its own and the one laid over it. */
export async function projectFiles(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
  read: ReadProjectFile,
): Promise<readonly string[]> {
  const dotEnv = readDotEnv(textOf(await read(join(folder, '.env'))));
  const given = env['COMPOSE_FILE'] || dotEnv.get('COMPOSE_FILE');
  if (given) {
    const separator =
      env['COMPOSE_PATH_SEPARATOR'] ||
      dotEnv.get('COMPOSE_PATH_SEPARATOR') ||
      (process.platform === 'win32' ? ';' : ':');
    return given.split(separator).map((path) => resolve(folder, path));
  }
  const first = async (names: readonly string[]) => {
    for (const name of names) {
      const there = await read(join(folder, name));
      if (typeof there === 'string' || !there.isMissing) return [join(folder, name)];
    }
    return [];
  };
  const own = await first(COMPOSE_NAMES);
  return own.length === 0 ? [] : [...own, ...(await first(COMPOSE_OVERRIDES))];
}

/** A text that was read; nothing where it was not. */
function textOf(read: Awaited<ReturnType<ReadProjectFile>>): string {
  return typeof read === 'string' ? read : '';
}

/**
 * How the files of a project are read. Those that the user named (absolute) may be anywhere; what they name and what lies next to
 * them, in the same tree as the first file.
 */
export function projectReader(first: string, named: readonly string[], cwd: string): ReadProjectFile {
  const tree = treeOf(first, cwd);
  const within = realFolder(tree);
  return async (path) => {
    const isNamed = named.includes(path);
    // Not even looked at: that alone can go over a network.
    if (!isNamed && !isWithin(path, tree)) return { why: `is outside of \`${tree}\``, isMissing: false };
    const read = readTextFile(path, isNamed ? {} : { within });
    return 'text' in read ? read.text : read;
  };
}
