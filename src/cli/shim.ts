import { readdirSync, readFileSync, realpathSync, rmdirSync, rmSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { listDockers, type ShimEngine, VIA_VARIABLE } from '../docker/find.js';
import { isCacheName } from '../docker/probe-cache.js';
import { cacheDir } from '../files/base-folder.js';
import { whyNoPlace } from '../files/own-folder.js';
import { COMPILED } from '../load-entry.js';
import { chooseDir, pathHints } from '../shim/choose-dir.js';
import { examineLauncher } from '../shim/examine-launcher.js';
import { type Installed, installFile, isLauncher, missingFolder, removeFile } from '../shim/install.js';
import {
  type LauncherPaths,
  pluginLauncher,
  posixLauncher,
  windowsLaunchers,
} from '../shim/launcher-text.js';
import { readSettings } from '../shim/settings.js';
import { settingsProblems } from '../shim/settings-problems.js';
import { quoteShell } from '../text/shell-quote.js';
import { exact, lines, product, show } from '../text/shown.js';
import { VERSION } from '../version.js';
import { EXIT } from './exit-codes.js';
import type { CliIo, Command } from './io.js';
import { SHIM_HELP, SHIM_OPTIONS } from './shim-help.js';
import { didYouMean, readFlags, UsageError } from './usage.js';

const ENGINES: readonly ShimEngine[] = ['docker', 'podman'];
const WINDOWS = process.platform === 'win32';

export { SHIM_OPTIONS as options };

/** `mountc shim`. */
export const run: Command = async (argv, io) => {
  const { flags, words } = readFlags(SHIM_OPTIONS, argv);
  if (flags['--help']) {
    await io.stdout.write(exact(SHIM_HELP));
    return EXIT.ok;
  }
  const [action, ...more] = words;
  if (more.length > 0) throw new UsageError(`\`${more[0]}\` is one argument too many`);
  const dir = flags['--dir'] === undefined ? undefined : resolve(io.cwd, flags['--dir']);
  const engine = readEngine(flags['--engine']);
  switch (action) {
    case 'install':
      if (flags['--plugin'] && engine === 'podman') throw new UsageError('podman has no plugins');
      return flags['--plugin'] ? installPlugin(dir, io) : install(dir, engine ?? 'docker', io);
    case 'status':
      return status(engine, io);
    case 'path':
      return tellPath(engine, io);
    case 'uninstall':
      return uninstall(dir, engine === undefined ? ENGINES : [engine], io);
    default:
      throw new UsageError(
        action === undefined
          ? 'choose install, path, status or uninstall'
          : `\`${action}\` is not install, path, status or uninstall${didYouMean(action, ['install', 'path', 'status', 'uninstall'])}`,
      );
  }
};

/** Names the package's own launcher, which needs no installation: it finds all the rest next to itself. */
async function tellPath(engine: ShimEngine | undefined, io: CliIo): Promise<number> {
  if (engine === 'podman' || WINDOWS)
    throw new UsageError(
      WINDOWS
        ? 'on Windows there is no launcher without an installation'
        : 'the launcher without an installation is of docker',
      `use: mountc shim install${engine === 'podman' ? ' --engine podman' : ''}`,
    );
  const path = join(dirname(realpathSync(process.argv[1] ?? '')), 'docker');
  await io.stdout.write(product(`${quoteShell(path)}\n`, io.stdout));
  return EXIT.ok;
}

/** The package that this program runs from. */
function paths(dir: string): LauncherPaths {
  const mountc = realpathSync(process.argv[1] ?? '');
  // The one file that holds Node too: what a launcher becomes, and what it starts, are files of the package.
  if (mountc === realpathSync(process.execPath))
    throw new UsageError(
      'the launcher needs the files of the package: install that with npm, or link this program as `docker` on PATH',
    );
  const bin = dirname(mountc);
  return {
    node: process.execPath,
    mountc,
    check: join(bin, '../dist/check.cjs'),
    madeFolder: missingFolder(dir),
  };
}

function readEngine(text: string | undefined): ShimEngine | undefined {
  const engine = ENGINES.find((each) => each === text);
  if (text !== undefined && engine === undefined)
    throw new UsageError(`--engine takes docker or podman, not \`${text}\`${didYouMean(text, ENGINES)}`);
  return engine;
}

function candidates(io: CliIo, engine: ShimEngine) {
  return listDockers({
    engine,
    env: { ...io.env, [VIA_VARIABLE]: '' },
    cwd: io.cwd,
    selves: [process.argv[1] ?? ''],
  });
}

async function install(wanted: string | undefined, engine: ShimEngine, io: CliIo): Promise<number> {
  const docker = candidates(io, engine).find(({ what }) => what === 'docker');
  const chosen = chooseDir(io.env, docker?.path, engine);
  const already = candidates(io, engine).find(({ path }) => isLauncher(path));
  const dir = wanted ?? (already === undefined ? chosen.dir : dirname(already.path));
  if (dir.includes(delimiter)) {
    await io.stderr.write(
      show`mountc shim: ${dir}: a folder with \`${delimiter}\` in its name cannot be on PATH\n`,
    );
    return EXIT.environment;
  }
  const where = paths(dir);
  const files = WINDOWS
    ? windowsLaunchers(where, engine)
    : { [engine]: posixLauncher(readFileSync(join(dirname(where.mountc), 'docker'), 'utf8'), where, engine) };
  const done = Object.entries(files).map(([name, text]) => installFile(join(dir, name), text));
  if (await tell(done, io)) return EXIT.environment;
  if (wanted === undefined && already === undefined)
    await io.stdout.write(show`this folder was chosen because ${chosen.why}\n`);
  if (/[\\/]_npx[\\/]/.test(where.mountc))
    await io.stdout.write(
      show`note: this mountc lives in the cache of npx; once that is cleared, nothing is checked\n`,
    );
  const first = candidates(io, engine)[0];
  if (first !== undefined && dirname(first.path) === dir) {
    await io.stdout.write(
      show`\`${engine}\` is now ${first.path}; a shell that runs already may have to forget the old one: hash -r\n`,
    );
  } else {
    const hints = lines(pathHints(dir, io.env['SHELL']).map((hint) => `  ${hint}`));
    await io.stdout.write(show`put this folder first on PATH, then open a new shell:\n${hints}`);
  }
  await io.stdout.write(show`to undo this: mountc shim uninstall\n`);
  return EXIT.ok;
}

async function installPlugin(wanted: string | undefined, io: CliIo): Promise<number> {
  const dir = wanted ?? pluginDir(io);
  if (dir === undefined) throw new UsageError('there is no home folder; choose a folder with --dir');
  if (WINDOWS) {
    await io.stderr.write(show`mountc shim: docker for Windows takes only programs (.exe) as plugins\n`);
    return EXIT.environment;
  }
  const failed = await tell(
    [installFile(join(dir, 'docker-mountc'), pluginLauncher(paths(dir), VERSION))],
    io,
  );
  if (failed) return EXIT.environment;
  await io.stdout.write(show`now this works: docker mountc lint\nto undo this: mountc shim uninstall\n`);
  return EXIT.ok;
}

function pluginDir({ env, cwd }: CliIo): string | undefined {
  const config = env['DOCKER_CONFIG'] || (env['HOME'] && join(env['HOME'], '.docker'));
  return config ? resolve(cwd, config, 'cli-plugins') : undefined;
}

async function status(wanted: ShimEngine | undefined, io: CliIo): Promise<number> {
  const told: string[] = [];
  const isChecked = tellStatus(wanted ?? 'docker', io, told);
  if (wanted !== 'podman') {
    const plugin = pluginDir(io);
    if (plugin !== undefined && isLauncher(join(plugin, 'docker-mountc')))
      told.push(`docker mountc: ${join(plugin, 'docker-mountc')}`);
  }
  // Who has a launcher of podman wants to know of it too.
  if (wanted === undefined && candidates(io, 'podman').some(({ what }) => what === 'mountc')) {
    told.push('podman:');
    tellStatus('podman', io, told);
  }
  for (const what of await settingsProblems(readSettings(io.env), io.env)) told.push(`wrong: ${what}`);
  await io.stdout.write(lines(told));
  return isChecked ? EXIT.ok : EXIT.findings;
}

/** Says which programs of that name are on PATH; answers whether mountc is the first, and has one behind it. */
function tellStatus(engine: ShimEngine, io: CliIo, told: string[]): boolean {
  const found = candidates(io, engine);
  const docker = found.find(({ what }) => what === 'docker');
  for (const [index, { path, what, kind }] of found.entries()) {
    const is =
      what === 'mountc'
        ? isLauncher(path)
          ? "mountc's launcher"
          : 'a link to mountc'
        : kind.script
          ? `${engine}, a script`
          : engine;
    told.push(`${index + 1}. ${path}: ${is}`);
  }
  if (found.length === 0) told.push(`there is no ${engine} on PATH`);
  const first = found[0];
  if (first?.what === 'mountc')
    told.push(
      docker === undefined ? `no real docker was found: ${engine} ends with 127` : `it runs ${docker.path}`,
    );
  else if (first !== undefined)
    told.push(`commands are not checked: ${engine} comes before mountc, or mountc is not installed`);
  const troubles = found.flatMap(({ path, what }) =>
    what === 'mountc' && isLauncher(path) ? (examineLauncher(path, io.env) ?? []) : [],
  );
  for (const { what, help } of troubles) told.push(`wrong: ${what}`, `       ${help}`);
  return first?.what === 'mountc' && docker !== undefined && troubles.length === 0;
}

async function uninstall(
  dir: string | undefined,
  engines: readonly ShimEngine[],
  io: CliIo,
): Promise<number> {
  const home = chooseDir({ ...io.env, PATH: '' }, undefined, 'docker').dir;
  const names = engines.flatMap((engine) => (WINDOWS ? [`${engine}.cmd`, `${engine}.ps1`] : [engine]));
  const hasPlugin = engines.includes('docker');
  if (hasPlugin && !WINDOWS) names.push('docker-mountc');
  const plugin = hasPlugin ? pluginDir(io) : undefined;
  const dirs =
    dir === undefined
      ? [
          ...engines.flatMap((engine) => candidates(io, engine)).map(({ path }) => dirname(path)),
          home,
          ...(plugin === undefined ? [] : [plugin]),
        ]
      : [dir];
  const files = new Set(dirs.flatMap((each) => names.map((name) => join(each, name))));
  const done = [...files].map(removeFile).filter((each) => each !== undefined);
  if (dir === undefined && hasPlugin) forgetCache(io);
  if (done.length === 0) await io.stdout.write(show`there is nothing to remove\n`);
  return (await tell(done, io)) ? EXIT.environment : EXIT.ok;
}

function forgetCache({ env }: CliIo): void {
  const dir = cacheDir(env);
  if (dir === undefined || whyNoPlace(dir) !== undefined) return;
  try {
    for (const name of readdirSync(dir)) if (isCacheName(name)) rmSync(join(dir, name));
    rmSync(join(dir, 'code'), { recursive: true, force: true });
    // Nor does this run keep what it compiled.
    Reflect.deleteProperty(globalThis, COMPILED);
    rmdirSync(dir);
  } catch {
    // There is none, or others keep something there.
  }
}

/** Says what became of each file; answers whether one was refused. */
async function tell(done: readonly Installed[], io: CliIo): Promise<boolean> {
  for (const each of done) {
    if (each.what === 'refused') await io.stderr.write(show`mountc shim: ${each.path}: ${each.why}\n`);
    else await io.stdout.write(show`${each.path}: ${each.what}\n`);
  }
  return done.some(({ what }) => what === 'refused');
}
