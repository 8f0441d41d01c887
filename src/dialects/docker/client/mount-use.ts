import type { SpecNode } from '../../../spec/ast.js';
import type { ClientResult } from './client-volume.js';
import type { FlagUse } from './flag-word.js';

/** A mount flag of a command, parsed, with what the client makes of it. Nothing is said of one with a hole in it. */
export interface MountUse {
  readonly use: FlagUse;
  readonly node: SpecNode;
  readonly result?: ClientResult;
}

/** How the client ends a command that it refuses: the exit status and the first line on stderr. */
export interface ClientRefusal {
  readonly exit: number;
  readonly stderr: string;
  /** The flag that it is about, where it is about one. */
  readonly use?: FlagUse;
}
