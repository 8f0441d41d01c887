import type { HostOptions } from '../docker/host-view.js';
import { dialectInputOf, type KnownDocker } from '../docker/known-docker.js';
import type { FileKind } from '../docker/own-file.js';
import { NOTHING, type Shown } from '../text/shown.js';
import { carriesMount, globalsOf } from './carries-mount.js';
import type { Rewritten } from './rewrite.js';
import type { ShimSettings } from './settings.js';
import { judge, type Verdict } from './verdict.js';

/** A command of docker, or of podman, that is about to run. */
export interface CheckInput {
  /** Whose command it is; docker's when left out. */
  readonly engine?: 'podman';
  /** Its arguments, without `docker`. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly settings: ShimSettings;
  /** What the docker is that will run it. */
  readonly kind?: FileKind;
  /** What is known of it already. */
  readonly known?: KnownDocker;
  /** Asks the docker now; left out where it must not be asked. */
  readonly learn?: () => Promise<KnownDocker | undefined>;
  /** Asks which docker compose there is: its version. */
  readonly learnCompose?: () => Promise<string | undefined>;
  /** Asks the podman that will run it: its version. */
  readonly learnPodman?: () => Promise<string | undefined>;
  /** The environment that docker gets. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** For what rules see of this machine; nothing when left out. */
  readonly host?: HostOptions;
  /** Where it is said; `columns` is asked when there is something to say. */
  readonly stderr: {
    readonly isTerminal: boolean;
    readonly color: boolean;
    readonly columns?: () => number | undefined | Promise<number | undefined>;
  };
}

/** What to do with it. */
export interface CheckResult {
  readonly refuse: boolean;
  /** For stderr; empty for most. */
  readonly text: Shown;
  /** All that there is to say, for `mountc last`, where the text leaves something out. */
  readonly whole?: Shown;
  /** The arguments in the form that the settings ask for. */
  readonly rewritten?: Rewritten;
}

const RUN: CheckResult = { refuse: false, text: NOTHING };

/**
 * Checks a command before docker runs it. Refuses only what that docker is certain to refuse, by what it says of itself now: what
 * was known of it before is enough to let a command run.
 */
export async function checkCommand(input: CheckInput): Promise<CheckResult> {
  const { args, settings, cwd } = input;
  const { mode } = settings;
  if (input.engine === 'podman')
    return mode === 'off' || !carriesMount(args) ? RUN : (await import('#entry/speak')).checkPodman(input);
  // Another engine reads mounts in its own way.
  if (mode === 'off' || input.kind?.otherEngine || input.known?.engineName === 'other') return RUN;
  if (isCompose(args)) return (await import('#entry/speak')).checkCompose(input);
  // What makes no container is refused by docker itself, in its own words.
  if (!carriesMount(args)) return RUN;
  let { known } = input;
  let verdict = verdictFor(args, cwd, known);
  if (verdict.kind !== 'runs') {
    known = await input.learn?.();
    if (known?.engineName === 'other') return RUN;
    verdict = verdictFor(args, cwd, known);
  }
  const options = {
    dialect: verdict.dialect,
    cwd,
    rules: settings.rules,
    color: input.stderr.color,
    isTerminal: input.stderr.isTerminal,
    host: input.host,
  };
  if (verdict.kind === 'refused') {
    const { speakOfRefusal, speakOfWarnings } = await import('#entry/speak');
    if (mode === 'warn') return { refuse: false, text: speakOfWarnings(args, options, verdict) };
    const judge = (words: readonly string[]) => verdictFor(words, cwd, known);
    const { text, isMistake, whole } = speakOfRefusal(args, verdict.refusal, {
      ...options,
      width: await input.stderr.columns?.(),
      known: known ?? {},
      judge,
    });
    // What is not about mounts docker says best itself.
    return isMistake ? { refuse: true, text, whole } : RUN;
  }
  const rewritten = await rewrite(input, verdict);
  if (!input.stderr.isTerminal && mode !== 'warn') return { ...RUN, rewritten };
  const { speakOfWarnings } = await import('#entry/speak');
  return { refuse: false, text: speakOfWarnings(args, options, verdict), rewritten };
}

const isCompose = (args: readonly string[]): boolean => args[globalsOf(args).length] === 'compose';

async function rewrite(
  { args, settings, cwd }: CheckInput,
  { kind, dialect }: Verdict,
): Promise<Rewritten | undefined> {
  const { client } = dialect.standing;
  // How a docker that the tables do not know reads another form, nobody can say.
  if (settings.rewrite === undefined || kind !== 'runs' || client === 'newer' || client === 'older')
    return undefined;
  const { rewriteArgs } = await import('#entry/rewrite');
  return rewriteArgs(args, settings.rewrite, { dialect, isKnown: client === 'charted', cwd });
}

function verdictFor(args: readonly string[], cwd: string, known: KnownDocker | undefined): Verdict {
  return judge(args, { cwd, known: dialectInputOf(known) });
}
