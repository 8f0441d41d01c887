// What a real docker compose does with the files of a project: it refuses them, or asks a fake engine for containers and volumes.
import { execFile } from 'node:child_process';
import { type EngineReply, type EngineRequest, startFakeEngine } from './fake-engine.js';
import { type LosslessJson, parseLossless } from './lossless-json.js';

/** What came of `docker compose create`. */
export interface ComposeAnswer {
  readonly exit: number;
  /** The last line of standard error. */
  readonly said: string;
  /** `HostConfig` of the container of each service, as far as it is about mounts. */
  readonly services: Readonly<Record<string, MountBody>>;
  /** The volumes that were made, without the labels that Compose adds. */
  readonly volumes: readonly Readonly<Record<string, LosslessJson>>[];
  /** Every create call for a container, with its query. */
  readonly calls: readonly CreateCall[];
}

/** A create call as it came. */
export interface CreateCall {
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, LosslessJson>>;
}

/** The part of `HostConfig` that is about mounts; empty ones are left out. */
export type MountBody = Readonly<Partial<Record<'Binds' | 'Mounts' | 'Tmpfs' | 'VolumesFrom', LosslessJson>>>;

/** A fake engine, and `create` run against it in a folder. */
export interface ComposeEngine {
  /** `named`: the project is called `p`; `more`: what else is in its environment. */
  create(
    folder: string,
    args?: readonly string[],
    named?: boolean,
    more?: NodeJS.ProcessEnv,
  ): Promise<ComposeAnswer>;
  stop(): Promise<void>;
}

/** Starts a fake engine for one run of Compose at a time; `existing`: the volumes that are there. */
export async function startComposeEngine(
  compose: string,
  home: string,
  existing: RegExp = EXISTING,
): Promise<ComposeEngine> {
  const engine = await startFakeEngine({ answer: (request) => answer(request, existing) });
  return {
    stop: engine.stop,
    create: (folder, args = [], named = true, more = {}) =>
      new Promise((resolve) => {
        engine.takeRequests();
        const env = { PATH: '/usr/bin:/bin', HOME: home, PWD: folder, DOCKER_HOST: engine.host, ...more };
        const words = [...(named ? ['-p', 'p'] : []), ...args, 'create', '--pull', 'never'];
        execFile(
          compose,
          words,
          { cwd: folder, env, encoding: 'utf8', timeout: MOST_MS, killSignal: 'SIGKILL' },
          (error, _stdout, stderr) => {
            const exit = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
            resolve({ exit, said: stderr.trim().split('\n').at(-1) ?? '', ...read(engine.takeRequests()) });
          },
        );
      }),
  };
}

/** A file that merges itself keeps Compose busy for ever. */
const MOST_MS = 30_000;

/** Volumes of these names are there already, for `external`. */
const EXISTING = /^ext/;

/** The same of networks. */
const EXISTING_NETWORK = /^(?:ext|front$|back$|some-?network$|elastic$|roachnet$|proxy$|jenkins$|lan$|apps$)/;

function answer({ method, path, query, body }: EngineRequest, existing: RegExp): EngineReply | undefined {
  if (method === 'GET' && path === '/containers/json') return { status: 200, body: [] };
  if (method === 'GET' && path === '/networks')
    return {
      status: 200,
      body: 'front back some-network somenetwork elastic roachnet proxy jenkins lan apps'
        .split(' ')
        .map((Name) => ({ Name, Id: Name, Driver: 'bridge', Labels: {} })),
    };
  if (method === 'POST' && path === '/networks/create') return { status: 201, body: { Id: 'n' } };
  if (method === 'GET' && path === '/volumes') return { status: 200, body: { Volumes: [] } };
  if (method === 'POST' && path === '/volumes/create')
    return { status: 201, body: { ...(JSON.parse(body) as object), Mountpoint: '/', Scope: 'local' } };
  if (method === 'POST' && path === '/containers/create')
    return { status: 201, body: { Id: query.get('name') ?? 'c', Warnings: [] } };
  const volume = /^\/volumes\/(.+)$/.exec(path)?.[1];
  if (method === 'GET' && volume !== undefined)
    return existing.test(decodeURIComponent(volume))
      ? { status: 200, body: { Name: decodeURIComponent(volume), Driver: 'local', Scope: 'local' } }
      : { status: 404, body: { message: `get ${volume}: no such volume` } };
  const container = /^\/containers\/([^/]+)\/json$/.exec(path)?.[1];
  if (method === 'GET' && container !== undefined)
    return {
      status: 200,
      body: {
        Id: container,
        Name: `/${container}`,
        Config: { Labels: {} },
        NetworkSettings: { Networks: {} },
        State: { Status: 'created' },
        HostConfig: {},
      },
    };
  if (method === 'PUT' && path.endsWith('/archive')) return { status: 200 };
  const network = /^\/networks\/([^/]+)$/.exec(path)?.[1];
  if (method === 'GET' && network !== undefined && EXISTING_NETWORK.test(network))
    return { status: 200, body: { Name: network, Id: network, Driver: 'bridge', Labels: {} } };
  if (method === 'GET' && network !== undefined)
    return { status: 404, body: { message: `network ${network} not found` } };
  return undefined;
}

function read(requests: readonly EngineRequest[]): Pick<ComposeAnswer, 'services' | 'volumes' | 'calls'> {
  const services: Record<string, MountBody> = {};
  const volumes: Record<string, LosslessJson>[] = [];
  const calls: CreateCall[] = [];
  for (const { method, path, query, body } of requests) {
    if (method !== 'POST') continue;
    const value = path.endsWith('/create') ? (parseLossless(body) as Record<string, never>) : undefined;
    if (path === '/containers/create' && value !== undefined) {
      const name = /^[^.]*?-(.+)-1$/.exec(query.get('name') ?? '')?.[1] ?? '';
      services[name] = mountBody(value['HostConfig']!);
      calls.push({ query, body: value });
    }
    if (path === '/volumes/create' && value !== undefined) volumes.push(withoutOwnLabels(value));
  }
  return { services, volumes, calls };
}

function mountBody(config: Readonly<Record<string, LosslessJson>>): MountBody {
  const known = ['Binds', 'Mounts', 'Tmpfs', 'VolumesFrom'] as const;
  return Object.fromEntries(
    known.flatMap((key) => {
      const value = config[key];
      const isEmpty = value === undefined || value === null || Object.keys(value).length === 0;
      return isEmpty ? [] : [[key, value]];
    }),
  );
}

function withoutOwnLabels({ Labels, ...rest }: Record<string, LosslessJson>): Record<string, LosslessJson> {
  const labels = Object.entries((Labels ?? {}) as Record<string, LosslessJson>);
  const own = labels.filter(([key]) => !key.startsWith('com.docker.compose.'));
  return { ...rest, Labels: Object.fromEntries(own) };
}
