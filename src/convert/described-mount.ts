import type { Dialect } from '../dialects/docker/tables/dialect.js';
import type { Loss, MountForm } from '../forms/loss.js';
import type { Mount } from '../mount/mount.js';
import { holeMark, MOST_MARKS } from '../text/hole-mark.js';
import { displayMarks, type Hole } from '../text/spec-text.js';

/** A mount out of a command or a file. Unknown parts are marks in its texts; `holes` says what stood there. */
export interface DescribedMount {
  /** As it was written, for a person. */
  readonly from: string;
  readonly form: MountForm;
  readonly mount: Mount;
  /** Fields of the Engine API that have no word in `mount`, and are lost. */
  readonly unread?: readonly string[];
  /** The dockers that take it, where not all that were asked for do. */
  readonly dialects?: readonly Dialect[];
  readonly holes: ReadonlyMap<string, Hole>;
}

/** A mount that cannot be carried over, and why. */
export interface OmittedMount {
  readonly from: string;
  readonly why: string;
}

/** All mounts of one container, in order. */
export interface MountList {
  readonly mounts: readonly DescribedMount[];
  readonly omitted: readonly OmittedMount[];
}

/** Why a mount with more holes than there are marks is left alone. */
export const TOO_MANY_HOLES = 'too many parts of it are not known';

/** Losses whose words may cite decoded text, for a person. */
export function displayLosses(losses: readonly Loss[], holes: ReadonlyMap<string, Hole>): readonly Loss[] {
  return holes.size === 0 ? losses : losses.map((loss) => ({ ...loss, why: displayMarks(loss.why, holes) }));
}

/** Gives the holes of several texts marks of their own, so that they may stand side by side in one mount. */
export class HoleTable {
  readonly #holes = new Map<string, Hole>();
  #isFull = false;

  /** The value with its marks renamed. */
  absorb({ value, holes }: { readonly value: string; readonly holes: readonly Hole[] }): string {
    let out = '';
    let at = 0;
    for (const hole of holes) {
      if (this.#holes.size === MOST_MARKS) this.#isFull = true;
      const mark = holeMark(this.#holes.size);
      this.#holes.set(mark, hole);
      out += value.slice(at, hole.range.start) + mark;
      at = hole.range.end;
    }
    return out + value.slice(at);
  }

  /** More holes than there are marks: they cannot be told apart. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** A sentence with its marks as they were written. */
  display(sentence: string): string {
    return displayMarks(sentence, this.#holes);
  }

  /** The holes by their marks. */
  get holes(): ReadonlyMap<string, Hole> {
    return this.#holes;
  }

  /** What a source is that starts with one of the marks. */
  kindOf(source: string, assume: 'bind' | 'volume' | undefined): 'bind' | 'volume' | undefined {
    const hole = this.#holes.get(source[0] ?? '');
    return hole?.absolute || source[1] === '/' ? 'bind' : assume;
  }
}
