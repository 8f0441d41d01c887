import type { System } from '../dialects/docker/engine/system.js';
import { type Dialect, type DialectInput, makeDialect } from '../dialects/docker/tables/dialect.js';
import { engineEras } from '../dialects/docker/tables/eras.js';

/** A docker that may be the one that will run: a client, and the engine that it speaks to. */
export interface Docker {
  readonly dialect: Dialect;
  /** Given where the engine's machine decides and the kind of it is known. */
  readonly system?: System;
}

const LCOW: System = { pathState: () => undefined, runsLinuxContainers: true };

/** Every engine that a client may talk to, as far as judging can tell them apart, one after the other. */
export function* possibleDockers(known: DialectInput): Generator<Docker> {
  const isUnknown = known.engine === undefined || known.engine === 'unknown';
  for (const engine of isUnknown ? engineEras() : [known.engine]) {
    const input = { ...known, engine };
    if (known.engineOs !== 'windows') yield { dialect: makeDialect({ ...input, engineOs: 'linux' }) };
    if (known.engineOs === 'linux') continue;
    const dialect = makeDialect({ ...input, engineOs: 'windows' });
    yield { dialect };
    yield { dialect, system: LCOW };
  }
}
