import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { reasonOf } from './system-error.js';

/**
 * Puts `text` in place of `before` in a file, whole or not at all: its mode and owner stay, a symbolic link stays one.
 * Answers why it did not; the file then is as it was.
 */
export function replaceFile(path: string, before: string, text: string): string | undefined {
  let temporary: string | undefined;
  try {
    const real = realpathSync(path);
    const stat = statSync(real);
    accessSync(real, constants.W_OK);
    if (readFileSync(real).compare(Buffer.from(before, 'utf8')) !== 0)
      return 'was changed by somebody else meanwhile';
    // Another name for the same file would keep the old text if this one were replaced.
    if (stat.nlink > 1) {
      const fd = openSync(real, 'r+');
      try {
        writeAll(fd, text, true);
      } finally {
        closeSync(fd);
      }
      return undefined;
    }
    temporary = join(dirname(real), `.${basename(real).slice(0, 100)}.${process.pid}.mountc`);
    const fd = openSync(temporary, 'wx', stat.mode & 0o7777);
    try {
      writeAll(fd, text, false);
    } finally {
      closeSync(fd);
    }
    // Only root may give files away; who may not, keeps what the file system gives.
    const made = statSync(temporary);
    if (made.uid !== stat.uid || made.gid !== stat.gid)
      quietly(() => chownSync(temporary!, stat.uid, stat.gid));
    chmodSync(temporary, stat.mode & 0o7777);
    renameSync(temporary, real);
    return undefined;
  } catch (error) {
    if (temporary !== undefined) quietly(() => unlinkSync(temporary!));
    return reasonOf(error).replace('read', 'written');
  }
}

function writeAll(fd: number, text: string, truncate: boolean): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at, at);
  if (truncate) ftruncateSync(fd, bytes.length);
  fsyncSync(fd);
}

function quietly(action: () => void): void {
  try {
    action();
  } catch {
    // Nothing depends on it.
  }
}
