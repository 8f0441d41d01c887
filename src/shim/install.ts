import { existsSync, lstatSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readKind } from '../docker/own-file.js';
import { removeLeftovers } from '../files/leftovers.js';
import { withFile } from '../files/open-file.js';
import { makeFolder } from '../files/own-folder.js';
import { writeFile } from '../files/write-file.js';
import { madeFolderOf } from './launcher-text.js';

/** What became of one file. */
export type Installed =
  | { readonly path: string; readonly what: 'written' | 'renewed' | 'already there' | 'removed' }
  | { readonly path: string; readonly what: 'refused'; readonly why: string };

// In bytes: a launcher has some thousands.
const LARGEST = 1_048_576;

/** The topmost folder that is missing on the way to `dir`; undefined when it is there. */
export function missingFolder(dir: string): string | undefined {
  if (existsSync(dir)) return undefined;
  return missingFolder(dirname(dir)) ?? dir;
}

/** Whether a launcher of ours is there (a link to mountc is not: its creator maintains it). */
export function isLauncher(path: string): boolean {
  try {
    return lstatSync(path).isFile() && readKind(path).own;
  } catch {
    return false;
  }
}

/**
 * Writes a launcher in one step; never over a file that is not ours, nor where somebody else could put another in its place. Never
 * throws.
 */
export function installFile(path: string, text: string): Installed {
  try {
    const why = isOdd(path) ? 'the name holds a control character' : makeFolder(dirname(path), 0o755);
    if (why !== undefined) return { path, what: 'refused', why: `${why}; choose another folder with --dir` };
    removeLeftovers(dirname(path));
    const there = lstatSync(path, { throwIfNoEntry: false });
    if (there !== undefined) {
      if (!isLauncher(path))
        return { path, what: 'refused', why: 'there is a file that mountc did not write' };
      const old = textOf(path);
      const made = madeFolderOf(old);
      // The first installation knows which folder was made.
      const kept = made === undefined ? text : withNote(text, old);
      if (old === kept) return { path, what: 'already there' };
      const failed = writeFile(path, Buffer.from(kept), { mode: 0o755, isOwn: true });
      return failed === undefined ? { path, what: 'renewed' } : { path, what: 'refused', why: failed };
    }
    const failed = writeFile(path, Buffer.from(text), { mode: 0o755, isExclusive: true });
    return failed === undefined ? { path, what: 'written' } : { path, what: 'refused', why: failed };
  } catch (error) {
    return { path, what: 'refused', why: error instanceof Error ? error.message : String(error) };
  }
}

/** Removes a launcher, and the folders that were made for it as far as they are empty. Never throws. */
export function removeFile(path: string): Installed | undefined {
  if (!isLauncher(path)) return undefined;
  try {
    const made = madeFolderOf(textOf(path));
    rmSync(path);
    for (let dir = dirname(path); made !== undefined && (dir === made || dir.startsWith(join(made, '/'))); ) {
      rmdirSync(dir);
      dir = dirname(dir);
    }
  } catch (error) {
    // A folder that others use by now stays.
    if (existsSync(path))
      return { path, what: 'refused', why: error instanceof Error ? error.message : String(error) };
  }
  return { path, what: 'removed' };
}

// A launcher notes its folder in a comment, and hints for a shell name it.
const isOdd = (path: string): boolean => /[\p{Cc}\u2028\u2029]/u.test(path);

const textOf = (path: string): string =>
  withFile(path, { limit: LARGEST }, (file) => file.bytes().toString('utf8'));

function withNote(text: string, old: string): string {
  const lines = text.split('\n');
  return [...lines.slice(0, 2), old.split('\n', 3)[2]!, ...lines.slice(2)].join('\n');
}
