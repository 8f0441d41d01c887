import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, type TestContext, test } from 'vitest';
import { parse } from 'yaml';
import { cloneProject, git, hasProgram } from '../support/clone-project.js';
import { type CompositeAction, runGithubSteps } from '../support/github-runner.js';
import { tempDir } from '../support/temp-dir.js';
import { ROOT } from './installed.js';

const canClone =
  process.platform !== 'win32' && existsSync(join(ROOT, '.git')) && hasProgram('git') && hasProgram('npm');
const MINUTES = 60_000;

/** Where nothing can be had from a registry, nothing can be built from a clone. */
function needsRegistry(output: string, context: TestContext): void {
  if (/ENOTCACHED|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT/.test(output))
    context.skip('npm cannot reach a registry');
}

const offline = { ...process.env, npm_config_prefer_offline: 'true' };

describe.skipIf(!canClone || !hasProgram('pre-commit'))('pre-commit builds the hooks from a clone', () => {
  test('one finds, the other fixes', { timeout: 10 * MINUTES }, (context) => {
    const clone = join(tempDir(), 'mountc');
    cloneProject(clone);
    const folder = tempDir();
    const text = '#!/bin/sh\ndocker run --mount "type=bind, src=/a,dst=/b" alpine\n';
    writeFileSync(join(folder, 'run.sh'), text);
    writeFileSync(join(folder, 'notes.txt'), 'docker run --mount "type=bind, src=/a,dst=/b" alpine\n');
    const hooks = `    hooks:\n      - id: mountc\n      - id: mountc-fix\n`;
    const rev = git(clone, 'rev-parse', 'HEAD').trim();
    writeFileSync(
      join(folder, '.pre-commit-config.yaml'),
      `repos:\n  - repo: file://${clone}\n    rev: ${rev}\n${hooks}`,
    );
    git(folder, 'init', '--quiet');
    git(folder, 'add', '-A');
    const { stdout, stderr } = spawnSync('pre-commit', ['run', '--all-files', '--color', 'never'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...offline, PRE_COMMIT_HOME: join(tempDir(), 'home') },
    });
    needsRegistry(stdout + stderr, context);
    expect(stdout).toMatch(/- hook id: mountc\n- exit code: 1\n\nerror: whitespace in .*MC101/);
    expect(stdout).toMatch(/- hook id: mountc-fix\n- files were modified by this hook\n\n1 finding fixed/);
    expect(stdout).not.toContain('notes.txt');
    expect(readFileSync(join(folder, 'run.sh'), 'utf8')).toBe(text.replace(', src', ',src'));
  });
});

// Half a minute of building is for CI, and for who has pre-commit.
describe.skipIf(!canClone || !(hasProgram('pre-commit') || process.env['CI']))(
  'the action builds itself',
  () => {
    test('where GitHub unpacks it', { timeout: 10 * MINUTES }, (context) => {
      const clone = join(tempDir(), 'mountc');
      cloneProject(clone);
      const workspace = tempDir();
      writeFileSync(join(workspace, 'run.sh'), 'docker run --mount "type=bind, src=/a,dst=/b" alpine\n');
      const action = parse(readFileSync(join(clone, 'action.yml'), 'utf8')) as CompositeAction;
      const inputs = Object.fromEntries(
        Object.entries(action.inputs).map(([name, input]) => [name, input.default]),
      );
      const { code, log, annotations } = runGithubSteps(action.runs.steps, {
        workspace,
        inputs,
        env: { ...offline, GITHUB_WORKSPACE: workspace, GITHUB_ACTION_PATH: clone },
      });
      needsRegistry(log, context);
      expect(code, log).toBe(1);
      expect(annotations).toMatchObject([{ level: 'error', file: 'run.sh', line: 1 }]);
    });
  },
);

describe.skipIf(!canClone || !(hasProgram('pre-commit') || process.env['CI']))(
  'npm builds the package from a clone',
  () => {
    test('in one step', { timeout: 10 * MINUTES }, (context) => {
      const clone = join(tempDir(), 'mountc');
      cloneProject(clone);
      const prefix = tempDir();
      const { status, stderr } = spawnSync(
        'npm',
        ['install', '--global', '--prefix', prefix, `git+file://${clone}`],
        { cwd: prefix, encoding: 'utf8', env: offline },
      );
      needsRegistry(stderr, context);
      expect(`${status} ${stderr.replace(/^npm warn.*\n/gm, '')}`).toBe('0 ');
      const { stdout } = spawnSync(join(prefix, 'bin/mountc'), ['--version'], { encoding: 'utf8' });
      expect(stdout).toMatch(/^mountc \d/);
      expect(existsSync(join(prefix, 'lib/node_modules/mountc/src'))).toBe(false);
    });
  },
);
