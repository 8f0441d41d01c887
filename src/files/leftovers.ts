import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, readFileSync, readlinkSync, realpathSync, unlinkSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { draftsIn, readDraftName } from './draft-name.js';
import { codeOf } from './system-error.js';

const HOUR = 60 * 60 * 1000;

/** A name for a draft that no other has, in whatever container or machine it is made. */
export function draftName(): string {
  const { place, started } = self();
  return `.mountc-${place}-${process.pid}-${started}-${randomBytes(12).toString('hex')}.draft`;
}

/**
 * Removes the drafts in a folder that runs left there which were killed. One is removed when it is surely dead: its process is
 * gone from the system and the set of processes (a container has its own) that we are in too. Where that cannot be seen it has to
 * be an hour old, and a run needs it for a moment; a run that lives after all finds it gone, and loses no byte.
 */
export function removeLeftovers(folder: string): void {
  for (const path of draftsIn(folder)) removeIfDead(path, readDraftName(basename(path))!);
}

/** The same for the folders of files, in which a run is going to write; each once. */
export function leftoverRemover(): (file: string) => void {
  const done = new Set<string>();
  return (file) => {
    try {
      const folder = dirname(realpathSync(file));
      if (!done.has(folder)) removeLeftovers(folder);
      done.add(folder);
    } catch {
      // It is gone by now.
    }
  };
}

function removeIfDead(path: string, [, place, pid, started]: RegExpExecArray): void {
  try {
    const stat = lstatSync(path);
    const user = process.geteuid?.() ?? stat.uid;
    // Root gives its drafts to the owner of the file.
    if (!stat.isFile() || (user !== 0 && user !== stat.uid)) return;
    const isDead = place === self().place ? isGone(Number(pid), started!) : Date.now() - stat.ctimeMs > HOUR;
    if (isDead) unlinkSync(path);
  } catch {
    // Another run was faster, or it may not be removed.
  }
}

interface Self {
  /** One system from its start to its end, and one set of process numbers in it. */
  readonly place: string;
  readonly started: string;
}

let known: Self | undefined;

function self(): Self {
  known ??= lookAtSelf();
  return known;
}

function lookAtSelf(): Self {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1');
    const processes = readlinkSync('/proc/self/ns/pid');
    const place = createHash('sha256').update(`${boot}${processes}`).digest('hex').slice(0, 16);
    return { place, started: startOf('self') };
  } catch {
    // Not Linux: a place that no other run is in.
    return { place: randomBytes(8).toString('hex'), started: '0' };
  }
}

/** In ticks since the system was started: a number is given anew, and this tells its processes apart. */
function startOf(pid: number | 'self'): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The name of the program, in parentheses, may hold anything.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]!;
}

function isGone(pid: number, started: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
  try {
    return startOf(pid) !== started;
  } catch {
    // It ends just now, or may not be looked at.
    return false;
  }
}
