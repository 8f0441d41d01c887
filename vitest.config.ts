import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// The entries reach each other as `#entry/<name>`; tests run the sources.
const { imports } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  imports: Record<string, { types: string }>;
};

export default defineConfig({
  resolve: {
    alias: Object.entries(imports).map(([find, { types }]) => ({
      find,
      replacement: fileURLToPath(new URL(types, import.meta.url)),
    })),
  },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
