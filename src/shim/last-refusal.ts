import { join as joinPath } from 'node:path';
import { keepInCache, readFromCache } from '../docker/probe-cache.js';
import { cacheDir } from '../files/base-folder.js';
import { exact, join, type Shown, screened } from '../text/shown.js';

type Env = Readonly<Record<string, string | undefined>>;

const NAME = 'last-refusal';

// In bytes: what is said of a command has a few times its length, which can be two million.
const LARGEST = 8_388_608;

/** Keeps what there is to say about a command that is not run; false when it could not be kept. Never throws. */
export function keepLast(env: Env, whole: Shown): boolean {
  const dir = cacheDir(env);
  return (
    dir !== undefined &&
    Buffer.byteLength(whole.shown) <= LARGEST &&
    keepInCache(joinPath(dir, NAME), whole.shown)
  );
}

/** What was kept last, and when (milliseconds since 1970); undefined when nothing was. */
export function readLast(
  env: Env,
  color: boolean,
): { readonly text: Shown; readonly kept: number } | undefined {
  const dir = cacheDir(env);
  const last = dir === undefined ? undefined : readFromCache(joinPath(dir, NAME), LARGEST);
  if (last === undefined || last.text === '') return undefined;
  // Nothing of it acts on a terminal but the colours that mountc itself puts there.
  const parts = last.text.split(/(\u001b\[(?:[012]|3[12]|1;3[1346])m|\n)/);
  const text = parts.map((part, i) =>
    i % 2 === 0 ? screened(part) : exact(part === '\n' || color ? part : ''),
  );
  return { text: join(text), kept: last.kept };
}
