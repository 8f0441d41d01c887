import { writeSync } from 'node:fs';
import { logicalCwd } from '../docker/logical-cwd.js';
import { readKind } from '../docker/own-file.js';
import { cacheFile, endpointKey, readCache } from '../docker/probe-cache.js';
import { show } from '../text/shown.js';
import { globalsOf } from './carries-mount.js';
import { checkCommand } from './check-command.js';
import { keepLast } from './last-refusal.js';
import type { ShimSettings } from './settings.js';

export { checkCommand } from './check-command.js';
export { keepLast } from './last-refusal.js';

// What it says goes to descriptor 3, which is the user's stderr, since the launcher drops what Node itself says on 2.
const SPEECH = 3;

/**
 * Checks the command of the launcher: `t` when stderr is a terminal (asking here would load half of Node), the docker, and its
 * arguments. Answers the exit code: 125, do not run docker. Speaks and rewrites through descriptors 3 and 1. Never rejects.
 */
export async function checkFully(words: readonly string[], settings: ShimSettings): Promise<number> {
  try {
    return await check(words, settings);
  } catch (error) {
    const what = error instanceof Error ? error.message.split('\n', 1)[0]! : String(error);
    try {
      writeAll(SPEECH, show`mountc: could not check this command; it runs unchanged: ${what}\n`.shown);
    } catch {
      // There is nobody to show it to.
    }
    return 0;
  }
}

async function check(
  [terminal = '', docker = 'docker', ...args]: readonly string[],
  settings: ShimSettings,
): Promise<number> {
  const env = process.env;
  const isTerminal = terminal.startsWith('t');
  const engine = terminal.endsWith(':podman') ? 'podman' : undefined;
  const color = isTerminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  const globals = globalsOf(args);
  const kind = readKind(docker, engine);
  const { refuse, text, rewritten } = await checkCommand({
    engine,
    args,
    cwd: logicalCwd(env['PWD']),
    settings,
    kind,
    known: engine === undefined ? readCache(cacheFile(docker, env, endpointKey(env, globals))) : undefined,
    // A script may do anything when it is run, so only a program is asked.
    learn: kind.script
      ? undefined
      : async () => (await import('#entry/probe')).probeDocker({ docker, env, globals, isUnattended: true }),
    learnCompose: kind.script
      ? undefined
      : async () => (await import('#entry/probe')).probeCompose({ docker, env, globals }),
    learnPodman: async () =>
      (await import('#entry/probe')).probePodman({ docker: kind.podman ?? docker, env }),
    env,
    host: { docker, env, globals, ...(!kind.script && { cwd: logicalCwd(env['PWD']), asksVolumes: true }) },
    keep: isTerminal ? (whole) => keepLast(env, whole) : undefined,
    stderr: { isTerminal, color, columns: () => columnsOf(SPEECH) },
  });
  if (text.shown !== '') writeAll(SPEECH, text.shown);
  if (rewritten !== undefined) writeAll(1, (await import('#entry/rewrite')).rewriteScript(rewritten, env));
  return refuse ? 125 : 0;
}

/** Asked when something is said: the module for terminals takes a while to load. */
async function columnsOf(fd: number): Promise<number | undefined> {
  const { isatty, WriteStream } = await import('node:tty');
  return isatty(fd) ? new WriteStream(fd).columns : undefined;
}

function writeAll(fd: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
}
