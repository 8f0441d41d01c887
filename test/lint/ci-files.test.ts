import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { FILE_KIND_ROWS } from '../../src/source/file-kinds.js';
import { runLint } from '../support/cli.js';
import { tempDir } from '../support/temp-dir.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const BAD = "docker run --mount 'type=bind, src=/a,dst=/b' alpine\n";

test('hooks run commands that are there', async () => {
  const hooks = parse(read('.pre-commit-hooks.yaml')) as { id: string; entry: string; language: string }[];
  const { bin } = JSON.parse(read('package.json'));
  for (const { entry, language } of hooks) {
    const [program, ...args] = entry.split(' ');
    expect(Object.keys(bin)).toContain(program);
    expect(language).toBe('node');
    const folder = tempDir();
    writeFileSync(join(folder, 'a.sh'), BAD);
    const { code } = await runLint([...args.slice(1), 'a.sh'], { cwd: folder });
    expect(code).toBe(entry.includes('--fix') ? 0 : 1);
  }
});

test('hooks are given all files that are read', () => {
  const hooks = parse(read('.pre-commit-hooks.yaml')) as { types_or: string[] }[];
  const types = [...new Set(FILE_KIND_ROWS.flatMap(([, { hookTypes }]) => hookTypes))].sort();
  for (const hook of hooks) expect([...hook.types_or].sort()).toEqual(types);
});

test('the example of the documentation is a configuration without mistakes', async () => {
  const [, yaml] = /```yaml\n([\s\S]*?)```/.exec(read('docs/configuration.md'))!;
  const folder = tempDir();
  writeFileSync(join(folder, '.mountc.yaml'), yaml!);
  expect(await runLint(['--print-config'], { cwd: folder })).toMatchObject({ code: 0, stderr: '' });
});

test('shell in the action is clean', { skip: spawnSync('shellcheck', ['--version']).status !== 0 }, () => {
  const { runs } = parse(read('action.yml')) as { runs: { steps: { run: string }[] } };
  for (const { run } of runs.steps) execFileSync('shellcheck', ['-s', 'bash', '-'], { input: run });
});
