import type { TextEdit } from '../text/edit.js';
import type { EditableText, Replacement } from '../text/editable-text.js';
import type { Range } from '../text/range.js';

/** Whose command it is; `nvidia-docker` is docker, `docker compose` is compose. */
export type Engine = 'docker' | 'podman' | 'nerdctl' | 'compose';

/** What makes words of the text: it settles tildes, quoting, and what may be split. `exec`: the words were given as a list. */
export type ShellKind = 'sh' | 'bash' | 'zsh' | 'fish' | 'powershell' | 'cmd' | 'systemd' | 'exec';

/** A word as it reaches the engine. */
export interface CommandWord extends EditableText {
  /** Only there in some runs. */
  readonly conditional?: boolean;
  /** Names an engine, but in some runs another one. */
  readonly isUnsure?: boolean;
  /** What the elements of the array come to that a quoted `"${A[*]}"` makes one word of. */
  readonly joined?: string;
  /** The text that a shell reads it from, and where it stands there, quotes included; absent for words given as such. */
  readonly host?: EditableText;
  readonly raw?: Range;
}

/** A command of a container engine as its words reach it, the engine's own word first. */
export interface CommandSource {
  readonly engine: Engine;
  readonly shell: ShellKind;
  /** The kind of file that it was found in; absent for words that were given as such. */
  readonly language?: string;
  /** Cut off on purpose: the value of an alias or a make variable that other words follow. */
  readonly partial?: boolean;
  /** It stands in a comment, and is only what somebody may run. */
  readonly isComment?: boolean;
  /** Nobody but the engine reads the mounts: no client makes a source absolute. */
  readonly isSentAsIs?: true;
  /** Flags that were meant for the command above and that a broken line cut off; the engine's own words are implied. */
  readonly cutOff?: boolean;
  /** The variables that the script sets itself, by name. */
  readonly assigned?: ReadonlySet<string>;
  readonly words: readonly CommandWord[];
  /** The text that the shell reads, and where in it the whole command stands. */
  readonly host?: EditableText;
  readonly range?: Range;
  /** The edit that puts other words in place of `words[from…to)`; undefined where that cannot be done right. */
  replaceWords?(from: number, to: number, words: readonly Replacement[]): TextEdit | undefined;
}
