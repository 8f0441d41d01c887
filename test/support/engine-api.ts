// Speaks to a daemon's API itself, without a client in between.
import { Agent, request } from 'node:http';
import { type CreateBody, stringifyApi } from '../../src/dialects/docker/client/api.js';
import type { Daemon } from './daemons.js';

/** One answer of a daemon. */
export interface ApiReply {
  readonly status: number;
  readonly body: unknown;
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/** Sends a request; `path` without the version, `api` like `1.41` (the daemon's own when left out). Rejects without an answer. */
export function callApi(
  daemon: Daemon,
  method: string,
  path: string,
  body?: unknown,
  api = daemon.apiVersion,
): Promise<ApiReply> {
  const text = body === undefined ? undefined : stringifyApi(body);
  return new Promise((resolve, reject) => {
    const call = request(
      {
        agent,
        method,
        socketPath: daemon.host.replace(/^unix:\/\//, ''),
        path: encodeURI(`/v${api}${path}`),
        headers: text === undefined ? {} : { 'content-type': 'application/json' },
        timeout: 60_000,
      },
      (response) => {
        let answer = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          answer += chunk;
        });
        response.on('end', () => {
          const isJson = /json/.test(response.headers['content-type'] ?? '');
          resolve({
            status: response.statusCode ?? 0,
            body: isJson && answer !== '' ? JSON.parse(answer) : answer,
          });
        });
      },
    );
    call.on('timeout', () => call.destroy(new Error(`${method} ${path}: no answer`)));
    call.on('error', reject);
    call.end(text);
  });
}

/** What a daemon made of a create call: the container's id, or its message. */
export type Created = { readonly id: string } | { readonly message: string; readonly status: number };

/** Creates a container of busybox:local with these mounts, no network, running `cmd`. */
export async function createContainer(
  daemon: Daemon,
  body: CreateBody,
  options: { api?: string; cmd?: readonly string[]; tty?: boolean } = {},
): Promise<Created> {
  const { Binds, Mounts, Tmpfs, Volumes, VolumeDriver, VolumesFrom } = body;
  const reply = await callApi(
    daemon,
    'POST',
    '/containers/create',
    {
      Image: 'busybox:local',
      Cmd: options.cmd ?? ['true'],
      Tty: options.tty ?? false,
      Volumes: Volumes ?? {},
      HostConfig: {
        NetworkMode: 'none',
        Binds,
        Mounts: Mounts ?? undefined,
        Tmpfs: Tmpfs ?? undefined,
        VolumeDriver: VolumeDriver ?? '',
        VolumesFrom,
      },
    },
    options.api,
  );
  const answer = reply.body as { Id?: string; message?: string };
  return answer.Id !== undefined
    ? { id: answer.Id }
    : { message: answer.message ?? String(reply.body), status: reply.status };
}

/** Starts a container; undefined, or the daemon's message. */
export async function startContainer(daemon: Daemon, id: string): Promise<string | undefined> {
  const reply = await callApi(daemon, 'POST', `/containers/${id}/start`);
  return reply.status < 400 ? undefined : String((reply.body as { message?: string }).message ?? reply.body);
}

/** Removes a container and its anonymous volumes. */
export async function removeContainer(daemon: Daemon, id: string): Promise<void> {
  await callApi(daemon, 'DELETE', `/containers/${id}?force=1&v=1`);
}

/** What `docker inspect` says of a container. */
export async function inspectContainer(daemon: Daemon, id: string): Promise<Record<string, unknown>> {
  return (await callApi(daemon, 'GET', `/containers/${id}/json`)).body as Record<string, unknown>;
}

/** Waits for a container that was created with a terminal and answers what it printed. */
export async function outputOf(daemon: Daemon, id: string): Promise<string> {
  await callApi(daemon, 'POST', `/containers/${id}/wait`);
  return String((await callApi(daemon, 'GET', `/containers/${id}/logs?stdout=1`)).body);
}
