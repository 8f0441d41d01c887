import { lstatSync, opendirSync, readlinkSync, type Stats, statSync } from 'node:fs';
import { posix } from 'node:path';
import { readTextFile } from '../../files/open-file.js';
import { runSystemProgram } from '../../files/system-program.js';
import { readAcl } from '../../why/access.js';
import type { AclEntry, FileFacts, FileView } from '../../why/file-view.js';
import { followLinks } from './follow-links.js';
import type { Reach } from './reachable.js';

/** Of a directory no more names than that are read. */
const MOST_NAMES = 2000;
const SMALL = 256 * 1024;
/** How long a program that looks may take, in milliseconds. */
const PATIENCE = 2000;

/** The files of this machine, or those below a directory that is somebody's root: links in there never lead out of it. */
export function localFiles(root = '', reach?: Reach): FileView {
  const facts = new Map<string, FileFacts | 'missing' | undefined>();
  const lists = new Map<string, readonly AclEntry[] | null | undefined>();
  // Every path begins like many others.
  const steps = new Map<string, ReturnType<typeof stepAt>>();
  const real = (path: string) =>
    followLinks(path, (one) => {
      if (!steps.has(one))
        steps.set(one, reach?.isReachable(one) === false ? undefined : stepAt(`${root}${one}`));
      return steps.get(one);
    });
  const at = (path: string): string | undefined => {
    const found = real(path);
    return found === undefined ? undefined : `${root}${found}`;
  };
  return {
    real,
    look(path) {
      if (!facts.has(path)) facts.set(path, lookAt(path, at(path)));
      return facts.get(path);
    },
    names(path) {
      const where = at(path);
      return where === undefined ? undefined : readNames(where);
    },
    text(path) {
      const where = at(path);
      if (where === undefined) return undefined;
      const read = readTextFile(where, { limit: SMALL });
      return 'text' in read ? read.text : undefined;
    },
    link(path) {
      const parent = at(posix.dirname(path));
      return parent === undefined ? undefined : linkOf(posix.join(parent, posix.basename(path)));
    },
    label(path) {
      const where = at(path);
      const asked = where && runSystemProgram('stat', ['-c', '%C', '--', where], [], PATIENCE);
      return asked !== undefined && asked !== '' && asked.ok ? asked.stdout.trim() : undefined;
    },
    acl(path) {
      if (!lists.has(path)) {
        const where = at(path);
        lists.set(path, where === undefined ? undefined : askAcl(where));
      }
      return lists.get(path);
    },
  };
}

/** What a link holds; undefined for what is none. */
export function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function lookAt(path: string, where: string | undefined): FileFacts | 'missing' | undefined {
  if (where === undefined || !posix.isAbsolute(path) || path.includes('\0')) return undefined;
  try {
    return factsOf(statSync(where));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : undefined;
  }
}

function factsOf(stat: Stats): FileFacts {
  return {
    kind: stat.isDirectory() ? 'directory' : stat.isFile() ? 'file' : stat.isSocket() ? 'socket' : 'device',
    identity: `${stat.dev}:${stat.ino}`,
    uid: stat.uid,
    gid: stat.gid,
    mode: stat.mode & 0o7777,
    size: stat.size,
    modified: stat.mtimeMs,
    ...(stat.birthtimeMs > 0 && { born: stat.birthtimeMs }),
  };
}

function readNames(path: string): readonly string[] | undefined {
  try {
    const directory = opendirSync(path);
    const names: string[] = [];
    try {
      for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
        names.push(entry.name);
        if (names.length >= MOST_NAMES) break;
      }
    } finally {
      directory.closeSync();
    }
    return names.sort();
  } catch {
    return undefined;
  }
}

/** What a path is, links not followed. */
function stepAt(path: string) {
  try {
    return lstatSync(path).isSymbolicLink() ? { link: readlinkSync(path) } : 'other';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : undefined;
  }
}

/** Asks getfacl, or where that is not, ls whether there is any list at all. */
function askAcl(path: string): readonly AclEntry[] | null | undefined {
  const asked = runSystemProgram('getfacl', ['-cnpE', '--', path], [], PATIENCE);
  if (asked?.ok === true) {
    const list = readAcl(asked.stdout);
    // Without a mask it is the mode in other words.
    return list === undefined ? undefined : list.some(({ who }) => who === 'mask') ? list : null;
  }
  const listed = runSystemProgram('ls', ['-ldn', '--', path], [], PATIENCE);
  return listed?.ok === true && /^\S{10}[^+]?\s/.test(listed.stdout) ? null : undefined;
}
