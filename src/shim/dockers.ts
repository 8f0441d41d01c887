import type { System } from '../dialects/docker/engine/system.js';
import { BUILDS } from '../dialects/docker/tables/builds.js';
import { type Dialect, type DialectInput, makeDialect } from '../dialects/docker/tables/dialect.js';
import { clientEras, engineEras } from '../dialects/docker/tables/eras.js';
import { NEWEST, type Version } from '../dialects/docker/tables/version.js';

/** A docker that may be the one that will run: a client, and the engine that it speaks to. */
export interface Docker {
  readonly dialect: Dialect;
  /** Given where the engine's machine decides and the kind of it is known. */
  readonly system?: System;
}

const LCOW: System = { pathState: () => undefined, runsLinuxContainers: true };

/** The docker that is judged first: what is known of it, and for the rest the newest on Linux. */
export function likelyDocker(known: DialectInput): Docker {
  return { dialect: makeDialect(known) };
}

/** Every docker that it may be, as far as judging can tell them apart, one after the other. */
export function* possibleDockers(known: DialectInput): Generator<Docker> {
  const clients: readonly DialectInput[] = known.client === undefined ? allClients() : [{}];
  const engines = known.engine === undefined ? engineEras() : [known.engine];
  for (const client of clients) {
    for (const engine of engines) {
      const input = { ...known, ...client, engine };
      if (known.engineOs !== 'windows') yield { dialect: makeDialect({ ...input, engineOs: 'linux' }) };
      if (known.engineOs === 'linux') continue;
      const dialect = makeDialect({ ...input, engineOs: 'windows' });
      yield { dialect };
      yield { dialect, system: LCOW };
    }
  }
}

function allClients(): DialectInput[] {
  const packaged = BUILDS.map(({ client, packaging }) => ({ client, packaging }));
  return [...clientEras().map((client) => ({ client })), ...packaged];
}

/** Whether a release is newer than the tables: it may have learnt what older ones refuse. */
export function isUncharted(version: Version | undefined): boolean {
  return version !== undefined && Math.floor(version / 1000) > Math.floor(NEWEST / 1000);
}
