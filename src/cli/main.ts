import { mapOf } from '../text/map-of.js';
import { exact } from '../text/shown.js';
import { VERSION } from '../version.js';
import { EXIT } from './exit-codes.js';
import type { CliIo, Command } from './io.js';
import { mainHelp } from './main-help.js';
import type { Options } from './options.js';

/** The sub-commands. Each is loaded when it is asked for, so that none pays for another. */
export const COMMANDS = mapOf<() => Promise<{ run: Command; options?: Options }>>({
  convert: () => import('#entry/convert'),
  docker: () => import('#entry/docker'),
  podman: () => import('#entry/podman'),
  explain: () => import('#entry/explain'),
  lint: () => import('#entry/lint'),
  lsp: () => import('#entry/lsp'),
  inspect: () => import('#entry/inspect'),
  why: () => import('#entry/why'),
  last: () => import('#entry/last'),
  doctor: () => import('#entry/doctor'),
  shim: () => import('#entry/shim'),
  completion: () => import('#entry/completion'),
});

/** Runs the program; answers its exit code, never throws. */
export async function main(argv: readonly string[], io: CliIo): Promise<number> {
  const [name, ...rest] = argv;
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      const wanted = name === 'help' ? rest[0] : undefined;
      const load = wanted === undefined ? undefined : commandOf(wanted);
      if (wanted === 'docker') {
        // `mountc docker --help` is docker's own, since it may follow an alias.
        await io.stdout.write(exact((await import('#entry/docker')).help));
        return EXIT.ok;
      }
      if (wanted === 'podman') {
        await io.stdout.write(exact((await import('#entry/podman')).help));
        return EXIT.ok;
      }
      if (load !== undefined) return await (await load()).run(['--help'], io);
      if (wanted !== undefined && !/^-|^(?:help|version)$/.test(wanted)) throw await unknown(wanted, []);
      await (name === undefined ? io.stderr : io.stdout).write(exact(mainHelp(VERSION)));
      return name === undefined ? EXIT.usage : EXIT.ok;
    }
    // `-v` alone is the version, as docker's is; with more words it is a volume.
    if (name === '--version' || name === '-V' || name === 'version' || (name === '-v' && rest.length === 0)) {
      await io.stdout.write(exact(`mountc ${VERSION}\n`));
      return EXIT.ok;
    }
    const load = commandOf(name);
    if (load === undefined) throw await unknown(name, rest);
    const { run } = await load();
    return await run(rest, io);
  } catch (error) {
    const { tellFailure } = await import('#entry/mistakes');
    const command = name !== undefined && commandOf(name) !== undefined ? name : undefined;
    return tellFailure(error, argv, command, io);
  }
}

const commandOf = (name: string) => COMMANDS.get(name);

const unknown = async (name: string, rest: readonly string[]): Promise<Error> =>
  (await import('#entry/mistakes')).unknownCommand(name, rest, [...COMMANDS.keys()]);
