import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The built program. */
export const PROGRAM = fileURLToPath(new URL('../../bin/mountc.js', import.meta.url));
const FAILING = fileURLToPath(new URL('./failing-fs.cjs', import.meta.url));

/** What the built program came to, in bytes. */
export interface ProgramRun {
  /** Undefined when it was killed. */
  readonly code: number | undefined;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Where and how the built program runs. */
export interface ProgramWorld {
  readonly cwd: string;
  readonly stdin?: Buffer | string;
  /** What goes wrong in the file system: see `failing-fs.cjs`. */
  readonly plan?: object;
  /** Words in front of the program: `prlimit`, `unshare` … */
  readonly under?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the built program as a process of its own. */
export function runProgram(
  argv: readonly string[],
  { cwd, stdin = '', plan, under = [], env }: ProgramWorld,
): ProgramRun {
  const preload = plan === undefined ? [] : ['--require', FAILING];
  const [program, ...args] = [...under, process.execPath, ...preload, PROGRAM, ...argv];
  const { status, signal, stdout, stderr, error } = spawnSync(program!, args, {
    cwd,
    input: stdin,
    env: {
      ...{ PATH: process.env['PATH'], HOME: cwd, NO_COLOR: '1' },
      ...(plan === undefined ? {} : { MOUNTC_FS_PLAN: JSON.stringify({ folder: cwd, ...plan }) }),
      ...env,
    },
    timeout: 60_000,
  });
  if (error !== undefined) throw error;
  return { code: signal === null ? (status ?? undefined) : undefined, stdout, stderr: stderr.toString() };
}

/** Whether a program is on this machine. */
export function hasProgram(...names: readonly string[]): boolean {
  return names.every((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0);
}

/** Whether this is root on Linux, who may mount, and give files away. */
export const IS_ROOT = process.platform === 'linux' && process.geteuid?.() === 0;
