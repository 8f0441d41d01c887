import type { MountView, Program, ViewField, ViewPart } from '../mount/view.js';
import type { Severity } from '../text/diagnostic.js';
import type { EditableText } from '../text/editable-text.js';
import type { Range } from '../text/range.js';
import type { Dialect } from './docker/tables/dialect.js';

/** What a mount means as far as that is known: `type` is undefined where nobody can say. */
export interface Meaning {
  /** `bind`, `volume`, `tmpfs`, … in lower case. */
  readonly type?: string;
  readonly isReadonly?: boolean;
}

/** What a program makes of something that it does not like, in a rule's words. */
export interface Verdict {
  readonly message: string;
  readonly help: string;
  /** The rule's own where it is left out. */
  readonly severity?: Severity;
}

/** A verdict on a part of a mount. */
export interface PlacedVerdict extends Verdict {
  /** In the file. */
  readonly place: Range;
  /** What fixes it. */
  readonly change?: {
    readonly host: EditableText;
    readonly range: Range;
    readonly text: string;
    readonly title: string;
  };
}

/** A verdict on more colons than the short form has a use for. */
export interface ColonVerdict {
  /** Where they stand between modes, and where they do not. */
  readonly modes: string;
  readonly paths: string;
  readonly help: string;
  /** All of it is refused, and nobody fixes it; from the second colon on where it is left out. */
  readonly place?: Range;
}

/** A verdict on the type of a mount. */
export interface TypeVerdict extends Verdict {
  readonly place: Range;
  /** The word that is wrong; absent where there is none. */
  readonly part?: ViewPart;
  /** What may have been meant. */
  readonly known: readonly string[];
}

/** A verdict on a mode that the program does not know. */
export interface ModeVerdict {
  /** What it is not: a `mode of -v`. */
  readonly noun: string;
  /** What becomes of it: `the engine refuses it`. */
  readonly effect: string;
  readonly severity?: Severity;
  /** It is dropped: writing what was meant changes what the mount does. */
  readonly isIgnored?: boolean;
  /** The modes of a program that has others than docker. */
  readonly known?: readonly string[];
}

/** A verdict on a key that the program does not know. */
export interface KeyVerdict extends Verdict {
  /** The key that was meant. */
  readonly better?: string;
  /** The whole field that was meant. */
  readonly field?: string;
  /** The field says what is so without it. */
  readonly isNeedless?: boolean;
}

/** What a reading depends on besides the mount. */
export interface VerdictContext {
  /** The docker that the program works with, or is. */
  readonly dialect: Dialect;
  /** Absolute; undefined where it is not known where the command will run. */
  readonly cwd?: string;
  /** For a service of Swarm. */
  readonly isService?: boolean;
  /** `docker stack deploy` may read the file, which knows fewer keys of an entry and drops the others. */
  readonly mayBeStack?: boolean;
  /** The program is a variable: it may be another one that takes docker's flags. */
  readonly isUnsure?: boolean;
}

/**
 * How a program reads mounts, and what it says of those that it does not like; undefined where it takes them, or nobody can
 * say. What a program has no word on, it has no method for.
 */
export interface ProgramDialect {
  readonly name: Program;
  /** What the mount means to it; `docker` is the docker that it works with. */
  meaning(view: MountView, docker: Dialect): Meaning;
  /** Of a mount without a target. */
  missingTarget?(view: MountView, meaning: Meaning): (Verdict & { readonly place?: Range }) | undefined;
  /** Of the type of a mount. */
  unknownType?(view: MountView, meaning: Meaning, context: VerdictContext): TypeVerdict | undefined;
  /** Of a key of the record. */
  unknownKey?(field: ViewField, view: MountView): KeyVerdict | undefined;
  /** Of what the release that is asked does not have yet; another severity than the rule's where it takes it all the same. */
  notYet?(view: MountView, meaning: Meaning, context: VerdictContext): readonly PlacedVerdict[];
  /** Of the values of its keys. */
  wrongValues?(view: MountView, meaning: Meaning, context: VerdictContext): readonly PlacedVerdict[];
  /** Of options that belong to another type of mount. */
  misplacedOptions?(view: MountView, meaning: Meaning, context: VerdictContext): readonly PlacedVerdict[];
  /** Of a path as the source of a volume. */
  pathAsVolume?(view: MountView, meaning: Meaning, context: VerdictContext): PlacedVerdict | undefined;
  /** Of colons that neither separate source, target and modes nor can be a part of one. */
  tooManyColons?(view: MountView, context: VerdictContext): ColonVerdict | undefined;
  /** Of what is refused when all of it comes together. */
  refuses?(view: MountView, context: VerdictContext): PlacedVerdict | undefined;
  /** Of a word after the second colon. */
  unknownMode(word: string, context: VerdictContext): ModeVerdict | undefined;
  /** Of a second mount on one target; `target` is how it is written. */
  sameTarget?(first: MountView, second: MountView, context: VerdictContext): Verdict | undefined;
}
