import { askDocker } from './ask-docker.js';
import { readEndpoint } from './endpoint.js';
import { type KnownDocker, readClient, readEngine } from './known-docker.js';
import { cacheFile, endpointKey, readCache, writeCache } from './probe-cache.js';

type Env = Readonly<Record<string, string | undefined>>;

/** How to ask a docker about itself. */
interface ProbeOptions {
  readonly docker: string;
  readonly env: Env;
  /** docker's global flags before the command, which may name an endpoint. */
  readonly globals?: readonly string[];
  /** Milliseconds that both questions may take together. */
  readonly patience?: number;
  /** Nobody is asked where that could make ssh ask the user: what the client says alone has to do. */
  readonly isUnattended?: boolean;
}

const PATIENCE = 800;

/** What was found out about this docker and endpoint before. Never throws. */
export function cachedProbe({ docker, env, globals }: ProbeOptions): KnownDocker | undefined {
  return readCache(cacheFile(docker, env, endpointKey(env, globals)));
}

/**
 * Asks docker about itself and its engine, and keeps the answer. Never rejects, and answers within `patience`; what an engine
 * that is away or hangs would say is left out.
 */
export async function probeDocker(options: ProbeOptions): Promise<KnownDocker | undefined> {
  const { docker, env, globals = [], patience = PATIENCE, isUnattended } = options;
  const started = Date.now();
  const file = cacheFile(docker, env, endpointKey(env, globals));
  const full =
    isUnattended && isBehindSsh(env, globals)
      ? undefined
      : await askDocker(docker, [...globals, 'version', '--format', '{{json .}}'], env, patience * 0.75);
  const left = Math.max(100, patience - (Date.now() - started));
  const known =
    readFull(full?.stdout ?? '', started) ??
    readShort((await askDocker(docker, ['--version'], env, left)).stdout, started);
  if (known !== undefined) writeCache(file, known);
  return known;
}

/** Asks docker which Compose its `docker compose` is, or a `docker-compose` itself: `2.40.3`, perhaps with a suffix. Undefined when that is not known. */
export async function probeCompose({
  docker,
  env,
  globals = [],
  patience = PATIENCE,
  isAlone,
}: ProbeOptions & { readonly isAlone?: boolean }): Promise<string | undefined> {
  const question = [...globals, ...(isAlone ? [] : ['compose']), 'version', '--short'];
  const { stdout, exit } = await askDocker(docker, question, env, patience);
  return exit === 0 ? stdout.trim() || undefined : undefined;
}

/** Asks a podman which release it is: `5.4.2`, perhaps with a suffix. Undefined for anything else. */
export async function probePodman({
  docker,
  env,
  patience = PATIENCE,
}: ProbeOptions): Promise<string | undefined> {
  const { stdout, exit } = await askDocker(docker, ['--version'], env, patience);
  return exit === 0 ? PODMAN.exec(stdout)?.[1] : undefined;
}

// podman calls itself by the name of its file; docker begins with a capital letter.
const PODMAN = /^(?:podman|docker) version ([!-~]{1,64})\s*$/;

/** Whether asking the engine would start ssh, which may ask the user for a password or a touch. */
function isBehindSsh(env: Env, globals: readonly string[]): boolean {
  return readEndpoint(env, globals).host?.startsWith('ssh:') ?? false;
}

/** Reads `docker version --format '{{json .}}'`; undefined when it is not what docker prints. */
function readFull(text: string, asked: number): KnownDocker | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const client = field(field(value, 'Client'), 'Version');
  if (typeof client !== 'string') return undefined;
  // podman answers with the same words, and has no platform.
  const server = field(value, 'Server');
  const names = JSON.stringify([
    field(field(value, 'Client'), 'Platform'),
    field(server, 'Platform'),
    field(server, 'Components'),
  ]);
  if (/podman|nerdctl/i.test(names)) return { engineName: 'other', asked };
  // podman's own client, by whatever name.
  if (field(field(value, 'Client'), 'APIVersion') !== undefined)
    return { engineName: 'other', podmanText: client, asked };
  const engine = field(server, 'Version');
  const os = field(server, 'Os');
  const api = /^1\.(\d{1,3})$/.exec(String(field(field(value, 'Client'), 'ApiVersion')))?.[1];
  return {
    engineName: 'docker',
    ...readClient(client),
    ...(typeof engine === 'string' ? readEngine(engine) : {}),
    ...(os === 'linux' || os === 'windows' ? { engineOs: os } : {}),
    ...(api === undefined ? {} : { api: Number(api) }),
    asked,
  };
}

/** Reads `docker --version`. */
function readShort(text: string, asked: number): KnownDocker | undefined {
  const version = /^Docker version ([^,\s]+)/.exec(text)?.[1];
  if (version !== undefined) return { engineName: 'docker', ...readClient(version), asked };
  const podmanText = PODMAN.exec(text)?.[1];
  return podmanText !== undefined || /^nerdctl version/i.test(text)
    ? { engineName: 'other', ...(podmanText && { podmanText }), asked }
    : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
