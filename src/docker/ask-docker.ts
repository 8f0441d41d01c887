/** What a docker said. */
export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  /** Undefined when it did not end by itself. */
  readonly exit?: number;
  /** It had not answered after the time that it was given. */
  readonly timedOut: boolean;
}

/** Runs a docker that asks something, without input, for at most `timeout` milliseconds. Never rejects. */
export async function askDocker(
  docker: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  timeout: number,
): Promise<Answer> {
  const { execFile } = await import('node:child_process');
  return new Promise((resolve) => {
    const options = { env: { ...env }, timeout, killSignal: 'SIGKILL', maxBuffer: 1 << 22 } as const;
    try {
      const child = execFile(docker, args, { ...options, windowsHide: true }, (error, stdout, stderr) => {
        const exit = error === null ? 0 : typeof error.code === 'number' ? error.code : undefined;
        resolve({ stdout, stderr, exit, timedOut: error?.killed === true });
      });
      child.stdin?.on('error', () => {});
      child.stdin?.end();
    } catch (error) {
      resolve({ stdout: '', stderr: String(error), timedOut: false });
    }
  });
}
