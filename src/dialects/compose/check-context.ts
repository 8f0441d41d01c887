import type { ComposeEntry, ComposeNode } from './node.js';
import type { ComposeProblem } from './problem.js';
import type { ComposeChoice } from './versions.js';

/** What is known of a file besides its text. */
export interface FileContext {
  /** Who may read it. */
  readonly choice: ComposeChoice;
  /** What it does not declare is declared nowhere: all that is read with it is known. */
  readonly isWhole: boolean;
  /** What it does not say is said nowhere: it is run as it is. */
  readonly isRun: boolean;
  /** It is laid over another one, or may be: what it leaves empty may be there. */
  readonly isLaidOver: boolean;
  /** Lines of a template decide what is in it. */
  readonly isBranched: boolean;
}

/** What services take from the top level. */
export const THINGS = ['services', 'volumes', 'networks', 'configs', 'secrets'] as const;

/** The same of all that is read together. */
export interface ProjectContext extends FileContext {
  /** Those of which everything is seen. */
  readonly known: ReadonlySet<(typeof THINGS)[number]>;
  /** What is there by name. */
  readonly declared: Readonly<Record<'networks' | 'services', () => ReadonlyMap<string, ComposeNode>>>;
}

/** Takes what is wrong. */
export type Report = (problem: ComposeProblem) => void;

/** One thing of the top level with its name. */
export type Named = ComposeEntry & { readonly key: string };
