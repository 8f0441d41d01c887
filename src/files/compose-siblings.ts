import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
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

/** Whether Compose, started beside this file, reads others with it: one that is laid over it, or those of COMPOSE_FILE. */
export function isOverlaid(path: string): boolean {
  if (!COMPOSE_NAMES.includes(basename(path).toLowerCase())) return false;
  const folder = dirname(path);
  if (COMPOSE_OVERRIDES.some((name) => existsSync(join(folder, name)))) return true;
  const dotEnv = readTextFile(join(folder, '.env'), { within: realFolder(folder) });
  // What is there and cannot be read may say anything.
  return 'text' in dotEnv ? readDotEnv(dotEnv.text).has('COMPOSE_FILE') : !dotEnv.isMissing;
}
