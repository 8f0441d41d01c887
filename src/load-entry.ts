import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { cacheDir } from './files/base-folder.js';
import { whyNoPlace } from './files/own-folder.js';

declare const __MOUNTC_BUILD__: string;

/** Where a run that has changed V8's flags says how they are changed back. Bundles share it and {@link COMPILED}, nothing else. */
export const SHORT_RUN = Symbol.for('mountc.short-run');
/** The bundles that this run had to compile, by name: what is to be kept for the next run. */
export const COMPILED = Symbol.for('mountc.compiled');

type Shared = typeof globalThis & {
  [SHORT_RUN]?: { pause(): void; resume(): void };
  [COMPILED]?: Map<string, Script>;
};
const shared = globalThis as Shared;

/** Only this build and this Node read it. */
const cacheName = () => `${__MOUNTC_BUILD__}-${process.version}-${process.arch}`;

/** The code cache that the build makes for the Node that builds: a folder next to the bundles. */
export function cacheFolder(dist: string): string {
  return `${dist}/code-cache/${cacheName()}`;
}

/** The user's code cache: a package is installed without one, and may be run by any Node. Undefined where there is no home. */
export function userCacheFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const cache = cacheDir(env);
  return cache && join(cache, 'code', cacheName());
}

/** The text of a bundle as it is built: a function that takes what a CommonJS module knows. */
export function wrapBundle(source: string): string {
  return `(function(exports,require,module,__filename,__dirname){${source}\n})`;
}

/**
 * Loads a bundle that stands next to the one that asks for it, with its code cache where one fits: compiling costs more than
 * all that most invocations do. Not by `require`: the text is long, and must not be copied to be wrapped.
 */
export function loadEntry(dist: string, name: string, require: NodeJS.Require): unknown {
  const filename = `${dist}/${name}.cjs`;
  const known = require.cache[filename];
  if (known !== undefined) return known.exports;
  // The bundles are ASCII, which is read faster so.
  const source = readFileSync(filename, 'latin1');
  const shipped = readCode(`${cacheFolder(dist)}/${name}.bin`);
  const cachedData = shipped ?? readUserCache(name);
  shared[SHORT_RUN]?.pause();
  const script = new Script(source, { filename, cachedData });
  shared[SHORT_RUN]?.resume();
  if (shipped === undefined && script.cachedDataRejected !== false) keepAtExit(dist, name, script, require);
  const run = script.runInThisContext();
  const entry = { exports: {}, filename, loaded: false };
  // Every bundle has this function of its own; what they have in common is Node's list.
  require.cache[filename] = entry as NodeJS.Module;
  run.call(entry.exports, entry.exports, require, entry, filename, dist);
  entry.loaded = true;
  return entry.exports;
}

/** What it holds is run, so it is read only from a file of this user, in a place where nobody else can put one. */
function readUserCache(name: string): Buffer | undefined {
  const folder = userCacheFolder(process.env);
  if (folder === undefined) return undefined;
  const file = join(folder, `${name}.bin`);
  const stat = lstatSync(file, { throwIfNoEntry: false });
  const isOurs = stat?.isFile() === true && (process.geteuid === undefined || stat.uid === process.geteuid());
  return isOurs && whyNoPlace(folder) === undefined ? readCode(file) : undefined;
}

function readCode(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/**
 * Keeps at the end of the run what was compiled in it. Not in CI, where the next run starts with an empty home; nor when only the
 * help was asked for: the usual work of a bundle would still have to be compiled each time.
 */
function keepAtExit(dist: string, name: string, script: Script, require: NodeJS.Require): void {
  if (process.env['CI'] !== undefined || process.argv.includes('--help')) return;
  if (shared[COMPILED] === undefined) {
    const compiled = new Map<string, Script>();
    shared[COMPILED] = compiled;
    process.once('exit', () => {
      shared[SHORT_RUN]?.pause();
      if (shared[COMPILED] === compiled)
        (loadEntry(dist, 'keep-code', require) as typeof import('#entry/keep-code')).keepCode(compiled);
    });
  }
  shared[COMPILED].set(name, script);
}
