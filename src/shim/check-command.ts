import type { HostOptions } from '../docker/host-view.js';
import type { FileKind } from '../docker/own-file.js';
import type { KnownDocker } from '../docker/probe-cache.js';
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
  /** Finds out more when the answer depends on it. */
  readonly learn?: () => Promise<KnownDocker | undefined>;
  /** For what rules see of this machine; nothing when left out. */
  readonly host?: HostOptions;
  readonly stderr: { readonly isTerminal: boolean; readonly color: boolean; readonly columns?: number };
  readonly version: string;
}

/** What to do with it. */
export interface CheckResult {
  readonly refuse: boolean;
  /** For stderr; empty for most. */
  readonly text: string;
  /** The arguments in the form that the settings ask for. */
  readonly rewritten?: Rewritten;
}

const RUN: CheckResult = { refuse: false, text: '' };

/** Checks a command before docker runs it: refuses only what that docker is certain to refuse. */
export async function checkCommand(input: CheckInput): Promise<CheckResult> {
  const { args, settings, cwd } = input;
  const { mode } = settings;
  // Another engine reads mounts in its own way.
  if (mode === 'off' || input.kind?.otherEngine || input.known?.engineName === 'other') return RUN;
  let known = input.known;
  let verdict = verdictFor(args, cwd, known);
  if (verdict.kind === 'depends' && known === undefined && input.learn !== undefined) {
    known = await input.learn();
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
    if (mode === 'warn') return { refuse: false, text: speakOfWarnings(args, options) };
    const { text, hasError } = speakOfRefusal(args, verdict.refusal, options);
    // What is not about mounts docker says best itself.
    return verdict.aboutMount || hasError ? { refuse: true, text } : RUN;
  }
  const rewritten = await rewrite(input, verdict, known?.client !== undefined);
  if (!input.stderr.isTerminal && mode !== 'warn') return { ...RUN, rewritten };
  const { speakOfWarnings } = await import('#entry/speak');
  return { refuse: false, text: speakOfWarnings(args, options), rewritten };
}

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
  return judge(args, {
    client,
    cwd,
    rest: { engine, engineOs, packaging, hostOs: process.platform === 'win32' ? 'windows' : 'posix' },
  });
}
