import {
  closeSync,
  constants,
  fstatSync,
  linkSync,
  openSync,
  readSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { draftName } from './leftovers.js';
import { codeOf } from './system-error.js';

const { O_CREAT, O_EXCL, O_RDWR } = constants;
// Windows has none, and no need: what is made exclusively there follows no link.
const O_NOFOLLOW = constants.O_NOFOLLOW ?? 0;

/** What is written next to a file, to take its place as a whole. */
export interface Draft {
  readonly fd: number;
  readonly path: string;
  /** Gives it the name of the file, in place of what has that name. */
  moveTo(target: string): void;
  /** Gives it that name, which nobody else has: fails with EEXIST otherwise. */
  linkTo(target: string): void;
  /** Closes it, and removes what is left under its own name. */
  end(): void;
}

/** Makes an empty draft for a file: under a name by chance that nobody else has, through no link, and never over what is there. */
export function makeDraft(target: string, mode: number): Draft {
  const path = join(dirname(target), draftName());
  const fd = openSync(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
  let isOpen = true;
  let isThere = true;
  const close = () => {
    if (isOpen) closeSync(fd);
    isOpen = false;
  };
  return {
    fd,
    path,
    moveTo(name) {
      // Windows moves no open file over another.
      if (process.platform === 'win32') close();
      renameSync(path, name);
      isThere = false;
    },
    linkTo(name) {
      try {
        linkSync(path, name);
      } catch (error) {
        // A file system without links: what remains is as good as can be had there.
        if (!NO_LINKS.has(codeOf(error))) throw error;
        closeSync(openSync(name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW));
        this.moveTo(name);
      }
    },
    end() {
      close();
      if (isThere) removeQuietly(path);
    },
  };
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It is gone, or the next run finds it.
  }
}

/** A second name of a file. */
export interface Kept {
  /** Gives the file that name instead. */
  moveTo(target: string): void;
  /** Removes the second name. */
  end(): void;
}

/** Gives a file a second name, among the drafts; undefined on a file system where a file has one name. */
export function keepName(target: string): Kept | undefined {
  const path = join(dirname(target), draftName());
  try {
    linkSync(target, path);
  } catch (error) {
    if (NO_LINKS.has(codeOf(error))) return undefined;
    throw error;
  }
  return { moveTo: (name) => renameSync(path, name), end: () => removeQuietly(path) };
}

// With quotas by project, a link can be refused where a rename is not.
const NO_LINKS = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'EXDEV']);

/** Writes all of it from the beginning of an open file; or, where there is no such thing as in a pipe, next. */
export function writeAll(fd: number, bytes: Uint8Array, hasPlaces = true): void {
  for (let at = 0; at < bytes.length; ) {
    const count = writeSync(fd, bytes, at, bytes.length - at, hasPlaces ? at : null);
    // A device that takes nothing, and does not say why.
    if (count === 0) throw Object.assign(new Error('nothing was written'), { code: 'ENOSPC' });
    at += count;
  }
}

/** All that is in an open file now, whatever was read of it before. */
export function readAll(fd: number): Buffer {
  let bytes = Buffer.allocUnsafe(fstatSync(fd).size + 1);
  let length = 0;
  for (;;) {
    const count = readSync(fd, bytes, length, bytes.length - length, length);
    if (count === 0) return bytes.subarray(0, length);
    length += count;
    if (length === bytes.length) bytes = Buffer.concat([bytes, Buffer.allocUnsafe(length)]);
  }
}
