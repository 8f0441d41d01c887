import { resolve } from 'node:path';
import { showVersion } from '../dialects/docker/tables/version.js';
import { showPath } from '../files/discover.js';
import { ConfigFinder, type LoadedConfig } from '../files/find-config.js';
import type { ConfigProblem } from '../lint/config-node.js';
import type { GivenSettings } from '../lint/settings.js';
import type { Diagnostic } from '../text/diagnostic.js';
import { join, show } from '../text/shown.js';
import { VERSION } from '../version.js';
import { type CliIo, wantsColor } from './io.js';
import type { LintArgs } from './lint-flags.js';

/** Finds what `--config` names, or the nearest. */
export function configFinder({ config }: Pick<LintArgs, 'config'>, { cwd, env }: CliIo): ConfigFinder {
  return new ConfigFinder(env, typeof config === 'string' ? resolve(cwd, config) : undefined);
}

/**
 * The configuration for files in a folder (absolute). What does not count of it is printed, once; mistakes in it too, and make it
 * `broken`.
 */
export async function readConfigFor(
  folder: string,
  args: Pick<LintArgs, 'config' | 'color'>,
  finder: ConfigFinder,
  io: CliIo,
): Promise<LoadedConfig | undefined | 'broken'> {
  if (args.config === false) return undefined;
  const loaded = await finder.forFolder(folder);
  for (const { file, why } of finder.ignored.splice(0))
    await io.stderr.write(show`mountc: warning: ${showPath(file, io.cwd)}: ${why}\n`);
  if (loaded === undefined) return undefined;
  // The same one is found for many files.
  const leftOut = TOLD.has(loaded) ? [] : loaded.leftOut;
  TOLD.add(loaded);
  await tellProblems(loaded, { warnings: leftOut, errors: loaded.problems }, args, io);
  return loaded.problems.length > 0 ? 'broken' : loaded;
}

/** Shows what is wrong in a file that settings come from. */
export async function tellProblems(
  { file, text }: { readonly file: string; readonly text: string },
  found: { readonly warnings?: readonly ConfigProblem[]; readonly errors: readonly ConfigProblem[] },
  args: Pick<LintArgs, 'color'>,
  io: CliIo,
): Promise<void> {
  const shown = (['warning', 'error'] as const).flatMap((severity) =>
    (found[`${severity}s`] ?? []).map(
      (one): Diagnostic => ({ code: 'MC000', rule: 'configuration', severity, ...one }),
    ),
  );
  if (shown.length === 0) return;
  const report = { path: showPath(file, io.cwd), text, diagnostics: shown };
  const color = wantsColor(io.stderr, io.env, args.color);
  const context = { version: VERSION, color, width: io.stderr.columns, ruleInfo: () => undefined };
  const { pretty } = await import('../report/pretty.js');
  const reporter = pretty(context);
  await io.stderr.write(join([reporter.file(report), reporter.end({ files: 1, fixed: 0, fixable: 0 })]));
}

const TOLD = new WeakSet<LoadedConfig>();

/** Whether the file of `--config` is broken, which is said then: also where there is no file that it is for. */
export async function isGivenBroken(
  args: Pick<LintArgs, 'config' | 'color'>,
  finder: ConfigFinder,
  io: CliIo,
): Promise<boolean> {
  return typeof args.config === 'string' && (await readConfigFor(io.cwd, args, finder, io)) === 'broken';
}

/** What the command line sets; `auto` is asked of the docker on PATH, and is the newest when that does not say. */
export async function givenSettings(args: LintArgs, io: CliIo): Promise<GivenSettings> {
  const docker = args.dialect['--docker'];
  const os = args.dialect['--engine-os'];
  const podman = args.dialect['--podman'];
  const builder = args.dialect['--builder'];
  const compose = args.dialect['--compose'];
  return {
    docker: docker === 'auto' ? ((await askAuto(io)) ?? docker) : docker,
    engine: args.dialect['--engine'],
    compose: compose === 'auto' ? await askAutoCompose(io) : compose,
    engineOs: os === 'windows' || os === 'linux' ? os : undefined,
    builder: builder === 'buildkit' || builder === 'buildah' ? builder : undefined,
    podman: podman === 'auto' ? ((await askAutoPodman(io)) ?? podman) : podman,
    rules: args.rules,
  };
}

async function askAutoCompose(io: CliIo): Promise<string | undefined> {
  return (await import('#entry/versions')).askCompose(io);
}

/** What `auto` stands for: the version of the docker on PATH; undefined when it does not say. */
async function askAuto(io: CliIo): Promise<string | undefined> {
  const { askVersions } = await import('#entry/versions');
  const { client } = await askVersions(io);
  return client === undefined ? undefined : showVersion(client);
}

async function askAutoPodman(io: CliIo): Promise<string | undefined> {
  const { askPodmanVersion } = await import('#entry/versions');
  return askPodmanVersion(io);
}
