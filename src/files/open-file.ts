import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { sep } from 'node:path';
import { Refusal } from './refusal.js';
import { codeOf, reasonOf } from './system-error.js';

/** A regular file that is open for reading. */
export interface OpenFile {
  /** Where it really is, links followed; undefined where it has no name (any more), as standard input may have none. */
  readonly real: string | undefined;
  readonly stat: BigIntStats;
  /** Its first bytes, at most that many. */
  head(length: number): Buffer;
  /** All of it; throws where it is larger than the limit. */
  bytes(): Buffer;
}

/** What may be opened. */
interface OpenOptions {
  /** The most bytes that are read. */
  readonly limit: number;
  /** A folder (a real path) that the file must really be in: for what nobody named on the command line. */
  readonly within?: string;
}

/** In bytes. */
const LARGEST_TEXT = 16 * 1024 * 1024;

/**
 * The one way in which mountc opens what it reads: only a regular file, so that nothing is waited for and nothing happens by
 * opening it; only so much of it; and if it must, only below a folder, whatever links say. Throws a {@link Refusal} or the system's
 * error, for `reasonOf`.
 */
export function withFile<Result>(
  path: string,
  { limit, within }: OpenOptions,
  use: (file: OpenFile) => Result,
): Result {
  // To open a device can be all it takes (a tape winds, a watchdog starts), so it is looked at first.
  refuseSpecial(statSync(path, { bigint: true }));
  const { O_RDONLY, O_NONBLOCK = 0, O_NOCTTY = 0 } = constants;
  const fd = openSync(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  try {
    const stat = fstatSync(fd, { bigint: true });
    refuseSpecial(stat);
    const real = realPathOf(path, stat);
    if (within !== undefined) {
      if (real === undefined) throw new Refusal('was changed by another process in the meantime');
      if (!isWithin(real, within))
        throw new Refusal(`is a link that leads out of \`${within}\`, and is not followed`);
    }
    return use({
      real,
      stat,
      head: (length) => readUpTo(fd, length),
      bytes: () => {
        const tooLarge = new Refusal(`is larger than ${sizeText(limit)}`);
        if (stat.size > limit) throw tooLarge;
        // Not every file says its size, and some grow.
        const bytes = readUpTo(fd, limit + 1, Number(stat.size) + 1);
        if (bytes.length > limit) throw tooLarge;
        return bytes;
      },
    });
  } finally {
    closeSync(fd);
  }
}

/** A text, or why there is none. */
export type TextResult = { readonly text: string } | { readonly why: string; readonly isMissing: boolean };

/** Reads a file of UTF-8. Never throws. */
export function readTextFile(path: string, options: Partial<OpenOptions> = {}): TextResult {
  try {
    const bytes = withFile(path, { limit: LARGEST_TEXT, ...options }, (file) => file.bytes());
    return { text: bytes.toString('utf8') };
  } catch (error) {
    return { why: reasonOf(error, path), isMissing: MISSING.has(codeOf(error)) };
  }
}

const MISSING = new Set(['ENOENT', 'ENOTDIR']);

/** What is at a path, links followed; the reason where that cannot be said, or it is nothing to read. Never throws. */
export function lookAt(path: string): 'file' | 'folder' | { readonly why: string } {
  try {
    const stat = statSync(path, { bigint: true });
    if (stat.isDirectory()) return 'folder';
    refuseSpecial(stat);
    return 'file';
  } catch (error) {
    return { why: reasonOf(error, path) };
  }
}

/** Whether nothing is at a path, links followed; `false` too where that cannot be said. */
export function isMissing(path: string): boolean {
  try {
    statSync(path);
    return false;
  } catch (error) {
    return codeOf(error) === 'ENOENT';
  }
}

/** What is at a path, links not followed; undefined where nothing is, or it cannot be said. */
export function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

/** A folder without links; as it is where that cannot be said. */
export function realFolder(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return folder;
  }
}

/** Whether a path is a folder or in it; both absolute. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

function refuseSpecial(stat: BigIntStats): void {
  if (stat.isFile()) return;
  if (stat.isDirectory()) throw new Refusal('is a directory');
  if (stat.isFIFO() || stat.isSocket()) throw new Refusal('is a pipe: give it as standard input, with -');
  throw new Refusal('is a device, which is not read');
}

/** The path without links, if it still leads to what was opened. */
function realPathOf(path: string, { dev, ino }: BigIntStats): string | undefined {
  try {
    const real = realpathSync.native(path);
    const there = statSync(real, { bigint: true });
    return there.dev === dev && there.ino === ino ? real : undefined;
  } catch {
    return undefined;
  }
}

function readUpTo(fd: number, most: number, likely = most): Buffer {
  let buffer = Buffer.allocUnsafe(Math.min(most, likely));
  let length = 0;
  for (;;) {
    if (length === buffer.length) {
      if (length === most) break;
      buffer = Buffer.concat([buffer], Math.min(most, Math.max(65_536, length * 2)));
    }
    const count = readSync(fd, buffer, length, buffer.length - length, length);
    if (count === 0) break;
    length += count;
  }
  return buffer.subarray(0, length);
}

function sizeText(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${bytes / (1024 * 1024)} MB` : `${bytes / 1024} kB`;
}
