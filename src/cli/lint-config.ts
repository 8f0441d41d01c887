import { resolve } from 'node:path';
import { showVersion } from '../dialects/docker/tables/version.js';
import { showPath } from '../files/discover.js';
import { ConfigFinder, type LoadedConfig } from '../files/find-config.js';
import type { GivenSettings } from '../lint/settings.js';
import type { Diagnostic } from '../text/diagnostic.js';
import { join } from '../text/shown.js';
import { VERSION } from '../version.js';
import { type CliIo, wantsColor } from './io.js';
import type { LintArgs } from './lint-flags.js';

/** Finds what `--config` names, or the nearest. */
export function configFinder({ config }: Pick<LintArgs, 'config'>, { cwd }: CliIo): ConfigFinder {
  return new ConfigFinder(typeof config === 'string' ? resolve(cwd, config) : undefined);
}

/** The configuration for files in a folder (absolute); mistakes in it are printed, once, and make it `broken`. */
export async function readConfigFor(
  folder: string,
  args: Pick<LintArgs, 'config' | 'color'>,
  finder: ConfigFinder,
  io: CliIo,
): Promise<LoadedConfig | undefined | 'broken'> {
  if (args.config === false) return undefined;
  const loaded = await finder.forFolder(folder);
  if (loaded === undefined || loaded.problems.length === 0) return loaded;
  const diagnostics = loaded.problems.map(
    ({ message, help, range }): Diagnostic => ({
      code: 'MC000',
      rule: 'configuration',
      severity: 'error',
      message,
      help,
      range,
    }),
  );
  const report = { path: showPath(loaded.file, io.cwd), text: loaded.text, diagnostics };
  const color = wantsColor(io.stderr, io.env, args.color);
  const context = { version: VERSION, color, width: io.stderr.columns, ruleInfo: () => undefined };
  const { pretty } = await import('../report/pretty.js');
  const reporter = pretty(context);
  await io.stderr.write(join([reporter.file(report), reporter.end({ files: 1, fixed: 0, fixable: 0 })]));
  return 'broken';
}

/** Whether the file of `--config` is broken, which is said then: also where there is no file that it is for. */
export async function isGivenBroken(
  args: Pick<LintArgs, 'config' | 'color'>,
  finder: ConfigFinder,
  io: CliIo,
): Promise<boolean> {
  return typeof args.config === 'string' && (await readConfigFor(io.cwd, args, finder, io)) === 'broken';
}

/** What the command line sets; `auto` is asked of the docker on PATH. */
export async function givenSettings(args: LintArgs, io: CliIo, needsAuto: boolean): Promise<GivenSettings> {
  const autoDocker = needsAuto || args.dialect['--docker'] === 'auto' ? await askAuto(io) : undefined;
  const os = args.dialect['--engine-os'];
  return {
    docker: args.dialect['--docker'],
    engine: args.dialect['--engine'],
    engineOs: os === 'windows' || os === 'linux' ? os : undefined,
    rules: args.rules,
    autoDocker,
  };
}

/** What `auto` stands for: the version of the docker on PATH; undefined when it does not say. */
export async function askAuto(io: CliIo): Promise<string | undefined> {
  const { askVersions } = await import('#entry/versions');
  const { client } = await askVersions(io);
  return client === undefined ? undefined : showVersion(client);
}

/** Whether a configuration asks for the docker on PATH. */
export function asksDocker(loaded: LoadedConfig | undefined): boolean {
  const config = loaded?.config;
  return config?.docker === 'auto' || (config?.overrides ?? []).some(({ docker }) => docker === 'auto');
}
