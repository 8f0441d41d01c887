import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isPlainlyPlaced } from './plain-command.js';
import type { PlainMount } from './plain-specs.js';

/** What decides whether a plain mount is worth a warning. */
export interface PlainHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The docker that will run. */
  readonly docker: string;
}

/** Whether no rule has a warning for these mounts on this machine. A "no" only means that it has to be looked at properly. */
export function isQuiet(mounts: readonly PlainMount[], host: PlainHost): boolean {
  return mounts.every((mount) => isQuietMount(mount, mounts)) && isUsual(host);
}

function isQuietMount(mount: PlainMount, all: readonly PlainMount[]): boolean {
  const { path, mayTell } = mount;
  return !mayTell && isPlainlyPlaced(mount, all) && (path === undefined || isDirectory(path));
}

/** Docker's engine is this machine's, and nothing stands between docker and its files. */
function isUsual({ env, docker }: PlainHost): boolean {
  if (env['DOCKER_CONTEXT'] || !/^(?:$|unix:\/\/\/)/.test(env['DOCKER_HOST'] ?? '')) return false;
  // In a container that has docker's socket, paths are those of another machine.
  if (existsSync('/.dockerenv') || existsSync('/run/.containerenv'))
    if (/sock/.test(readText('/proc/self/mountinfo'))) return false;
  if (docker.startsWith('/snap/') || realpathSync(docker).endsWith('/snap')) return false;
  const config = env['DOCKER_CONFIG'] || `${env['HOME'] || env['USERPROFILE']}/.docker`;
  return !/currentContext|\\u/.test(readText(`${config}/config.json`));
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
