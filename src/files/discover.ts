import { join, resolve, sep } from 'node:path';
import { expandBraces, isGlob, matchesNames, parseGlob } from '../lint/glob.js';
import { type FolderFiles, listFiles } from './list-files.js';
import { lookAt } from './open-file.js';

/** A file to lint: its path as it is shown, and whether the user named it. */
export interface FoundFile {
  /** Relative to the working directory where it lies in it, slashes forward. */
  readonly path: string;
  readonly absolute: string;
  readonly isNamed: boolean;
  /** The folder (a real path) that it must really be in; undefined for a file that was named, which may be a link. */
  readonly within?: string;
}

/** What looking for files answers: files, and what could not be found or looked into. */
interface Discovery {
  readonly files: readonly FoundFile[];
  readonly problems: readonly FileProblem[];
}

/** A word or a folder that cannot be looked at, and the reason. */
interface FileProblem {
  readonly path: string;
  readonly why: string;
}

/** The files that the words of a command line name: files, folders, globs. Each file once, folders in order of name. */
export function discoverFiles(
  words: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Discovery {
  const files = new Map<string, FoundFile>();
  const problems: FileProblem[] = [];
  const add = (absolute: string, within?: string) => {
    if (files.has(absolute)) return;
    files.set(absolute, { path: showPath(absolute, cwd), absolute, isNamed: within === undefined, within });
  };
  const listed = new Map<string, FolderFiles>();
  const list = (folder: string): FolderFiles => {
    const known = listed.get(folder);
    if (known !== undefined) return known;
    const found = listFiles(folder, env, (path, why) => problems.push({ path: showPath(path, cwd), why }));
    listed.set(folder, found);
    return found;
  };
  for (const word of words) {
    // An empty word is a variable that is not set; the folder that we are in is surely not meant.
    if (word === '') {
      problems.push({ path: "''", why: 'an empty word names no file' });
      continue;
    }
    const absolute = resolve(cwd, word);
    const there = lookAt(absolute);
    if (there === 'folder') {
      const { real, paths } = list(absolute);
      for (const path of paths) add(join(absolute, path), real);
    } else if (there === 'file') add(absolute);
    else if (isGlob(word)) {
      const globs = expandBraces(slashed(word));
      const found = (globs ?? []).flatMap((glob) => filesOf(glob, cwd, list));
      for (const { path, real } of found.sort((a, b) => (a.path < b.path ? -1 : 1))) add(path, real);
      if (globs === undefined) problems.push({ path: word, why: 'matches too many names' });
      else if (found.length === 0) problems.push({ path: word, why: 'no such file or directory' });
    } else problems.push({ path: word, why: there.why });
  }
  return { files: [...files.values()], problems };
}

/** The files (absolute) that a glob without braces matches, each with the folder that it must really be in. */
function filesOf(
  glob: string,
  cwd: string,
  list: (folder: string) => FolderFiles,
): { path: string; real: string }[] {
  const base = globBase(glob);
  const folder = resolve(cwd, base === '' ? '.' : base);
  if (lookAt(folder) !== 'folder') return [];
  const pattern = parseGlob(glob.slice(base.length).replace(/^\/+/, ''));
  const { real, paths } = list(folder);
  return paths.flatMap((path) =>
    matchesNames(pattern, path.split('/')) ? [{ path: join(folder, path), real }] : [],
  );
}

/** The path as it is shown: relative where it lies in `cwd`. */
export function showPath(absolute: string, cwd: string): string {
  const inside = cwd.endsWith(sep) ? cwd : `${cwd}${sep}`;
  return slashed(absolute.startsWith(inside) ? absolute.slice(inside.length) : absolute);
}

/** The folder before the first part that is a glob, or the last; empty for the one we are in. */
function globBase(glob: string): string {
  const parts = glob.split('/');
  const first = parts.findIndex(isGlob);
  return parts.slice(0, first).join('/') || (glob.startsWith('/') ? '/' : '');
}

function slashed(path: string): string {
  return sep === '\\' ? path.replaceAll('\\', '/') : path;
}
