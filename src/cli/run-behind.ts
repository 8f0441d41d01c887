import { type FoundDocker, findDocker, type ShimEngine, VARIABLE_OF, viaFor } from '../docker/find.js';
import { cacheFile, endpointKey, readCache } from '../docker/probe-cache.js';
import { endLike, runDocker } from '../docker/run.js';
import { carriesMount, globalsOf } from '../shim/carries-mount.js';
import type { CheckResult } from '../shim/check-command.js';
import { isSurelySilent } from '../shim/fast-path.js';
import { readSettings } from '../shim/settings.js';
import { NOTHING, show } from '../text/shown.js';
import { EXIT } from './exit-codes.js';
import { type CliIo, wantsColor } from './io.js';

/** Runs the real docker, or podman, as a child of this process, once its command was looked at; answers the exit code. */
export async function runBehind(engine: ShimEngine, argv: readonly string[], io: CliIo): Promise<number> {
  const found = findDocker({ env: io.env, cwd: io.cwd, selves: selves(), engine });
  if (found.path === undefined) {
    await io.stderr.write(
      show`mountc: ${found.missing}; install ${engine}, or set its path in ${VARIABLE_OF[engine]}\n`,
    );
    return EXIT.notFound;
  }
  let result = RUN;
  try {
    result = engine === 'podman' ? await checkPodman(argv, io, found) : await check(argv, io, found);
  } catch (error) {
    const text = error instanceof Error ? error.message.split('\n', 1)[0]! : String(error);
    await io.stderr.write(show`mountc: could not check this command, ${engine} runs it unchanged: ${text}\n`);
  }
  if (result.text.shown !== '') await io.stderr.write(result.text);
  if (result.refuse) return EXIT.dockerRefuses;
  const args =
    result.rewritten === undefined
      ? argv
      : (await import('#entry/rewrite')).rewrittenArgs(argv, result.rewritten);
  const end = await runDocker(found.path, args, { env: viaFor(found, io.env) });
  if ('failed' in end) await io.stderr.write(show`mountc: ${found.path} does not start: ${end.failed}\n`);
  return endLike(end);
}

const RUN: CheckResult = { refuse: false, text: NOTHING };

type Docker = Extract<FoundDocker, { path: string }>;

/** The files that run this program, so that it never takes itself for docker. */
function selves(): string[] {
  const main = process.argv[1];
  return main === undefined ? [] : [main];
}

async function check(argv: readonly string[], io: CliIo, docker: Docker): Promise<CheckResult> {
  if (!carriesMount(argv)) return RUN;
  const settings = readSettings(io.env);
  const probe = { docker: docker.path, env: io.env, globals: globalsOf(argv) };
  const known = readCache(cacheFile(probe.docker, io.env, endpointKey(io.env, probe.globals)));
  if (isSilent(argv, { ...probe, settings, isTerminal: io.stderr.isTerminal, known: () => known }))
    return RUN;
  const { checkCommand, keepLast } = await import('#entry/full-check');
  return await checkCommand({
    args: argv,
    cwd: io.cwd,
    settings,
    kind: docker.kind,
    known,
    // A script may do anything when it is run, so only a program is asked.
    learnCompose: docker.kind.script
      ? undefined
      : async () => (await import('#entry/probe')).probeCompose(probe),
    learnPodman: async () =>
      (await import('#entry/probe')).probePodman({ ...probe, docker: docker.kind.podman ?? docker.path }),
    env: io.env,
    learn: docker.kind.script
      ? undefined
      : async () => (await import('#entry/probe')).probeDocker({ ...probe, isUnattended: true }),
    host: { ...probe, ...(!docker.kind.script && { cwd: io.cwd, asksVolumes: true }) },
    keep: io.stderr.isTerminal ? (whole) => keepLast(io.env, whole) : undefined,
    stderr: {
      isTerminal: io.stderr.isTerminal,
      color: wantsColor(io.stderr, io.env),
      columns: () => io.stderr.columns,
    },
  });
}

async function checkPodman(argv: readonly string[], io: CliIo, podman: Docker): Promise<CheckResult> {
  if (!carriesMount(argv)) return RUN;
  const { checkCommand, keepLast } = await import('#entry/full-check');
  return await checkCommand({
    engine: 'podman',
    args: argv,
    cwd: io.cwd,
    settings: readSettings(io.env),
    kind: podman.kind,
    learnPodman: async () => (await import('#entry/probe')).probePodman({ docker: podman.path, env: io.env }),
    env: io.env,
    host: { env: io.env, ...(!podman.kind.script && { cwd: io.cwd }) },
    keep: io.stderr.isTerminal ? (whole) => keepLast(io.env, whole) : undefined,
    stderr: {
      isTerminal: io.stderr.isTerminal,
      color: wantsColor(io.stderr, io.env),
      columns: () => io.stderr.columns,
    },
  });
}

function isSilent(...situation: Parameters<typeof isSurelySilent>): boolean {
  try {
    return isSurelySilent(...situation);
  } catch {
    // The machine is odd; the full check can tell.
    return false;
  }
}
