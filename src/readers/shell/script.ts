import type { ArrayValue, Command, Word } from 'unbash';
import type { Range } from '../../text/range.js';

/** Where in a script something stands. */
export interface ScriptPosition {
  readonly pos: number;
  /** 0 outside functions; each function has its own number. */
  readonly scope: number;
  readonly conditional: boolean;
}

/** One assignment; without a value when what is assigned cannot be known. */
export interface ShellAssignment extends ScriptPosition {
  readonly name: string;
  readonly append: boolean;
  readonly local: boolean;
  readonly value: Word | ArrayValue | undefined;
}

/** One simple command, and the commands that read what it prints. */
export interface ShellCommand extends ScriptPosition {
  readonly node: Command;
  readonly feeds: readonly Command[];
}

/** A function: where it stands, and the scope of what stands in it. */
export interface ShellFunction extends Range {
  readonly scope: number;
  /** It is there in some runs only. */
  readonly conditional: boolean;
}

/** What one pass over a script's tree collects. */
export interface ShellScript {
  readonly commands: ShellCommand[];
  readonly assignments: ReadonlyMap<string, readonly ShellAssignment[]>;
  /** Functions by name. */
  readonly functions: ReadonlyMap<string, ShellFunction>;
  /** Scripts in escaped backticks: their offsets are not those of the text around. */
  readonly detached: readonly Range[];
  /** Other scripts in backticks: nothing that would need an escape may be written there. */
  readonly ticked: readonly Range[];
  /** Words and heredocs, where a `#` starts no comment; left out unless they were asked for. */
  readonly opaque: readonly Range[];
}
