import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  type CompositeAction,
  type GithubRun,
  type GithubStep,
  runGithubSteps,
} from '../support/github-runner.js';
import { tempDir } from '../support/temp-dir.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as CompositeAction;
const docs = readFileSync(join(root, 'docs/ci.md'), 'utf8');

const BAD = "#!/bin/sh\n# 写 😀\ndocker run --mount 'type=bind, src=/a,dst=/b' alpine\n";
const WARNED = '#!/bin/sh\ndocker run --rm -v /:/host alpine\n';
const GOOD = "#!/bin/sh\ndocker run --mount 'type=bind,src=/a,dst=/b' alpine\n";

function checkout(files: Readonly<Record<string, string>>): string {
  const workspace = tempDir();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), text);
  }
  return workspace;
}

function runAction(
  workspace: string,
  given: Readonly<Record<string, string>> = {},
  path = process.env['PATH'],
): GithubRun {
  const unknown = Object.keys(given).filter((name) => !(name in action.inputs));
  if (unknown.length > 0) throw new Error(`the action has no input ${unknown}`);
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default]);
  return runGithubSteps(action.runs.steps, {
    workspace,
    path,
    inputs: { ...Object.fromEntries(defaults), ...given },
    env: { GITHUB_ACTION_PATH: root },
  });
}

/** The characters that an annotation stands at. */
function shownText(workspace: string, { annotations }: GithubRun): string[] {
  return annotations.map(({ file, line, col = 0, endColumn = 0 }) => {
    const lines = readFileSync(join(workspace, file), 'utf8').split('\n');
    return lines[line - 1]!.slice(col - 1, endColumn - 1);
  });
}

const sarifOf = (file: string) =>
  (JSON.parse(readFileSync(file, 'utf8')).runs[0].results as SarifResult[]).map(
    ({ locations: [location] }) => location.physicalLocation.artifactLocation.uri,
  );
interface SarifResult {
  readonly locations: readonly [{ physicalLocation: { artifactLocation: { uri: string } } }];
}

describe.skipIf(!existsSync(join(root, 'dist/lint.cjs')) || process.platform === 'win32')(
  'the action',
  () => {
    test('shows findings where they are, and fails', () => {
      const workspace = checkout({ 'run.sh': BAD, 'my scripts/50%, new.sh': BAD, 'ok.sh': GOOD });
      const run = runAction(workspace);
      expect(run.code).toBe(1);
      expect(run.annotations).toMatchObject([
        { level: 'error', file: 'my scripts/50%, new.sh', line: 3 },
        { level: 'error', file: 'run.sh', line: 3 },
      ]);
      expect(shownText(workspace, run)).toEqual([' ', ' ']);
      expect(run.annotations[0]!.message).toMatch(/^whitespace in .*\n\S/);
    });

    test('passes what is clean, and shows a warning without failing', () => {
      expect(runAction(checkout({ 'ok.sh': GOOD, 'README.md': '# nothing\n' }))).toEqual({
        code: 0,
        log: '',
        annotations: [],
      });
      const workspace = checkout({ 'a.sh': WARNED });
      expect(runAction(workspace)).toMatchObject({ code: 0, annotations: [{ level: 'warning' }] });
      expect(runAction(workspace, { args: '--fail-on warning' }).code).toBe(1);
    });

    test('takes several paths and arguments, on several lines, and globs of its own', () => {
      const workspace = checkout({ 'a.sh': BAD, 'b.sh': BAD, 'c/d.sh': BAD, 'e.md': BAD });
      const run = runAction(workspace, { paths: 'a.*\n  c\n', args: '--fail-on never\n-q' });
      expect(run.code).toBe(0);
      expect(run.annotations).toEqual([]);
      expect(runAction(workspace, { paths: 'a.*\n  c\n' }).annotations.map(({ file }) => file)).toEqual([
        'a.sh',
        'c/d.sh',
      ]);
    });

    test('writes SARIF where the next step finds it, from any folder', () => {
      const workspace = checkout({ 'sub dir/a.sh': BAD, 'b.sh': BAD });
      const inputs = { 'working-directory': 'sub dir', sarif: 'my report.sarif' };
      const run = runAction(workspace, inputs);
      expect(run).toMatchObject({ code: 1, annotations: [{ file: 'sub dir/a.sh' }] });
      expect(shownText(workspace, run)).toEqual([' ']);
      expect(action.outputs['sarif']!.value).toBe('${{ inputs.sarif }}');
      expect(sarifOf(join(workspace, inputs.sarif))).toEqual(['sub%20dir/a.sh']);
      const elsewhere = join(tempDir(), 'a.sarif');
      runAction(workspace, { sarif: elsewhere });
      expect(sarifOf(elsewhere)).toEqual(['b.sh', 'sub%20dir/a.sh']);
    });

    test('runs nothing that stands in an input', () => {
      const workspace = checkout({ 'a.sh': GOOD });
      const hostile = '$(touch p1) `touch p2` ; touch p3 # "\' *';
      const { code, log } = runAction(workspace, { paths: hostile });
      expect(code).toBe(3);
      expect(log).toContain('$(touch: no such file');
      runAction(workspace, { sarif: `${hostile}.sarif`, args: hostile });
      expect(readdirSync(workspace).filter((name) => /^p\d/.test(name))).toEqual([]);
    });

    test('says what to do where there is no Node', () => {
      const path = tempDir();
      symlinkSync('/bin/bash', join(path, 'bash'));
      const { code, annotations } = runAction(checkout({ 'a.sh': BAD }), {}, path);
      expect(code).toBe(3);
      expect(annotations).toMatchObject([{ level: 'error', message: expect.stringContaining('setup-node') }]);
    });

    test("the documentation's workflow shows, fails, and has a report to upload", () => {
      const [, yaml] = /## GitHub Actions\n\n```yaml\n([\s\S]*?)```/.exec(docs)!;
      const { steps } = parse(yaml!).jobs.mounts as { steps: GithubStep[] };
      const [, use, upload] = steps;
      expect(use!.uses).toMatch(/^mountc\/mountc@v/);
      for (const [text, code, count] of [
        [WARNED, 1, 1],
        [GOOD, 0, 0],
      ] as const) {
        const workspace = checkout({ 'a.sh': text });
        expect(runAction(workspace, use!.with)).toMatchObject({ code });
        expect(upload!.if).toBe('always()');
        expect(sarifOf(join(workspace, upload!.with!['sarif_file']!))).toHaveLength(count);
      }
    });
  },
);
