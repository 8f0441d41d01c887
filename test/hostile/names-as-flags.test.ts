// Programs hand on the names of files: with --files none of them is taken for a flag, whatever it looks like.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runLint } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

const BAD = "docker run --mount 'type=bind, src=/a,dst=/b' alpine\n";

describe('names that look like flags', () => {
  test.each([
    '--fix.sh',
    '--fix',
    '-',
    '--',
    '-q',
    '--help',
    '--files',
    '--config=c.sh',
    '--format=json:out.sh',
    '--command',
    '--stdin-filename=x.sh',
    '-v a:b.sh',
    'docker run -v a:b x.sh',
    '--docker=auto',
  ])('%j', async (name) => {
    const cwd = tempDir();
    const text = `#!/bin/sh\n${BAD}`;
    writeFiles(cwd, { [name]: text, 'a.sh': BAD });
    const { code, stdout, stderr } = await runLint(['--format', 'json', '--files', name, 'a.sh'], { cwd });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout).map((one: { path: string }) => one.path)).toEqual([name, 'a.sh']);
    expect(code).toBe(1);
    expect(readFileSync(join(cwd, name), 'utf8')).toBe(text);
    expect(existsSync(join(cwd, 'out.sh'))).toBe(false);
  });

  test('none are none', async () => {
    const cwd = tempDir();
    writeFiles(cwd, { 'a.sh': BAD });
    expect(await runLint(['--format', 'compact', '--files'], { cwd })).toMatchObject({ code: 0, stdout: '' });
    expect(await runLint(['--command', 'docker run x', '--files', 'a.sh'], { cwd })).toMatchObject({
      code: 2,
    });
    expect(await runLint(['a.sh', '--format', 'compact', '--files'], { cwd })).toMatchObject({ code: 1 });
  });

  test('the hooks for pre-commit use it', () => {
    const hooks = readFileSync(new URL('../../.pre-commit-hooks.yaml', import.meta.url), 'utf8');
    expect(hooks.match(/^ {2}args: \[--files\]$/gm)).toHaveLength(hooks.match(/^- id:/gm)!.length);
  });
});
