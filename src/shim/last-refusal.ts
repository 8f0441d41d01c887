import { join as joinPath } from 'node:path';
import { cacheDir, keepInCache, readFromCache } from '../docker/probe-cache.js';
import { exact, join, type Shown, screened } from '../text/shown.js';

type Env = Readonly<Record<string, string | undefined>>;

const NAME = 'last-refusal';

/** Keeps what there is to say about a command that was not run. Never throws. */
export function keepLast(env: Env, whole: Shown | undefined): void {
  const dir = cacheDir(env);
  if (dir !== undefined && whole !== undefined) keepInCache(joinPath(dir, NAME), whole.shown);
}

/** What was kept last, and when (milliseconds since 1970); undefined when nothing was. */
export function readLast(
  env: Env,
  color: boolean,
): { readonly text: Shown; readonly kept: number } | undefined {
  const dir = cacheDir(env);
  const last = dir === undefined ? undefined : readFromCache(joinPath(dir, NAME));
  if (last === undefined || last.text === '') return undefined;
  // Nothing of it acts on a terminal but the colours that mountc itself puts there.
  const parts = last.text.split(/(\u001b\[(?:[012]|3[12]|1;3[1346])m|\n)/);
  const text = parts.map((part, i) =>
    i % 2 === 0 ? screened(part) : exact(part === '\n' || color ? part : ''),
  );
  return { text: join(text), kept: last.kept };
}
