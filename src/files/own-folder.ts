import { lstatSync, mkdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, parse } from 'node:path';

/**
 * Why a folder (absolute) is no place for a file that is run or believed later: somebody else could put another in its place, or it
 * would be ours in what is somebody else's. Of a folder that is missing, what is there of the way to it counts. Undefined where
 * nothing speaks against it; Windows knows no such owners.
 */
export function whyNoPlace(folder: string): string | undefined {
  const me = process.geteuid?.();
  if (me === undefined) return undefined;
  const isOurs = ({ uid }: Stats) => uid === me || uid === 0;
  const [there = '/'] = ancestors(folder).filter((each) => stateOf(each) !== undefined);
  // The owner of a link on the way decides where it leads.
  for (const path of ancestors(there)) {
    const stat = lstatSync(path);
    if (stat.isSymbolicLink() && !isOurs(stat)) return belongs(path, stat);
  }
  const real = realpathSync(there);
  for (const path of ancestors(real)) {
    const stat = statSync(path);
    if (!isOurs(stat)) return belongs(path, stat);
    // In a folder like /tmp, each may move and remove only what is theirs.
    const isSticky = (stat.mode & 0o1000) !== 0 && !(path === real && there === folder);
    if ((stat.mode & 0o002) !== 0 && !isSticky) return `anyone may write to ${path}`;
  }
  return undefined;
}

/** Makes a folder with all that is missing of the way to it, if {@link whyNoPlace} has nothing against it; what that says otherwise. */
export function makeFolder(folder: string, mode: number): string | undefined {
  const why = whyNoPlace(folder);
  if (why !== undefined) return why;
  makeMissing(folder, mode);
  return whyNoPlace(folder);
}

/** One after the other: Node's own way never comes back where none can be made, as below /proc. */
function makeMissing(folder: string, mode: number): void {
  for (const path of ancestors(folder).reverse()) {
    if (stateOf(path) !== undefined) continue;
    try {
      mkdirSync(path, { mode });
    } catch (error) {
      // Another run was faster.
      if (stateOf(path) === undefined) throw error;
    }
  }
}

/** A path and the folders that it lies in, innermost first. */
function ancestors(path: string): string[] {
  const found = [path];
  for (let at = path; at !== parse(at).root; at = dirname(at)) found.push(dirname(at));
  return found;
}

function stateOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    // Below a file, or in a folder that may not be read.
    return undefined;
  }
}

const belongs = (path: string, { uid }: Stats): string => `${path} belongs to another user (${uid})`;
