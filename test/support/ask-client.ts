// Asks real clients what they would do with a command line, several at a time.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from './clients.js';
import { createBody, type FakeEngine, type FakeEngineOptions, startFakeEngine } from './fake-engine.js';
import type { LosslessJson } from './lossless-json.js';

/** What a client did with one command line. */
export interface ClientAnswer {
  /** The exit status; 128 + n when signal n or our time limit ended it. */
  readonly exit: number;
  readonly stderr: string;
  readonly stdout: string;
  /** Of the create call, when there was one. */
  readonly body?: LosslessJson;
  /** What that call says in its query. */
  readonly query?: URLSearchParams;
  /** The path of the engine's socket that the client was given. */
  readonly socket: string;
}

export interface ClientPool {
  /** Runs `docker ARGS` and resolves to its answer; calls beyond the pool's width wait for their turn. */
  readonly ask: (
    client: Client,
    args: readonly string[],
    options?: { cwd?: string; env?: NodeJS.ProcessEnv },
  ) => Promise<ClientAnswer>;
  readonly stop: () => Promise<void>;
}

const TIME_LIMIT_MS = 30_000;

/** A pool of fake engines, each talking to one client at a time; width 2 fits a small machine. */
export async function startClientPool(width = 2, engineOptions: FakeEngineOptions = {}): Promise<ClientPool> {
  const config = mkdtempSync(join(tmpdir(), 'mountc-config-'));
  const engines = await Promise.all(Array.from({ length: width }, () => startFakeEngine(engineOptions)));
  const free = [...engines];
  const waiting: ((engine: FakeEngine) => void)[] = [];
  const take = (): Promise<FakeEngine> => {
    const engine = free.pop();
    return engine === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(engine);
  };
  const give = (engine: FakeEngine): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(engine);
    else next(engine);
  };
  return {
    ask: async (client, args, options = {}) => {
      const engine = await take();
      try {
        engine.takeRequests();
        const result = await runClient(client.path, args, { ...options, host: engine.host, config });
        const requests = engine.takeRequests();
        const body = createBody(requests);
        const query = requests.find(({ path }) => path === '/containers/create')?.query;
        return body === undefined ? result : { ...result, body, query };
      } finally {
        give(engine);
      }
    },
    stop: async () => {
      await Promise.all(engines.map((engine) => engine.stop()));
      rmSync(config, { recursive: true, force: true });
    },
  };
}

function runClient(
  path: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; host: string; config: string },
): Promise<ClientAnswer> {
  const cwd = options.cwd ?? '/';
  // One thread and no garbage collection: a third less time for a process that lives for milliseconds.
  // PWD matters: Go's Getwd believes it when it names the same directory.
  const env = {
    GOGC: 'off',
    GOMAXPROCS: '1',
    PATH: '/usr/bin:/bin',
    HOME: options.config,
    DOCKER_CONFIG: options.config,
    DOCKER_HOST: options.host,
    PWD: cwd,
    ...options.env,
  };
  const socket = options.host.replace(/^unix:\/\//, '');
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = setTimeout(() => child.kill('SIGKILL'), TIME_LIMIT_MS);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ exit: code ?? (signal === 'SIGKILL' ? 137 : 143), stdout, stderr, socket });
    });
  });
}
