import {
  COMPOSE_RANGE,
  type ComposeVersion,
  OLDEST_COMPOSE,
  readComposeVersion,
} from '../dialects/compose/versions.js';
import type { DialectInput, EngineOs } from '../dialects/docker/tables/dialect.js';
import {
  NEWEST,
  OLDEST,
  RELEASES,
  readVersion,
  readVersionRange,
  showVersion,
  VERSION_RANGE,
  type Version,
} from '../dialects/docker/tables/version.js';
import { NEWEST_PODMAN, OLDEST_PODMAN, PODMAN_RANGE, readPodman } from '../dialects/podman/versions.js';
import type { CliIo } from './io.js';
import type { Options } from './options.js';
import { tellUncharted, tellUnchartedCompose } from './uncharted.js';
import { UsageError } from './usage.js';
import type { FoundVersions } from './versions.js';

const LINES = [...new Set(RELEASES.map(({ version }) => showVersion(version).replace(/\.\d+$/, '')))];

/** The options that choose a dialect. */
export const DIALECT_OPTIONS = {
  '--docker': {
    value: 'VERSION',
    help: `the version of the docker client: ${VERSION_RANGE}, or auto for the docker on PATH;
20.10-29.8 for every docker in that range`,
    words: ['auto', ...LINES],
  },
  '--engine': {
    value: 'VERSION',
    help: 'the version of the engine; by default that of --docker',
    words: LINES,
  },
  '--engine-os': { value: 'OS', help: 'linux (default) or windows', words: ['linux', 'windows'] },
  '--podman': {
    value: 'VERSION',
    help: `the version of podman for podman's own mounts: ${PODMAN_RANGE}, or auto; all by default`,
    words: ['auto', ...PODMAN_RANGE.split(' to ')],
  },
  '--builder': {
    value: 'NAME',
    help: 'the builder that reads RUN --mount: buildkit or buildah; by default either for a Containerfile',
    words: ['buildkit', 'buildah'],
  },
  '--compose': {
    value: 'VERSION',
    help: `the version of docker compose that reads Compose files: ${COMPOSE_RANGE}, or auto`,
    words: ['auto', ...COMPOSE_RANGE.split(' to ')],
  },
  '--cwd': { value: 'DIR', help: 'the directory for relative paths' },
} as const satisfies Options;

/** What the flags chose. */
export interface ChosenVersions {
  readonly versions: DialectInput;
  /** Which docker compose; every one that is known when left out. */
  readonly compose?: ComposeVersion;
  /** A version was asked for; without one the newest docker is meant, or all of them. */
  readonly isChosen: boolean;
  /** Absolute. */
  readonly cwd: string;
}

/** Their values as they are read; missing ones are undefined. */
export type DialectArgs = { readonly [Name in keyof typeof DIALECT_OPTIONS]?: string };

/**
 * Reads the dialect flags; a mistake is a {@link UsageError}. `--docker auto` starts the docker on PATH. That a docker is not in the
 * tables is said on standard error.
 */
export async function chooseVersions(flags: DialectArgs, io: CliIo): Promise<ChosenVersions> {
  const engineOs = readEngineOs(flags['--engine-os']);
  const found = flags['--docker'] === 'auto' ? await askDocker(io) : undefined;
  const { packaging } = found ?? {};
  const range = readVersionRange(flags['--docker'] ?? '');
  if (range !== undefined) readRelease('--docker', showVersion(range.since));
  else if (/^v?\d+\.\d[\d.]*-v?\d+\.\d/.test(flags['--docker'] ?? ''))
    throw new UsageError(`--docker takes the older release first: 20.10-29.8, not \`${flags['--docker']}\``);
  const client = found?.client ?? range?.client ?? readRelease('--docker', flags['--docker']);
  const engine = readRelease('--engine', flags['--engine']) ?? found?.engine;
  const hostOs = process.platform === 'win32' ? 'windows' : 'posix';
  const builder = readBuilder(flags['--builder']);
  const podman = flags['--podman'] === 'auto' ? await askPodman(io) : readPodmanRelease(flags['--podman']);
  const compose = await readCompose(flags['--compose'], io);
  await tellUncharted({ client, engine }, io);
  await tellUnchartedCompose(compose, io);
  return {
    ...(compose && { compose }),
    versions: {
      client,
      since: range?.since,
      packaging,
      engine,
      engineOs: engineOs ?? found?.engineOs,
      hostOs,
      podman,
      builder,
    },
    isChosen: client !== undefined || engine !== undefined || engineOs !== undefined,
    cwd: absoluteCwd(flags['--cwd'], io.cwd),
  };
}

function absoluteCwd(dir: string | undefined, cwd: string): string {
  if (dir === undefined) return cwd;
  return dir.startsWith('/') || /^[A-Za-z]:[\\/]/.test(dir) ? dir : `${cwd.replace(/\/$/, '')}/${dir}`;
}

function readRelease(flag: string, text: string | undefined): Version | undefined {
  if (text === undefined || text === 'latest') return text === undefined ? undefined : NEWEST;
  const version = readVersion(text);
  if (version === undefined)
    throw new UsageError(`${flag} takes a docker version such as 28.2.2, not \`${text}\``);
  if (version < OLDEST) {
    throw new UsageError(
      `${flag} ${text} is older than what mountc knows`,
      `the supported versions are ${showVersion(OLDEST)} to ${showVersion(NEWEST)}`,
    );
  }
  return version;
}

/** Reads the value of `--podman`. */
function readPodmanRelease(text: string | undefined): Version | undefined {
  if (text === undefined) return undefined;
  if (text === 'latest') return NEWEST_PODMAN;
  const version = readPodman(text);
  if (version === undefined || version < OLDEST_PODMAN)
    throw new UsageError(`--podman takes a podman version of ${PODMAN_RANGE}, not \`${text}\``);
  return version;
}

/** Reads `--compose`; `auto` starts the docker on PATH. */
async function readCompose(text: string | undefined, io: CliIo): Promise<ComposeVersion | undefined> {
  if (text === undefined) return undefined;
  const said = text === 'auto' ? await askCompose(io) : text;
  const version = readComposeVersion(said);
  if (version === undefined)
    throw new UsageError(`--compose takes a version of docker compose such as 2.40.3, not \`${said}\``);
  if (version.version >= OLDEST_COMPOSE) return version;
  throw new UsageError(
    `--compose ${said} is older than what mountc knows`,
    `the supported versions are ${COMPOSE_RANGE}`,
  );
}

async function askCompose(io: CliIo): Promise<string> {
  const { askCompose: ask } = await import('#entry/versions');
  const said = await ask(io);
  if (said !== undefined) return said;
  throw new UsageError('--compose auto: no docker compose reports its version', 'see: mountc doctor');
}

function readBuilder(text: string | undefined): DialectInput['builder'] {
  if (text === undefined || text === 'buildkit' || text === 'buildah') return text;
  throw new UsageError(`--builder takes buildkit or buildah, not \`${text}\``);
}

function readEngineOs(text: string | undefined): EngineOs | undefined {
  if (text === undefined || text === 'linux' || text === 'windows') return text;
  throw new UsageError(`--engine-os takes linux or windows, not \`${text}\``);
}

async function askDocker(io: CliIo): Promise<FoundVersions> {
  const { askVersions } = await import('#entry/versions');
  const found = await askVersions(io);
  if (found.client !== undefined) return found;
  throw new UsageError('--docker auto: no docker reports its version', 'see: mountc doctor');
}

async function askPodman(io: CliIo): Promise<Version> {
  const { askPodmanVersion } = await import('#entry/versions');
  const version = readPodman((await askPodmanVersion(io)) ?? '');
  if (version !== undefined) return version;
  throw new UsageError('--podman auto: no podman reports its version');
}
