import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// The bundles reach each other as `#entry/<name>`; tests run the sources.
const entries = JSON.parse(readFileSync(new URL('scripts/entries.json', import.meta.url), 'utf8')) as Record<
  string,
  string
>;

export default defineConfig({
  resolve: {
    alias: Object.entries(entries).map(([name, file]) => ({
      find: `#entry/${name}`,
      replacement: fileURLToPath(new URL(file, import.meta.url)),
    })),
  },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
