import { randomBytes } from 'node:crypto';
import {
  type BigIntStats,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { type OldFile, writeAlike } from './attributes.js';
import { type Draft, type Kept, keepName, makeDraft, readAll, writeAll } from './draft.js';
import { draftsIn } from './draft-name.js';
import { Refusal } from './refusal.js';
import { codeOf, reasonOf } from './system-error.js';
import { changedBytes, NO_TEXT, type SourceBytes } from './text-bytes.js';
import { writableTarget } from './tree.js';

/**
 * Gives a file that was read a new text, whole or not at all: it is never seen in part, not even when the machine loses its
 * power. Bytes stay wherever the text does, as do mode, owner, access list and extended attributes, and a symbolic link stays one.
 * Answers why it did not; the file then is as it was, or as somebody else made it meanwhile. `cwd` helps to say what the tree is
 * that a link may not leave.
 */
export function replaceText(
  path: string,
  source: SourceBytes,
  text: string,
  cwd: string,
): string | undefined {
  const after = changedBytes(source, text);
  return after === undefined
    ? NO_TEXT
    : reasonOfFailure(() => replace(writableTarget(path, cwd), source.bytes, after));
}

/** How a file is written that comes from us alone. */
interface NewFile {
  /** The folder that we are in, where somebody named the file: see {@link replaceText}. */
  readonly cwd?: string;
  /** Exactly this, where it is new; without it 0666, less what the umask takes. */
  readonly mode?: number;
  /** Nothing is written when there is a file already. */
  readonly isExclusive?: boolean;
  /** A file of mountc's alone: what one that it replaces had is not kept. */
  readonly isOwn?: boolean;
  /** It can be had again, so that the disk is not waited for. */
  readonly isPassing?: boolean;
}

/**
 * Writes a whole file, new or in place of one, which then keeps its mode, owner, access list and extended attributes. Answers why it
 * did not; what was there then is as it was.
 */
export function writeFile(path: string, bytes: Buffer, how: NewFile = {}): string | undefined {
  return reasonOfFailure(() => {
    const target = writableTarget(path, how.cwd);
    const { mode, isExclusive = false, isOwn = false, isPassing = false } = how;
    const isNew = isExclusive || isOwn || lstatSync(target, { throwIfNoEntry: false }) === undefined;
    const old = isNew ? undefined : openOld(target);
    withDraft(target, old, mode ?? 0o666, (draft) => {
      if (old !== undefined) writeAlike(old, draft, bytes);
      else {
        writeAll(draft.fd, bytes);
        if (mode !== undefined) fchmodSync(draft.fd, mode);
      }
      if (!isPassing) fsyncSync(draft.fd);
      if (isExclusive) draft.linkTo(target);
      else draft.moveTo(target);
      if (!isPassing) syncFolder(target);
    });
  });
}

const CHANGED = 'was changed by another process in the meantime';

function replace(target: string, before: Buffer, after: Buffer): void {
  const old = openOld(target);
  withDraft(target, old, 0o600, (draft) => {
    if (!readAll(old.fd).equals(before)) throw new Refusal(CHANGED);
    writeAlike(old, draft, after);
    fsyncSync(draft.fd);
    if (!readAll(draft.fd).equals(after))
      throw new Refusal('cannot be written: the disk gives back other bytes');
    if (!isAsOpened(target, old.stat)) throw new Refusal(CHANGED);
    const isOurs = () => isNamed(target, draft.fd) && readAll(draft.fd).equals(after);
    // A second name, by which the file can come back; that one is new is all that may differ.
    const kept = keepName(target);
    try {
      const stat = fstatSync(old.fd, { bigint: true });
      // Compared last: one call of the system is left until the file is replaced.
      if (!readAll(old.fd).equals(before) || !isAsOpened(target, stat)) throw new Refusal(CHANGED);
      if (process.platform === 'win32') old.close();
      draft.moveTo(target);
      syncFolder(target);
      if (process.platform === 'win32') return;
      // A program that had opened it by then has written to the file that was replaced.
      if (!readAll(old.fd).equals(before)) bringBack(target, kept, old, isOurs);
      if (!isNamed(target, draft.fd)) throw new Refusal(CHANGED);
    } finally {
      kept?.end();
    }
  });
}

/** Puts back a file that somebody wrote to while it was replaced; where the new one was written to as well, it gets a name of its own. */
function bringBack(target: string, kept: Kept | undefined, old: Old, isOurs: () => boolean): never {
  const saved = `${target}.${randomBytes(4).toString('hex')}.saved`;
  const goal = isOurs() ? target : saved;
  if (kept !== undefined) kept.moveTo(goal);
  else {
    const failed = writeFile(goal, readAll(old.fd), { mode: Number(old.stat.mode & 0o777n) });
    if (failed !== undefined) throw new Refusal(`${CHANGED}, and what that wrote is lost: ${failed}`);
  }
  syncFolder(target);
  throw new Refusal(
    goal === target
      ? CHANGED
      : `was changed by several others; what one of them wrote is in ${basename(saved)}`,
  );
}

interface Old extends OldFile {
  close(): void;
}

const { O_RDWR } = constants;
// Windows has neither.
const WITHOUT_WAITING = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** For writing as well, although that is done to the draft: who may not write to the file may not replace it. */
function openOld(path: string): Old {
  const there = lstatSync(path);
  if (!there.isFile()) throw new Refusal(there.isDirectory() ? 'is a directory' : 'is not a regular file');
  const fd = openSync(path, O_RDWR | WITHOUT_WAITING);
  let isOpen = true;
  const close = () => {
    if (isOpen) closeSync(fd);
    isOpen = false;
  };
  const stat = fstatSync(fd, { bigint: true });
  if (!stat.isFile() || stat.nlink > 1n) {
    close();
    throw new Refusal(stat.isFile() ? otherNames(path, stat.ino) : CHANGED);
  }
  return { fd, path, stat, close };
}

function otherNames(path: string, ino: bigint): string {
  const other = draftsIn(dirname(path)).find((draft) => inodeOf(draft) === ino);
  return other === undefined
    ? 'has other names (hard links), which would keep the old text; give it its own file first'
    : `is written by another run of mountc, whose draft is ${basename(other)}`;
}

function inodeOf(path: string): bigint | undefined {
  return lstatSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}

function isNamed(path: string, fd: number): boolean {
  const now = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  const { ino, dev } = fstatSync(fd, { bigint: true });
  return now?.ino === ino && now.dev === dev;
}

/** The name still leads to the file, and nobody wrote to it, or changed its mode, owner or attributes. */
function isAsOpened(path: string, stat: BigIntStats): boolean {
  const now = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return now !== undefined && SAME.every((key) => now[key] === stat[key]);
}

const SAME = ['dev', 'ino', 'size', 'mtimeNs', 'ctimeNs'] as const;

function withDraft(target: string, old: Old | undefined, mode: number, action: (draft: Draft) => void): void {
  let draft: Draft | undefined;
  try {
    draft = makeDraft(target, mode);
    action(draft);
  } catch (error) {
    if (draft !== undefined || codeOf(error) === '') throw error;
    throw new Refusal(`nothing can be written next to it: ${reasonOf(error, target, 'written')}`);
  } finally {
    draft?.end();
    old?.close();
  }
}

/** So that the new name survives a loss of power too. Some file systems, and Windows, know no such thing. */
function syncFolder(target: string): void {
  try {
    const fd = openSync(dirname(target), 'r');
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch {
    // The file is there, and whole.
  }
}

/** Does something to a file; answers why that failed, in words that go after its name. An error that is not the system's goes on. */
export function reasonOfFailure(action: () => void): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal) && codeOf(error) === '') throw error;
    return reasonOf(error, '', 'written');
  }
}
