import { dirname, join, resolve } from 'node:path';
import { type IgnoreFile, readIgnoreFile } from '../lint/gitignore.js';
import { readGitIndex } from './git-index.js';
import { gitFolder, gitSettings, homeOf } from './git-settings.js';
import { lookAt, readTextFile, statOf, withFile } from './open-file.js';
import { isSafeDirectory, isTrusted } from './trusted-owner.js';

type Env = Readonly<Record<string, string | undefined>>;

/** A repository, read without git: git runs programs that a repository's configuration names. */
export interface Repository {
  /** Absolute, without links where the folder that it was looked for had none. */
  readonly root: string;
  /** Its `.git`, or what that leads to; a worktree has its own, and shares what is in `common`. */
  readonly folder: string;
  readonly common: string;
  /** What is ignored besides what its .gitignore files say, the weakest first. */
  readonly excludes: readonly IgnoreFile[];
  /** Whether what that file says may be taken over. */
  trusts(stat: { readonly uid: number }): boolean;
  /** What git knows, relative to the root, also where it would be ignored. */
  trackedPaths(): Iterable<string>;
}

/** The repository that a folder (absolute) lies in; undefined outside of one, and for one that belongs to somebody else. */
export function findRepository(folder: string, env: Env): Repository | undefined {
  const root = repositoryRoot(folder);
  if (root === undefined) return undefined;
  const isSafe = isSafeDirectory(root, env);
  const trusts = (stat: { readonly uid: number }) => isSafe || isTrusted(stat, env);
  const owned = [root, join(root, '.git')].map((path) => statOf(path));
  if (!owned.every((stat) => stat !== undefined && trusts(stat))) return undefined;
  const git = gitFolderOf(root)!;
  // A worktree has its own index, and shares the rest.
  const common = resolve(git, readQuietly(join(git, 'commondir')).trim());
  const global = gitSettings('core.excludesFile', env)
    .at(-1)
    ?.replace(/^~(?=\/)/, homeOf(env) ?? '~');
  const userFile = global ?? join(gitFolder(env) ?? '/', 'ignore');
  return {
    root,
    folder: git,
    common,
    excludes: [userFile, join(common, 'info', 'exclude')].flatMap((file) =>
      file === undefined ? [] : [readIgnores(resolve(root, file))],
    ),
    trusts,
    trackedPaths: () => {
      const isSha256 = /^\s*objectformat\s*=\s*sha256\s*$/im.test(readQuietly(join(common, 'config')));
      try {
        const index = withFile(join(git, 'index'), { limit: LARGEST_INDEX }, (file) => file.bytes());
        return readGitIndex(index, isSha256 ? 32 : 20);
      } catch {
        return [];
      }
    },
  };
}

const LARGEST_INDEX = 256 * 1024 * 1024;
// Every line of it is compared with every path.
const LARGEST_IGNORES = 256 * 1024;
/** git folds case where the system does. */
const IGNORES_CASE = process.platform === 'win32' || process.platform === 'darwin';

/** The nearest folder, from this one up, that has a `.git` of the form that git wants; nobody's word is taken for it yet. */
export function repositoryRoot(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (isRepository(at)) return at;
    if (at === dirname(at)) return undefined;
  }
}

/** Whether a folder is the root of a repository. */
export function isRepository(folder: string): boolean {
  return gitFolderOf(folder) !== undefined;
}

/** Reads a file of patterns such as a .gitignore; one that cannot be read has none. */
export function readIgnores(path: string): IgnoreFile {
  return readIgnoreFile(readQuietly(path, LARGEST_IGNORES), IGNORES_CASE);
}

/** What `.git` in a folder is, or leads to: submodules and worktrees have a file there that says where it is. */
function gitFolderOf(folder: string): string | undefined {
  const path = join(folder, '.git');
  const there = lookAt(path);
  if (there === 'folder') return lookAt(join(path, 'HEAD')) === 'file' ? path : undefined;
  const named = there === 'file' ? /^gitdir: ([^\r\n]+)/.exec(readQuietly(path))?.[1] : undefined;
  return named === undefined ? undefined : resolve(folder, named);
}

function readQuietly(path: string, limit = 64 * 1024): string {
  const read = readTextFile(path, { limit });
  return 'text' in read ? read.text : '';
}
