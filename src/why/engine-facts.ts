import type { UserNumbers } from './credentials.js';

/** What an engine says of its machine; what is absent is not known. */
export interface EngineFacts {
  /** What the numbers of users in a container are on the machine: the same, or those of `userns-remap`. */
  readonly users?: UserNumbers;
  /** By how much its clock is behind this machine's, in milliseconds; negative where it is in front. */
  readonly behind?: number;
}
