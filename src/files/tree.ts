import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join, parse, relative } from 'node:path';
import { isWithin } from './open-file.js';
import { Refusal } from './refusal.js';
import { isRepository } from './repository.js';

/**
 * Where a name leads that is to be written; throws a {@link Refusal} for a link that leads out of the tree that it lies in. A
 * repository holds what its author likes, and a link in it does not allow changing files elsewhere. Without a folder that we are
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

/**
 * The repository that a path lies in; where there is none, the folder that we are in, or else its own. One that a link in the path
 * leads into is another's.
 */
export function treeOf(path: string, cwd: string): string {
  const isHere = isWithin(path, cwd);
  const base = isHere ? cwd : parse(path).root;
  const isStraight = (at: string) => realpathSync(at) === join(realpathSync(base), relative(base, at));
  for (let at = dirname(path); ; at = dirname(at)) {
    if (isRepository(at) && (!isWithin(at, base) || isStraight(at))) return at;
    if (dirname(at) === at) return isHere ? cwd : dirname(path);
  }
}
