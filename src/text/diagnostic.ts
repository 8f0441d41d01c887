import type { TextEdit } from './edit.js';
import type { Range } from './range.js';

/**
 * error: docker surely rejects it, or the shell or make surely runs something else than was written.
 * warning: accepted, and surely surprising. info: advice.
 */
export type Severity = 'error' | 'warning' | 'info';

/** The severities from the most severe to the least severe. */
export const SEVERITIES = ['error', 'warning', 'info'] as const satisfies readonly Severity[];

/** A change that fixes a finding. `safe`: the meaning that docker would have seen is kept, or there was none. */
export interface Fix {
  /** What it does, as an order: "remove the space". */
  readonly title: string;
  readonly safety: 'safe' | 'unsafe';
  /** In the source; they do not overlap. */
  readonly edits: readonly TextEdit[];
}

/** Another place that belongs to a finding, such as the first of two mounts on one target. */
export interface Related {
  readonly range: Range;
  readonly message: string;
}

/** One finding. Ranges are offsets in the source text that was given. */
export interface Diagnostic {
  readonly code: string;
  readonly rule: string;
  readonly severity: Severity;
  /** What is wrong and why; starts in lower case, has no final full stop, quotes the user's text in backticks. */
  readonly message: string;
  /** What to do. */
  readonly help: string;
  readonly range: Range;
  readonly related?: readonly Related[];
  readonly fix?: Fix;
}
