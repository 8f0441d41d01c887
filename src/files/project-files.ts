import { join, resolve } from 'node:path';
import type { ReadText } from '../convert/compose-project.js';
import { readDotEnv } from '../text/dot-env.js';
import { COMPOSE_NAMES, COMPOSE_OVERRIDES } from './compose-siblings.js';

/** The files that Compose reads in a folder when it is told none: those of COMPOSE_FILE, or its own and the one laid over it. */
export async function projectFiles(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
  read: ReadText,
): Promise<readonly string[]> {
  const dotEnv = readDotEnv((await read(join(folder, '.env'))) ?? '');
  const given = env['COMPOSE_FILE'] || dotEnv.get('COMPOSE_FILE');
  if (given) {
    const separator =
      env['COMPOSE_PATH_SEPARATOR'] ||
      dotEnv.get('COMPOSE_PATH_SEPARATOR') ||
      (process.platform === 'win32' ? ';' : ':');
    return given.split(separator).map((path) => resolve(folder, path));
  }
  const first = async (names: readonly string[]) => {
    for (const name of names) if ((await read(join(folder, name))) !== undefined) return [join(folder, name)];
    return [];
  };
  const own = await first(COMPOSE_NAMES);
  return own.length === 0 ? [] : [...own, ...(await first(COMPOSE_OVERRIDES))];
}
