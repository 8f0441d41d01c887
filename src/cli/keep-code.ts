import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Script } from 'node:vm';
import { makeFolder } from '../files/own-folder.js';
import { writeFile } from '../files/write-file.js';
import { userCacheFolder } from '../load-entry.js';

/** Caches of other builds and of other releases of Node that were not added to for so long (milliseconds) are removed. */
const OLD = 30 * 24 * 60 * 60 * 1000;

/** Writes what V8 compiled of these bundles into the user's code cache. Never throws: without it the next run compiles again. */
export function keepCode(compiled: ReadonlyMap<string, Script>): void {
  const folder = userCacheFolder(process.env);
  if (folder === undefined) return;
  try {
    if (makeFolder(folder, 0o700) !== undefined) return;
    removeOld(folder);
    for (const [name, script] of compiled)
      writeFile(join(folder, `${name}.bin`), script.createCachedData(), {
        mode: 0o600,
        isOwn: true,
        isPassing: true,
      });
  } catch {
    // A full disk, a home that is read-only.
  }
}

function removeOld(folder: string): void {
  for (const name of readdirSync(dirname(folder))) {
    const path = join(dirname(folder), name);
    if (name !== basename(folder) && Date.now() - lstatSync(path).mtimeMs > OLD)
      rmSync(path, { recursive: true });
  }
}
