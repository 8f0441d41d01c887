import { type BigIntStats, fchmodSync, fchownSync, fstatSync, ftruncateSync } from 'node:fs';
import { type Draft, writeAll } from './draft.js';
import { Refusal } from './refusal.js';
import { codeOf } from './system-error.js';
import { runSystemProgram as run } from './system-program.js';

/** The permission bits, with set-uid and the like. */
const MODE = 0o7777n;

/** A file that is to be replaced: open, and by name. */
export interface OldFile {
  readonly fd: number;
  readonly path: string;
  readonly stat: BigIntStats;
}

/**
 * Writes a draft with the owner, the mode, the access list and the extended attributes of a file; throws a {@link Refusal} where
 * one of them cannot be kept. On Windows, what is in a folder has the rights that the folder gives it.
 */
export function writeAlike(old: OldFile, draft: Draft, bytes: Buffer): void {
  writeAll(draft.fd, bytes);
  if (process.platform === 'win32') return;
  keepOwner(old.stat, draft.fd);
  if (process.platform === 'linux') keepExtended(old.fd, draft.fd);
  else {
    // Elsewhere -p keeps them, and copies the bytes with them.
    if (!run('cp', ['-p', '--', old.path, draft.path])?.ok)
      throw new Refusal('its access list and extended attributes cannot be kept: cp -p does not work here');
    ftruncateSync(draft.fd);
    writeAll(draft.fd, bytes);
  }
  // After the owner: a change of that takes set-uid away.
  fchmodSync(draft.fd, Number(old.stat.mode & MODE));
  const made = fstatSync(draft.fd, { bigint: true });
  const { mode, uid, gid } = old.stat;
  if ((made.mode & MODE) !== (mode & MODE) || made.uid !== uid || made.gid !== gid)
    throw new Refusal('its mode and owner cannot be kept on this file system');
}

function keepOwner({ uid, gid }: BigIntStats, draft: number): void {
  const made = fstatSync(draft, { bigint: true });
  if (made.uid === uid && made.gid === gid) return;
  try {
    fchownSync(draft, Number(uid), Number(gid));
  } catch (error) {
    if (codeOf(error) !== 'EPERM') throw error;
    throw new Refusal(
      made.uid === uid
        ? `belongs to a group that you are not in (${gid}), and would lose it`
        : `belongs to another user (${uid}), and would become yours`,
    );
  }
}

// Node knows neither access lists nor extended attributes. Open files instead of names: in a folder of somebody else, a name may
// lead elsewhere by now.
function keepExtended(old: number, draft: number): void {
  const both = (program: string, args: readonly string[]) =>
    run(program, [...args, '--', '/proc/self/fd/3', '/proc/self/fd/4'], [old, draft]);
  // The second one makes it an error when an attribute cannot be set.
  const preserve = ['--preserve=all', '--preserve=xattr', '--no-preserve=timestamps,links'];
  const copied = both('cp', ['--attributes-only', ...preserve]);
  const isOther = copied === undefined || /^$|unrecognized|unknown|invalid option|usage/i.test(copied.stderr);
  if (copied?.ok !== true && !isOther)
    throw new Refusal(
      `its access list or extended attributes cannot be kept: ${copied!.stderr.trim().split(': ').at(-1)}`,
    );
  // That of BusyBox shows all; another has to be told so.
  const shown = [both('getfattr', ['-d', '-m', '-']), both('getfattr', ['-d'])].find((one) => one?.ok);
  if (shown !== undefined) {
    const [, ofOld, ofDraft] = shown.stdout.split(/^# file: .*\n/m).map(withoutSums);
    if (ofOld === ofDraft) return;
    throw new Refusal(
      copied?.ok === true
        ? 'has an access list or extended attributes that cp does not keep, or its folder gives it others'
        : 'has an access list or extended attributes; to keep them, cp of GNU coreutils is needed, and is not here',
    );
  }
  if (copied?.ok !== true)
    throw new Refusal(
      'whether it has an access list or extended attributes cannot be seen here: install GNU coreutils, or attr',
    );
  // A folder may give its files an access list, which some releases of cp leave on them: `+` after the mode.
  const modes = both('ls', ['-Lnd'])?.stdout.match(/^\S+/gm);
  if (modes?.length !== 2 || modes[0] !== modes[1])
    throw new Refusal('has no access list, and would get one from its folder');
}

/** Without what the kernel reckons from the bytes. */
function withoutSums(attributes: string): string {
  return attributes.replace(/^security\.(?:ima|evm)=.*\n/gm, '').trim();
}
