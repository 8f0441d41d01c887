// An engine that only listens: enough of the API on a unix socket that a real docker client sends what it would
// send, and the create body can be read. It can also answer oddly, late or never.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LosslessJson, parseLossless } from './lossless-json.js';

/** One request as it came. */
export interface EngineRequest {
  readonly method: string;
  /** Without the `/v1.51` prefix. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

/** What the fake answers; `hang` keeps the connection open and silent, `drop` closes it at once. */
export type EngineReply =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string | object }
  | 'hang'
  | 'drop';

export interface FakeEngineOptions {
  /** What `/_ping` offers; high by default, so that a client drops no field. */
  readonly apiVersion?: string;
  readonly osType?: 'linux' | 'windows';
  readonly version?: string;
  /** Called first; undefined leaves the request to the default answers. */
  readonly answer?: (request: EngineRequest) => EngineReply | undefined | Promise<EngineReply | undefined>;
}

export interface FakeEngine {
  /** For DOCKER_HOST: `unix:///…`. */
  readonly host: string;
  /** Everything that was asked, in order; emptied by `takeRequests`. */
  readonly requests: readonly EngineRequest[];
  /** Returns and forgets the requests so far. */
  readonly takeRequests: () => EngineRequest[];
  readonly stop: () => Promise<void>;
}

/** The first create body among the requests, read without rounding. */
export function createBody(requests: readonly EngineRequest[]): LosslessJson | undefined {
  const create = requests.find(
    (request) => request.method === 'POST' && request.path === '/containers/create',
  );
  return create === undefined ? undefined : parseLossless(create.body);
}

/** Starts a fake engine on a socket of its own; `stop` removes it. */
export async function startFakeEngine(options: FakeEngineOptions = {}): Promise<FakeEngine> {
  const dir = mkdtempSync(join(tmpdir(), 'mountc-fake-'));
  const path = join(dir, 'docker.sock');
  let requests: EngineRequest[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((incoming, response) => {
    readRequest(incoming).then(
      async (request) => {
        requests.push(request);
        send(response, (await options.answer?.(request)) ?? defaultReply(request, options));
      },
      // Whoever asked has gone.
      () => {},
    );
  });
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  // `docker run` without -d attaches: agree to the raw stream and end it, as a container without output would.
  server.on('upgrade', (_request, socket) => {
    socket.on('error', () => {});
    socket.end('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  return {
    host: `unix://${path}`,
    get requests() {
      return requests;
    },
    takeRequests: () => {
      const taken = requests;
      requests = [];
      return taken;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function readRequest(incoming: IncomingMessage): Promise<EngineRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(incoming.url ?? '/', 'http://engine');
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname.replace(/^\/v\d+\.\d+(?=\/)/, ''),
    query: url.searchParams,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function send(response: ServerResponse, reply: EngineReply): void {
  if (reply === 'hang') return;
  if (reply === 'drop') {
    response.socket?.destroy();
    return;
  }
  const { status, headers = {}, body = '' } = reply;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/plain' : 'application/json';
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text), ...headers });
  response.end(text);
}

const ID = 'c0ffee'.padEnd(64, '0');

function defaultReply(request: EngineRequest, options: FakeEngineOptions): EngineReply {
  const { apiVersion = '1.55', osType = 'linux', version = '99.0.0' } = options;
  const { method, path } = request;
  if (path === '/_ping') {
    const headers = { 'Api-Version': apiVersion, Ostype: osType, Server: `Docker/${version} (${osType})` };
    return { status: 200, headers, body: method === 'HEAD' ? '' : 'OK' };
  }
  if (path === '/version') {
    return {
      status: 200,
      body: { Version: version, ApiVersion: apiVersion, MinAPIVersion: '1.24', Os: osType, Arch: 'amd64' },
    };
  }
  if (path === '/info')
    return { status: 200, body: { OSType: osType, ServerVersion: version, Name: 'fake' } };
  if (path === '/containers/create') return { status: 201, body: { Id: ID, Warnings: [] } };
  if (/^\/containers\/[^/]+\/wait$/.test(path)) return { status: 200, body: { StatusCode: 0 } };
  if (/^\/containers\/[^/]+\/(start|resize|kill|stop)$/.test(path)) return { status: 204 };
  if (path === '/images/create') return { status: 200, body: { status: 'pulled' } };
  if (/^\/images\/.+\/json$/.test(path)) return { status: 200, body: { Id: `sha256:${ID}`, Os: osType } };
  return { status: 404, body: { message: `the fake engine has no ${method} ${path}` } };
}
