import type { FlagConversion } from '../convert/convert-command.js';
import { makeDialect } from '../dialects/docker/tables/dialect.js';
import type { HostOptions } from '../docker/host-view.js';
import { dialectInputOf, type KnownDocker } from '../docker/known-docker.js';
import type { FileKind } from '../docker/own-file.js';
import { join, NOTHING, type Shown, show } from '../text/shown.js';
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
  /** Keeps all that there is to say about a refused command, for `mountc last`; false when it could not. Left out where no person reads it. */
  readonly keep?: (whole: Shown) => boolean;
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
  /** The arguments in the form that the settings ask for. */
  readonly rewritten?: Rewritten;
}

const RUN: CheckResult = { refuse: false, text: NOTHING };

/**
 * Checks a command before docker runs it. Refuses only what that docker is certain to refuse, by what it says of itself now: what
 * was known of it before is enough to let a command run.
 */
export async function checkCommand(input: CheckInput): Promise<CheckResult> {
  const { settings, cwd } = input;
  const { mode } = settings;
  const typed = input.args;
  if (input.engine === 'podman')
    return mode === 'off' || !carriesMount(typed) ? RUN : (await import('#entry/speak')).checkPodman(input);
  if (mode === 'off') return RUN;
  // Another engine reads mounts in its own way.
  if (input.kind?.otherEngine || input.known?.engineName === 'other')
    return forPodman(input, input.known?.podmanText);
  if (isCompose(typed)) return (await import('#entry/speak')).checkCompose(input);
  // What makes no container is refused by docker itself, in its own words.
  if (!carriesMount(typed)) return RUN;
  const fitted = settings.rewrite === 'compat' ? await fit(input) : undefined;
  if (fitted?.known.engineName === 'other') return forPodman(input, fitted.known.podmanText);
  const args = fitted?.args ?? typed;
  let known = fitted?.known ?? input.known;
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
    env: input.env,
    host: input.host,
    judge: (words: readonly string[]) => verdictFor(words, cwd, known),
  };
  const isTold = tells(input);
  const why = isTold ? (fitted?.why ?? []) : [];
  if (verdict.kind === 'refused') {
    const { speakOfRefusal, speakOfWarnings } = await import('#entry/speak');
    if (mode === 'warn')
      return { refuse: false, text: join([...why, speakOfWarnings(args, options, verdict)]) };
    const { text, isMistake } = speakOfRefusal(args, verdict.refusal, {
      ...options,
      keep: input.keep,
      width: await input.stderr.columns?.(),
      known: known ?? {},
    });
    // What is not about mounts docker says best itself.
    return isMistake ? { refuse: true, text: join([...why, text]) } : RUN;
  }
  const rewritten = fitted?.rewritten ?? (await rewrite(input, verdict));
  if (!isTold) return { ...RUN, rewritten };
  const { speakOfWarnings } = await import('#entry/speak');
  return { refuse: false, text: join([...why, speakOfWarnings(args, options, verdict)]), rewritten };
}

/** Whether warnings are shown. */
function tells({ stderr, settings: { mode } }: Pick<CheckInput, 'stderr' | 'settings'>): boolean {
  return mode === 'warn' || (stderr.isTerminal && mode !== 'quiet');
}

const isCompose = (args: readonly string[]): boolean => args[globalsOf(args).length] === 'compose';

/** A command as this docker takes it, and why some of its flags stay as they are. */
interface Fitted {
  readonly args: readonly string[];
  readonly rewritten?: Rewritten;
  readonly why: readonly Shown[];
  readonly known: KnownDocker;
}

/** What every other docker takes, written for this one; the command as it was typed where that is not known, or does not run either. */
async function fit({ args, cwd, known: kept, learn, host }: CheckInput): Promise<Fitted | undefined> {
  const known = kept?.client === undefined ? await learn?.() : kept;
  if (known === undefined) return undefined;
  if (known.engineName === 'other') return { args, why: [], known };
  const dialect = makeDialect(dialectInputOf(known));
  if (dialect.standing.client !== 'charted') return undefined;
  const { compatArgs, rewrittenArgs } = await import('#entry/rewrite');
  const { rewritten, conversions } = compatArgs(args, { dialect, cwd, host });
  const why = unchanged(conversions);
  const fresh = rewritten && rewrittenArgs(args, rewritten);
  return fresh === undefined || verdictFor(fresh, cwd, known).kind === 'refused'
    ? { args, why, known }
    : { args: fresh, rewritten, why, known };
}

/** docker's words for the podman behind its name; whatever else there is runs as it was typed. */
async function forPodman(input: CheckInput, podmanText: string | undefined): Promise<CheckResult> {
  const { args, cwd, settings, kind, env = {}, learnPodman } = input;
  if (settings.rewrite !== 'compat' || isCompose(args) || !carriesMount(args)) return RUN;
  const text = podmanText ?? (kind?.podman === undefined ? undefined : await learnPodman?.());
  if (text === undefined) return RUN;
  const { compatArgsForPodman } = await import('#entry/rewrite');
  const isRemote =
    globalsOf(args).length > 0 || Boolean(env['CONTAINER_HOST'] || env['CONTAINER_CONNECTION']);
  const host = input.host && { ...input.host, engine: 'podman' as const, cwd, isRemote };
  const { rewritten, conversions = [] } = compatArgsForPodman(args, text, { cwd, host }) ?? {};
  return { refuse: false, text: tells(input) ? join(unchanged(conversions)) : NOTHING, rewritten };
}

/** Why flags stay as they were typed. */
const unchanged = (conversions: readonly FlagConversion[]): Shown[] =>
  conversions.flatMap(({ from, losses }) =>
    losses.map((loss) => show`mountc: \`${from}\` is left unchanged: ${loss.why}\n`),
  );

async function rewrite(
  { args, settings, cwd }: CheckInput,
  { kind, dialect }: Verdict,
): Promise<Rewritten | undefined> {
  const { client } = dialect.standing;
  // How a docker that the tables do not know reads another form, nobody can say.
  if (
    settings.rewrite === undefined ||
    settings.rewrite === 'compat' ||
    kind !== 'runs' ||
    client === 'newer' ||
    client === 'older'
  )
    return undefined;
  const { rewriteArgs } = await import('#entry/rewrite');
  return rewriteArgs(args, settings.rewrite, { dialect, isKnown: client === 'charted', cwd });
}

function verdictFor(args: readonly string[], cwd: string, known: KnownDocker | undefined): Verdict {
  return judge(args, { cwd, known: dialectInputOf(known) });
}
