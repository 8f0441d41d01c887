/** What a docker said. */
export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  /** Undefined when it did not end by itself. */
  readonly exit?: number;
  /** It had not answered after the time that it was given. */
  readonly timedOut: boolean;
}

// Of what it says no more than that is kept, in bytes.
const MOST = 1 << 22;

/**
 * Runs a docker that asks something, without input. Answers within `timeout` milliseconds, whatever the docker does: it may hang,
 * talk for ever, or leave others behind that hold its output. Never rejects.
 */
export async function askDocker(
  docker: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  timeout: number,
): Promise<Answer> {
  const { spawn } = await import('node:child_process');
  return new Promise((resolve) => {
    try {
      const child = spawn(docker, args, {
        env: { ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
        windowsHide: true,
      });
      const end = (exit: number | undefined, timedOut: boolean) => {
        clearTimeout(timer);
        child.stdout.destroy();
        child.stderr.destroy();
        child.unref();
        resolve({ stdout: stdout.text(), stderr: stderr.text(), exit, timedOut });
      };
      const stop = (timedOut: boolean) => {
        const { exitCode } = child;
        child.kill('SIGKILL');
        end(exitCode ?? undefined, timedOut && exitCode === null);
      };
      const timer = setTimeout(() => stop(true), timeout);
      const stdout = collect(child.stdout, () => stop(false));
      const stderr = collect(child.stderr, () => stop(false));
      child.on('error', () => end(undefined, false));
      child.on('close', (code) => end(code ?? undefined, false));
    } catch (error) {
      resolve({ stdout: '', stderr: String(error), timedOut: false });
    }
  });
}

function collect(stream: NodeJS.ReadableStream, stop: () => void): { text(): string } {
  const pieces: Buffer[] = [];
  let size = 0;
  stream.on('data', (piece: Buffer) => {
    pieces.push(piece);
    size += piece.length;
    if (size > MOST) stop();
  });
  return { text: () => Buffer.concat(pieces).toString() };
}
