import { askDocker } from '../docker/ask-docker.js';
import { findDocker, listDockers } from '../docker/find.js';
import type { KnownDocker } from '../docker/known-docker.js';
import { probeCompose, probeDocker } from '../docker/probe.js';
import type { CliIo } from './io.js';

/** What a docker says of itself and of its engine; parts that it cannot say are left out. */
export type FoundVersions = Partial<Pick<KnownDocker, 'client' | 'packaging' | 'engine' | 'engineOs'>>;

// Somebody asked for it, so an engine that is slow is waited for.
const PATIENCE = 5_000;

/** Asks `docker compose` of that docker for its version, or the `docker-compose` on PATH where it has none; undefined when there is none, or it does not say. Never rejects. */
export async function askCompose({ env, cwd }: Pick<CliIo, 'env' | 'cwd'>): Promise<string | undefined> {
  const self = process.argv[1];
  const options = { env, cwd, selves: self === undefined ? [] : [self], isAside: true };
  const probe = { env: { ...env, MOUNTC: 'off' }, patience: PATIENCE };
  const found = findDocker(options);
  const said = found.path === undefined ? undefined : await probeCompose({ ...probe, docker: found.path });
  if (said !== undefined) return said;
  const alone = listDockers(options, 'docker-compose').find(({ what }) => what === 'docker');
  return alone && probeCompose({ ...probe, docker: alone.path, isAlone: true });
}

/** Asks the docker that `mountc docker` would run, in at most five seconds. Never rejects. */
export async function askVersions({ env, cwd }: Pick<CliIo, 'env' | 'cwd'>): Promise<FoundVersions> {
  const self = process.argv[1];
  const found = findDocker({ env, cwd, selves: self === undefined ? [] : [self], isAside: true });
  if (found.path === undefined) return {};
  const probe = { docker: found.path, env: { ...env, MOUNTC: 'off' }, patience: PATIENCE };
  return (await probeDocker(probe)) ?? {};
}

/** Asks the podman on PATH for its version; undefined where there is none that says it. Never rejects. */
export async function askPodmanVersion({
  env,
  cwd,
}: Pick<CliIo, 'env' | 'cwd'>): Promise<string | undefined> {
  const self = process.argv[1];
  const selves = self === undefined ? [] : [self];
  const found = findDocker({ engine: 'podman', env, cwd, selves, isAside: true });
  if (found.path === undefined) return undefined;
  const { stdout } = await askDocker(found.path, ['--version'], { ...env, MOUNTC: 'off' }, PATIENCE);
  return /^podman version (\S+)/.exec(stdout)?.[1];
}
