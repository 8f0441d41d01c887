// The bounds that the documentation names are those of the sources: a number that changes in one place must change in the other.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

test.each([
  [
    'docs/ci.md',
    'If a file has more than 10,000 findings',
    'src/lint/shown-findings.ts',
    'MOST_SHOWN = 10_000;',
  ],
  [
    'docs/configuration.md',
    'nor is more than 128 kB',
    'src/files/find-config.ts',
    'LARGEST_CONFIG = 128 * 1024;',
  ],
  [
    'docs/configuration.md',
    '(package.json: 4 MB)',
    'src/files/find-config.ts',
    'LARGEST_PACKAGE = 4 * 1024 * 1024;',
  ],
  ['docs/configuration.md', 'at most 5,000 names', 'src/lint/config-reader.ts', 'MOST_GLOBS = 5000;'],
  ['docs/configuration.md', 'a glob with braces for 256', 'src/lint/glob.ts', 'MOST = 256;'],
  [
    'docs/configuration.md',
    'there may be 256 `commands`',
    'src/lint/check-config.ts',
    'MOST_COMMANDS = 256;',
  ],
  ['docs/old-repository.md', 'larger than 4 MB', 'src/cli/lint-baseline.ts', 'LARGEST = 4 * 1024 * 1024;'],
  ['docs/shim.md', 'in less than a second', 'src/docker/probe.ts', 'PATIENCE = 800;'],
  ['docs/shim.md', 'kept for a week', 'src/docker/probe-cache.ts', 'WEEK = 7 * 24 * 60 * 60 * 1000;'],
  ['docs/why.md', 'how the last start ended | 10 s |', 'src/cli/why-names.ts', 'PATIENCE = 10_000;'],
  ['docs/why.md', 'and its clock | 3 s |', 'src/docker/engine-facts.ts', 'PATIENCE = 3000;'],
  ['docs/why.md', 'the last 50 lines', 'src/docker/why/last-words.ts', "'--tail', '50'"],
  ['docs/why.md', 'repeated but that path | 3 s |', 'src/docker/why/last-words.ts', 'PATIENCE = 3000;'],
  ['docs/why.md', 'access lists | 2 s each |', 'src/docker/why/local-files.ts', 'PATIENCE = 2000;'],
  ['SECURITY.md', '20 seconds for each object', 'src/files/git-objects.ts', 'PATIENCE = 20_000;'],
  [
    'SECURITY.md',
    'YAML, JSON and TOML up to 4 MB',
    'src/source/bounds.ts',
    'MOST_CHARACTERS = 4 * 1024 * 1024;',
  ],
  ['README.md', 'it only needs Node 20 or newer', 'package.json', '"node": ">=20"'],
])('%s: %s', (page, says, file, holds) => {
  expect(read(page).replace(/\s+/g, ' ')).toContain(says);
  expect(read(file)).toContain(holds);
});
