// The snippets of docs/ci.md, run with the package as npm packs it: as GitHub and GitLab run them, without a network.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type GithubStep, runGithubSteps } from '../support/github-runner.js';
import { tempDir } from '../support/temp-dir.js';
import { type Installed, installPackage, npm, ROOT } from './installed.js';

const { repository } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const docs = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8');
const snippets = [...docs.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => yaml!);
const snippetWith = (text: string) => parse(snippets.find((yaml) => yaml.includes(text))!);

const BAD = '#!/bin/sh\n:; docker run -v /a:/b:readonly -v /:/host --rm alpine\n';
const GOOD = '#!/bin/sh\ndocker run -v /a:/b:ro alpine\n';

describe.skipIf(process.platform === 'win32')('the snippets of docs/ci.md', () => {
  let installed: Installed;
  beforeAll(() => {
    installed = installPackage();
  });
  afterAll(() => rmSync(installed.folder, { recursive: true, force: true }));

  test('the problem matcher reads what is printed', () => {
    const { steps } = snippetWith('add-matcher') as { steps: GithubStep[] };
    expect(steps.slice(0, 2)).toEqual([{ uses: 'actions/checkout@v4' }, { run: 'npm ci' }]);
    const workspace = tempDir();
    writeFileSync(join(workspace, 'package.json'), '{"private": true}');
    npm(['install', '--save-dev', '--offline', installed.tarball], workspace, installed.folder);
    mkdirSync(join(workspace, 'my dir'));
    writeFileSync(join(workspace, 'my dir/a.sh'), BAD);
    const run = runGithubSteps(steps.slice(2), { workspace });
    expect(run.code).toBe(1);
    const json = runGithubSteps([{ run: 'npx mountc lint --format json' }], { workspace });
    const expected = JSON.parse(json.log).map((one: JsonFinding) => ({
      level: one.severity,
      file: one.path,
      line: one.start.line,
      col: one.start.column,
      // A line of "compact" ends with the help.
      message: one.help === '' ? one.message : `${one.message}; ${one.help}`,
    }));
    expect(run.annotations).toEqual(expected);
    expect(expected.map(({ level }: { level: string }) => level)).toEqual(['error', 'warning']);
    writeFileSync(join(workspace, 'my dir/a.sh'), GOOD);
    expect(runGithubSteps(steps.slice(2), { workspace })).toMatchObject({ code: 0, annotations: [] });
  });

  test('lefthook and lint-staged check the files that are committed, and those that are no business of mountc', () => {
    const lefthook = snippetWith('{staged_files}')['pre-commit'].commands.mountc.run as string;
    const [, json = ''] = /```json\n(.*?)```/s.exec(docs)!;
    const staged = JSON.parse(json)['lint-staged'] as Record<string, string>;
    expect(Object.keys(staged)).toEqual(['*']);
    const workspace = tempDir();
    writeFileSync(join(workspace, 'package.json'), '{"private": true}');
    npm(['install', '--save-dev', '--offline', installed.tarball], workspace, installed.folder);
    for (const line of [
      lefthook.replace('{staged_files}', "'my file.sh' --fix x.css"),
      // It puts node_modules/.bin on PATH.
      `PATH="$PWD/node_modules/.bin:$PATH" ${staged['*']} 'my file.sh' --fix x.css`,
    ]) {
      for (const name of ['my file.sh', '--fix']) writeFileSync(join(workspace, name), BAD);
      writeFileSync(join(workspace, 'x.css'), 'x {}\n');
      const bad = spawnSync('bash', ['-c', line], { cwd: workspace, encoding: 'utf8' });
      expect(bad.status, bad.stderr).toBe(1);
      expect(bad.stdout).toContain('--> my file.sh:2:');
      expect(bad.stdout + bad.stderr).not.toContain('x.css');
      expect(readFileSync(join(workspace, 'my file.sh'), 'utf8')).toBe(BAD);
      for (const name of ['my file.sh', '--fix']) writeFileSync(join(workspace, name), GOOD);
      expect(spawnSync('bash', ['-c', line], { cwd: workspace, encoding: 'utf8' }).status).toBe(0);
    }
  });

  test('Jenkins gets its two reports', () => {
    const [, step = ''] = /^ *sh '(.*)'$/m.exec(docs)!;
    const reports = [...docs.matchAll(/(?:pattern: |junit )'(.*?)'/g)].map(([, name]) => name!);
    expect(reports).toHaveLength(2);
    const workspace = tempDir();
    writeFileSync(join(workspace, 'a.sh'), BAD);
    const ran = spawnSync('bash', ['-c', step.replace(repository.url, `file:${installed.tarball}`)], {
      cwd: workspace,
      encoding: 'utf8',
      env: { ...process.env, HOME: tempDir(), npm_config_offline: 'true' },
    });
    expect(ran.status, ran.stderr).toBe(1);
    for (const name of reports)
      expect(readFileSync(join(workspace, name), 'utf8')).toMatch(/^<\?xml .*a\.sh/s);
  });

  test.each([
    ['findings', BAD, 1],
    ['none', GOOD, 0],
  ])('GitLab gets a report of %s', (_, text, code) => {
    const job = snippetWith('gl-code-quality-report').mounts as GitlabJob;
    expect(job.artifacts.when).toBe('always');
    const project = tempDir();
    mkdirSync(join(project, 'ci'));
    writeFileSync(join(project, 'ci/a.sh'), text);
    const lines = [...job.before_script, ...job.script].map((line) =>
      line.replace(repository.url, `'${installed.tarball}'`),
    );
    expect(lines.join('\n')).toContain(installed.tarball);
    const prefix = tempDir();
    const ran = spawnSync('bash', ['-c', `set -eo pipefail\n${lines.join('\n')}`], {
      cwd: project,
      encoding: 'utf8',
      env: {
        PATH: `${join(prefix, 'bin')}:${process.env['PATH']}`,
        HOME: prefix,
        CI: 'true',
        GITLAB_CI: 'true',
        CI_PROJECT_DIR: project,
        npm_config_prefix: prefix,
        npm_config_offline: 'true',
      },
    });
    expect(ran.status, ran.stderr).toBe(code);
    const issues = JSON.parse(readFileSync(join(project, job.artifacts.reports.codequality), 'utf8'));
    expect(issues.map(({ location }: GitlabIssue) => location.path)).toEqual(
      code === 0 ? [] : ['ci/a.sh', 'ci/a.sh'],
    );
    for (const { description, check_name, fingerprint, severity, location } of issues as GitlabIssue[]) {
      expect([description, check_name, fingerprint].every((one) => /\S/.test(one))).toBe(true);
      expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(severity);
      expect(location.lines.begin).toBe(2);
      expect(ran.stdout).toContain(check_name);
    }
  });
});

interface JsonFinding {
  readonly severity: string;
  readonly path: string;
  readonly message: string;
  readonly help: string;
  readonly start: { readonly line: number; readonly column: number };
}

interface GitlabJob {
  readonly before_script: readonly string[];
  readonly script: readonly string[];
  readonly artifacts: { readonly when: string; readonly reports: { readonly codequality: string } };
}

interface GitlabIssue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}
