import { type Packaging, packagingOf } from '../dialects/docker/tables/builds.js';
import type { DialectInput, EngineOs } from '../dialects/docker/tables/dialect.js';
import { isPreview, readVersion, type Version } from '../dialects/docker/tables/version.js';

/** What a docker says of itself and of its engine. */
export interface KnownDocker {
  /** `other`: it answers to the name docker, and is podman or the like. */
  readonly engineName: 'docker' | 'other';
  readonly client?: Version;
  readonly packaging?: Packaging;
  readonly engine?: Version;
  readonly engineOs?: EngineOs;
  /** The Engine API minor version (1.x) that they speak. */
  readonly api?: number;
  /** As it was printed, for people; printable ASCII. */
  readonly clientText?: string;
  readonly engineText?: string;
  /** Of the podman that answers to the name docker, as it prints it. */
  readonly podmanText?: string;
  /** Milliseconds since 1970. */
  readonly asked: number;
}

/** By which tables a docker is judged: what it did not say, and what only a preview says, is unknown. */
export function dialectInputOf(known: KnownDocker | undefined): DialectInput {
  const { client, clientText = '', packaging, engine, engineText = '', engineOs, api } = known ?? {};
  return {
    client: client === undefined || isPreview(clientText) ? 'unknown' : client,
    packaging,
    engine: engine === undefined || isPreview(engineText) ? 'unknown' : engine,
    engineOs,
    api,
    hostOs: process.platform === 'win32' ? 'windows' : 'posix',
  };
}

/** A version as docker prints it, with its suffix: `26.1.5+dfsg1`. Nothing for what can be no version. */
export function readClient(text: string): Pick<KnownDocker, 'client' | 'packaging' | 'clientText'> {
  const client = isPrinted(text) ? readVersion(text) : undefined;
  return client === undefined ? {} : { client, clientText: text, packaging: packagingOf(text) };
}

/** The version of an engine, as docker prints it. */
export function readEngine(text: string): Pick<KnownDocker, 'engine' | 'engineText'> {
  const engine = isPrinted(text) ? readVersion(text) : undefined;
  return engine === undefined ? {} : { engine, engineText: text };
}

// Any program may be called docker and answer anything, and the answer is shown to users.
const isPrinted = (text: unknown): text is string => typeof text === 'string' && /^[!-~]{1,64}$/.test(text);

/** What was kept of a docker's answer; undefined for anything else. */
export function readKept(value: unknown): KnownDocker | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { engineName, clientText, engineText, podmanText, engineOs, api, asked } = value as Record<
    string,
    unknown
  >;
  if ((engineName !== 'docker' && engineName !== 'other') || !isCount(asked)) return undefined;
  if (engineOs !== undefined && engineOs !== 'linux' && engineOs !== 'windows') return undefined;
  if (api !== undefined && !isCount(api)) return undefined;
  return {
    engineName,
    ...(isPrinted(clientText) ? readClient(clientText) : {}),
    ...(isPrinted(engineText) ? readEngine(engineText) : {}),
    ...(isPrinted(podmanText) && { podmanText }),
    engineOs,
    api,
    asked,
  };
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
