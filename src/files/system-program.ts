import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

// Absolute: a folder on PATH may be the repository's.
const FOLDERS = ['/usr/bin', '/bin', '/run/current-system/sw/bin'];

/** Runs a program of the system, with descriptors after the usual three; undefined where it is not there, or takes longer (ms). */
export function runSystemProgram(
  program: string,
  args: readonly string[],
  fds: readonly number[] = [],
  timeout?: number,
) {
  const path = FOLDERS.map((folder) => `${folder}/${program}`).find((each) => existsSync(each));
  if (path === undefined) return undefined;
  const { status, stdout, stderr, error } = spawnSync(path, args, {
    stdio: ['ignore', 'pipe', 'pipe', ...fds],
    env: { LC_ALL: 'C' },
    encoding: 'utf8',
    timeout,
    // A program that waits for a file system hears of nothing else.
    killSignal: 'SIGKILL',
  });
  return error === undefined ? { ok: status === 0, stdout, stderr } : undefined;
}
