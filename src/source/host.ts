import type { PathState } from '../dialects/docker/engine/system.js';

/** What is known of the machine that the command is typed on, and of where the engine is; what is absent is not known. */
export interface HostView {
  /** What an absolute path is on this machine. */
  pathState(path: string): PathState | undefined;
  /** The engine sees the same files as this machine. */
  readonly engineIsHere?: boolean;
  /** The machine that the engine runs on, when it is another one: `ssh://me@server`. */
  readonly remote?: string;
  /**
   * Whether nothing is there that a relative path in the file may mean, in whatever folder it is read, nor anything that may become
   * it: what git ignores, what has an example next to it, what the file itself makes. Absent where relative paths are not looked at.
   */
  isNowhere?(path: string): boolean;
  /** Whether an empty folder is there that a relative path in the file may mean. */
  isEmptyFolder?(path: string): boolean;
  /** Whether a folder of that name lies where the command runs, or may run. */
  isFolderBeside?(name: string): boolean;
  /** Whether the engine has a volume of that name; undefined where it does not say. Absent where it is not asked. */
  hasVolume?(name: string): boolean | undefined;
  /** What is there instead of an absolute path that is missing, one mistyped letter away. */
  nearPath?(path: string): string | undefined;
  readonly home?: string;
  /** A shell of MSYS started it, which rewrites arguments that look like paths. */
  readonly isMsys?: boolean;
  /** docker is from a snap package, which sees a part of the files only. */
  readonly isSnap?: boolean;
  /** This is a container, and its engine is the one outside. */
  readonly isInContainer?: boolean;
  /** Whether a path of this container is at the same place outside; only with `isInContainer`. */
  isShared?(path: string): boolean;
}

/** A host as an example of a rule describes it. */
export interface ExampleHost
  extends Pick<HostView, 'engineIsHere' | 'remote' | 'home' | 'isMsys' | 'isSnap' | 'isInContainer'> {
  /** Everything else is missing. */
  readonly paths?: Readonly<Record<string, 'directory' | 'file'>>;
  /** What is at the same place outside of the container. */
  readonly shared?: readonly string[];
  /** Relative paths that are nowhere. */
  readonly nowhere?: readonly string[];
  /** Relative paths that are empty folders. */
  readonly empty?: readonly string[];
  /** Folders next to the command. */
  readonly beside?: readonly string[];
  /** What is there instead of a missing path. */
  readonly near?: Readonly<Record<string, string>>;
}
