import { isFlagSet } from '../dialects/docker/client/docker-argv.js';
import { makeDialect } from '../dialects/docker/tables/dialect.js';
import type { Version } from '../dialects/docker/tables/version.js';
import { everyPodman } from '../dialects/podman/every.js';
import { type GivenFlag, mountFlags, refuseCommand } from '../dialects/podman/judge-command.js';
import { knownPodman, podmanFacts } from '../dialects/podman/versions.js';
import { argvSource } from '../source/argv-source.js';
import { viewCommand } from '../source/view-command.js';
import { NOTHING } from '../text/shown.js';
import type { CheckInput, CheckResult } from './check-command.js';
import type { Refusal } from './refusal.js';
import { speakOfRefusal, speakOfWarnings } from './speak.js';
import type { Verdict } from './verdict.js';

type Env = NonNullable<CheckInput['env']>;

/** Checks a command of podman: refuses what the podman that runs it, asked at that moment, is sure to refuse. */
export async function checkPodman(input: CheckInput): Promise<CheckResult> {
  const { args, cwd, settings, env = {}, kind } = input;
  const command = readCommand(args, env);
  const podman = kind?.script ? undefined : await askPodman(command, input);
  const dialect = makeDialect(podman === undefined ? {} : { podman: podman.version });
  const options = {
    engine: 'podman',
    dialect,
    cwd,
    rules: settings.rules,
    color: input.stderr.color,
    env: input.env,
    host: input.host && {
      ...input.host,
      engine: 'podman' as const,
      isRemote: command?.isRemote !== false,
    },
  } as const;
  const judge = (words: readonly string[]): Verdict => {
    const refusal = podman && refusalOf(readCommand(words, env), podman.version);
    return refusal === undefined ? { kind: 'runs', dialect } : { kind: 'refused', dialect, refusal };
  };
  const verdict = judge(args);
  if (verdict.kind === 'refused' && settings.mode !== 'warn') {
    const known = { podman: podman!.text };
    const { text, isMistake } = speakOfRefusal(args, verdict.refusal, {
      ...options,
      keep: input.keep,
      width: await input.stderr.columns?.(),
      known,
      judge,
    });
    return isMistake ? { refuse: true, text } : { refuse: false, text: NOTHING };
  }
  const rewritten =
    settings.rewrite && settings.rewrite !== 'compat' && verdict.kind === 'runs'
      ? (await import('#entry/rewrite')).rewriteArgs(args, settings.rewrite, {
          engine: 'podman',
          dialect,
          isKnown: false,
          cwd,
        })
      : undefined;
  const { mode } = settings;
  const isTold = mode === 'warn' || (input.stderr.isTerminal && mode !== 'quiet');
  return {
    refuse: false,
    text: isTold ? speakOfWarnings(args, { ...options, judge }, verdict) : NOTHING,
    rewritten,
  };
}

/** What matters of a command. */
interface PodmanCommand {
  readonly flags: readonly GivenFlag[];
  /** What makes the container is another machine's podman, of a release that this one does not say. */
  readonly isRemote: boolean;
}

/** Reads podman's arguments; undefined where that is not certain, or no container is made. */
function readCommand(args: readonly string[], env: Env): PodmanCommand | undefined {
  // A word that is not valid UTF-8 reaches Node in another form than podman.
  if (args.some((word) => word.includes('\ufffd'))) return undefined;
  const { source } = argvSource(['podman', ...args]);
  const { invocation } = viewCommand({ ...source, engine: 'podman' }, { dialect: makeDialect() });
  if (invocation === undefined || invocation.problem !== undefined) return undefined;
  if ((invocation.image === undefined && !invocation.isPod) || isFlagSet(invocation, 'help'))
    return undefined;
  const globals = new Set(invocation.globals.map(({ flag }) => flag.name));
  if (globals.has('help') || globals.has('version')) return undefined;
  return {
    flags: mountFlags(invocation),
    isRemote:
      ['remote', 'url', 'connection', 'identity'].some((name) => globals.has(name)) ||
      Boolean(env['CONTAINER_HOST'] || env['CONTAINER_CONNECTION']),
  };
}

/** The release of the podman; undefined where no podman refuses the command, and of one that the tables do not know for certain. */
async function askPodman(command: PodmanCommand | undefined, { learnPodman }: CheckInput) {
  const { flags = [] } = command ?? {};
  if (!everyPodman().some((one) => refuseCommand(flags, one) !== undefined)) return undefined;
  const text = await learnPodman?.();
  const version = text === undefined ? undefined : knownPodman(text);
  return version === undefined ? undefined : { text: text!, version };
}

function refusalOf(command: PodmanCommand | undefined, version: Version): Refusal | undefined {
  if (command === undefined) return undefined;
  const refusal = refuseCommand(command.flags, podmanFacts(version));
  if (refusal === undefined) return undefined;
  const isSure =
    !command.isRemote || everyPodman().every((one) => refuseCommand(command.flags, one) !== undefined);
  return isSure ? { by: 'podman', words: refusal.message, aboutMount: true } : undefined;
}
