import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { HostView } from '../source/host.js';
import { nearest } from '../text/nearest.js';
import { askVolume } from './ask-volume.js';
import { readEndpoint } from './endpoint.js';
import { localSystem } from './local-system.js';
import { ownMounts } from './own-mounts.js';

/** What to know about the docker that will run a command. */
export interface HostOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** docker's global flags before the command. */
  readonly globals?: readonly string[];
  /** The docker that will run; undefined when it is not known. */
  readonly docker?: string;
  /** The folder that the command runs in; left out where the folders next to it are not to be looked at. */
  readonly cwd?: string;
  /** Whose command it is; docker's when left out. */
  readonly engine?: 'podman';
  /** podman has another machine run it. */
  readonly isRemote?: boolean;
  /** docker may be asked for its volumes. */
  readonly asksVolumes?: boolean;
}

/** This machine as the rules may look at it. Nothing is started, nothing is asked over a network; never throws. */
export function hostView(options: HostOptions): HostView {
  return options.engine === 'podman' ? podmanHost(options) : dockerHost(options);
}

/** Where podman runs by itself, the machine that it sees is the one that it is on. */
function podmanHost({ env, cwd, isRemote }: HostOptions): HostView {
  const { pathState } = localSystem();
  const isHere = process.platform === 'linux' && isRemote === false;
  return {
    pathState,
    ...(cwd !== undefined &&
      isHere && { isFolderBeside: (name: string) => pathState(join(cwd, name)) === 'directory' }),
    nearPath,
    home: env['HOME'] || undefined,
    engineIsHere: isHere && cwd !== undefined ? true : undefined,
  };
}

function dockerHost({ env, globals, docker, cwd, asksVolumes = false }: HostOptions): HostView {
  const { host } = readEndpoint(env, globals);
  const socket = /^unix:\/\/(.+)$/.exec(host ?? '')?.[1];
  const isOutside = socket !== undefined && isContainer() && isMounted(socket);
  const isSnap = docker !== undefined && isFromSnap(docker);
  const isLinux = process.platform === 'linux' && !env['WSL_DISTRO_NAME'];
  const { pathState } = localSystem();
  return {
    pathState,
    // What lies next to a command on this machine says nothing of an engine elsewhere, and that is not asked.
    ...(cwd !== undefined &&
      !isElsewhere(host) && {
        isFolderBeside: (name) => pathState(join(cwd, name)) === 'directory',
        ...(asksVolumes &&
          docker !== undefined && {
            hasVolume: askingOnce((name) => askVolume(docker, globals, env, name)),
          }),
      }),
    nearPath,
    home: env['HOME'] || undefined,
    remote: isElsewhere(host) ? host : undefined,
    isMsys: process.platform === 'win32' && !!env['MSYSTEM'],
    isSnap: isSnap && socket !== undefined,
    isInContainer: isOutside,
    isShared: isOutside ? isAtSamePlace : undefined,
    // A Desktop's engine, and those like it, run in a machine of their own.
    engineIsHere:
      isLinux && socket !== undefined && !isOutside && !isSnap && !VIRTUAL.test(socket) ? true : undefined,
  };
}

/** Each is asked once, and none after one that brought no answer: somebody waits for a command to start. */
function askingOnce(ask: (name: string) => boolean | undefined): (name: string) => boolean | undefined {
  const known = new Map<string, boolean | undefined>();
  let isSilent = false;
  return (name) => {
    if (!isSilent && !known.has(name)) known.set(name, ask(name));
    isSilent ||= known.has(name) && known.get(name) === undefined;
    return known.get(name);
  };
}

// A folder with more is nobody's to look through.
const MOST_NAMES = 2_000;

/** Puts the first part of the path that is missing right, if then all of it is there. */
function nearPath(path: string): string | undefined {
  for (let at = path; at !== dirname(at); at = dirname(at)) {
    const folder = dirname(at);
    if (!existsSync(folder)) continue;
    try {
      const names = readdirSync(folder);
      const meant = basename(at);
      const found = names.length > MOST_NAMES ? undefined : nearest(meant, names, 1);
      // `pg15` is no misspelled `pg16`, and `lib` no `bin`.
      const isOther = found !== undefined && (isOtherNumber(meant, found) || isOtherShort(meant, found));
      const name = isOther ? undefined : found;
      const near = name === undefined ? undefined : join(folder, name, path.slice(at.length));
      return near !== undefined && existsSync(near) ? near : undefined;
    } catch {
      return undefined;
    }
  }
  return undefined;
}

/** Whether two names differ in their numbers alone. */
const isOtherNumber = (a: string, b: string): boolean =>
  a !== b && a.replace(/\d+/g, '0') === b.replace(/\d+/g, '0');

// A letter of three is too much of a name: only their order may be wrong.
const isOtherShort = (a: string, b: string): boolean =>
  a.length < 4 && a.length === b.length && [...a].sort().join('') !== [...b].sort().join('');

const VIRTUAL = /desktop|colima|\/\.lima\/|\/\.rd\/|orbstack|podman|rancher/i;

function isElsewhere(host: string | undefined): boolean {
  const match = /^(?:ssh|tcp|https?):\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/]*)/.exec(host ?? '');
  // A port of this machine may lead anywhere.
  return (
    match !== null &&
    !/^(?:|localhost|127\.[\d.]+|\[::1\]|0\.0\.0\.0|host\.docker\.internal|docker)$/.test(match[1]!)
  );
}

function isContainer(): boolean {
  return process.platform === 'linux' && (existsSync('/.dockerenv') || existsSync('/run/.containerenv'));
}

function isMounted(socket: string): boolean {
  const real = realPath(socket);
  return ownMounts().some(({ point }) => point === socket || point === real);
}

/** Whether a path lies in a bind mount that shows the same path of another file system. */
function isAtSamePlace(path: string): boolean {
  return ownMounts().some(
    ({ point, root }) =>
      point !== '/' && root.endsWith(point) && (path === point || path.startsWith(`${point}/`)),
  );
}

function isFromSnap(docker: string): boolean {
  return docker.startsWith('/snap/') || realPath(docker) === '/usr/bin/snap';
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
