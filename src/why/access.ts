import { type Credentials, insideId } from './credentials.js';
import type { AclEntry, FileFacts } from './file-view.js';

/** 4 to read, 2 to write, 1 to search a directory or to run a file. */
export type AccessBits = number;

/** Whether a process may do all of that with a file, by owner, mode and access list, as the kernel decides it. */
export function mayAccess(
  who: Credentials,
  file: FileFacts,
  bits: AccessBits,
  acl: readonly AclEntry[] | undefined,
): boolean {
  if ((grantedBits(who, file, acl) & bits) === bits) return true;
  const inNamespace =
    insideId(who.uids, file.uid) !== undefined && insideId(who.gids, file.gid) !== undefined;
  if (!inNamespace) return false;
  const isDirectory = file.kind === 'directory';
  if (who.overrides && (isDirectory || (bits & 1) === 0 || (file.mode & 0o111) !== 0)) return true;
  return who.readsAll && (bits & 2) === 0 && (isDirectory || bits === 4);
}

function grantedBits(
  { uid, gid, groups, isGroupOpen }: Credentials,
  { mode, uid: owner, gid: group }: FileFacts,
  acl: readonly AclEntry[] | undefined,
): AccessBits {
  if (uid === owner) return (mode >> 6) & 7;
  const mine = new Set([gid, ...groups]);
  if (acl === undefined) {
    if (isGroupOpen) return ((mode >> 3) | mode) & 7;
    return mine.has(group) ? (mode >> 3) & 7 : mode & 7;
  }
  const mask = acl.find(({ who }) => who === 'mask')?.bits ?? 7;
  const named = acl.find(({ who, id }) => who === 'user' && id === uid);
  if (named !== undefined) return named.bits & mask;
  const matching = acl.filter(({ who, id }) => who === 'group' && (isGroupOpen || mine.has(id ?? group)));
  // One of them must grant it; that several do so together is not asked for anything here.
  const others = isGroupOpen ? mode & 7 : 0;
  if (matching.length > 0) return matching.reduce((bits, one) => bits | (one.bits & mask), others);
  return mode & 7;
}

/** Reads what `getfacl --numeric --omit-header` prints of one file; undefined for what is none. */
export function readAcl(text: string): AclEntry[] | undefined {
  const entries = text.split('\n').flatMap((line): AclEntry[] => {
    const match = /^(user|group|mask|other):(\d*):([r-])([w-])([x-])/.exec(line.trim());
    if (match === null) return [];
    const [, who, id, r, w, x] = match;
    return [
      {
        who: who as AclEntry['who'],
        ...(id === '' ? {} : { id: Number(id) }),
        bits: (r === 'r' ? 4 : 0) + (w === 'w' ? 2 : 0) + (x === 'x' ? 1 : 0),
      },
    ];
  });
  return entries.some(({ who }) => who === 'other') ? entries : undefined;
}

/** `755 (rwxr-xr-x)`. */
export function showMode(mode: number): string {
  const letters = [6, 3, 0].map((shift) => {
    const bits = (mode >> shift) & 7;
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${bits & 1 ? 'x' : '-'}`;
  });
  return `${mode.toString(8).padStart(3, '0')} (${letters.join('')})`;
}
