import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
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

test('hooks are given all files that are read: they filter none, and pass over the rest in silence', async () => {
  const hooks = parse(read('.pre-commit-hooks.yaml')) as Record<string, unknown>[];
  for (const hook of hooks) {
    expect(Object.keys(hook).sort()).toEqual(['args', 'description', 'entry', 'id', 'language', 'name']);
    expect(hook['args']).toEqual(['--files']);
  }
  const folder = tempDir();
  const names = [
    'web.container',
    'run.fish',
    '.envrc',
    'page.mdx',
    'Earthfile',
    'deploy.sh.j2',
    'x.css',
    'x.png',
  ];
  for (const name of names) writeFileSync(join(folder, name), name === 'x.png' ? '\0' : 'x\n');
  expect(await runLint(['--files', ...names.slice(-2)], { cwd: folder })).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  });
});

const PRE_COMMIT = spawnSync('pre-commit', ['--version']).status === 0;

test('pre-commit passes on every kind, and the baseline lets pass what was there', {
  skip: !PRE_COMMIT,
  timeout: 60_000,
}, () => {
  const folder = tempDir();
  const run = (command: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PRE_COMMIT_HOME: join(folder, '.git/pre-commit'), HOME: folder },
    });
    return { status, out: stdout + stderr };
  };
  const git = (...args: string[]) =>
    expect(run('git', '-c', 'user.name=a', '-c', 'user.email=a@b', ...args)).toMatchObject({ status: 0 });
  // The hook as it is, run by this checkout in place of an installed one.
  const [hook] = parse(read('.pre-commit-hooks.yaml')) as [Record<string, string>];
  const entry = `'${process.execPath}' '${join(root, 'bin/mountc.js')}' ${hook['entry']!.replace('mountc ', '')}`;
  const config = { repos: [{ repo: 'local', hooks: [{ ...hook, language: 'system', entry }] }] };
  writeFileSync(join(folder, '.pre-commit-config.yaml'), JSON.stringify(config));
  const bad = 'docker run -v /a:/b:readonly img\n';
  for (let i = 0; i < 40; i++) writeFileSync(join(folder, `old${i}.sh`), bad);
  writeFileSync(join(folder, 'fine.css'), 'a {}\n');
  git('init', '-q', '.');
  git('add', '-A');
  const first = run('pre-commit', 'run', '--all-files');
  expect(first).toMatchObject({ status: 1 });
  expect(first.out.match(/\[volume-unknown-mode /g)).toHaveLength(40);
  const written = run(
    process.execPath,
    join(root, 'bin/mountc.js'),
    'lint',
    '--write-baseline',
    '--baseline',
    '.mountc-baseline.json',
  );
  expect(written).toMatchObject({ status: 0 });
  writeFileSync(join(folder, '.mountc.json'), '{"baseline": ".mountc-baseline.json"}');
  git('add', '-A');
  expect(run('pre-commit', 'run', '--all-files')).toMatchObject({ status: 0 });
  const added = {
    'web.container': `[Container]\nImage=x\nVolume=/a:/b:readonly\n`,
    'run.fish': bad,
    '.envrc': bad,
    'page.mdx': `\`\`\`sh\n${bad}\`\`\`\n`,
    'deploy.sh.j2': bad,
    'app.service': `[Service]\nExecStart=/usr/bin/${bad}`,
  };
  for (const [name, text] of Object.entries(added)) writeFileSync(join(folder, name), text);
  git('add', '-A');
  const second = run('pre-commit', 'run', '--all-files');
  for (const name of Object.keys(added)) expect(second.out).toContain(`--> ${name}:`);
  expect(second.out).not.toContain('old1.sh');
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
