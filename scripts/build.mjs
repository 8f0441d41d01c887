// Builds everything that is not committed: the parser from grammar/, the bundles in dist/, the public types.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { generateParser } from './grammar.mjs';
import { bundledPackages, licenseText } from './licenses.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

await generateParser();
if (process.argv.includes('--parser-only')) process.exit(0);

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist', { recursive: true });

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: true,
  // Entries are required, not imported: an import of CommonJS first scans it for names.
  supported: { 'dynamic-import': false },
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  define: { __MOUNTC_VERSION__: JSON.stringify(version) },
};

// One CommonJS bundle per entry: CommonJS starts faster than ESM, and an invocation reads only the entry it needs.
// Entries reach each other through `import('#entry/<name>')`, which stays a require of the sibling file.
const ENTRIES = JSON.parse(readFileSync('scripts/entries.json', 'utf8'));
const siblings = {
  name: 'entries',
  setup(b) {
    b.onResolve({ filter: /^#entry\// }, ({ path }) => ({
      path: `./${path.slice('#entry/'.length)}.cjs`,
      external: true,
    }));
  },
};
const built = await Promise.all([
  ...Object.entries(ENTRIES).map(([name, entry]) =>
    build({
      ...shared,
      format: 'cjs',
      entryPoints: [entry],
      outfile: `dist/${name}.cjs`,
      plugins: [siblings],
    }),
  ),
  build({
    ...shared,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    entryPoints: ['src/index.ts'],
    outfile: 'dist/index.js',
  }),
]);
writeFileSync('dist/THIRD-PARTY.txt', licenseText(bundledPackages(built.map(({ metafile }) => metafile))));
writeFileSync('dist/package.json', '{"type":"module"}\n');
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'], {
  stdio: 'inherit',
});
execFileSync(process.execPath, ['scripts/gen-man.mjs'], { stdio: 'inherit' });
