import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const PLACES = [
  process.env['MOUNTC_COMPOSE'],
  join(process.env['MOUNTC_ENGINES'] ?? join(homedir(), '.cache/mountc-engines'), 'compose/docker-compose'),
  join(homedir(), '.docker/cli-plugins/docker-compose'),
  '/usr/libexec/docker/cli-plugins/docker-compose',
  '/usr/lib/docker/cli-plugins/docker-compose',
  '/usr/local/lib/docker/cli-plugins/docker-compose',
];

/** The real docker compose (2.x) of this machine, and its version; undefined when there is none. */
export function findCompose(): { path: string; version: string } | undefined {
  for (const path of PLACES) {
    if (path === undefined || !existsSync(path)) continue;
    const { stdout } = spawnSync(path, ['version', '--short'], { encoding: 'utf8' });
    const version = /^v?(2\.[\d.]+)/.exec(stdout ?? '')?.[1];
    if (version !== undefined) return { path, version };
  }
  return undefined;
}

/** What `docker compose config` makes of a file. */
export function composeConfig(path: string, file: string): { config?: ComposeConfig; stderr: string } {
  const { status, stdout, stderr } = spawnSync(path, ['-f', file, 'config', '--format', 'json'], {
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
  readonly tmpfs?: readonly string[];
}
