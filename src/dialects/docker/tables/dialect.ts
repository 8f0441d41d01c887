import type { ValueRules } from '../client/flag-check.js';
import type { ImageRules } from '../client/image-reference.js';
import type { OptionRules } from '../client/option-value.js';
import { CLIENT_FACTS, type ClientFact } from './client-facts.js';
import { ENGINE_FACTS, type EngineFact, honoursCreateMountpoint } from './engine-facts.js';
import { MOUNT_KEY_BY_NAME } from './mount-keys.js';
import { apiOf, isWithin, NEWEST, type Standing, standingOf, type Version } from './version.js';

const BIND_CREATE_SRC_SINCE = MOUNT_KEY_BY_NAME.get('bind-create-src')?.since ?? Number.POSITIVE_INFINITY;

/** The operating systems that an engine runs containers of. */
export type EngineOs = 'linux' | 'windows';

/** Which docker a spec is judged by: the client reads it, the engine accepts it and makes the mount. */
export interface Dialect {
  readonly client: Version;
  readonly engine: Version;
  /** Every docker from this release to the client must take it; it is judged by the client, which is the newest of them. */
  readonly since?: Version;
  readonly engineOs: EngineOs;
  /** Somebody said so; otherwise Linux is what most have. */
  readonly isEngineOsGiven: boolean;
  /** The client's own system: it decides what a relative or absolute path is. */
  readonly hostOs: 'posix' | 'windows';
  /** The Engine API minor version (1.x) that client and engine speak: the smaller of both. */
  readonly api: number;
  /** What the client's version brings, as `CLIENT_FACTS` says. */
  readonly has: Readonly<Record<ClientFact, boolean>>;
  /** What the engine's version brings, as `ENGINE_FACTS` says. */
  readonly engineHas: Readonly<Record<EngineFact, boolean>>;
  /** Whether `bind-create-src` works from end to end: the client says it, the API carries it, the engine honours it (§0.2). */
  readonly createsSource: boolean;
  /** Of podman's own mounts; undefined for every podman that is supported. */
  readonly podman?: Version;
  /** Who reads `RUN --mount`, where somebody says. */
  readonly builder?: 'buildkit' | 'buildah';
  /** Where client and engine stand to the tables: what is not charted is read as the nearest release that is, and not for certain. */
  readonly standing: { readonly client: Standing; readonly engine: Standing };
}

/** What to build a dialect from; what is left out is the newest docker on Linux. `unknown`: there is one, and nobody knows which. */
export interface DialectInput {
  readonly client?: Version | 'unknown';
  /** The client's version when left out. */
  readonly engine?: Version | 'unknown';
  /** The oldest docker of a fleet, whose newest is the client. */
  readonly since?: Version;
  /** The Engine API minor version (1.x) that they speak, where it is set to an older one than both know. */
  readonly api?: number;
  readonly engineOs?: EngineOs;
  readonly hostOs?: 'posix' | 'windows';
  /** The podman that podman's own mounts are judged by; every one that is supported when left out. */
  readonly podman?: Version;
  /** Who reads `RUN --mount`; BuildKit where nobody says, and of a Containerfile either. */
  readonly builder?: 'buildkit' | 'buildah';
  /** A build that differs from upstream's: Debian's 26.1.5 reads sizes as 20.10 does (§3.6). */
  readonly packaging?: { readonly goUnits?: '0.4' | '0.5' };
}

/** Makes a dialect; a version newer than the tables is read as the newest known one. */
export function makeDialect(input: DialectInput = {}): Dialect {
  const id = JSON.stringify(input);
  let dialect = made.get(id);
  if (dialect === undefined) {
    dialect = buildDialect(input);
    made.set(id, dialect);
  }
  return dialect;
}

const made = new Map<string, Dialect>();

/** The same docker with an engine that runs Windows containers. */
export function onWindows(dialect: Dialect): Dialect {
  let other = windows.get(dialect);
  if (other === undefined) {
    other = { ...dialect, engineOs: 'windows' };
    windows.set(dialect, other);
  }
  return other;
}

const windows = new WeakMap<Dialect, Dialect>();

function buildDialect(input: DialectInput): Dialect {
  const { client: givenClient = NEWEST, engine: givenEngine = givenClient } = input;
  const client = nearest(givenClient);
  const engine = nearest(givenEngine);
  const api = Math.min(apiOf(client), apiOf(engine), input.api ?? Number.POSITIVE_INFINITY);
  const has = evaluate(CLIENT_FACTS, client);
  return {
    client,
    engine,
    ...(input.since !== undefined && { since: input.since }),
    engineOs: input.engineOs ?? 'linux',
    isEngineOsGiven: input.engineOs !== undefined,
    hostOs: input.hostOs ?? 'posix',
    ...(input.podman !== undefined && { podman: input.podman }),
    ...(input.builder !== undefined && { builder: input.builder }),
    api,
    has:
      input.packaging?.goUnits === undefined ? has : { ...has, goUnits05: input.packaging.goUnits === '0.5' },
    engineHas: evaluate(ENGINE_FACTS, engine),
    standing: { client: standingOf(givenClient), engine: standingOf(givenEngine) },
    createsSource: client >= BIND_CREATE_SRC_SINCE && honoursCreateMountpoint({ engine, api }),
  };
}

/** The release that stands for a version: the newest one for all that the tables do not reach. */
function nearest(version: Version | 'unknown'): Version {
  return version === 'unknown' ? NEWEST : Math.min(version, NEWEST);
}

function evaluate<Name extends string>(
  facts: Readonly<Record<Name, { readonly since?: Version; readonly until?: Version }>>,
  version: Version,
): Record<Name, boolean> {
  const names = Object.keys(facts) as Name[];
  return Object.fromEntries(names.map((name) => [name, isWithin(facts[name], version)])) as Record<
    Name,
    boolean
  >;
}

/** The words and checks of that client for flags that have nothing to do with mounts. */
export function flagRules(dialect: Dialect): FlagRules {
  let rules = rulesOf.get(dialect);
  if (rules === undefined) {
    rules = buildFlagRules(dialect);
    rulesOf.set(dialect, rules);
  }
  return rules;
}

/** What a client says to flags that have nothing to do with mounts, and to the image. */
export interface FlagRules {
  readonly value: ValueRules;
  readonly option: OptionRules;
  readonly image: ImageRules;
}

const rulesOf = new WeakMap<Dialect, FlagRules>();

function buildFlagRules({ has }: Dialect): FlagRules {
  return {
    value: {
      goUnits: has.goUnits05 ? '0.5' : '0.4',
      addHostEquals: has.newerReferences,
      dnsWords: has.newerReferences ? 'not correctly formatted' : 'not an address',
      sysctlWord: has.newerReferences ? 'allowed' : 'whitelisted',
    },
    option: {
      checksPull: has.checksPull,
      restartFrame: has.newerReferences,
      checksAlias: has.newerReferences,
      seccompBuiltin: has.newerReferences,
      cdiDevices: has.newerReferences,
      conflictWords: has.endsErrorsWithDot
        ? 'Conflicting options: --restart and --rm'
        : 'conflicting options: cannot specify both --restart and --rm',
    },
    image: {
      upperCaseRegistry: has.newerReferences,
      ipv6Registry: has.newerReferences,
      namesUpperCase: has.newerReferences,
      limitsPathOnly: has.newerReferences,
    },
  };
}
