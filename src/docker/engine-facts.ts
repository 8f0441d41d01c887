import { isObject } from '../forms/api-fields.js';
import type { EngineFacts } from '../why/engine-facts.js';
import { askDocker } from './ask-docker.js';
import { findRootless } from './rootless-engine.js';

const PATIENCE = 3000;
const FIELDS = ['SecurityOptions', 'DockerRootDir', 'SystemTime'];
const QUESTION = `{${FIELDS.map((name) => `"${name}":{{json .${name}}}`).join(',')}}`;
/** How many numbers docker maps for `userns-remap`, at the least. */
const MAPPED = 65_536;

/** What an engine says of its machine and of its users; nothing that it does not say. */
export async function askFacts(
  { name, path }: { readonly name: 'docker' | 'podman'; readonly path: string },
  env: Readonly<Record<string, string | undefined>>,
): Promise<EngineFacts> {
  // podman has no engine: it makes containers as the user who asks, unless it is set to ask another one.
  if (name === 'podman') return process.getuid?.() === 0 ? { users: 'same' } : {};
  if (path === '') return {};
  const asked = Date.now();
  const { stdout, exit } = await askDocker(path, ['info', '--format', QUESTION], env, PATIENCE);
  const facts = exit === 0 ? readFacts(stdout, { asked, answered: Date.now() }) : {};
  const rootless = facts.rootlessData === undefined ? undefined : findRootless(facts.rootlessData);
  return rootless === undefined ? facts : { ...facts, users: rootless.users, rootless };
}

/** Reads what `docker info` printed as JSON, between two times of this machine. */
export function readFacts(
  text: string,
  { asked, answered }: { readonly asked: number; readonly answered: number },
): EngineFacts {
  const said = readObject(text);
  if (said === undefined) return {};
  const root = typeof said['DockerRootDir'] === 'string' ? said['DockerRootDir'] : '';
  const time = Date.parse(String(said['SystemTime']));
  const behind = time < asked ? asked - time : Math.min(0, answered - time);
  const security = said['SecurityOptions'];
  return {
    users: usersOf(security, root),
    ...(Number.isFinite(behind) && { behind }),
    ...(Array.isArray(security) && security.some(isRootless) && { rootlessData: root }),
  };
}

const isRootless = (option: unknown): boolean => String(option).startsWith('name=rootless');

function usersOf(security: unknown, root: string): EngineFacts['users'] {
  if (security !== null && !Array.isArray(security)) return undefined;
  const options = (security ?? []).map(String);
  if (options.some(isRootless)) return undefined;
  if (!options.some((option) => option.startsWith('name=userns'))) return 'same';
  // It keeps what belongs to mapped users in a folder that is called like their root.
  const [, uid, gid] = /\/(\d+)\.(\d+)$/.exec(root) ?? [];
  return uid === undefined
    ? undefined
    : {
        uids: [{ inside: 0, host: Number(uid), length: MAPPED }],
        gids: [{ inside: 0, host: Number(gid), length: MAPPED }],
      };
}

function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
