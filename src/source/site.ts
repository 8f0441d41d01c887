import type { ClientResult } from '../dialects/docker/client/client-volume.js';
import type { CompiledCommand } from '../dialects/docker/client/compile.js';
import type { DockerInvocation } from '../dialects/docker/client/docker-argv.js';
import type { FlagUse } from '../dialects/docker/client/flag-word.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import type { MountView } from '../mount/view.js';
import type { SpecForm, SpecNode } from '../spec/ast.js';
import type { EditableText } from '../text/editable-text.js';
import type { CommandSource } from './command-source.js';
import type { HostView } from './host.js';

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
