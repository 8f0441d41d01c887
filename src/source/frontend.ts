import type { ComposeTree } from '../dialects/compose/node.js';
import type { ViewBuild, ViewForm, YamlType } from '../mount/view.js';
import type { TextEdit } from '../text/edit.js';
import type { OffsetMap } from '../text/offset-map.js';
import type { Range } from '../text/range.js';
import type { CommandSource, Engine, ShellKind } from './command-source.js';
import type { ExpansionBudget } from './expansion-budget.js';
import type { FileKind } from './file-kinds.js';
import type { HostedText } from './hosted-text.js';
import type { NewText } from './new-text.js';

export type { Engine, ShellKind } from './command-source.js';

/** How the characters of a word are quoted: a stretch of its value, and where its content stands in the host's value. */
export interface QuotedPiece {
  readonly style: 'bare' | 'double' | 'single' | 'ansi';
  /** In the word's value. */
  readonly range: Range;
  /** In the host's value, quotes left out. */
  readonly raw: Range;
}

/** One word as the program would receive it. */
export interface FoundWord extends HostedText {
  /** The text that it stands in. */
  readonly host: HostedText;
  /** Where it stands there, quotes included. */
  readonly raw: Range;
  /** From its value to the host's value. */
  readonly local: OffsetMap;
  readonly pieces: readonly QuotedPiece[];
  /** Words with the same name stand in one list: a command, an array, a string that the shell splits. */
  readonly list: string;
  /** It came out of a variable or an array that the same file assigns. */
  readonly via?: string;
  /** The string that the shell split to get it, and its range there. */
  readonly within?: { readonly word: FoundWord; readonly range: Range };
  /** What the elements of the array come to that a quoted `"${A[*]}"` makes one word of. */
  readonly joined?: string;
  /** It is only there in some runs: its assignment stands in an `if` or the like. */
  readonly conditional?: boolean;
  /** It names an engine, and in some runs the shell puts another one there. */
  readonly isUnsure?: boolean;
}

/** One command of a container engine, found in a file: its words as the shell would pass them. */
export interface FoundCommand extends CommandSource {
  /** The language of the text that it stands in: `makefile` where make reads it before the shell does. */
  readonly language: FileKind;
  /** The engine's word first; what stands before it (`sudo -E`, `env A=b`, `time`) is left out. */
  readonly words: readonly FoundWord[];
  /** The text that the shell reads, and where in it the whole command stands, prefixes included. */
  readonly host: HostedText;
  readonly range: Range;
  /** Whether it stands in an `if`, a loop, a `case` arm or after `&&`. */
  readonly conditional: boolean;
  /** The command is cut off on purpose: the value of an alias or a make variable that other words follow. */
  readonly partial?: boolean;
  /** It stands in a comment. */
  readonly isComment?: boolean;
  /** Flags that were meant for the command above and that a broken line cut off; the engine's own words are implied. */
  readonly cutOff?: boolean;
  /** The edit that puts other words in place of `words[from…to)`; undefined when they do not stand side by side. */
  replaceWords(from: number, to: number, words: readonly NewText[]): TextEdit | undefined;
}

/** How a mount that stands outside a command is written. */
export type FoundForm = ViewForm | 'compose-tmpfs' | 'devcontainer';

/** One key of a mount that is written as an object; `value` is undefined for lists and nested objects. */
export interface FoundField {
  /** Dotted, such as `bind.propagation`. */
  readonly key: string;
  readonly keyRange: Range;
  readonly value: HostedText | undefined;
  readonly valueRange: Range;
  /** What the host took the value for. */
  readonly type: YamlType;
}

/** A mount that stands outside a docker command. Ranges are in the file. */
export interface FoundMount {
  readonly form: FoundForm;
  /** The spec; for an object the empty text at its start. */
  readonly spec: HostedText;
  readonly range: Range;
  /** The keys of a mount that is written as an object. */
  readonly fields?: readonly FoundField[];
  /** Mounts of one group end up in one container: the name of a service, the number of a RUN. */
  readonly group: string;
  /** Whose container it is, where the file says so; docker's if not. */
  readonly engine?: Engine;
  /** No client makes its source absolute: the engine gets it as it is written. */
  readonly isSentAsIs?: true;
  /** The devcontainer CLI makes a line of a Compose file of it: source and target alone, and Compose reads these. */
  readonly isByCompose?: true;
  /** A text that stands where a list of mounts must be. */
  readonly isNoList?: true;
  /** Lines of a template decide which of the file's mounts there are. */
  readonly isBranched?: true;
  /** Of `RUN --mount`. */
  readonly build?: ViewBuild;
}

/** What an instruction of a Dockerfile says of mounts without being one. */
export interface FoundInstruction {
  /** `VOLUME`, or `RUN` for a flag of it that is none. */
  readonly name: 'VOLUME' | 'RUN';
  /** What follows the name, or the flag and the blanks after it. */
  readonly text: HostedText;
}

/** A named volume that a Compose file declares. */
export interface FoundVolume {
  readonly name: string;
  readonly range: Range;
  /** What it says of it: `driver`, `driver_opts.type`. */
  readonly fields?: readonly FoundField[];
}

/** Another file that a Compose file takes something from. */
export interface FoundReference {
  /** `include`: services and volumes; `extends`: what a service mounts. */
  readonly kind: 'include' | 'extends';
  readonly range: Range;
}

/** One entry of a unit. */
export interface FoundEntry {
  /** The section that it stands in; undefined where that is not known. */
  readonly section: string | undefined;
  readonly key: HostedText;
  /** Lines joined, as it is written. */
  readonly value: HostedText;
  readonly range: Range;
  /** A template decides whether it is there. */
  readonly conditional: boolean;
}

/** A unit that Quadlet makes a service of. Ranges are in the file. */
export interface FoundUnit {
  /** What its name ends in, or what its section says: `container`. */
  readonly ending: string;
  readonly sections: readonly { readonly section: string; readonly range: Range }[];
  readonly entries: readonly FoundEntry[];
  /** More entries may come from elsewhere. */
  readonly isPartial: boolean;
  /** Lines that are neither a section, nor an entry, nor a comment. */
  readonly broken: readonly Range[];
}

/** A comment that may hold a directive. */
export interface FoundComment {
  /** Without the marks of a comment. */
  readonly text: string;
  readonly range: Range;
}

/** Something that the front-end could not read. */
export interface FoundProblem {
  /** What is wrong and with what; lower case, no final full stop. */
  readonly message: string;
  readonly range: Range;
  /**
   * `file`: the file is surely broken. `template`: so it looks, but something else may fill it in or read it before.
   * `part`: a text inside the file is broken, such as a block of documentation. `unread`: more than its reader takes, wherever
   * it stands.
   */
  readonly scope: 'file' | 'template' | 'part' | 'unread';
}

/** All that a front-end found in one file, in the file's order. */
export interface Findings {
  readonly commands: readonly FoundCommand[];
  readonly mounts: readonly FoundMount[];
  readonly volumes: readonly FoundVolume[];
  readonly references: readonly FoundReference[];
  readonly units: readonly FoundUnit[];
  /** The documents of a Compose file. */
  readonly trees: readonly ComposeTree[];
  /** Those that documentation shows, of which any part may be left out. */
  readonly shown: readonly ComposeTree[];
  readonly instructions: readonly FoundInstruction[];
  readonly comments: readonly FoundComment[];
  readonly problems: readonly FoundProblem[];
}

/** Collects findings while a file is read. */
export interface Sink {
  readonly commands: { push(command: FoundCommand): unknown };
  readonly mounts: FoundMount[];
  readonly volumes: FoundVolume[];
  readonly references: FoundReference[];
  readonly units: FoundUnit[];
  readonly trees: ComposeTree[];
  readonly shown: ComposeTree[];
  readonly instructions: FoundInstruction[];
  readonly comments: FoundComment[];
  readonly problems: FoundProblem[];
}

/** A sink with nothing in it, which keeps the commands. */
export function makeSink(): Sink & { readonly commands: FoundCommand[] } {
  return {
    commands: [],
    mounts: [],
    volumes: [],
    references: [],
    units: [],
    trees: [],
    shown: [],
    instructions: [],
    comments: [],
    problems: [],
  };
}

/** Reads the mounts of one kind of file. Any text gives an answer; nothing is thrown. */
export type ReadText = (host: HostedText, sink: Sink, context: ReadContext) => void;

/** What is known about the text besides its characters. */
export interface ReadContext {
  readonly path?: string;
  /** More words that run an engine. */
  readonly commands?: Readonly<Record<string, Engine>>;
  readonly shell?: ShellKind;
  /** The language that the commands found are said to stand in. */
  readonly language?: FileKind;
  /** Documentation: `<path>` and `...` are left to the reader. */
  readonly placeholders?: boolean;
  /** What the variables of the whole file may come to. */
  readonly budget?: ExpansionBudget;
  /** Commands in comments are looked for too. */
  readonly comments?: boolean;
  /** How many texts of other kinds this one is inside of; reading stops at a depth that nobody writes. */
  readonly depth?: number;
  /** Tells what several services have in common (anchors) for each of them, and not once. */
  readonly everyService?: boolean;
  /** Reads a text of another kind that stands in this one. */
  readNested?(kind: FileKind, text: HostedText, context: ReadContext): void;
}
