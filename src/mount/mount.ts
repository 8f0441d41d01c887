/** What every mount says. Paths and names are as typed: relative ones not yet expanded, nothing cleaned. */
interface MountBase {
  readonly target: string;
  readonly readOnly: boolean;
  /** cached, delegated, consistent: read by old Docker Desktop releases only. */
  readonly consistency?: string;
}

/** A directory or file of the host. */
export interface BindMount extends MountBase {
  readonly type: 'bind';
  readonly source: string;
  /** The engine makes a missing source directory instead of refusing. */
  readonly createSource: boolean;
  /** Releases of Compose differ in that, and its file does not say it. */
  readonly createSourceVaries?: boolean;
  /** As said; rprivate when absent. */
  readonly propagation?: string;
  /** What happens to mounts below the source, where it is not docker's default. */
  readonly recursion: readonly ('disabled' | 'writable' | 'readonly')[];
  /** SELinux: shared (`z`) or private (`Z`) relabelling. */
  readonly relabel?: 'z' | 'Z';
}

/** A volume; without a source an anonymous one. */
export interface VolumeMount extends MountBase {
  readonly type: 'volume';
  readonly source?: string;
  readonly noCopy: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly driver?: string;
  readonly driverOptions: Readonly<Record<string, string>>;
  readonly subpath?: string;
  readonly relabel?: 'z' | 'Z';
  /** Compose neither makes nor removes it, and refuses to start without it. */
  readonly external?: boolean;
}

/** A file system in memory. */
export interface TmpfsMount extends MountBase {
  readonly type: 'tmpfs';
  /** Bytes; absent for the default (half of the memory). */
  readonly size?: bigint;
  /** Permission bits; absent for the default (1777, or the mode of the directory in the image). */
  readonly mode?: number;
  /** What only `--tmpfs` can say, as it says it: `exec`, `uid=1000`, `size=50%`; defaults left out, sorted. */
  readonly options: readonly string[];
}

/** An image, mounted read-only. */
export interface ImageMount extends MountBase {
  readonly type: 'image';
  readonly source: string;
  readonly subpath?: string;
}

/** A Windows named pipe. */
export interface NpipeMount extends MountBase {
  readonly type: 'npipe';
  readonly source: string;
}

/** A cluster (CSI) volume: Swarm services only. */
export interface ClusterMount extends MountBase {
  readonly type: 'cluster';
  readonly source: string;
}

/** What a mount flag means under one docker version. */
export type Mount = BindMount | VolumeMount | TmpfsMount | ImageMount | NpipeMount | ClusterMount;
