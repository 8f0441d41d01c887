// The real Compose against a fake engine, and the docker clients beside it, for one suite.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { chooseCompose, readComposeVersion } from '../../src/dialects/compose/versions.js';
import { type ClientPool, startClientPool } from './ask-client.js';
import {
  type ComposeAnswer,
  type ComposeEngine,
  type CreateCall,
  startComposeEngine,
} from './compose-engine.js';
import { sharedTempDir } from './temp-dir.js';

/** Starts them before the tests of the suite that asks, and stops them behind those. */
export function besideCompose(path: string, version: string) {
  const home = sharedTempDir();
  const folder = join(home, 'proj');
  let engine: ComposeEngine;
  let pool: ClientPool;
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    engine = await startComposeEngine(path, home);
    pool = await startClientPool();
  });
  afterAll(async () => {
    await engine.stop();
    await pool.stop();
  });
  return {
    // Debian's 2.26.1 has fixes of later ones.
    compose: chooseCompose(readComposeVersion(version === '2.26.1' ? '2.26.1-4' : version)!),
    home,
    folder,
    create: (...args: Parameters<ComposeEngine['create']>) => engine.create(...args),
    ask: (...args: Parameters<ClientPool['ask']>) => pool.ask(...args),
  };
}

/** The create call for a service. */
export const callOf = ({ calls }: ComposeAnswer, service: string): CreateCall | undefined =>
  calls.find(
    ({ body }) => (body['Labels'] as Record<string, unknown>)['com.docker.compose.service'] === service,
  );
