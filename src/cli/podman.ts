import { makeDialect } from '../dialects/docker/tables/dialect.js';
import { type GivenFlag, refuseCommand } from '../dialects/podman/judge-command.js';
import { NEWEST_PODMAN, OLDEST_PODMAN, podmanFacts, readPodman } from '../dialects/podman/versions.js';
import { askDocker } from '../docker/ask-docker.js';
import { listDockers, viaFor } from '../docker/find.js';
import { endLike, runDocker } from '../docker/run.js';
import { FLAG_OF } from '../forms/convert-spec.js';
import { readSettings } from '../shim/settings.js';
import { argvSource } from '../source/argv-source.js';
import { viewCommand } from '../source/view-command.js';
import { show } from '../text/shown.js';
import { EXIT } from './exit-codes.js';
import type { CliIo, Command } from './io.js';

/** The text of `mountc help podman`. */
export const help = `Check a podman command, then run the real podman with it.

Usage: mountc podman [PODMAN'S OWN ARGUMENTS] …
       alias podman='mountc podman'

What this podman is certain to refuse is not run: the mistake is shown and the exit code is 125.
Everything else runs as it was typed, with podman's own input, output and exit code.

Environment:
  MOUNTC=off|warn|block       do not check; check but always run; stop mistakes (default)

mountc podman --help is podman's own.
`;

/** How long podman may take to say its version, in milliseconds. */
const PATIENCE = 800;

/** `mountc podman …`: podman as a child of this process. */
export const run: Command = async (argv, io) => {
  const self = process.argv[1];
  const found = listDockers({ env: io.env, cwd: io.cwd, selves: self === undefined ? [] : [self] }, 'podman');
  const podman = found.find(({ what }) => what === 'docker');
  if (podman === undefined) {
    await io.stderr.write(show`mountc: there is no podman on PATH\n`);
    return EXIT.notFound;
  }
  const { mode } = readSettings(io.env);
  let refusal: Awaited<ReturnType<typeof check>>;
  try {
    // A script may do anything when it is run, so only a program is asked.
    if (mode !== 'off' && !podman.kind.script) refusal = await check(argv, podman.path, io);
  } catch {
    // What cannot be checked is podman's to judge.
  }
  if (refusal !== undefined) {
    const { flag, message, version } = refusal;
    const form = flag.form === 'volumes-from' ? '--volumes-from' : FLAG_OF[flag.form];
    await io.stderr.write(show`mountc: podman ${version} refuses \`${form} ${flag.value}\`: ${message}\n`);
    if (mode === 'block') {
      await io.stderr.write(show`mountc: it was not run; MOUNTC=warn runs it all the same\n`);
      return EXIT.dockerRefuses;
    }
  }
  const end = await runDocker(podman.path, argv, { env: viaFor(podman, io.env) });
  if ('failed' in end) await io.stderr.write(show`mountc: ${podman.path} does not start: ${end.failed}\n`);
  return endLike(end);
};

async function check(argv: readonly string[], podman: string, io: CliIo) {
  const flags = flagsOf(argv);
  if (flags.length === 0) return undefined;
  const { stdout } = await askDocker(podman, ['--version'], io.env, PATIENCE);
  const version = /^podman version (\S+)/.exec(stdout)?.[1];
  const known = version === undefined ? undefined : readPodman(version);
  // One that is newer than the tables may have learnt anything; a preview may be either.
  if (version === undefined || known === undefined || /[-~](?:dev|rc|alpha|beta)/.test(version))
    return undefined;
  if (known < OLDEST_PODMAN || known > NEWEST_PODMAN) return undefined;
  const refusal = refuseCommand(flags, podmanFacts(known));
  return refusal && { ...refusal, version };
}

/** The mount flags of a command that is read for certain. */
function flagsOf(argv: readonly string[]): GivenFlag[] {
  const { source } = argvSource(['podman', ...argv]);
  const { invocation, sites } = viewCommand({ ...source, engine: 'podman' }, { dialect: makeDialect() });
  if (invocation === undefined || invocation.problem !== undefined || invocation.image === undefined)
    return [];
  const taken = invocation.flags.filter(({ flag }) => flag.name === 'volumes-from');
  return [
    ...sites.map(({ form, text }): GivenFlag => ({ form, value: text.value })),
    ...taken.map(({ value }): GivenFlag => ({ form: 'volumes-from', value: value.value })),
  ];
}
