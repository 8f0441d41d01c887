import { dirname, resolve } from 'node:path';
import { showVersion } from '../dialects/docker/tables/version.js';
import { showPodman } from '../dialects/podman/versions.js';
import { showPath } from '../files/discover.js';
import { lookAt } from '../files/open-file.js';
import { settingsFor } from '../lint/settings.js';
import { json } from '../text/shown.js';
import { EXIT } from './exit-codes.js';
import type { CliIo } from './io.js';
import { configFinder, givenSettings, readConfigFor } from './lint-config.js';
import type { LintArgs } from './lint-flags.js';
import { UsageError } from './usage.js';

/** `mountc lint --print-config [FILE]`: what holds for a file, as JSON. */
export async function printConfig(args: LintArgs, io: CliIo): Promise<number> {
  if (args.paths.length > 1) throw new UsageError('--print-config takes one file');
  const target = resolve(io.cwd, args.paths[0] ?? args.stdinFilename ?? '.');
  const isFolder = lookAt(target) === 'folder';
  const loaded = await readConfigFor(isFolder ? target : dirname(target), args, configFinder(args, io), io);
  if (loaded === 'broken') return EXIT.usage;
  const settings = settingsFor(target, loaded, await givenSettings(args, io));
  const { makeDialect, RULES, severityOf } = await import('#entry/judge');
  const dialect = makeDialect(settings.versions);
  const shown = {
    for: showPath(target, io.cwd),
    configFile: loaded === undefined ? null : showPath(loaded.file, io.cwd),
    ignored: settings.isIgnored,
    docker: showVersion(dialect.client),
    engine: showVersion(dialect.engine),
    engineOs: dialect.engineOs,
    podman: dialect.podman === undefined ? null : showPodman(dialect.podman),
    compose:
      settings.compose?.releases.map(({ version }) =>
        version === 'stack' ? version : showVersion(version),
      )[0] ?? null,
    failOn: args.failOn ?? loaded?.config.failOn ?? 'error',
    checkPaths: args.checkPaths ?? loaded?.config.checkPaths ?? false,
    baseline: args.baseline === false ? null : (args.baseline ?? loaded?.config.baseline ?? null),
    commands: settings.commands,
    ignore: loaded?.config.ignore ?? [],
    rules: Object.fromEntries(RULES.map((rule) => [rule.name, severityOf(rule, settings.rules) ?? 'off'])),
  };
  await io.stdout.write(json(`${JSON.stringify(shown, null, 2)}\n`));
  return EXIT.ok;
}
