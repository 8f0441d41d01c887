import type { UserNumbers } from './credentials.js';
import type { MountLine } from './mount-lines.js';

/** How far two clocks may differ before programs that compare times of files go wrong, in milliseconds. */
const MOST_BEHIND = 3000;

/** `the clock of the engine's machine is 60 s behind this one`; nothing where both say nearly the same. */
export function clockTrouble(behind = 0): string | undefined {
  if (Math.abs(behind) < MOST_BEHIND) return undefined;
  const seconds = Math.round(Math.abs(behind) / 1000);
  return `the clock of the engine's machine is ${seconds} s ${behind > 0 ? 'behind' : 'in front of'} this one`;
}

/** What to do about that. */
export const SET_CLOCK =
  'start the virtual machine of the engine again, or set its clock (sudo hwclock -s in it)';

/** What an engine says of its machine; what is absent is not known. */
export interface EngineFacts {
  /** What the numbers of users in a container are on the machine: the same, or those of `userns-remap`. */
  readonly users?: UserNumbers;
  /** By how much its clock is behind this machine's, in milliseconds; negative where it is in front. */
  readonly behind?: number;
  /** The folder in which a rootless engine keeps its data. */
  readonly rootlessData?: string;
  /** The process of a rootless engine of this machine. */
  readonly rootless?: RootlessEngine;
}

/** A rootless docker as its process is seen from this machine. */
export interface RootlessEngine {
  /** Where it listens. */
  readonly socket: string;
  readonly users: Exclude<UserNumbers, 'same'>;
  /** Through which this machine sees its files, such as `/proc/123/root`. */
  readonly root: string;
  readonly mounts: readonly MountLine[];
  /** Folders of which it has a copy, made when it was started: what came to the host's later is not in it. */
  readonly copied: readonly string[];
}
