import type { ClientResult } from '../dialects/docker/client/client-volume.js';
import type { CompiledCommand } from '../dialects/docker/client/compile.js';
import type { DockerInvocation } from '../dialects/docker/client/docker-argv.js';
import type { FlagUse } from '../dialects/docker/client/flag-word.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import type { MountView } from '../mount/view.js';
import type { SpecForm, SpecNode } from '../spec/ast.js';
import type { TextEdit } from '../text/edit.js';
import type { EditableText, Replacement } from '../text/editable-text.js';
import type { Range } from '../text/range.js';
import type { HostView } from './host.js';

/** Whose command it is. */
export type Engine = 'docker' | 'podman' | 'nerdctl' | 'compose';

/** What made words of the text; `exec`: they were given as a list. */
export type ShellKind = 'sh' | 'bash' | 'zsh' | 'fish' | 'powershell' | 'cmd' | 'systemd' | 'exec';

/** A word as it reaches the engine. */
export interface CommandWord extends EditableText {
  /** Only there in some runs. */
  readonly conditional?: boolean;
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
  /** Cut off on purpose: other words will follow. */
  readonly partial?: boolean;
  /** It stands in a comment, and is only what somebody may run. */
  readonly isComment?: boolean;
  /** Flags that a broken line cut off from the command above. */
  readonly cutOff?: boolean;
  readonly words: readonly CommandWord[];
  /** The text that the shell reads, and where in it the whole command stands. */
  readonly host?: EditableText;
  readonly range?: Range;
  /** The edit that puts other words in place of `words[from…to)`; undefined where that cannot be done right. */
  replaceWords?(from: number, to: number, words: readonly Replacement[]): TextEdit | undefined;
}

/** One mount flag of a command, for a rule to judge. Offsets of `node` are offsets of `text.value`. */
export interface Site<Node extends SpecNode = SpecNode> {
  readonly form: SpecForm;
  readonly text: EditableText;
  readonly node: Node;
  readonly use: FlagUse;
  /** What is written, whatever the form. */
  readonly view: MountView;
  /** What the client does with it; absent when a hole is in it. */
  readonly result?: ClientResult;
}

/** A command, read and compiled for one dialect: what rules look at. Word numbers count from docker's own word (0). */
export interface CommandView {
  readonly source: CommandSource;
  readonly dialect: Dialect;
  /** Where relative paths are relative to; undefined when it is not known (a file's commands). */
  readonly cwd?: string;
  /** Given only where the command will run on this machine, and paths may be looked at. */
  readonly host?: HostView;
  /** Absent for what mountc does not read as a command that takes mounts. */
  readonly invocation?: DockerInvocation;
  /** The client's verdict on the whole command; absent for engines other than docker. */
  readonly compiled?: CompiledCommand;
  readonly sites: readonly Site[];
}
