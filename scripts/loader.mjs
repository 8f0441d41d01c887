// loader.mjs MODULE: src/load-entry.ts for the scripts of the build: where a cache lies, how a bundle is wrapped.
import { readFileSync } from 'node:fs';
import Module from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';

/** What src/load-entry.ts exports, for the build of that name. */
export function loader(build = '') {
  const file = fileURLToPath(new URL('../src/load-entry.ts', import.meta.url));
  const { code } = transformSync(readFileSync(file, 'utf8'), {
    loader: 'ts',
    format: 'cjs',
    define: { __MOUNTC_BUILD__: JSON.stringify(build) },
  });
  const made = new Module(file);
  made._compile(code, file);
  return made.exports;
}
