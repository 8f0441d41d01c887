import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readTextFile } from '../files/open-file.js';

type Env = Readonly<Record<string, string | undefined>>;

/** Where docker's client would look for an engine. */
interface Endpoint {
  /** As docker writes it: `unix:///var/run/docker.sock`, `ssh://me@server`; undefined when it cannot be found out. */
  readonly host?: string;
  /** The context that says so; `default` is docker's own. */
  readonly context: string;
  /** What decided. */
  readonly from: '--host' | '--context' | 'DOCKER_HOST' | 'DOCKER_CONTEXT' | 'config.json' | 'default';
}

/** The endpoint that docker would use, in docker's order of precedence (§1.2). `globals`: its flags before the command. */
export function readEndpoint(env: Env, globals: readonly string[] = []): Endpoint {
  const context = globalValue(globals, '--context', 'c');
  if (context !== undefined) return ofContext(context, '--context', env);
  const host = globalValue(globals, '--host', 'H');
  if (host !== undefined) return { host: withScheme(host), context: 'default', from: '--host' };
  const fromEnv = env['DOCKER_HOST'];
  if (fromEnv) return { host: withScheme(fromEnv), context: 'default', from: 'DOCKER_HOST' };
  const named = env['DOCKER_CONTEXT'];
  if (named) return ofContext(named, 'DOCKER_CONTEXT', env);
  const current = currentContext(env);
  return current === undefined
    ? ofContext('default', 'default', env)
    : ofContext(current, 'config.json', env);
}

const DEFAULT_HOST =
  process.platform === 'win32' ? 'npipe:////./pipe/docker_engine' : 'unix:///var/run/docker.sock';

const withScheme = (host: string): string => (host.includes('://') ? host : `tcp://${host}`);

function ofContext(context: string, from: Endpoint['from'], env: Env): Endpoint {
  if (context === 'default') return { host: DEFAULT_HOST, context, from };
  const id = createHash('sha256').update(context).digest('hex');
  const meta = readJson(join(configDir(env) ?? '', 'contexts', 'meta', id, 'meta.json'));
  const host = field(field(field(meta, 'Endpoints'), 'docker'), 'Host');
  return { host: typeof host === 'string' && host !== '' ? host : undefined, context, from };
}

function configDir(env: Env): string | undefined {
  const home = env['HOME'] || env['USERPROFILE'];
  return env['DOCKER_CONFIG'] || (home ? join(home, '.docker') : undefined);
}

function currentContext(env: Env): string | undefined {
  const dir = configDir(env);
  const name = dir === undefined ? undefined : field(readJson(join(dir, 'config.json')), 'currentContext');
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function globalValue(globals: readonly string[], long: string, short: string): string | undefined {
  let value: string | undefined;
  for (const [index, word] of globals.entries()) {
    if (word === long || word === `-${short}`) value = globals[index + 1];
    else if (word.startsWith(`${long}=`)) value = word.slice(long.length + 1);
    else if (word.startsWith(`-${short}`)) value = word.slice(2).replace(/^=/, '');
  }
  return value;
}

function readJson(file: string): unknown {
  try {
    const read = readTextFile(file);
    return 'text' in read ? JSON.parse(read.text) : undefined;
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
