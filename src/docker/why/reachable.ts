import { runSystemProgram } from '../../files/system-program.js';
import { type MountLine, mountOver } from '../../why/mount-lines.js';

/** File systems that another machine or another program answers for, and that may never answer. */
const OFTEN_SILENT = /^(?:nfs|cifs|smb|fuse|9p|ceph|gluster|afs|sshfs|lustre|beegfs)/;
const PATIENCE = 2000;

/** What was not reached, by where it is mounted. */
export interface Reach {
  /** Whether a path may be looked at: in a file system that somebody else answers for, only after that has answered once. */
  isReachable(path: string): boolean;
  readonly silent: readonly string[];
}

/** Asks each such file system once, within two seconds, through a program that can be ended. `root`: where `/` of the mounts is. */
export function makeReach(lines: readonly MountLine[] | undefined, root = ''): Reach {
  const answers = new Map<string, boolean>();
  const silent: string[] = [];
  const risky = lines?.filter(({ fsType }) => OFTEN_SILENT.test(fsType) || fsType === 'autofs') ?? [];
  return {
    silent,
    isReachable(path) {
      if (risky.length === 0 || lines === undefined) return true;
      const line = mountOver(lines, path);
      if (line === undefined || !risky.includes(line)) return true;
      const known = answers.get(line.id);
      if (known !== undefined) return known;
      // To look at an automount mounts it, which changes something.
      const answer =
        line.fsType !== 'autofs' &&
        runSystemProgram('stat', ['--', `${root}${line.point}`], [], PATIENCE)?.ok === true;
      answers.set(line.id, answer);
      if (!answer) silent.push(line.point);
      return answer;
    },
  };
}
