/** What is at a path: nothing, something, or an error that stat(2) gives (`stat /f/x: not a directory`). */
export type PathState = 'directory' | 'file' | 'missing' | { readonly error: string };

/** How mounts pass into and out of the file system that a path is on. */
export interface PathPropagation {
  /** Where that file system is mounted. */
  readonly mountPoint: string;
  readonly kind: 'shared' | 'slave' | 'private';
}

/** What is known of the machine that the engine runs on. Every answer may be undefined: not known. */
export interface System {
  /** What an absolute path is on the engine's file system. */
  pathState(path: string): PathState | undefined;
  pathPropagation?(path: string): PathPropagation | undefined;
  /** Whether a volume of that name exists. */
  hasVolume?(name: string): boolean | undefined;
  /** Where the engine keeps its data (`docker info`'s Docker Root Dir). */
  readonly daemonRoot?: string;
  /** Whether a Windows engine runs this container as a Linux one (LCOW). */
  readonly runsLinuxContainers?: boolean;
}
