// One file, one verdict: whatever else is linted in the same run, and in whatever order.
import { cpSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runLint } from '../support/cli.js';
import { sharedTempDir } from '../support/temp-dir.js';

const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));
const dir = sharedTempDir();
const MORE: Readonly<Record<string, string>> = {
  'cut-off.sh': 'docker run x\n-it --rm -v /a:/b alpine\n',
  'cut-off-mount.sh': 'docker run --rm x\n-v /a:/b\n',
  'plain.sh': 'docker run --rm -v data:/data alpine\n',
  'empty.sh': '',
};

const files = [
  ...readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
    .filter((path) => /[/\\](?:ok|err)[/\\]/.test(path) && statSync(join(FIXTURES, path)).isFile())
    .map((path) => {
      // A workflow is known by its folder.
      const name = path
        .replace(/^github[/\\](ok|err)[/\\]/, 'github/$1/.github/workflows/')
        .replace(/^vscode-tasks[/\\]((?:ok|err)[/\\][\w-]+)\.json$/, 'vscode-tasks/$1/.vscode/tasks.json');
      mkdirSync(dirname(join(dir, name)), { recursive: true });
      cpSync(join(FIXTURES, path), join(dir, name));
      return name;
    }),
  ...Object.entries(MORE).map(([name, text]) => {
    writeFileSync(join(dir, name), text);
    return name;
  }),
].sort();

type Finding = { readonly path: string };

async function lint(paths: readonly string[]): Promise<ReadonlyMap<string, readonly Finding[]>> {
  const { stdout, stderr, code } = await runLint(['--format', 'jsonl', '--no-config', ...paths], {
    cwd: dir,
  });
  expect([stderr, code === 0 || code === 1]).toEqual(['', true]);
  const found = new Map<string, Finding[]>(paths.map((path) => [path, []]));
  for (const line of stdout.split('\n').filter(Boolean)) {
    const finding = JSON.parse(line) as Finding;
    found.get(finding.path)!.push(finding);
  }
  return found;
}

describe('a file has one verdict', () => {
  it.each([
    ['after others', files],
    ['in front of others', [...files].reverse()],
  ])('%s', async (_name, order) => {
    const together = await lint(order);
    for (const file of files) expect((await lint([file])).get(file), file).toEqual(together.get(file));
    expect(together.get('cut-off.sh')).not.toEqual([]);
  });
});
