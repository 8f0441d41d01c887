import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// The entries reach each other as `#entry/<name>`; tests run the sources.
const { imports, homepage } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  imports: Record<string, { types: string }>;
  homepage: string;
};

/** Where scripts/engines.sh keeps real dockers, and the sockets of those that run. */
const ENGINES = process.env['MOUNTC_ENGINES'] || join(homedir(), '.cache/mountc-engines');

/** What starts a program for each of its cases: the package as it is installed, the matrix of launchers and killed runs, and texts that keep it busy. */
const PACKAGE = [
  'test/package/**/*.test.ts',
  'test/shim/{transparency,signals,pty,never-in-the-way,install,terminal}.test.ts',
  'test/hostile/{shapes,unknown-dockers,own-files,launcher-secrets,write-crash,write-together}.test.ts',
  'test/cli/{completion,odd-places}.test.ts',
];

export default defineConfig({
  define: { __MOUNTC_SITE__: JSON.stringify(homepage) },
  resolve: {
    alias: Object.entries(imports).map(([find, { types }]) => ({
      find,
      replacement: fileURLToPath(new URL(types, import.meta.url)),
    })),
  },
  test: {
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Suites that ask real daemons share them: where there are any, one file at a time.
    maxWorkers: existsSync(join(ENGINES, 'run')) ? 1 : '100%',
    projects: [
      { extends: true, test: { name: 'source', include: ['test/**/*.test.ts'], exclude: PACKAGE } },
      { extends: true, test: { name: 'package', include: PACKAGE } },
    ],
  },
});
