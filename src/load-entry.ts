import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';

declare const __MOUNTC_BUILD__: string;

/** Where a run that has changed V8's flags says how they are changed back; bundles share nothing else. */
export const SHORT_RUN = Symbol.for('mountc.short-run');

/** Where the code cache of a build lies for the Node that runs: a folder beside the bundles; no other Node reads it. */
export function cacheFolder(dist: string): string {
  return `${dist}/code-cache/${__MOUNTC_BUILD__}-${process.version}-${process.arch}`;
}

/** The text of a bundle as it is built: a function that takes what a CommonJS module knows. */
export function wrapBundle(source: string): string {
  return `(function(exports,require,module,__filename,__dirname){${source}\n})`;
}

/**
 * Loads a bundle that stands beside the one that asks for it, with its code cache where one fits: compiling costs more than
 * all that most invocations do. Not by `require`: the text is long, and must not be copied to be wrapped.
 */
export function loadEntry(dist: string, name: string, require: NodeJS.Require): unknown {
  const filename = `${dist}/${name}.cjs`;
  const known = require.cache[filename];
  if (known !== undefined) return known.exports;
  // The bundles are ASCII, which is read faster so.
  const source = readFileSync(filename, 'latin1');
  const cachedData = readCache(dist, name);
  const short = (globalThis as { [SHORT_RUN]?: { pause(): void; resume(): void } })[SHORT_RUN];
  short?.pause();
  const script = new Script(source, { filename, cachedData });
  short?.resume();
  const run = script.runInThisContext();
  const entry = { exports: {}, filename, loaded: false };
  // Every bundle has this function of its own; what they have in common is Node's list.
  require.cache[filename] = entry as NodeJS.Module;
  run.call(entry.exports, entry.exports, require, entry, filename, dist);
  entry.loaded = true;
  return entry.exports;
}

function readCache(dist: string, name: string): Buffer | undefined {
  try {
    return readFileSync(`${cacheFolder(dist)}/${name}.bin`);
  } catch {
    return undefined;
  }
}
