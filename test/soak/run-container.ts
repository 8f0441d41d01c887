// Runs one container in the foreground, as a user does.
import { execFile } from 'node:child_process';

/** How it ended. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** -1 when it did not end in time. */
  readonly exit: number;
}

/** How it is run. */
export interface RunOptions {
  readonly env: Readonly<Record<string, string>>;
  /** A container to be killed as soon as it runs, and the docker that does it. */
  readonly kill?: { readonly docker: string; readonly name: string };
  /** Called when it has printed something. */
  readonly whenUp?: () => void;
}

const PATIENCE = 120_000;

/** Runs a file until it ends. Never rejects. */
export function runContainer(file: string, args: readonly string[], options: RunOptions): Promise<Outcome> {
  const { env, kill, whenUp } = options;
  return new Promise((resolve) => {
    let hasEnded = false;
    const child = execFile(
      file,
      args,
      { env, encoding: 'utf8', timeout: PATIENCE },
      (error, stdout, stderr) => {
        hasEnded = true;
        const exit = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ stdout, stderr, exit });
      },
    );
    child.stdout?.once('data', async () => {
      whenUp?.();
      // The daemon may be away for a while.
      while (kill !== undefined && !hasEnded) await runContainer(kill.docker, ['kill', kill.name], { env });
    });
  });
}
