// `§` in the sources is a section of docs/semantics/docker.md: one that is not there sends a reader nowhere.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { COMPOSE_RANGE } from '../../src/dialects/compose/versions.js';
import { PODMAN_RANGE } from '../../src/dialects/podman/versions.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test('every § of the sources is a section of the page', () => {
  const sections = new Set(
    [...read('docs/semantics/docker.md').matchAll(/^#{2,3} ([\d.]+?)\.? /gm)].map(([, number]) => number!),
  );
  const files = execFileSync('git', ['ls-files', 'src', 'test', 'scripts', 'docs'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((path) => /\.(?:ts|mjs|md)$/.test(path) && existsSync(join(root, path)));
  let seen = 0;
  for (const path of files) {
    for (const [cited, number] of read(path).matchAll(/§ ?(\d+(?:\.\d+)?)/g)) {
      seen += 1;
      expect(sections.has(number!), `${path}: ${cited}`).toBe(true);
    }
  }
  expect(seen).toBeGreaterThan(50);
});

test('every page that a page of docs names is there', () => {
  const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((path) => path !== '' && !/^(?:fixtures|test)\//.test(path));
  expect(pages).toContain('docs/semantics/docker.md');
  for (const page of pages) {
    for (const [, link] of read(page)
      .replace(/```[\s\S]*?```/g, '')
      .matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)) {
      const target = join(page, '..', link!);
      expect(() => read(target), `${page}: ${link}`).not.toThrow();
    }
  }
});

test('the README and the pages name the releases that the tables know', () => {
  expect(read('README.md').replace(/\s+/g, ' ')).toContain(
    `Compose ${COMPOSE_RANGE} and podman ${PODMAN_RANGE}`,
  );
  expect(read('docs/semantics/compose.md')).toMatch(`# Compose and mounts, ${COMPOSE_RANGE}\n`);
});
