import type { Range } from '../../text/range.js';

/** Something for which Compose refuses a file. */
export interface ComposeProblem {
  readonly range: Range;
  readonly kind: 'unknown-key' | 'value' | 'undefined' | 'undeclared-volume' | 'double' | 'yaml';
  readonly message: string;
  readonly help: string;
  /** Of what not every one refuses. */
  readonly severity?: 'warning';
  /** Of an unknown key: what it is. */
  readonly key?: string;
  /** The key that was meant. */
  readonly better?: string;
  /** Another place that belongs to it. */
  readonly other?: { readonly range: Range; readonly message: string };
}
