import { execFileSync } from 'node:child_process';
import type { EngineOs } from '../dialect/dialect.js';
import { readVersion, type Version } from '../dialect/version.js';
import type { CliIo } from './io.js';

/** What the docker on PATH says of itself and of its engine; parts that it cannot say are left out. */
export interface FoundVersions {
  readonly client?: Version;
  readonly engine?: Version;
  readonly engineOs?: EngineOs;
}

/** Asks the docker on PATH (or `MOUNTC_DOCKER`) for its versions: one `docker version`, given five seconds. */
export function askVersions(io: CliIo): FoundVersions {
  let text = '';
  try {
    text = execFileSync(io.env['MOUNTC_DOCKER'] || 'docker', ['version', '--format', '{{json .}}'], {
      encoding: 'utf8',
      timeout: 5_000,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...io.env, MOUNTC: 'off' } as NodeJS.ProcessEnv,
    });
  } catch (error) {
    // Without an engine docker still prints its own version, and then fails.
    text = String((error as { stdout?: unknown }).stdout ?? '');
  }
  try {
    const { Client, Server } = JSON.parse(text) as { Client?: VersionPart; Server?: VersionPart };
    return {
      client: Client?.Version === undefined ? undefined : readVersion(Client.Version),
      engine: Server?.Version === undefined ? undefined : readVersion(Server.Version),
      engineOs: Server?.Os === 'windows' ? 'windows' : Server?.Os === 'linux' ? 'linux' : undefined,
    };
  } catch {
    return {};
  }
}

interface VersionPart {
  readonly Version?: string;
  readonly Os?: string;
}
