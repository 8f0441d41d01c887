import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { type IgnoreFile, readIgnoreFile } from '../lint/gitignore.js';
import { compileGlob, isGlob } from '../lint/glob.js';
import { isDraftName } from './draft-name.js';
import { reasonOf } from './system-error.js';

/** A file to lint: its path as it is shown, and whether the user named it. */
export interface FoundFile {
  /** Relative to the working directory where it lies in it, slashes forward. */
  readonly path: string;
  readonly absolute: string;
  readonly isNamed: boolean;
}

/** What looking for files answers: files, and what could not be found or looked into. */
export interface Discovery {
  readonly files: readonly FoundFile[];
  readonly problems: readonly FileProblem[];
}

/** A word or a folder that cannot be looked at, and the reason. */
export interface FileProblem {
  readonly path: string;
  readonly why: string;
}

/** The files that the words of a command line name: files, folders, globs. Each file once, folders in order of name. */
export async function discoverFiles(words: readonly string[], cwd: string): Promise<Discovery> {
  const files = new Map<string, FoundFile>();
  const problems: FileProblem[] = [];
  const add = (absolute: string, isNamed: boolean) => {
    if (!files.has(absolute)) files.set(absolute, { path: showPath(absolute, cwd), absolute, isNamed });
  };
  const within = (folder: string) =>
    filesIn(folder, (path, why) => problems.push({ path: showPath(path, cwd), why }));
  for (const word of words) {
    // An empty word is a variable that is not set; the folder that we are in is surely not meant.
    if (word === '') {
      problems.push({ path: "''", why: 'an empty word names no file' });
      continue;
    }
    const absolute = resolve(cwd, word);
    const there = lookAt(absolute);
    if (there === 'folder') for (const file of await within(absolute)) add(file, false);
    else if (there === 'file') add(absolute, true);
    else if (isGlob(word)) {
      const base = globBase(word);
      const folder = resolve(cwd, base === '' ? '.' : base);
      const pattern = compileGlob(`/${slashed(word).slice(base.length).replace(/^\/+/, '')}`);
      let found = 0;
      for (const file of lookAt(folder) === 'folder' ? await within(folder) : []) {
        if (!pattern.test(slashed(relative(folder, file)))) continue;
        add(file, false);
        found++;
      }
      if (found === 0) problems.push({ path: word, why: 'no such file or directory' });
    } else problems.push({ path: word, why: there.why });
  }
  return { files: [...files.values()], problems };
}

/** The path as it is shown: relative where it lies in `cwd`. */
export function showPath(absolute: string, cwd: string): string {
  const inside = cwd.endsWith(sep) ? cwd : `${cwd}${sep}`;
  return slashed(absolute.startsWith(inside) ? absolute.slice(inside.length) : absolute);
}

/** The folder in front of the first part that is a glob; empty for the one we are in. */
function globBase(glob: string): string {
  const parts = slashed(glob).split('/');
  const first = parts.findIndex(isGlob);
  return parts.slice(0, first).join('/') || (glob.startsWith('/') ? '/' : '');
}

/** Files in a folder: those that git knows or would, and where there is no git, those that no .gitignore leaves out. */
async function filesIn(folder: string, report: ReportProblem): Promise<string[]> {
  const known = await gitFiles(folder);
  const files = known ?? [...walk(folder, [], report)];
  return files.filter((path) => !isDraftName(basename(path))).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
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
    if (typeof lookAt(join(at, '.git')) === 'string') return true;
    const up = resolve(at, '..');
    if (up === at) return false;
    at = up;
  }
}

const NEVER = new Set(['.git', '.hg', '.svn', 'node_modules']);

type ReportProblem = (path: string, why: string) => void;

function* walk(
  folder: string,
  ignores: readonly { base: string; ignore: IgnoreFile }[],
  report: ReportProblem,
): Generator<string> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    report(folder, reasonOf(error, folder));
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
    if (isFolder) yield* walk(path, own, report);
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

/** What is at a path, links followed; the reason where that cannot be said. Never throws. */
export function lookAt(path: string): 'file' | 'folder' | { readonly why: string } {
  try {
    const stat = statSync(path);
    // Opening one would wait for whoever writes to it.
    if (stat.isFIFO() || stat.isSocket()) return { why: 'is a pipe: give it as standard input, with -' };
    return stat.isDirectory() ? 'folder' : 'file';
  } catch (error) {
    return { why: reasonOf(error, path) };
  }
}

function slashed(path: string): string {
  return sep === '\\' ? path.replaceAll('\\', '/') : path;
}
