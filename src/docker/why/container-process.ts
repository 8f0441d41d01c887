import { readTextFile } from '../../files/open-file.js';
import type { ContainerInfo } from '../../inspect/container-json.js';
import { type Credentials, readCredentials } from '../../why/credentials.js';
import type { FileView } from '../../why/file-view.js';
import { type MountLine, readMountLines } from '../../why/mount-lines.js';
import { localFiles } from './local-files.js';
import { makeReach, type Reach } from './reachable.js';

/** What `/proc` says of a container's process. */
export interface SeenProcess {
  readonly who?: Credentials;
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
  const status = readText(`${dir}/status`);
  const who =
    status === undefined
      ? undefined
      : readCredentials(status, readText(`${dir}/uid_map`) ?? '', readText(`${dir}/gid_map`) ?? '');
  if (mountText === undefined) return { who };
  const lines = readMountLines(mountText);
  const reach = makeReach(lines, `${dir}/root`);
  const inside = localFiles(`${dir}/root`, reach);
  // It is only a directory where this user may enter it.
  return inside.names('/') === undefined
    ? { who, insideMounts: lines }
    : { who, inside, insideMounts: lines, reach };
}

function readText(path: string): string | undefined {
  const read = readTextFile(path, { limit: LARGEST });
  return 'text' in read ? read.text : undefined;
}
