import { readTextFile } from '../../files/open-file.js';
import type { ContainerInfo } from '../../inspect/container-json.js';
import { append } from '../../text/append.js';
import { type Credentials, readCredentials } from '../../why/credentials.js';
import type { Evidence } from '../../why/evidence.js';
import type { FileView } from '../../why/file-view.js';
import { type MountLine, readMountLines } from '../../why/mount-lines.js';
import { localFiles } from './local-files.js';
import { makeReach, type Reach } from './reachable.js';

/** What `/proc` says of a container's process. */
export interface SeenProcess {
  readonly who?: Credentials;
  readonly helpers?: Evidence['helpers'];
  readonly inside?: FileView;
  readonly insideMounts?: readonly MountLine[];
  readonly reach?: Reach;
}

const LARGEST = 8 * 1024 * 1024;

/** Looks at the process of a container that runs on this machine; undefined where this is not that process. */
export function seeProcess({ id, state, layers }: ContainerInfo): SeenProcess | undefined {
  if (process.platform !== 'linux' || !state.isRunning || state.pid < 2 || id === '') return undefined;
  const dir = `/proc/${state.pid}`;
  const mountText = readText(`${dir}/mountinfo`);
  const groups = readText(`${dir}/cgroup`) ?? '';
  // A number of a process of another machine means another process here.
  const isIts =
    groups.includes(id) ||
    mountText?.includes(id) === true ||
    (layers.upper !== undefined && mountText?.includes(`upperdir=${layers.upper},`) === true);
  if (!isIts) return undefined;
  const who = whoIs(state.pid);
  const helpers = who === undefined ? [] : helpersOf(state.pid, who);
  if (mountText === undefined) return { who, helpers };
  const lines = readMountLines(mountText);
  const reach = makeReach(lines, `${dir}/root`);
  const inside = localFiles(`${dir}/root`, reach);
  // It is only a directory where this user may enter it.
  return inside.names('/') === undefined
    ? { who, helpers, insideMounts: lines }
    : { who, helpers, inside, insideMounts: lines, reach };
}

function whoIs(pid: number): Credentials | undefined {
  const [status, uids, gids] = ['status', 'uid_map', 'gid_map'].map((name) =>
    readText(`/proc/${pid}/${name}`),
  );
  return status === undefined ? undefined : readCredentials(status, uids ?? '', gids ?? '');
}

/** Of a server with many processes no more are looked at. */
const MOST_HELPERS = 32;

/** The processes that a container's first one has started, one for each user. */
function helpersOf(first: number, { uid }: Credentials): NonNullable<Evidence['helpers']> {
  const found = new Map<number, { readonly name: string; readonly who: Credentials }>();
  const left = [first];
  for (let count = 0; left.length > 0 && count < MOST_HELPERS; count++) {
    const pid = left.shift()!;
    const who = pid === first ? undefined : whoIs(pid);
    if (who !== undefined && who.uid !== uid && !found.has(who.uid))
      found.set(who.uid, { name: readText(`/proc/${pid}/comm`)?.trim() ?? '', who });
    append(
      left,
      (readText(`/proc/${pid}/task/${pid}/children`) ?? '').split(' ').filter(Boolean).map(Number),
    );
  }
  return [...found.values()];
}

function readText(path: string): string | undefined {
  const read = readTextFile(path, { limit: LARGEST });
  return 'text' in read ? read.text : undefined;
}
