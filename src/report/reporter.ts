import type { Severity } from '../text/diagnostic.js';
import type { FileReport } from '../text/file-report.js';
import type { Shown } from '../text/shown.js';

/** What a report says about a rule besides its findings. */
export interface RuleInfo {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  /** One line. */
  readonly summary: string;
  /** Why it matters, in Markdown. */
  readonly why: string;
}

/** What a reporter may know of its surroundings. */
export interface ReportContext {
  /** mountc's own version. */
  readonly version: string;
  readonly color: boolean;
  /** Columns that a line of source may take; undefined where nothing limits them. */
  readonly width?: number;
  /** A person waits for the answer at a terminal: then silence is none. */
  readonly isTerminal?: boolean;
  readonly ruleInfo: (rule: string) => RuleInfo | undefined;
  /** The root of the pages of the rules; empty where there are none, undefined where they are not shown. */
  readonly site?: string;
}

/** What was done in all. */
export interface RunSummary {
  /** Files that were looked at, those without any mount included. */
  readonly files: number;
  /** The mounts in them, and the commands that have some; absent where only one command was given. */
  readonly read?: { readonly commands: number; readonly mounts: number };
  /** Findings that a fix took away. */
  readonly fixed: number;
  /** Findings whose fix could be applied, and is not yet. */
  readonly fixable: number;
  /** Leave out what is not a finding. */
  readonly isQuiet?: boolean;
}

/** Writes one format, file by file, so that no more than one file's text is held. */
export interface Reporter {
  /** The next piece of the report; called once a file, in order. */
  file(report: FileReport): Shown;
  /** The last piece. */
  end(summary: RunSummary): Shown;
}

/** Starts a report. */
export type MakeReporter = (context: ReportContext) => Reporter;
