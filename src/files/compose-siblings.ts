import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { readDotEnv } from '../text/dot-env.js';
import { readTextFile, realFolder } from './open-file.js';

/** The files that Compose looks for in a folder, the best first. */
export const COMPOSE_NAMES: readonly string[] = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
];
/** The files that Compose lays over one of those, the best first. */
export const COMPOSE_OVERRIDES: readonly string[] = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

/**
 * Whether Compose reads others with this file: started next to it one that is laid over it, or those of COMPOSE_FILE; or one of a
 * folder around it that includes it.
 */
export function isOverlaid(path: string, including: IncludingFiles): boolean {
  if (!COMPOSE_NAMES.includes(basename(path).toLowerCase())) return false;
  const folder = dirname(path);
  if (isIncluded(path, including)) return true;
  if (COMPOSE_OVERRIDES.some((name) => existsSync(join(folder, name)))) return true;
  const dotEnv = readTextFile(join(folder, '.env'), { within: realFolder(folder) });
  // What is there and cannot be read may say anything.
  return 'text' in dotEnv ? readDotEnv(dotEnv.text).has('COMPOSE_FILE') : !dotEnv.isMissing;
}

/** By folder, the texts of its Compose files that include others: each folder is looked at once in a run. */
export type IncludingFiles = Map<string, readonly string[]>;

/** How many folders up an including file is looked for. */
const MOST_UP = 4;

/** Whether a Compose file of its folder, or of one around it, includes it. */
export function isIncluded(path: string, including: IncludingFiles): boolean {
  for (let above = dirname(path), up = 0; up <= MOST_UP; above = dirname(above), up++) {
    const name = relative(above, path).split(sep).join('/');
    if (includingTexts(above, including).some((text) => text.includes(name))) return true;
    if (existsSync(join(above, '.git')) || dirname(above) === above) return false;
  }
  return false;
}

function includingTexts(folder: string, including: IncludingFiles): readonly string[] {
  let known = including.get(folder);
  if (known === undefined) {
    const within = realFolder(folder);
    known = COMPOSE_NAMES.flatMap((name) => {
      if (!existsSync(join(folder, name))) return [];
      const file = readTextFile(join(folder, name), { within });
      return 'text' in file && /^include:/m.test(file.text) ? file.text : [];
    });
    including.set(folder, known);
  }
  return known;
}
