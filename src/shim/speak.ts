import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { type HostOptions, hostView } from '../docker/host-view.js';
import { makePaint } from '../report/paint.js';
import { type LintedArgs, lintArgs } from '../rules/lint-args.js';
import type { HostView } from '../source/host.js';
import type { Diagnostic } from '../text/diagnostic.js';
import { join, NOTHING, pastedLine, type Shown, show } from '../text/shown.js';
import { correctArgs, mendArgs } from './correct.js';
import type { Refusal } from './refusal.js';
import { refusalScreen } from './refusal-screen.js';
import { type KnownVersions, refusalSentence } from './refusal-sentence.js';
import type { Verdict } from './verdict.js';

/** What the texts about a command depend on. */
interface SpeakOptions {
  /** Whose command it is; docker's when left out. */
  readonly engine?: 'podman';
  readonly dialect: Dialect;
  readonly cwd: string;
  readonly rules: Readonly<Record<string, 'off'>>;
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width?: number;
  /** Of the shell that a correction is copied into. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Given when rules may look at this machine. */
  readonly host?: HostOptions;
}

/** What the text about a refusal depends on besides. */
interface RefusalOptions extends SpeakOptions {
  readonly known: KnownVersions;
  /** Keeps all of it, in colour, so that the rest can be asked for; false when it could not. */
  readonly keep?: (whole: Shown) => boolean;
  /** What docker says to other arguments. */
  readonly judge: (args: readonly string[]) => Verdict;
}

/** What is said of a command that docker refuses, and whether it is a mistake that mountc stops. */
interface Speech {
  readonly text: Shown;
  readonly isMistake: boolean;
}

/** Why docker will refuse the command: the mistakes with their characters, the command put right, and docker's own words. */
export function speakOfRefusal(args: readonly string[], refusal: Refusal, options: RefusalOptions): Speech {
  const linted = lint(args, options);
  const errors = linted.diagnostics.filter(isError);
  const isSilenced = errors.length === 0 && lint(args, { ...options, rules: {} }).diagnostics.some(isError);
  const isNamed = errors.some(({ rule }) => rule !== 'docker-refuses');
  // Who has switched off the rule that would say it wants docker to run; what is not a mistake of mounts docker says itself.
  if (isSilenced || !(refusal.aboutMount || isNamed)) return { text: NOTHING, isMistake: false };
  const right = correctArgs(args, (words) => lint(words, { ...options, rules: {} }), options.judge);
  const isMended = ({ fix }: Diagnostic) => right !== undefined && fix !== undefined;
  const command = {
    text: linted.text,
    // First what the correction is about.
    mistakes: [...errors.filter(isMended), ...errors.filter((one) => !isMended(one))],
    sentence: refusalSentence(refusal, options.known),
    right,
  };
  const { width, env, keep } = options;
  const screen = (color: boolean, isShort: boolean) =>
    refusalScreen(command, { paint: makePaint(color), width, env, isShort });
  const isKept = keep?.(screen(true, false)) ?? false;
  return { text: screen(options.color, isKept), isMistake: true };
}

/**
 * One or two things that docker takes and that will surprise, each with the command put right where that is known; empty when there
 * is nothing. A refusal is reported only if it is certain and about mounts: docker reports the rest itself.
 */
export function speakOfWarnings(
  args: readonly string[],
  options: SpeakOptions & { readonly judge?: RefusalOptions['judge'] },
  verdict: Verdict,
): Shown {
  const { diagnostics } = lint(args, options);
  const isAboutMount = verdict.kind === 'refused' && verdict.refusal.aboutMount;
  const told = diagnostics.filter(
    ({ severity, help, rule }) =>
      severity !== 'info' &&
      help !== '' &&
      (severity !== 'error' || verdict.kind !== 'doubtful') &&
      (rule !== 'docker-refuses' || isAboutMount),
  );
  const [first, second] = told;
  if (first === undefined) return NOTHING;
  const paint = makePaint(options.color);
  const judged = (words: readonly string[]) => lint(words, { ...options, rules: {} });
  const rightOf = (one: Diagnostic): string | undefined => {
    if (options.judge === undefined) return undefined;
    if (verdict.kind !== 'refused') return mendArgs(args, one, judged, options.judge);
    return one === first ? correctArgs(args, judged, options.judge)?.command : undefined;
  };
  const rights = [rightOf(first), second && rightOf(second)];
  const line = ({ severity, message, rule, help }: Diagnostic, command: string | undefined) => {
    const right = command === undefined ? undefined : pastedLine(command, options.env);
    return right === undefined
      ? show`mountc: ${severity}: ${message}; ${help} [${rule}]\n`
      : show`mountc: ${severity}: ${message} [${rule}]; did you mean:\n${paint('yellow', right)}\n`;
  };
  const said = line(first, rights[0]);
  // One correction often fixes both.
  if (second === undefined || (told.length === 2 && rights[0] !== undefined && rights[0] === rights[1]))
    return said;
  return told.length === 2
    ? join([said, line(second, rights[1])])
    : show`${said}mountc: and ${told.length - 1} more; see: mountc lint -- ${options.engine ?? 'docker'} …\n`;
}

const isError = ({ severity }: Diagnostic): boolean => severity === 'error';

function lint(args: readonly string[], { engine, dialect, cwd, rules, host }: SpeakOptions): LintedArgs {
  return lintArgs(args, { engine, dialect, cwd, settings: rules, host: host && viewOf(host) });
}

const views = new WeakMap<HostOptions, HostView>();

/** One view for all readings of a command, which remembers what docker answered. */
function viewOf(host: HostOptions): HostView {
  const known = views.get(host) ?? hostView(host);
  views.set(host, known);
  return known;
}
