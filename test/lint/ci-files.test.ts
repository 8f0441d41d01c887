import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runLint } from '../support/cli.js';

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
    const folder = mkdtempSync(join(tmpdir(), 'mountc-hook-'));
    try {
      writeFileSync(join(folder, 'a.sh'), BAD);
      const { code } = await runLint([...args.slice(1), 'a.sh'], { cwd: folder });
      expect(code).toBe(entry.includes('--fix') ? 0 : 1);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
});

describe.skipIf(!existsSync(join(root, 'dist/lint.cjs')))('the action', () => {
  const action = parse(read('action.yml')) as {
    inputs: Record<string, { default: string }>;
    runs: { steps: { run: string; env?: Record<string, string> }[] };
  };

  function runAction(inputs: Record<string, string>, folder: string) {
    let out = '';
    let code = 0;
    for (const { run, env = {} } of action.runs.steps) {
      const values = Object.fromEntries(
        Object.entries(env).map(([name, text]) => [
          name,
          text.replace(
            /\$\{\{ inputs\.([\w-]+) \}\}/g,
            (_, input: string) => inputs[input] ?? action.inputs[input]!.default,
          ),
        ]),
      );
      const ran = spawnSync('bash', ['-eo', 'pipefail', '-c', run], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, ...values, GITHUB_ACTION_PATH: root },
      });
      out += ran.stdout + ran.stderr;
      code = ran.status ?? 99;
      if (code !== 0) break;
    }
    return { out, code };
  }

  test('annotates, writes SARIF, takes arguments and paths', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mountc-action-'));
    try {
      writeFileSync(join(folder, 'a.sh'), BAD);
      writeFileSync(join(folder, 'b.sh'), BAD);
      expect(runAction({}, folder)).toMatchObject({
        code: 1,
        out: expect.stringMatching(/^::error file=a\.sh,line=1,/),
      });
      const { code, out } = runAction(
        { sarif: 'my report.sarif', args: '--fail-on never', paths: 'b.*' },
        folder,
      );
      expect(code).toBe(0);
      expect(out).not.toContain('a.sh');
      expect(JSON.parse(readFileSync(join(folder, 'my report.sarif'), 'utf8')).runs[0].results).toHaveLength(
        1,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test('the example of the documentation is a configuration without mistakes', async () => {
  const [, yaml] = /```yaml\n([\s\S]*?)```/.exec(read('docs/configuration.md'))!;
  const folder = mkdtempSync(join(tmpdir(), 'mountc-docs-'));
  try {
    writeFileSync(join(folder, '.mountc.yaml'), yaml!);
    expect(await runLint(['--print-config'], { cwd: folder })).toMatchObject({ code: 0, stderr: '' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('shell in the action is clean', { skip: spawnSync('shellcheck', ['--version']).status !== 0 }, () => {
  const { runs } = parse(read('action.yml')) as { runs: { steps: { run: string }[] } };
  for (const { run } of runs.steps) execFileSync('shellcheck', ['-s', 'bash', '-'], { input: run });
});
