import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/**
 * The path of a file for a patch that is made in `cwd` and applied there. What lies elsewhere starts with `..`, and no program
 * applies that unasked: of an absolute path, patch would take a file below `cwd` instead.
 */
export function patchPath(absolute: string, cwd: string): string {
  const path = slashed(relative(cwd, absolute)) || '.';
  const below = folderInRepository(cwd);
  // Below the root of a repository, `git apply` takes away a beginning that is named as the folders down to here, and would
  // change a file that lies above. So written, it refuses; patch takes it.
  return below !== '' && path.startsWith(`${below}/`) ? `./${path}` : path;
}

/** Where the folder is below the root of its git repository; empty at the root, and where there is none. */
function folderInRepository(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return slashed(relative(at, folder));
    if (at === dirname(at)) return '';
  }
}

const slashed = (path: string): string => (sep === '\\' ? path.replaceAll('\\', '/') : path);
