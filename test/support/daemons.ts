// Finds the running daemons that tests may use: those that `scripts/engines.sh start` has started, and those that
// MOUNTC_ENGINES_RUN names. The daemon of the machine itself is never among them.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { ENGINES_DIR } from './clients.js';

/** A running daemon with the image `busybox:local`. */
export interface Daemon {
  /** For DOCKER_HOST. */
  readonly host: string;
  /** Without a distribution's suffix: `20.10.24`. */
  readonly version: string;
  readonly apiVersion: string;
}

/** A daemon that is there, or the reason why it is not. */
export type WantedDaemon = Daemon | { readonly version: string; readonly missing: string };

/** Every daemon that may be used. MOUNTC_ENGINES_RUN: `unix://` hosts between spaces, instead of the started ones. */
export async function findDaemons(): Promise<Daemon[]> {
  const named = (process.env['MOUNTC_ENGINES_RUN'] ?? '').split(/\s+/).filter((host) => host !== '');
  const run = join(ENGINES_DIR, 'run');
  const started = existsSync(run)
    ? readdirSync(run).map((suite) => `unix://${join(run, suite, 'docker.sock')}`)
    : [];
  const found = await Promise.all((named.length > 0 ? named : started).map(readDaemon));
  return found.filter((daemon) => daemon !== undefined);
}

/**
 * The daemons of these versions (all that run when none is given), each there or with the reason of its absence.
 * Throws when MOUNTC_REQUIRE_ENGINES (versions between spaces) names one that does not run.
 */
export async function wantedDaemons(versions: readonly string[] = []): Promise<WantedDaemon[]> {
  const found = await findDaemons();
  const required = (process.env['MOUNTC_REQUIRE_ENGINES'] ?? '')
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const absent = required.filter((version) => !found.some((daemon) => daemon.version === version));
  if (absent.length > 0) {
    const there = found.map((daemon) => daemon.version).join(', ') || 'none';
    throw new Error(`MOUNTC_REQUIRE_ENGINES: no running daemon ${absent.join(', ')} (found: ${there})`);
  }
  const wanted = versions.length > 0 ? versions : found.map((daemon) => daemon.version);
  if (wanted.length === 0)
    return [{ version: 'any', missing: 'no daemon runs; scripts/engines.sh start SUITE' }];
  return wanted.map(
    (version) =>
      found.find((daemon) => daemon.version === version) ?? {
        version,
        missing: `no daemon ${version} runs; scripts/engines.sh start SUITE`,
      },
  );
}

/** Runs a real client against the daemon and returns what it printed. Throws with its stderr when it fails. */
export function runDocker(daemon: Daemon, client: string, args: readonly string[]): string {
  const env = {
    PATH: '/usr/bin:/bin',
    DOCKER_HOST: daemon.host,
    DOCKER_CONFIG: '/nonexistent',
    MOUNTC: 'off',
  };
  return execFileSync(client, args, {
    env,
    encoding: 'utf8',
    timeout: 60_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function readDaemon(host: string): Promise<Daemon | undefined> {
  const socketPath = host.replace(/^unix:\/\//, '');
  if (!existsSync(socketPath)) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const asked = request({ socketPath, path: '/version', timeout: 5000 }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        const { Version = '', ApiVersion = '' } = JSON.parse(text) as {
          Version?: string;
          ApiVersion?: string;
        };
        const version = /^\d+\.\d+\.\d+/.exec(Version)?.[0];
        resolve(version === undefined ? undefined : { host, version, apiVersion: ApiVersion });
      });
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(undefined));
    asked.end();
  });
}
