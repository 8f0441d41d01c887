import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { type IgnoreFile, readIgnoreFile } from './gitignore.js';
import { compileGlob, isGlob } from './glob.js';

/** A file to lint: its path as it is shown, and whether the user named it. */
export interface FoundFile {
  /** Relative to the working directory where it lies in it, slashes forward. */
  readonly path: string;
  readonly absolute: string;
  readonly isNamed: boolean;
}

/** What looking for files answers: files, and what could not be found. */
export interface Discovery {
  readonly files: readonly FoundFile[];
  readonly missing: readonly string[];
}

/** The files that the words of a command line name: files, folders, globs. Each file once, folders in order of name. */
export async function discoverFiles(words: readonly string[], cwd: string): Promise<Discovery> {
  const files = new Map<string, FoundFile>();
  const missing: string[] = [];
  const add = (absolute: string, isNamed: boolean) => {
    if (!files.has(absolute)) files.set(absolute, { path: showPath(absolute, cwd), absolute, isNamed });
  };
  for (const word of words) {
    const absolute = resolve(cwd, word);
    const stat = statOf(absolute);
    if (stat === 'folder') for (const file of await filesIn(absolute)) add(file, false);
    else if (stat === 'file') add(absolute, true);
    else if (isGlob(word)) {
      const base = globBase(word);
      const folder = resolve(cwd, base === '' ? '.' : base);
      const pattern = compileGlob(`/${slashed(word).slice(base.length).replace(/^\/+/, '')}`);
      let found = 0;
      for (const file of statOf(folder) === 'folder' ? await filesIn(folder) : []) {
        if (!pattern.test(slashed(relative(folder, file)))) continue;
        add(file, false);
        found++;
      }
      if (found === 0) missing.push(word);
    } else missing.push(word);
  }
  return { files: [...files.values()], missing };
}

/** The path as it is shown: relative where it lies in `cwd`. */
export function showPath(absolute: string, cwd: string): string {
  const path = relative(cwd, absolute);
  return slashed(path === '' || path.startsWith(`..${sep}`) ? absolute : path);
}

/** The folder in front of the first part that is a glob; empty for the one we are in. */
function globBase(glob: string): string {
  const parts = slashed(glob).split('/');
  const first = parts.findIndex(isGlob);
  return parts.slice(0, first).join('/') || (glob.startsWith('/') ? '/' : '');
}

/** Files in a folder: those that git knows or would, and where there is no git, those that no .gitignore leaves out. */
async function filesIn(folder: string): Promise<string[]> {
  const known = await gitFiles(folder);
  const files = known ?? [...walk(folder, [])];
  return files.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Undefined outside of a repository, without git, and for a folder that the repository ignores: then somebody means it. */
async function gitFiles(folder: string): Promise<string[] | undefined> {
  if (!hasGitAbove(folder)) return undefined;
  const { execFile } = await import('node:child_process');
  const ask = (args: readonly string[]) =>
    new Promise<{ status: number; out: string }>((done) => {
      execFile(
        'git',
        ['-C', folder, ...args],
        { maxBuffer: 1 << 30, encoding: 'utf8', windowsHide: true },
        (error, out) =>
          done({ status: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, out }),
      );
    });
  if ((await ask(['check-ignore', '-q', '.'])).status === 0) return undefined;
  const { status, out } = await ask(['ls-files', '-co', '--exclude-standard', '--deduplicate', '-z']);
  if (status !== 0) return undefined;
  return out
    .split('\0')
    .filter((path) => path !== '')
    .map((path) => join(folder, path));
}

/** A start of git costs more than looking for it. */
function hasGitAbove(folder: string): boolean {
  for (let at = folder; ; ) {
    if (statOf(join(at, '.git')) !== undefined) return true;
    const up = resolve(at, '..');
    if (up === at) return false;
    at = up;
  }
}

const NEVER = new Set(['.git', '.hg', '.svn', 'node_modules']);

function* walk(folder: string, ignores: readonly { base: string; ignore: IgnoreFile }[]): Generator<string> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  const own = entries.some((entry) => entry.name === '.gitignore' && entry.isFile())
    ? [...ignores, { base: folder, ignore: readIgnoreFile(readQuietly(join(folder, '.gitignore'))) }]
    : ignores;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const isFolder = entry.isDirectory();
    if (!isFolder && !entry.isFile()) continue;
    if (isFolder && NEVER.has(entry.name)) continue;
    const ignored = own.reduce<boolean | undefined>(
      (known, { base, ignore }) => ignore(slashed(relative(base, path)), isFolder) ?? known,
      undefined,
    );
    if (ignored === true) continue;
    if (isFolder) yield* walk(path, own);
    else yield path;
  }
}

function readQuietly(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function statOf(path: string): 'file' | 'folder' | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? undefined : stat.isDirectory() ? 'folder' : 'file';
}

function slashed(path: string): string {
  return sep === '\\' ? path.replaceAll('\\', '/') : path;
}
