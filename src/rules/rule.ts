import type { Meaning, VerdictContext } from '../dialects/program.js';
import type { MountView, Program } from '../mount/view.js';
import type { FileView } from '../source/file-view.js';
import type { ExampleHost } from '../source/host.js';
import type { CommandView, Site } from '../source/site.js';
import type { Diagnostic, Fix, Related, Severity } from '../text/diagnostic.js';
import type { Range } from '../text/range.js';

/** A command that shows a rule; a string is the command alone. */
export type Example =
  | string
  | {
      readonly command: string;
      /** The kind of file that `command` is the text of; a shell command when left out. */
      readonly file?:
        | 'makefile'
        | 'powershell'
        | 'batch'
        | 'compose'
        | 'dockerfile'
        | 'yaml'
        | 'devcontainer'
        | 'quadlet';
      /** Who reads `RUN --mount`. */
      readonly builder?: 'buildkit' | 'buildah';
      /** Of a unit of Quadlet, the names of the units around it. */
      readonly units?: readonly string[];
      /** The docker version that it is judged by; the newest when left out. */
      readonly docker?: string;
      /** The oldest docker of a fleet of which `docker` is the newest. */
      readonly since?: string;
      readonly engine?: string;
      readonly engineOs?: 'linux' | 'windows';
      /** What is known of the machine; nothing when left out. */
      readonly host?: ExampleHost;
      /** The command after the rule's fix, safe or not. */
      readonly fixed?: string;
    };

/** What a rule reports. */
export interface Finding {
  /** In the source: use `at` of `./places.js` to get there from a spec's own offsets. */
  readonly range: Range;
  /** What is wrong and why; lower case, no final full stop, user text in backticks. */
  readonly message: string;
  /** What to do. */
  readonly help: string;
  /** The rule's own severity when left out. */
  readonly severity?: Severity;
  readonly related?: readonly Related[];
  readonly fix?: Fix;
}

/** Takes a finding. */
export type Report = (finding: Finding) => void;

/** What is known of the mounts of one container besides what is written. */
export interface ContainerContext extends VerdictContext {
  /** The command that makes it; absent for the mounts of a file. */
  readonly command?: CommandView;
  meaning(view: MountView): Meaning;
  /** Whether another container of the file mounts the same source, as it is written, to write into. */
  isWritten(source: string): boolean;
  /** Whether the mount is there in some runs only. */
  isConditional(view: MountView): boolean;
}

/** What is known of one mount besides what is written. */
export interface MountContext extends VerdictContext {
  readonly meaning: Meaning;
  readonly command?: CommandView;
  /** Its flag, where it is one. */
  readonly site?: Site;
  /** The volumes that its Compose file declares. */
  readonly declared?: ReadonlySet<string>;
}

/** A rule: what it is about, examples that are tests and documentation, and the check. */
export interface Rule {
  /** `MC` and three digits; never reused. */
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  /** Off unless somebody turns it on. */
  readonly isOptional?: boolean;
  /** Whose commands it is about; `any`: of every engine that takes docker's flags; of docker alone when left out. */
  readonly engines?: 'any' | readonly Program[];
  /** The mountc version that brought it. */
  readonly since: string;
  /** One line: what it finds. */
  readonly summary: string;
  /** Why it matters: what docker or the shell does with it. Markdown, a paragraph. */
  readonly why: string;
  /** Where the behaviour is documented or was read. */
  readonly sources?: readonly string[];
  /** Must stay silent. */
  readonly valid: readonly Example[];
  /** Must be found. */
  readonly invalid: readonly Example[];
  /** Checks one mount, in any form and for any program that reads it. */
  checkMount?(view: MountView, report: Report, context: MountContext): void;
  /** Judges the mounts of one container together. */
  checkContainer?(views: readonly MountView[], report: Report, context: ContainerContext): void;
  /** Judges one mount flag of a command: what a shell or make does to it. */
  checkFlag?(site: Site, report: Report, command: CommandView): void;
  /** Judges a command as a whole. */
  checkCommand?(command: CommandView, report: Report): void;
  /** Judges the mounts of a file that stand outside of commands. */
  checkFile?(file: FileView, report: Report): void;
  /** Judges what the rules before it left of a file outside of commands, with all that they found. */
  checkRestOfFile?(file: FileView, found: readonly Diagnostic[], report: Report): void;
  /** Judges what the other rules left; runs last, with all that they found, also those that are switched off. */
  checkRest?(command: CommandView, found: readonly Diagnostic[], report: Report): void;
}
