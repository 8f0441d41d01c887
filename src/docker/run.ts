import { constants } from 'node:os';
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
  readonly cwd?: string;
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
 * Stands for the folder that we are in where that has no name any more, or one that is not valid UTF-8, which Node cannot say: execa
 * asks for the name, docker often does not.
 */
function namelessFolder(): string | undefined {
  try {
    return process.cwd().includes('\ufffd') ? OURS : undefined;
  } catch {
    return OURS;
  }
}

const OURS = '/proc/self/cwd';

/**
 * Runs docker as a child with this process's own standard streams and descriptors, passes signals on, and waits for its end.
 * Never rejects.
 */
export async function runDocker(
  path: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<DockerEnd> {
  const extra = inheritedFds();
  const stdio: ('inherit' | 'ignore' | number)[] = ['inherit', 'inherit', 'inherit'];
  for (const fd of extra) {
    while (stdio.length < fd) stdio.push('ignore');
    stdio[fd] = fd;
  }
  const { execa } = await import('execa');
  // Before docker starts: a signal that comes at once must not end this process with docker left behind.
  let send: ((signal: NodeJS.Signals) => void) | undefined;
  const early: NodeJS.Signals[] = [];
  const stop = forwardSignals((signal) => (send === undefined ? early.push(signal) : send(signal)));
  const child = execa(path, args, {
    stdio: stdio as ['inherit', 'inherit', 'inherit'],
    env: options.env ?? {},
    cwd: options.cwd ?? namelessFolder(),
    reject: false,
    // The child outlives us only as a plain docker would outlive its shell.
    cleanup: false,
    buffer: false,
    forceKillAfterDelay: false,
  });
  send = (signal) => child.kill(signal);
  for (const signal of early) child.kill(signal);
  try {
    const result = await child;
    if (result.signal !== undefined) return { signal: result.signal };
    if (result.exitCode !== undefined) return { exit: result.exitCode };
    const code = result.code === 'ENOENT' ? 127 : 126;
    return { failed: result.originalMessage ?? result.shortMessage ?? String(result.code), code };
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
