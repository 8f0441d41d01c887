import type { Dialect } from '../dialects/docker/tables/dialect.js';
import type { Loss, MountForm } from '../forms/loss.js';
import { openTexts } from '../mount/fields.js';
import type { Mount } from '../mount/mount.js';
import { holeMark, MOST_MARKS } from '../text/hole-mark.js';
import { displayMarks, type Hole, type SpecText } from '../text/spec-text.js';
import { dividingWhy, type ForeignHole, kindOfWord, mayVanish, type VariableLanguage } from './variables.js';

/** A mount out of a command or a file. Unknown parts are marks in its texts; `holes` says what stood there. */
export interface DescribedMount {
  /** As it was written, for a person. */
  readonly from: string;
  readonly form: MountForm;
  readonly mount: Mount;
  /** What was written and is not in `mount`. */
  readonly lost?: readonly Loss[];
  /** The dockers that take it, where not all that were asked for do. */
  readonly dialects?: readonly Dialect[];
  readonly holes: ReadonlyMap<string, ForeignHole>;
}

/** A mount that cannot be carried over, and why. */
export interface OmittedMount {
  readonly from: string;
  readonly why: string;
}

/** All mounts of another container, which `--volumes-from` takes over. */
export interface TakenMounts {
  /** As it was written, for a person. */
  readonly from: string;
  /** Its name or id; unknown parts are marks. */
  readonly container: string;
  /** After the colon. */
  readonly mode?: string;
  /** What was written and is not in it. */
  readonly lost?: readonly Loss[];
  readonly holes: ReadonlyMap<string, ForeignHole>;
}

/** All mounts of one container, in order. */
export interface MountList {
  readonly mounts: readonly DescribedMount[];
  readonly taken?: readonly TakenMounts[];
  readonly omitted: readonly OmittedMount[];
}

/** Why a mount with more holes than there are marks is left alone. */
export const TOO_MANY_HOLES = 'too many parts of it are not known';

/** What `--volumes-from`, `VolumesFrom` and Compose's `container:` take, `NAME[:MODE]`; a sentence where it cannot be known. */
export function takeMounts(
  text: Pick<SpecText, 'value' | 'holes'>,
  from: string,
  language: VariableLanguage | undefined,
): TakenMounts | string {
  const dividing = dividingWhy(text.holes);
  if (dividing !== undefined) return dividing;
  const table = new HoleTable(language);
  const [container = '', mode, ...more] = table.absorb(text).split(':');
  if (table.isFull) return TOO_MANY_HOLES;
  if (container === '' || more.length > 0) return 'docker refuses it: it takes a container and a mode';
  if (mode === undefined) return { from, container, holes: table.holes };
  if ([...table.holes.keys()].some((mark) => mode.includes(mark))) return 'its mode is not known';
  return { from, container, mode, holes: table.holes };
}

/** Losses whose words may cite decoded text, for a person. */
export function displayLosses(losses: readonly Loss[], holes: ReadonlyMap<string, Hole>): readonly Loss[] {
  return holes.size === 0 ? losses : losses.map((loss) => ({ ...loss, why: displayMarks(loss.why, holes) }));
}

/** Gives the holes of several texts marks of their own, so that they may stand side by side in one mount. */
export class HoleTable {
  readonly #holes = new Map<string, ForeignHole>();
  readonly #language: VariableLanguage | undefined;
  #isFull = false;

  constructor(language: VariableLanguage | undefined) {
    this.#language = language;
  }

  /** The value with its marks renamed. */
  absorb({ value, holes }: { readonly value: string; readonly holes: readonly Hole[] }): string {
    let out = '';
    let at = 0;
    for (const hole of holes) {
      if (this.#holes.size === MOST_MARKS) this.#isFull = true;
      const mark = holeMark(this.#holes.size);
      this.#holes.set(mark, { ...hole, language: this.#language });
      out += value.slice(at, hole.range.start) + mark;
      at = hole.range.end;
    }
    return out + value.slice(at);
  }

  /** More holes than there are marks: they cannot be distinguished. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** A sentence with its marks as they were written. */
  display(sentence: string): string {
    return displayMarks(sentence, this.#holes);
  }

  /** The holes by their marks. */
  get holes(): ReadonlyMap<string, ForeignHole> {
    return this.#holes;
  }

  /** Why the mount does not say all that was written: a hole that is not in a path or a name changes what it means. */
  lostIn(mount: Mount): string | undefined {
    const texts = openTexts(mount);
    for (const [mark, { text }] of this.#holes)
      if (!texts.some((one) => one.includes(mark))) return `what \`${text}\` holds is not known`;
    return undefined;
  }

  /** What a source is that starts with one of the marks. */
  kindOf(source: string, assume: 'bind' | 'volume' | undefined): 'bind' | 'volume' | undefined {
    return kindOfOpen(source, this.#holes, assume);
  }
}

/** What a source is that starts with a hole: a path where the hole is one, or where only a path can go on like that. */
export function kindOfOpen(
  source: string,
  holes: ReadonlyMap<string, Hole>,
  assume: 'bind' | 'volume' | undefined,
): 'bind' | 'volume' | undefined {
  const hole = holes.get(source[0] ?? '');
  if (hole?.absolute || source[1] === '/') return 'bind';
  // Where it may come to nothing there is no source at all, and forms differ in what that is.
  if (hole !== undefined && source.length === 1 && mayVanish(hole)) return undefined;
  const shown = hole && kindOfWord(hole);
  // A word that everybody sees to be something else is no such thing.
  return shown === undefined || shown === assume ? assume : undefined;
}
