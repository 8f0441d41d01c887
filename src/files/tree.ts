import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { Refusal } from './refusal.js';

/**
 * Where a name leads that is to be written; throws a {@link Refusal} for a link that leads out of the tree that it lies in. A
 * repository holds what its author likes, and a link in it is no leave to change files elsewhere. Without a folder that we are
 * in, the name is ours and no link at all.
 */
export function writableTarget(path: string, cwd?: string): string {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  if (isLink && cwd === undefined) throw new Refusal('is a symbolic link, and nothing is written through it');
  if (isLink && !existsSync(path)) throw new Refusal('is a symbolic link that leads nowhere');
  const real = existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
  if (cwd === undefined || real === path || isWithin(real, realpathSync(treeOf(path, cwd)))) return real;
  throw new Refusal(
    `leads through a symbolic link to ${real}, outside of its tree; to have that file written, name it itself`,
  );
}

/** The repository that a path lies in; where there is none, the folder that we are in, or else its own. */
function treeOf(path: string, cwd: string): string {
  const folder = dirname(path);
  for (let at = folder; ; at = dirname(at)) {
    if (lstatSync(join(at, '.git'), { throwIfNoEntry: false }) !== undefined) return at;
    if (dirname(at) === at) return isWithin(path, cwd) ? cwd : folder;
  }
}

function isWithin(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
