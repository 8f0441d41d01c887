// Finds the real docker clients of this machine: every `docker` on PATH, the distribution's, and those that
// `scripts/engines.sh provision` has unpacked. A suite that needs one either runs against it or says why not.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A real docker client. */
export interface Client {
  /** Absolute, as it was found. */
  readonly path: string;
  /** As `docker --version` prints it, without a distribution's suffix: `26.1.5`. */
  readonly version: string;
  /** With that suffix: `26.1.5+dfsg1`. */
  readonly build: string;
  /** The go-units library it was linked with, which alone decides how `tmpfs-size` is read (§3.6). */
  readonly goUnits: '0.4' | '0.5';
}

/** A client that is there, or the reason why it is not. */
export type WantedClient = Client | { readonly version: string; readonly missing: string };

/** The releases that the suites are written for; the first two are always wanted in CI. */
export const WANTED = ['28.2.2', '20.10.24', '26.1.5', '28.5.2'] as const;

/** Where `scripts/engines.sh` keeps its clients, daemons and data. */
export const ENGINES_DIR = process.env['MOUNTC_ENGINES'] || join(homedir(), '.cache', 'mountc-engines');

/** Every real docker client of this machine, once each, in PATH order. */
export function findClients(): Client[] {
  const seen = new Set<string>();
  const found: Client[] = [];
  for (const path of candidatePaths()) {
    if (!existsSync(path)) continue;
    const real = realpathSync(path);
    if (seen.has(real)) continue;
    seen.add(real);
    const client = readVersion(path);
    if (client !== undefined) found.push(client);
  }
  return found;
}

/**
 * The wanted releases, each with its client or the reason of its absence.
 * Throws when `MOUNTC_REQUIRE_CLIENTS` (versions between spaces) names one that is absent.
 */
export function wantedClients(versions: readonly string[] = WANTED): WantedClient[] {
  const found = findClients();
  const required = (process.env['MOUNTC_REQUIRE_CLIENTS'] ?? '')
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const absent = required.filter((version) => !found.some((client) => client.version === version));
  if (absent.length > 0) {
    const there = found.map((client) => client.version).join(', ') || 'none';
    throw new Error(`MOUNTC_REQUIRE_CLIENTS: no docker client ${absent.join(', ')} here (found: ${there})`);
  }
  return [...new Set([...versions, ...required])].map(
    (version) =>
      found.find((client) => client.version === version) ?? {
        version,
        missing: `no docker client ${version} on PATH or in the engines folder`,
      },
  );
}

function candidatePaths(): string[] {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter((dir) => dir.startsWith('/'));
  const suites = existsSync(ENGINES_DIR) ? readdirSync(ENGINES_DIR).sort() : [];
  return [...onPath, '/usr/bin', ...suites.map((suite) => join(ENGINES_DIR, suite, 'bin'))].map((dir) =>
    join(dir, 'docker'),
  );
}

function readVersion(path: string): Client | undefined {
  let text: string;
  try {
    // `docker --version` needs no daemon. MOUNTC=off: should this be a launcher of mountc, it only passes through.
    const env = { PATH: '/usr/bin:/bin', MOUNTC: 'off', DOCKER_CONFIG: '/nonexistent' };
    text = execFileSync(path, ['--version'], { env, encoding: 'utf8', timeout: 10_000, stdio: 'pipe' });
  } catch {
    return undefined;
  }
  const build = /^Docker version ([^,\s]+), build/.exec(text)?.[1];
  const version = build === undefined ? undefined : /^\d+\.\d+\.\d+/.exec(build)?.[0];
  if (build === undefined || version === undefined) return undefined;
  return { path, version, build, goUnits: goUnitsOf(version, build) };
}

// Debian linked 20.10 and 26.1 with its own go-units 0.4; upstream moved to 0.5 with 23.0.
function goUnitsOf(version: string, build: string): Client['goUnits'] {
  const debian = build.includes('+dfsg');
  return version.startsWith('20.10.') || (debian && version.startsWith('26.1.')) ? '0.4' : '0.5';
}
