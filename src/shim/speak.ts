import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { Dialect } from '../dialect/dialect.js';
import { type HostOptions, hostView } from '../docker/host-view.js';
import type { ClientRefusal } from '../model/compile.js';
import { pretty } from '../report/pretty.js';
import { type LintedArgs, lintArgs } from '../rules/lint-args.js';
import { applyEdits } from '../text/edit.js';

/** What the texts about a command depend on. */
export interface SpeakOptions {
  readonly dialect: Dialect;
  readonly cwd: string;
  readonly rules: Readonly<Record<string, 'off'>>;
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width?: number;
  readonly version: string;
  /** Given when rules may look at this machine. */
  readonly host?: HostOptions;
}

/** What is said of a command, and whether it is a mistake that a rule names. */
export interface Speech {
  readonly text: string;
  readonly hasError: boolean;
}

/** Why docker will refuse the command: every mistake with its characters, docker's own words, and the command put right. */
export function speakOfRefusal(
  args: readonly string[],
  refusal: ClientRefusal,
  options: SpeakOptions,
): Speech {
  const linted = lint(args, options);
  const errors = linted.diagnostics.filter(({ severity }) => severity === 'error');
  const shown = errors.length > 0 ? showAll(errors, linted, options) : '';
  const lines = [`mountc: docker would refuse this: ${refusal.stderr}`];
  const fixed = fixedCommand(errors, linted);
  if (fixed !== undefined) lines.push(`mountc: this works: ${fixed}`);
  lines.push('mountc: nothing was run; MOUNTC=warn runs it anyway');
  // What is no mistake of mounts is left to docker itself.
  const hasError = errors.some(({ rule }) => rule !== 'docker-refuses');
  return { text: `${shown}${lines.join('\n')}\n`, hasError };
}

/** At most two lines about what docker takes and what will surprise; empty when there is nothing. */
export function speakOfWarnings(args: readonly string[], options: SpeakOptions): string {
  const { diagnostics } = lint(args, options);
  const told = diagnostics.filter(({ severity, help }) => severity !== 'info' && help !== '');
  const [first, second] = told;
  if (first === undefined) return '';
  const line = ({ severity, message, rule, help }: Diagnostic) =>
    `mountc: ${severity}: ${oneLine(message)}; ${oneLine(help)} [${rule}]\n`;
  if (second === undefined) return line(first);
  return told.length === 2
    ? line(first) + line(second)
    : `${line(first)}mountc: and ${told.length - 1} more; see: mountc lint -- docker …\n`;
}

function lint(args: readonly string[], { dialect, cwd, rules, host }: SpeakOptions): LintedArgs {
  return lintArgs(args, { dialect, cwd, settings: rules, host: host && hostView(host) });
}

function showAll(
  diagnostics: readonly Diagnostic[],
  { text }: LintedArgs,
  { color, width, version }: SpeakOptions,
): string {
  const reporter = pretty({ version, color, width, ruleInfo: () => undefined });
  return reporter.file({ path: undefined, text, diagnostics });
}

/** The command after every safe fix, when that takes all mistakes away. */
function fixedCommand(errors: readonly Diagnostic[], { text }: LintedArgs): string | undefined {
  const edits = errors.map(({ fix }) => (fix?.safety === 'safe' ? fix.edits : undefined));
  if (errors.length === 0 || edits.includes(undefined)) return undefined;
  return applyEdits(
    text,
    edits.flatMap((each) => each ?? []),
  );
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ');
}
