import { lstatSync, readdirSync, statSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheDir } from '../files/base-folder.js';
import { removeLeftovers } from '../files/leftovers.js';
import { type OpenFile, withFile } from '../files/open-file.js';
import { makeFolder } from '../files/own-folder.js';
import { writeFile } from '../files/write-file.js';
import { type KnownDocker, readKept } from './known-docker.js';

// In bytes.
const LARGEST = 65_536;
const WEEK = 7 * 24 * 60 * 60 * 1000;

type Env = Readonly<Record<string, string | undefined>>;

/** Which endpoint a docker would talk to, as far as its environment, its config and its global flags say. */
export function endpointKey(env: Env, args: readonly string[] = []): string {
  const flags: string[] = [];
  for (const [index, word] of args.entries()) {
    if (!word.startsWith('-')) break;
    flags.push(word, args[index + 1] ?? '');
  }
  // The context that is in use is written in docker's config file.
  const config = env['DOCKER_CONFIG'] || (env['HOME'] && join(env['HOME'], '.docker')) || '';
  return JSON.stringify([
    env['DOCKER_HOST'],
    env['DOCKER_CONTEXT'],
    env['DOCKER_API_VERSION'],
    config,
    changed(join(config, 'config.json')),
    flags,
  ]);
}

function changed(path: string): number | undefined {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return undefined;
  }
}

/** The file that holds what is known of this client and endpoint: another path, size or time is another client. */
export function cacheFile(docker: string, env: Env, endpoint: string): string | undefined {
  const dir = cacheDir(env);
  if (dir === undefined) return undefined;
  try {
    const { size, mtimeMs } = statSync(docker);
    return join(dir, `docker-${hash(JSON.stringify([docker, size, mtimeMs, endpoint]))}.json`);
  } catch {
    return undefined;
  }
}

/** What was found out before; undefined when nothing was, it is older than a week, from the future, or cannot be read. */
export function readCache(file: string | undefined): KnownDocker | undefined {
  if (file === undefined) return undefined;
  try {
    const known = readKept(JSON.parse(withFile(file, { limit: LARGEST }, textOfOurs)));
    const age = Date.now() - (known?.asked ?? Number.POSITIVE_INFINITY);
    // An answer from the future was written under a clock that went wrong.
    return age >= 0 && age < WEEK ? known : undefined;
  } catch {
    return undefined;
  }
}

// Others may put files where the environment says that the cache is.
function textOfOurs(file: OpenFile): string {
  const { uid, mode } = file.stat;
  const isOurs = process.platform === 'win32' || (Number(uid) === process.geteuid?.() && !(mode & 0o022n));
  return isOurs ? file.bytes().toString('utf8') : '';
}

/** Keeps it; a cache that cannot be written, or not in a place of our own, is none. */
export function writeCache(file: string | undefined, known: KnownDocker): void {
  if (file === undefined) return;
  // What cannot be kept is asked again.
  keepInCache(file, JSON.stringify(known));
}

/** Writes a file of the cache's folder, for its owner alone; false when it could not be kept. Never throws. */
export function keepInCache(file: string, text: string): boolean {
  try {
    if (makeFolder(dirname(file), 0o700) !== undefined) return false;
    removeLeftovers(dirname(file));
    removeOld(dirname(file));
    return writeFile(file, Buffer.from(text), { mode: 0o600, isOwn: true, isPassing: true }) === undefined;
  } catch {
    return false;
  }
}

/** A file of the cache's folder, and when it was written (milliseconds since 1970); undefined where it is not there or not ours. */
export function readFromCache(
  file: string,
  limit: number,
): { readonly text: string; readonly kept: number } | undefined {
  try {
    return withFile(file, { limit }, (open) => ({
      text: textOfOurs(open),
      kept: Number(open.stat.mtimeMs),
    }));
  } catch {
    return undefined;
  }
}

/** Whenever docker or its configuration changes, its answer gets another name. */
function removeOld(dir: string): void {
  for (const name of readdirSync(dir)) {
    const path = join(dir, name);
    if (isCacheName(name) && Date.now() - lstatSync(path).mtimeMs > WEEK) unlinkSync(path);
  }
}

/** Whether a file of that name in the folder of the cache is one of its entries. */
export function isCacheName(name: string): boolean {
  return /^(?:docker-[0-9a-f]{16}\.json|last-refusal)$/.test(name);
}

/** 64 bits of FNV-1a: names a file, and loads nothing. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text))
    value = ((value ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return value.toString(16).padStart(16, '0');
}
