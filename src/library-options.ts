import type { ConvertOptions } from './convert/convert-command.js';
import { type Dialect, type EngineOs, makeDialect } from './dialects/docker/tables/dialect.js';
import { portableDialects } from './dialects/docker/tables/fleet.js';
import { NEWEST, OLDEST, readVersion, showVersion } from './dialects/docker/tables/version.js';
import { OLDEST_PODMAN, PODMAN_RANGE, readPodman } from './dialects/podman/versions.js';

/** By which docker something is judged. */
export interface DockerOptions {
  /** The client's version, `20.10` to `29.8`; the newest known one when left out. */
  readonly docker?: string;
  /** The engine's version; the client's when left out. */
  readonly engine?: string;
  readonly engineOs?: EngineOs;
  /** The podman of podman's own mounts, `4.3` to `6.1`; all of them when left out. */
  readonly podman?: string;
  /** Absolute; what relative paths are relative to. `/` when left out. */
  readonly cwd?: string;
}

/** Makes the dialect of a docker. Throws a RangeError for a version that is none, or older than 20.10. */
export function dialectOf({ docker, engine, engineOs, podman }: DockerOptions = {}): Dialect {
  return makeDialect({
    client: toVersion(docker),
    engine: toVersion(engine),
    engineOs,
    podman: toPodman(podman),
  });
}

function toPodman(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const version = readPodman(text);
  if (version === undefined || version < OLDEST_PODMAN)
    throw new RangeError(`podman ${text}: the supported versions are ${PODMAN_RANGE}`);
  return version;
}

function toVersion(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const version = readVersion(text);
  if (version === undefined || version < OLDEST) {
    throw new RangeError(
      `docker ${text}: the supported versions are ${showVersion(OLDEST)} to ${showVersion(NEWEST)}`,
    );
  }
  return version;
}

/** How mounts are converted. */
export interface ConversionOptions extends DockerOptions {
  /** Leaves alone what would change an effect. */
  readonly strict?: boolean;
  /** What a source is that is a variable and could be either. */
  readonly assume?: 'bind' | 'volume';
}

/** How mounts are converted, as converters take it. */
export const conversionOf = (options: ConversionOptions): ConvertOptions => ({
  dialects: chosenDialects(options),
  strict: options.strict,
  assume: options.assume,
  directory: options.cwd === undefined ? 'shell' : { path: options.cwd },
});

/** The dockers that are asked for: without a version one of each era. */
const chosenDialects = (options: DockerOptions): readonly Dialect[] =>
  options.docker === undefined && options.engine === undefined ? portableDialects() : [dialectOf(options)];
