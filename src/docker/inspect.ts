import { execFile } from 'node:child_process';

/** What `docker inspect` answered: its JSON, or what it said instead. */
type Inspected =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly stderr: string };

/** Runs `docker KIND inspect NAME…`. Never rejects; waits no longer than `patience` milliseconds. */
export function askInspect(
  docker: string,
  kind: 'container' | 'image',
  names: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  patience = 20_000,
): Promise<Inspected> {
  return new Promise((resolve) => {
    const fail = (stderr: string) => resolve({ ok: false, stderr });
    const options = { env: { ...env }, timeout: patience, maxBuffer: 1 << 28, windowsHide: true };
    try {
      const child = execFile(docker, [kind, 'inspect', '--', ...names], options, (error, stdout, stderr) => {
        if (error !== null) {
          const late = error.killed ? `docker did not answer within ${patience / 1000} s` : error.message;
          fail(stderr.trim() || late);
          return;
        }
        try {
          resolve({ ok: true, value: JSON.parse(stdout) });
        } catch {
          fail('docker inspect answered something that is not JSON');
        }
      });
      child.stdin?.on('error', () => {});
      child.stdin?.end();
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    }
  });
}
