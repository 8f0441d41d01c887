import { statSync } from 'node:fs';
import { readTextFile } from '../files/open-file.js';
import { readCredentials } from '../why/credentials.js';
import type { RootlessEngine } from '../why/engine-facts.js';
import { mountOver, readMountLines } from '../why/mount-lines.js';
import { ownMounts } from './own-mounts.js';

/** What rootlesskit gives an engine copies of, so that it may write there. */
const COPIED = ['/run', '/etc'];

const LARGEST = 1024 * 1024;

function read(path: string): string {
  const found = readTextFile(path, { limit: LARGEST });
  return 'text' in found ? found.text : '';
}

/**
 * The process of a rootless docker on this machine, found by the folder that it keeps its data in; undefined where it is not here, or may
 * not be looked at. It has namespaces of its own: of users, and of mounts.
 */
export function findRootless(dataRoot: string): RootlessEngine | undefined {
  try {
    const { uid } = statSync(dataRoot);
    const runtime = `/run/user/${uid}`;
    const pid = /^\d+$/.exec(read(`${runtime}/docker.pid`).trim())?.[0];
    if (pid === undefined) return undefined;
    const about = (name: string) => read(`/proc/${pid}/${name}`);
    const who = readCredentials(about('status'), about('uid_map'), about('gid_map'));
    // A number that another process has by now says nothing of the engine.
    if (who?.uid !== uid || who.uids.find(({ inside }) => inside === 0)?.host !== uid) return undefined;
    const root = `/proc/${pid}/root`;
    statSync(`${root}/`);
    const mounts = readMountLines(about('mountinfo'));
    const here = ownMounts();
    const copied = COPIED.filter((path) => mountOver(mounts, path)?.device !== mountOver(here, path)?.device);
    const { uids, gids } = who;
    return { socket: `${runtime}/docker.sock`, users: { uids, gids }, root, mounts, copied };
  } catch {
    return undefined;
  }
}
