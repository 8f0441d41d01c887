import type { Range } from '../../text/range.js';

/** A mount as podman would make it: what decides whether two of them may share a target. */
export interface PodmanMount {
  readonly type: 'bind' | 'volume' | 'tmpfs' | 'image' | 'devpts' | 'glob' | 'ramfs' | 'artifact';
  /** Absent for an anonymous volume. */
  readonly source?: string;
  /** As typed. */
  readonly target: string;
  /** The words that are kept, in their order. */
  readonly words: readonly string[];
  /** Nothing that is written reaches the container's files for good: `:O`. */
  readonly isOverlay?: true;
}

/** What `podman create` says to one flag, as far as no file of the machine decides. */
export type PodmanVerdict =
  | { readonly kind: 'accepted'; readonly mount: PodmanMount }
  | {
      readonly kind: 'refused';
      /** podman's own words. */
      readonly message: string;
      /** What of the value it is about; the whole where it is about no part. */
      readonly range: Range;
    };

/** A refusal. */
export const refuse = (message: string, range: Range): PodmanVerdict => ({ kind: 'refused', message, range });
