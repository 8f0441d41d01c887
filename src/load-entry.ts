import { readFileSync } from 'node:fs';
import Module from 'node:module';
import { Script } from 'node:vm';

declare const __MOUNTC_BUILD__: string;

/** Where the code cache of a build lies for the Node that runs: a folder beside the bundles; no other Node reads it. */
export function cacheFolder(dist: string): string {
  return `${dist}/code-cache/${__MOUNTC_BUILD__}-${process.version}-${process.arch}`;
}

/** The script of a bundle; its code cache is made from exactly this text. */
export function wrapBundle(source: string): string {
  return `(function(exports,require,module,__filename,__dirname){${source}\n})`;
}

/**
 * Loads a bundle that stands beside the one that asks for it, from its code cache where one fits: compiling costs more than
 * all that most invocations do. Without one, and where V8 does not take it, this is `require`.
 */
export function loadEntry(dist: string, name: string, require: NodeJS.Require): unknown {
  const filename = `${dist}/${name}.cjs`;
  const known = require.cache[filename];
  if (known !== undefined) return known.exports;
  let cachedData: Buffer;
  let source: string;
  try {
    cachedData = readFileSync(`${cacheFolder(dist)}/${name}.bin`);
    // The bundles are ASCII, which is read faster so.
    source = readFileSync(filename, 'latin1');
  } catch {
    return require(filename);
  }
  const entry = new Module(filename);
  entry.filename = filename;
  require.cache[filename] = entry;
  const run = new Script(wrapBundle(source), { filename, cachedData }).runInThisContext();
  run.call(entry.exports, entry.exports, require, entry, filename, dist);
  entry.loaded = true;
  return entry.exports;
}
