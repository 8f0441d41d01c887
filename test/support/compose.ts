import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const engines = process.env['MOUNTC_ENGINES'] ?? join(homedir(), '.cache/mountc-engines');
const PLACES = [
  process.env['MOUNTC_COMPOSE'],
  ...['compose', 'compose-trixie', 'compose-sid'].map((name) => join(engines, name, 'docker-compose')),
  join(homedir(), '.docker/cli-plugins/docker-compose'),
  '/usr/libexec/docker/cli-plugins/docker-compose',
  '/usr/lib/docker/cli-plugins/docker-compose',
  '/usr/local/lib/docker/cli-plugins/docker-compose',
];

/** A real docker compose. */
export interface Compose {
  readonly path: string;
  /** Without a distribution's suffix: `2.26.1`. */
  readonly version: string;
}

/** The real docker compose of every release (2 and later) that this machine has. */
export function findComposes(): Compose[] {
  const found = PLACES.flatMap((path): Compose[] => {
    if (path === undefined || !existsSync(path)) return [];
    const { stdout } = spawnSync(path, ['version', '--short'], { encoding: 'utf8' });
    const version = /^v?([2-9]\.\d+\.\d+)/.exec(stdout ?? '')?.[1];
    return version === undefined ? [] : [{ path, version }];
  });
  return found.filter(({ version }, i) => found.findIndex((one) => one.version === version) === i);
}

/** Those releases, or one that is not there: for suites that are skipped then. */
export function wantedComposes(): readonly (
  | Compose
  | { readonly version: string; readonly path: undefined }
)[] {
  const found = findComposes();
  return found.length > 0 ? found : [{ version: '(not here: scripts/engines.sh compose)', path: undefined }];
}

/** What `docker compose config` makes of a file. */
export function composeConfig(
  path: string,
  file: string,
  env?: NodeJS.ProcessEnv,
): { config?: ComposeConfig; stderr: string } {
  return runConfig(path, ['-f', file], undefined, env);
}

/** What `docker compose config` makes of a folder. */
export function projectConfig(path: string, folder: string): { config?: ComposeConfig; stderr: string } {
  return runConfig(path, ['--project-directory', folder], folder);
}

function runConfig(
  path: string,
  args: readonly string[],
  cwd?: string,
  env: NodeJS.ProcessEnv = process.env,
): { config?: ComposeConfig; stderr: string } {
  const { status, stdout, stderr } = spawnSync(path, [...args, 'config', '--format', 'json'], {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return status === 0 ? { config: JSON.parse(stdout) as ComposeConfig, stderr } : { stderr };
}

/** The part of the configuration that is about mounts. */
export interface ComposeConfig {
  readonly services: Readonly<Record<string, ComposeConfigService>>;
  readonly volumes?: Readonly<Record<string, Record<string, unknown>>>;
}

/** One service of the configuration. */
export interface ComposeConfigService {
  readonly volumes?: readonly Record<string, unknown>[];
  readonly volumes_from?: readonly string[];
  readonly tmpfs?: readonly string[];
}
