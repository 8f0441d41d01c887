import type { HostOptions } from '../docker/host-view.js';
import type { FileKind } from '../docker/own-file.js';
import type { KnownDocker } from '../docker/probe-cache.js';
import { NOTHING, type Shown } from '../text/shown.js';
import { globalsOf } from './carries-mount.js';
import type { Rewritten } from './rewrite.js';
import type { ShimSettings } from './settings.js';
import { judge, type Verdict } from './verdict.js';

/** A docker command that is about to run. */
export interface CheckInput {
  /** docker's arguments, without `docker`. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly settings: ShimSettings;
  /** What the docker is that will run it. */
  readonly kind?: FileKind;
  /** What is known of it already. */
  readonly known?: KnownDocker;
  /** Finds out more when the answer depends on it: of the client alone, or of the engine too. */
  readonly learn?: (about: 'client' | 'engine') => Promise<KnownDocker | undefined>;
  /** Asks which docker compose there is: its version. */
  readonly learnCompose?: () => Promise<string | undefined>;
  /** The environment that docker gets. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** For what rules see of this machine; nothing when left out. */
  readonly host?: HostOptions;
  readonly stderr: { readonly isTerminal: boolean; readonly color: boolean; readonly columns?: number };
  readonly version: string;
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

/** Checks a command before docker runs it: refuses only what that docker is certain to refuse. */
export async function checkCommand(input: CheckInput): Promise<CheckResult> {
  const { args, settings, cwd } = input;
  const { mode } = settings;
  // Another engine reads mounts in its own way.
  if (mode === 'off' || input.kind?.otherEngine || input.known?.engineName === 'other') return RUN;
  if (isCompose(args)) return (await import('#entry/speak')).checkCompose(input);
  let known = input.known;
  let verdict = verdictFor(args, cwd, known);
  const question = openQuestion(verdict, known);
  if (question !== undefined && input.learn !== undefined) {
    known = (await input.learn(question)) ?? known;
    if (known?.engineName === 'other') return RUN;
    verdict = verdictFor(args, cwd, known);
  }
  const options = {
    dialect: verdict.dialect,
    cwd,
    rules: settings.rules,
    color: input.stderr.color,
    width: input.stderr.columns,
    version: input.version,
    host: input.host,
  };
  if (verdict.kind === 'refused') {
    const { speakOfRefusal, speakOfWarnings } = await import('#entry/speak');
    if (mode === 'warn') return { refuse: false, text: speakOfWarnings(args, options, verdict.refusal) };
    const judge = (words: readonly string[]) => verdictFor(words, cwd, known);
    const { text, isMistake } = speakOfRefusal(args, verdict.refusal, { ...options, known, judge });
    // What is not about mounts docker says best itself.
    return isMistake ? { refuse: true, text } : RUN;
  }
  const rewritten = await rewrite(input, verdict, known?.client !== undefined);
  if (!input.stderr.isTerminal && mode !== 'warn') return { ...RUN, rewritten };
  const { speakOfWarnings } = await import('#entry/speak');
  return { refuse: false, text: speakOfWarnings(args, options), rewritten };
}

const isCompose = (args: readonly string[]): boolean => args[globalsOf(args).length] === 'compose';

async function rewrite(
  { args, settings, cwd }: CheckInput,
  { kind, dialect }: Verdict,
  isKnown: boolean,
): Promise<Rewritten | undefined> {
  if (settings.rewrite === undefined || kind !== 'runs') return undefined;
  const { rewriteArgs } = await import('#entry/rewrite');
  return rewriteArgs(args, settings.rewrite, { dialect, isKnown, cwd });
}

function verdictFor(args: readonly string[], cwd: string, known: KnownDocker | undefined): Verdict {
  const { client, engine, engineOs, packaging } = known ?? {};
  const hostOs = process.platform === 'win32' ? 'windows' : 'posix';
  return judge(args, { cwd, known: { client, engine, engineOs, packaging, hostOs } });
}

/** What is worth asking docker: who would refuse, when that is not known. The engine may be another one behind docker's client. */
function openQuestion(verdict: Verdict, known: KnownDocker | undefined): 'client' | 'engine' | undefined {
  if (verdict.kind === 'runs') return undefined;
  const isEngine = verdict.kind === 'depends' ? verdict.on === 'engine' : !verdict.byClient;
  if (isEngine) return known?.engine === undefined ? 'engine' : undefined;
  return verdict.kind === 'depends' && known === undefined ? 'client' : undefined;
}
