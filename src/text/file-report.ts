import type { Diagnostic } from './diagnostic.js';

/** What was found in one text; `path` is undefined for a command that was given as an argument. */
export interface FileReport {
  /** As the user would name it; slashes go forward. */
  readonly path: string | undefined;
  /** The text that the ranges are in. */
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  /** Findings that there is no room for, for who counts them: the last of the others stands for them. */
  readonly left?: readonly Diagnostic[];
  /** The bytes of a text that is made of this one, for a patch; undefined where nobody knows them. */
  readonly toBytes?: (text: string) => Uint8Array | undefined;
}
