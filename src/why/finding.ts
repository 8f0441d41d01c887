import type { CauseName } from '../explain/causes.js';
import type { Severity } from '../text/diagnostic.js';

/** What fixes a trouble: commands for a shell of the host, or other words in what made the container. */
export type Remedy =
  | { readonly kind: 'run'; readonly commands: readonly string[] }
  | {
      readonly kind: 'change';
      /** As it is written, or as docker keeps it: `-v src:/app`. */
      readonly from: string;
      readonly to: string;
    };

/** One cause of a trouble with a mount. */
export interface TroubleFinding {
  readonly cause: CauseName;
  readonly severity: Severity;
  /** Where in the container; absent for what is about all of it. */
  readonly target?: string;
  /** What is so and why; lower-case start, no final full stop, others' texts in backticks. */
  readonly message: string;
  /** What to do, where the remedy does not say it all. */
  readonly help?: string;
  readonly remedy?: Remedy;
}

/** Something that was not looked at. */
export interface Unseen {
  readonly what: string;
  readonly why: string;
  /** What to run to look. */
  readonly command?: string;
}
