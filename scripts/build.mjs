// Builds everything that is not committed: the parser from grammar/, the bundles in dist/, the public types.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { ENTRIES, ENTRY_ALIAS } from './entries.mjs';
import { checkExamples, withoutExamples } from './examples.mjs';
import { generateParser } from './grammar.mjs';
import { bundledPackages, licenseText } from './licenses.mjs';
import { loader } from './loader.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const { version, homepage } = JSON.parse(readFileSync('package.json', 'utf8'));

await generateParser();
if (process.argv.includes('--parser-only')) process.exit(0);

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist', { recursive: true });

// Stands for the name of the build until all of it is there.
const BUILD_MARK = '__BUILD_NAME__';
const shared = {
  // esbuild looks where it was loaded, not where the process is by now.
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: true,
  // Entries are required, not imported: an import of CommonJS first scans it for names.
  supported: { 'dynamic-import': false },
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  define: {
    __MOUNTC_VERSION__: JSON.stringify(version),
    __MOUNTC_SITE__: JSON.stringify(homepage),
    __MOUNTC_BUILD__: JSON.stringify(BUILD_MARK),
  },
};

// `mountc explain` alone shows the examples of rules.
const SHOWS_EXAMPLES = new Set(['explain']);

// unbash makes a decoder when it is loaded, which takes Node longer than reading a script; few scripts need it.
const lateDecoder = {
  name: 'late-decoder',
  setup(b) {
    b.onLoad({ filter: /[\\/]unbash[\\/]dist[\\/]ansi-c\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const made = 'new TextDecoder("utf-8", { ignoreBOM: true })';
      if (!text.includes(`= ${made};`)) throw new Error('unbash makes its decoder in another way now');
      return { contents: text.replace(`= ${made};`, `= { decode: (bytes) => ${made}.decode(bytes) };`) };
    });
  },
};

// One CommonJS bundle per entry: CommonJS starts faster than ESM, and an invocation reads only the entry it needs.
// Entries reach each other through `import('#entry/<name>')`, which loads the sibling file, from its code cache if it can.
const LOADED_BY_NODE = new Set(['dist/mountc.cjs', 'dist/check.cjs']);

const siblings = {
  name: 'entries',
  setup(b) {
    b.onResolve({ filter: /^#entry\// }, ({ path }) => ({ path, namespace: 'entry' }));
    b.onLoad({ filter: /.*/, namespace: 'entry' }, ({ path }) => ({
      contents: `module.exports = require('./src/load-entry.ts').loadEntry(__dirname, '${path.slice('#entry/'.length)}', require);`,
      resolveDir: root,
    }));
  },
};
await checkExamples(shared);
const built = await Promise.all([
  ...Object.entries(ENTRIES).map(([name, entry]) =>
    build({
      ...shared,
      format: 'cjs',
      entryPoints: [entry],
      outfile: `dist/${name}.cjs`,
      // The launcher starts it with whatever Node there is; one that is too old leaves docker alone.
      banner:
        name === 'check'
          ? { js: '"use strict";if(parseInt(process.versions.node,10)<20){process.exitCode=1;return}' }
          : undefined,
      plugins: [siblings, lateDecoder, ...(SHOWS_EXAMPLES.has(name) ? [] : [withoutExamples])],
    }),
  ),
  build({
    ...shared,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    entryPoints: ['src/index.ts'],
    outdir: 'dist',
    supported: {},
    // Readers are loaded when a text of their kind is given: each in a file of its own.
    splitting: true,
    chunkNames: 'library/[name]-[hash]',
    alias: ENTRY_ALIAS,
  }),
]);
const buildName = nameBuild(Object.keys(ENTRIES).map((name) => `dist/${name}.cjs`));
writeFileSync('dist/THIRD-PARTY.txt', licenseText(bundledPackages(built.map(({ metafile }) => metafile))));
writeFileSync('dist/package.json', '{"type":"module"}\n');
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'], {
  stdio: 'inherit',
});
execFileSync(process.execPath, ['scripts/code-cache.mjs', buildName], { stdio: 'inherit' });
execFileSync(process.execPath, ['scripts/gen-man.mjs'], { stdio: 'inherit' });

/**
 * Puts a name that is made of the bundles into them, makes them ASCII (V8 reads those faster, and holds half as much), and
 * wraps those that src/load-entry.ts loads.
 */
function nameBuild(files) {
  const { wrapBundle } = loader();
  const texts = files.map((file) => {
    // What esbuild leaves stands in regular expressions.
    const text = readFileSync(file, 'utf8').replace(
      /[^\0-\x7f]/g,
      (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    return LOADED_BY_NODE.has(file) ? text : wrapBundle(text);
  });
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text);
  const name = hash.digest('hex').slice(0, BUILD_MARK.length);
  for (const [index, file] of files.entries()) writeFileSync(file, texts[index].replaceAll(BUILD_MARK, name));
  return name;
}
