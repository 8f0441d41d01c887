// loader.mjs MODULE: src/load-entry.ts for the scripts of the build: where a cache lies, how a bundle is wrapped.
import Module from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** What src/load-entry.ts exports, for the build of that name. */
export function loader(build = '') {
  const file = fileURLToPath(new URL('../src/load-entry.ts', import.meta.url));
  const { outputFiles } = buildSync({
    entryPoints: [file],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    external: ['#entry/*'],
    define: { __MOUNTC_BUILD__: JSON.stringify(build) },
  });
  const made = new Module(file);
  made._compile(outputFiles[0].text, file);
  return made.exports;
}
