import type { ContainerInfo, ImageInfo } from '../inspect/container-json.js';
import type { ContainerMount } from '../inspect/container-mounts.js';
import { quoteShell } from '../text/shell-quote.js';
import type { Credentials } from './credentials.js';
import type { RootlessEngine } from './engine-facts.js';
import { type FileView, factsOf } from './file-view.js';
import type { Unseen } from './finding.js';
import { type MountLine, mountOver } from './mount-lines.js';

/** A mount as a file has it; `source` only of a path. */
export interface WrittenMount {
  readonly source?: string;
  readonly target: string;
}

/** A service as its Compose file has it now. */
export interface WrittenService {
  readonly path: string;
  /** In which Compose was run. */
  readonly folder: string;
  readonly project: string;
  readonly service: string;
  readonly mounts: readonly WrittenMount[];
}

/** All that is known of a container and of where it runs. What is absent was not, or could not be looked at. */
export interface Evidence {
  readonly engine: 'docker' | 'podman';
  readonly info: ContainerInfo;
  readonly mounts: readonly ContainerMount[];
  readonly image?: ImageInfo;
  /** The files of the engine's machine; only where that is this one. */
  readonly host?: FileView;
  readonly hostMounts?: readonly MountLine[];
  /** The files as the container's process sees them, while it runs. */
  readonly inside?: FileView;
  readonly insideMounts?: readonly MountLine[];
  /** The container's own files, without what is mounted over them. */
  readonly own?: FileView;
  /** What the container wrote, apart from the image. */
  readonly written?: FileView;
  /** SELinux refuses what its policy does not allow. */
  readonly isEnforcing?: boolean;
  /** The files of this machine, where the engine's are surely those of another one. */
  readonly elsewhere?: {
    readonly here: FileView;
    readonly why: string;
    /** Whether a path is the same there. */
    isShared(path: string): boolean;
  };
  /** Of a container of Compose. */
  readonly service?: WrittenService;
  /** Who the container's process is. */
  readonly who?: Credentials;
  /** Its other processes, one for each user that is another one. */
  readonly helpers?: readonly { readonly name: string; readonly who: Credentials }[];
  /** Who makes the mounts of a container: root, of a namespace where the engine has one. */
  readonly runtime?: Credentials;
  /** By how much the clock of the engine's machine is behind, in milliseconds. */
  readonly behind?: number;
  /** The engine, where it is a rootless docker that can be looked at; `host` is then what it sees. */
  readonly rootless?: RootlessEngine;
  /** Before commands that only root may run: `sudo `, or nothing. */
  readonly sudo: string;
  readonly unseen: readonly Unseen[];
  /** Mounts whose file system did not answer so far. */
  silentMounts(): readonly string[];
  /** What the program said at the end, or docker of a command: nobody's but its own. */
  readonly said?: string;
  /** The folder in which somebody asks, or in which Compose was run. */
  readonly cwd?: string;
}

/** The status of a container that a command would make. */
export const PLANNED = 'planned';

/** A container's name for people. */
export const nameOf = ({ name, id, state }: ContainerInfo): string =>
  name || id.slice(0, 12) || (state.status === PLANNED ? 'this command' : 'a container');

/** The folder or file of the host that a mount shows; undefined where that is not known. */
export function hostPathOf({ type, point, asked }: ContainerMount): string | undefined {
  if (type === 'bind') {
    const wanted = asked?.mount?.type === 'bind' ? asked.mount.source : undefined;
    return point?.source || wanted;
  }
  return type === 'volume' && (point?.driver ?? 'local') === 'local' ? point?.source || undefined : undefined;
}

/** Where a mount's target really is in the container, links followed; and the mount that a look-up ends in there. */
export function lineAt(evidence: Evidence, target: string): { real: string; line: MountLine } | undefined {
  const { inside, insideMounts } = evidence;
  if (inside === undefined || insideMounts === undefined) return undefined;
  const real = inside.real(target);
  const line = real === undefined ? undefined : mountOver(insideMounts, real);
  return real === undefined || line === undefined ? undefined : { real, line };
}

/** Whether a mount shows in the container what its source is on the host, as far as that is known. */
export function showsSource(evidence: Evidence, mount: ContainerMount): boolean | undefined {
  const path = hostPathOf(mount);
  const there = factsOf(evidence.inside, mount.target);
  const here = path === undefined ? undefined : factsOf(evidence.host, path);
  return there === undefined || here === undefined ? undefined : there.identity === here.identity;
}

/** A command of the engine about this container; nothing where it has no name yet. */
export function aboutIt(
  { engine, info }: Evidence,
  ...words: readonly ('rm' | '-f' | 'start' | 'restart')[]
): readonly string[] {
  const name = info.name || info.id.slice(0, 12);
  // One that is still to be made is not started again, but may have been left behind.
  if (name === '' || (info.state.status === PLANNED && words[0] !== 'rm')) return [];
  return [[engine, ...words, name].map(quoteShell).join(' ')];
}

/** The mount of the host that a path of it lies in. */
export function lineOnHost({ host, hostMounts }: Evidence, path: string): MountLine | undefined {
  const real = host?.real(path);
  return real === undefined || hostMounts === undefined ? undefined : mountOver(hostMounts, real);
}
