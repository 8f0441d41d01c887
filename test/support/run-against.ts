import { execFile } from 'node:child_process';
import type { Daemon } from './daemons.js';

/** How a program ended: its exit status, -1 where it has none, and all that it printed. */
export interface Ended {
  readonly exit: number;
  readonly output: string;
}

/** Runs a program with the daemon as its docker engine, in a folder that is its home; standard input is empty. */
export function runFile(file: string, args: readonly string[], daemon: Daemon, cwd: string): Promise<Ended> {
  const env = {
    PATH: '/usr/bin:/bin',
    HOME: cwd,
    PWD: cwd,
    DOCKER_HOST: daemon.host,
    DOCKER_CONFIG: '/nonexistent',
  };
  return new Promise((resolve) => {
    const child = execFile(
      file,
      args,
      { env, cwd, encoding: 'utf8', timeout: 60_000 },
      (error, stdout, stderr) =>
        resolve({
          exit: error === null ? 0 : typeof error.code === 'number' ? error.code : -1,
          output: stdout + stderr,
        }),
    );
    child.stdin?.end();
  });
}
