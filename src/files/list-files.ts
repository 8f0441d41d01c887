import { type Dirent, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { IgnoreFile } from '../lint/gitignore.js';
import { isDraftName } from './draft-name.js';
import { realFolder, statOf } from './open-file.js';
import { findRepository, isRepository, type Repository, readIgnores } from './repository.js';
import { reasonOf } from './system-error.js';
import { isTrusted } from './trusted-owner.js';

type Env = Readonly<Record<string, string | undefined>>;

/** The files of a folder. */
export interface FolderFiles {
  /** The folder without links, in which each file really is. */
  readonly real: string;
  /** Relative to it, slashes forward, in order. */
  readonly paths: readonly string[];
}

/** What to do with a folder that cannot be looked into, and the reason. */
type ReportProblem = (path: string, why: string) => void;

/** A file of patterns, and how many names of a path are above it. */
interface PlacedIgnores {
  readonly depth: number;
  readonly ignores: IgnoreFile;
}

const NEVER = new Set(['.git', '.hg', '.svn', 'node_modules']);

/**
 * The files in a folder that git knows or would add; outside of a repository, those that no .gitignore leaves out. Everything in
 * a folder that is itself ignored, since somebody means it. Links are not followed. Runs nothing.
 */
export function listFiles(folder: string, env: Env, report: ReportProblem): FolderFiles {
  const real = realFolder(folder);
  const repository = findRepository(real, env);
  const above = repository === undefined ? [] : relative(repository.root, real).split(sep).filter(Boolean);
  const walk: Walk = { repository, env, real, above, report: (path, why) => report(join(folder, path), why) };
  const { paths, leavesOut } = walkFolder(walk, ignoresAbove(walk));
  if (leavesOut) for (const path of trackedIn(walk, paths)) paths.add(path);
  return { real, paths: [...paths].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)) };
}

interface Walk {
  readonly repository: Repository | undefined;
  readonly env: Env;
  readonly real: string;
  /** The names of the folders between the repository's root and this one, with it. */
  readonly above: readonly string[];
  readonly report: ReportProblem;
}

/** What the repository ignores, and its .gitignore files above the folder; nothing when they leave it out itself. */
function ignoresAbove({ repository, above }: Walk): readonly PlacedIgnores[] {
  if (repository === undefined) return [];
  let all: readonly PlacedIgnores[] = repository.excludes.map((ignores) => ({ depth: 0, ignores }));
  for (const depth of above.keys()) {
    const own = join(repository.root, ...above.slice(0, depth), '.gitignore');
    if (isOwnFile(own, (stat) => repository.trusts(stat)))
      all = [...all, { depth, ignores: readIgnores(own) }];
    if (isIgnored(all, above.slice(0, depth + 1), true)) return [];
  }
  return all;
}

/** Answers whether git ignores what may be at a path, by its names below a root, as a file or as a folder; `excludes` as in a repository. */
export function ignoredBelow(
  root: string,
  excludes: readonly IgnoreFile[] = [],
): (names: readonly string[]) => boolean {
  const known = new Map<string, readonly PlacedIgnores[]>();
  const above = excludes.map((ignores) => ({ depth: 0, ignores }));
  const readIn = (names: readonly string[]): readonly PlacedIgnores[] => {
    const own = join(root, ...names, '.gitignore');
    const read =
      known.get(own) ??
      (isOwnFile(own, () => true) ? [{ depth: names.length, ignores: readIgnores(own) }] : []);
    known.set(own, read);
    return read;
  };
  return (names) => {
    let all: readonly PlacedIgnores[] = above;
    for (const depth of names.keys()) {
      all = [...all, ...readIn(names.slice(0, depth))];
      const inner = names.slice(0, depth + 1);
      if (isIgnored(all, inner, true) || (inner.length === names.length && isIgnored(all, inner, false)))
        return true;
    }
    return false;
  };
}

function walkFolder(
  { repository, env, real, above, report }: Walk,
  atTop: readonly PlacedIgnores[],
): { paths: Set<string>; leavesOut: boolean } {
  const paths = new Set<string>();
  let leavesOut = false;
  const waiting: { names: readonly string[]; all: readonly PlacedIgnores[] }[] = [{ names: [], all: atTop }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { names } = next;
    const folder = join(real, ...names);
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      report(names.join('/'), reasonOf(error, folder));
      continue;
    }
    let { all } = next;
    const own = join(folder, '.gitignore');
    // Who owns the folder may say what is left out of it, but nobody else who may write there.
    const trusts = (stat: { uid: number }) =>
      (repository?.trusts(stat) ?? isTrusted(stat, env)) || stat.uid === statOf(folder)?.uid;
    if (entries.some((entry) => entry.name === '.gitignore') && isOwnFile(own, trusts))
      all = [...all, { depth: above.length + names.length, ignores: readIgnores(own) }];
    for (const entry of entries) {
      const isFolder = entry.isDirectory();
      if (NEVER.has(entry.name) || !(isFolder || entry.isFile())) continue;
      const inner = [...names, entry.name];
      if (isIgnored(all, [...above, ...inner], isFolder)) leavesOut = true;
      else if (!isFolder) {
        if (!isDraftName(entry.name)) paths.add(inner.join('/'));
      }
      // git leaves a repository in a repository to itself.
      else if (repository === undefined || !isRepository(join(folder, entry.name)))
        waiting.push({ names: inner, all });
    }
  }
  return { paths, leavesOut };
}

/** What git knows although it is ignored. */
function* trackedIn({ repository, real, above }: Walk, known: ReadonlySet<string>): Generator<string> {
  const prefix = above.map((name) => `${name}/`).join('');
  for (const path of repository?.trackedPaths() ?? []) {
    if (!path.startsWith(prefix)) continue;
    const inner = path.slice(prefix.length);
    if (known.has(inner) || inner.split('/').some((name) => NEVER.has(name) || ODD.has(name))) continue;
    if (isOwnFile(join(real, inner), () => true)) yield inner;
  }
}

/** No name of a file in an honest index. */
const ODD = new Set(['', '.', '..']);

function isIgnored(all: readonly PlacedIgnores[], names: readonly string[], isFolder: boolean): boolean {
  for (let at = all.length - 1; at >= 0; at--) {
    const { ignores, depth } = all[at]!;
    const said = ignores(names, isFolder, depth);
    if (said !== undefined) return said;
  }
  return false;
}

/** Whether there is a file, no link, that may be listened to. */
function isOwnFile(path: string, trusts: (stat: { uid: number }) => boolean): boolean {
  const stat = statOf(path);
  return stat?.isFile() === true && trusts(stat);
}
