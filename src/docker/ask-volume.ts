import { spawnSync } from 'node:child_process';

/** Somebody waits for a command to start. */
const PATIENCE = 1_000;

/** Whether the engine of a docker has a volume of that name; undefined where it does not say within a second. */
export function askVolume(
  docker: string,
  globals: readonly string[] = [],
  env: Readonly<Record<string, string | undefined>>,
  name: string,
): boolean | undefined {
  const { status, stderr, error } = spawnSync(docker, [...globals, 'volume', 'inspect', '--', name], {
    env: { ...env },
    timeout: PATIENCE,
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 1 << 20,
    encoding: 'utf8',
    windowsHide: true,
  });
  if (error !== undefined || status === null) return undefined;
  if (status === 0) return true;
  return /no such volume/i.test(stderr) ? false : undefined;
}
