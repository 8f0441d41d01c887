import { constants } from 'node:os';
import spawn from 'cross-spawn';
import { inheritedFds } from './inherited-fds.js';
import { isForeground } from './terminal.js';

/** How a docker that ran as a child ended. */
type DockerEnd =
  | { readonly exit: number }
  | { readonly signal: NodeJS.Signals }
  /** It could not be started; `code` is what a shell would exit with. */
  | { readonly failed: string; readonly code: 126 | 127 };

/** What docker runs with. */
export interface RunOptions {
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
}

// Signals that a terminal sends to the whole foreground group: docker has them already.
const FROM_TERMINAL: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT', 'SIGWINCH', 'SIGCONT']);
const FORWARDED = [
  'SIGINT',
  'SIGQUIT',
  'SIGTERM',
  'SIGHUP',
  'SIGUSR1',
  'SIGUSR2',
  'SIGALRM',
  'SIGWINCH',
  'SIGCONT',
] as const;

/**
 * Runs docker as a child with this process's own standard streams and descriptors, passes signals on, and waits for its end.
 * Never rejects.
 */
export async function runDocker(
  path: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<DockerEnd> {
  const stdio: ('inherit' | 'ignore' | number)[] = ['inherit', 'inherit', 'inherit'];
  for (const fd of inheritedFds()) {
    while (stdio.length < fd) stdio.push('ignore');
    stdio[fd] = fd;
  }
  // Before docker starts: a signal that comes at once must not end this process with docker left behind.
  let send: ((signal: NodeJS.Signals) => void) | undefined;
  const early: NodeJS.Signals[] = [];
  const stop = forwardSignals((signal) => (send === undefined ? early.push(signal) : send(signal)));
  const env = { ...process.env, ...options.env };
  try {
    // What cannot be started is thrown (too long a command) or reported later (no such file).
    const child = spawn(path, args, { stdio, env, windowsHide: true });
    send = (signal) => child.kill(signal);
    for (const signal of early) child.kill(signal);
    return await new Promise<DockerEnd>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve(signal === null ? { exit: code ?? 0 } : { signal }));
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { failed: message, code: code === 'ENOENT' ? 127 : 126 };
  } finally {
    stop();
  }
}

/** Sends on what comes to this process alone. Ends with the returned function. */
function forwardSignals(send: (signal: NodeJS.Signals) => void): () => void {
  const handlers: (() => void)[] = [];
  for (const signal of FORWARDED) {
    if (!(signal in constants.signals)) continue;
    const handler = () => {
      if (FROM_TERMINAL.has(signal) && isForeground()) return;
      send(signal);
    };
    try {
      process.on(signal, handler);
      handlers.push(() => process.off(signal, handler));
    } catch {
      // A signal that this system does not let us catch.
    }
  }
  return () => {
    for (const off of handlers) off();
  };
}

/** Ends this process as docker ended: the same exit status, or death by the same signal. */
export function endLike(end: DockerEnd): number {
  if ('exit' in end) return end.exit;
  if ('failed' in end) return end.code;
  const number = constants.signals[end.signal];
  if (process.platform !== 'win32') {
    process.removeAllListeners(end.signal);
    process.kill(process.pid, end.signal);
  }
  // A signal that does not end us (it is ignored here): what a shell says of such a death.
  return 128 + number;
}
