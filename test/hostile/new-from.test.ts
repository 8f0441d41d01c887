// `lint --new-from` asks git for objects, and nothing else: whatever a repository names, nothing of it runs.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { runLint } from '../support/cli.js';
import { tempDir, writeFiles, writeProgram } from '../support/temp-dir.js';

const BAD = 'docker run -v /a:/b:readonly alpine\n';
const OTHER = "docker run --mount 'type=bind, src=/a,dst=/b' alpine\n";
const hasGit = spawnSync('git', ['--version']).status === 0;

let cwd = '';
beforeEach(() => {
  cwd = tempDir();
});

const env = () => ({ PATH: process.env['PATH'], HOME: '/nowhere' });
const put = (files: Readonly<Record<string, string | Buffer>>, folder = cwd) => writeFiles(folder, files);

function git(...args: string[]): string {
  return gitIn(cwd, ...args);
}

function gitIn(folder: string, ...args: string[]): string {
  const all = ['-c', 'user.name=x', '-c', 'user.email=x@x', '-c', 'protocol.file.allow=always', ...args];
  return execFileSync('git', all, {
    cwd: folder,
    encoding: 'utf8',
    env: env(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function commit(files: Readonly<Record<string, string | Buffer>>): void {
  if (!existsSync(join(cwd, '.git'))) git('init', '-q', '-b', 'main');
  put(files);
  git('add', '-A');
  git('commit', '-q', '-m', 'x', '--no-verify');
}

const lint = (argv: readonly string[], more: Record<string, string> = {}, folder = cwd) =>
  runLint(['--no-config', ...argv], { cwd: folder, env: { ...env(), ...more } });

async function found(rev: string, ...argv: string[]): Promise<string[]> {
  const { stdout, stderr, code } = await lint(['--new-from', rev, '--format', 'json', ...argv]);
  expect(stderr).toBe('');
  const all = JSON.parse(stdout).map(
    ({ path, rule, start }: { path: string; rule: string; start: { line: number } }) =>
      `${path}:${start.line} ${rule}`,
  );
  expect(code).toBe(all.length > 0 ? 1 : 0);
  return all;
}

describe.skipIf(!hasGit)('what is new', () => {
  test('lines that were changed, and files that git did not have', async () => {
    commit({ 'a.sh': `${BAD}echo\n`, 'same.sh': BAD, 'sub/b.sh': BAD });
    put({ 'a.sh': `${BAD}echo\n${OTHER}`, 'sub/b.sh': `# moved\n\n${BAD}`, 'new.sh': BAD });
    expect(await found('HEAD')).toEqual(['a.sh:3 mount-field-whitespace', 'new.sh:1 volume-unknown-mode']);
    git('add', '-A');
    git('commit', '-q', '-m', 'y');
    expect(await found('HEAD')).toEqual([]);
    for (const rev of ['HEAD~1', 'HEAD^', 'main~', 'HEAD@{1}', git('rev-parse', '--short', 'HEAD~1').trim()])
      expect(await found(rev)).toHaveLength(2);
    git('tag', '-a', '-m', 'x', 'v1', 'HEAD~1');
    expect(await found('v1')).toHaveLength(2);
    const below = await lint(['--new-from', 'HEAD~1', '--format', 'json', '.'], {}, join(cwd, 'sub'));
    expect(below).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
  });

  test('a command that goes on over lines: those that changed', async () => {
    const before = 'docker run \\\n  -v /a:/b:readonly \\\n  -v /c:/d \\\n  alpine\n';
    commit({ 'a.sh': before });
    put({ 'a.sh': before.replace('/c:/d', '/c:/d:readonly') });
    expect(await found('HEAD')).toEqual(['a.sh:3 volume-unknown-mode']);
    // The one that is new belongs to one that was there.
    put({ 'a.sh': before.replace('/c:/d', '/c:/b') });
    expect((await found('HEAD')).map((one) => one.split(' ')[1])).toContain('duplicate-target');
  });

  test.each([
    ['line ends alone', `${BAD}${OTHER}`.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${BAD}${OTHER}`],
    ['no line end at the end', `${BAD}${OTHER.trim()}`],
  ])('%s are no change', async (_, text) => {
    commit({ 'a.sh': `${BAD}${OTHER}` });
    put({ 'a.sh': text });
    expect(await found('HEAD')).toEqual([]);
  });

  test('UTF-16 against UTF-8, as an attribute has it', async () => {
    commit({ 'a.ps1': BAD });
    put({ 'a.ps1': Buffer.from(`\ufeff${BAD}${BAD}`, 'utf16le') });
    expect(await found('HEAD')).toEqual(['a.ps1:2 volume-unknown-mode']);
  });

  test('a file that has another name now is not a new one', async () => {
    const text = `${BAD}${'echo a line that stays\n'.repeat(5)}`;
    commit({ 'old/a.sh': text, 'b.sh': BAD, 'c.sh': text.replace('a line', 'one') });
    mkdirSync(join(cwd, 'new'));
    renameSync(join(cwd, 'old/a.sh'), join(cwd, 'new/a.sh'));
    renameSync(join(cwd, 'b.sh'), join(cwd, 'x.sh'));
    rmSync(join(cwd, 'c.sh'));
    expect(await found('HEAD')).toEqual([]);
    appendFileSync(join(cwd, 'new/a.sh'), OTHER);
    expect(await found('HEAD')).toEqual(['new/a.sh:7 mount-field-whitespace']);
    // Alike to nothing that went away.
    put({ 'y.sh': `${'true\n'.repeat(30)}${BAD}` });
    expect(await found('HEAD')).toEqual(['new/a.sh:7 mount-field-whitespace', 'y.sh:31 volume-unknown-mode']);
  });

  test('--fix fixes those alone, and --diff shows them', async () => {
    commit({ 'a.sh': `${BAD}${BAD}` });
    put({ 'a.sh': `${BAD}${OTHER}${BAD}` });
    const patch = await lint(['--new-from', 'HEAD', '--diff']);
    expect(patch.stdout.match(/^[-+](?![-+]).*/gm)).toHaveLength(2);
    expect((await lint(['--new-from', 'HEAD', '--fix'])).code).toBe(0);
    expect(readFileSync(join(cwd, 'a.sh'), 'utf8')).toBe(`${BAD}${OTHER.replace(', ', ',')}${BAD}`);
  });

  test('standard input, by its name', async () => {
    commit({ 'a.sh': BAD });
    const run = (...argv: string[]) =>
      runLint(['--new-from', 'HEAD', '--format', 'json', ...argv], {
        cwd,
        env: env(),
        stdin: `${BAD}${OTHER}`,
      });
    const { code, stdout } = await run('--stdin-filename', 'a.sh');
    expect({ code, rules: JSON.parse(stdout).map(({ rule }: { rule: string }) => rule) }).toEqual({
      code: 1,
      rules: ['mount-field-whitespace'],
    });
    expect(await run('-')).toMatchObject({ code: 2, stderr: expect.stringContaining('--stdin-filename') });
  });

  test('with a baseline: what is new in both senses', async () => {
    commit({ 'a.sh': BAD });
    put({ 'a.sh': `${BAD}${OTHER}` });
    await lint(['--baseline', 'known.json', '--write-baseline']);
    put({ 'a.sh': `${BAD}${OTHER}docker run -v /x:/y:readonly alpine\n` });
    const { stdout } = await lint(['--new-from', 'HEAD', '--baseline', 'known.json', '--format', 'compact']);
    expect(stdout.trim().split('\n')).toEqual([expect.stringMatching(/^a\.sh:3:/)]);
  });

  test('in a submodule, a worktree, and with SHA-256', async () => {
    const inner = tempDir();
    gitIn(inner, 'init', '-q', '-b', 'main', '--object-format=sha256');
    put({ 'a.sh': BAD }, inner);
    gitIn(inner, 'add', '-A');
    gitIn(inner, 'commit', '-q', '-m', 'x');
    put({ 'a.sh': `${BAD}${OTHER}` }, inner);
    const sha256 = await lint(['--new-from', 'HEAD', '--format', 'compact'], {}, inner);
    expect(sha256.stdout.trim().split('\n')).toEqual([expect.stringMatching(/^a\.sh:2:/)]);

    const library = tempDir();
    gitIn(library, 'init', '-q', '-b', 'main');
    put({ 'c.sh': BAD }, library);
    gitIn(library, 'add', '-A');
    gitIn(library, 'commit', '-q', '-m', 'x');
    commit({ 'a.sh': BAD });
    git('submodule', 'add', '-q', library, 'lib');
    git('commit', '-q', '-m', 'y');
    put({ 'lib/c.sh': `${BAD}${OTHER}` });
    expect(await found('HEAD', 'lib/c.sh', 'a.sh')).toEqual(['lib/c.sh:2 mount-field-whitespace']);
    const { code, stderr } = await lint(['--new-from', 'HEAD~1', 'lib']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/not a revision of the repository .*lib/),
    });

    const tree = join(tempDir(), 'tree');
    git('worktree', 'add', '-q', tree);
    put({ 'a.sh': `${BAD}${OTHER}` }, tree);
    const there = await lint(['--new-from', 'HEAD', '--format', 'compact'], {}, tree);
    expect(there.stdout.trim().split('\n')).toEqual([expect.stringMatching(/^a\.sh:2:/)]);
  });
});

describe.skipIf(!hasGit)('what cannot be said', () => {
  test.each([['--output=x'], ['-x'], ['--end-of-options'], [''], ['a\nb'], ['\u001b[2J']])(
    '%j is not a revision',
    async (rev) => {
      commit({ 'a.sh': BAD });
      const { code, stdout, stderr } = await lint([`--new-from=${rev}`]);
      expect({ code, stdout, stderr }).toEqual({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining('revision'),
      });
      expect(readdirSync(cwd).sort()).toEqual(['.git', 'a.sh']);
    },
  );

  test.each(['no-such', 'HEAD~7', 'HEAD:a.sh', ':/no', 'main..HEAD', '0'.repeat(40)])('%s', async (rev) => {
    commit({ 'a.sh': 'docker ps\n' });
    const { code, stderr } = await lint(['--new-from', rev]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('is not a revision of the repository'),
    });
  });

  test('a shallow clone without it', async () => {
    commit({ 'a.sh': BAD });
    commit({ 'a.sh': `${BAD}${OTHER}` });
    const first = git('rev-parse', 'HEAD~1').trim();
    const clone = join(tempDir(), 'clone');
    git('clone', '-q', '--depth=1', `file://${cwd}`, clone);
    const { code, stderr } = await lint(['--new-from', first], {}, clone);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/shallow clone: fetch/) });
  });

  test('a clone without the old text of a file', async () => {
    commit({ 'a.sh': BAD });
    git('config', 'uploadpack.allowFilter', 'true');
    const clone = join(tempDir(), 'clone');
    git('clone', '-q', '--no-checkout', '--filter=blob:none', `file://${cwd}`, clone);
    put({ 'a.sh': `${BAD}${OTHER}` }, clone);
    const { code, stderr } = await lint(['--new-from', 'HEAD'], {}, clone);
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: expect.stringMatching(/a\.sh: .*(?:git failed|only a part)/),
    });
  });

  test('no repository, none that is trusted, and no git', async () => {
    put({ 'a.sh': BAD });
    expect(await lint(['--new-from', 'HEAD'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('not in a readable git repository'),
    });
    commit({});
    for (const path of ['', '.', './bin', 'bin', cwd, join(cwd, 'bin')]) {
      writeProgram(join(cwd, 'bin/git'), '#!/bin/sh\ntouch it-ran\n');
      writeProgram(join(cwd, 'git'), '#!/bin/sh\ntouch it-ran\n');
      const { code, stderr } = await lint(['--new-from', 'HEAD'], { PATH: path });
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('none on PATH') });
      expect(existsSync(join(cwd, 'it-ran'))).toBe(false);
    }
  });

  test('a git that says nothing it should', async () => {
    commit({ 'a.sh': BAD });
    const bin = tempDir();
    for (const program of ['exit 1', 'echo nonsense; cat >/dev/null', 'kill -9 $$', 'yes | head -c 100000']) {
      writeProgram(join(bin, 'git'), `#!/bin/sh\n${program}\n`);
      expect(await lint(['--new-from', 'HEAD'], { PATH: `${bin}:/usr/bin:/bin` })).toMatchObject({
        code: 2,
        stdout: '',
      });
    }
  });
});

describe.skipIf(!hasGit)('nothing that a repository names is run', () => {
  function trap(): { program: string; hasRun: () => boolean } {
    const folder = tempDir();
    const mark = join(folder, 'it-ran');
    const program = writeProgram(join(folder, 'trap'), `#!/bin/sh\necho "$@" >> '${mark}'\ncat\nexit 0\n`);
    return { program, hasRun: () => existsSync(mark) };
  }
  const calls = async (rev = 'HEAD', more: Record<string, string> = {}) => {
    for (const argv of [[], ['--diff'], ['--fix'], ['a.sh']]) await lint(['--new-from', rev, ...argv], more);
  };
  const change = () => put({ 'a.sh': `${BAD}${OTHER}`, 'new/b.sh': BAD });

  test('settings, attributes, hooks, and what includes them', async () => {
    commit({ 'a.sh': BAD, '.gitattributes': '* filter=x diff=x merge=x working-tree-encoding=utf-8\n' });
    const { program, hasRun } = trap();
    const settings = [
      ...['core.fsmonitor', 'core.sshCommand', 'core.pager', 'core.editor', 'core.gitProxy', 'core.askPass'],
      ...[
        'core.alternateRefsCommand',
        'filter.x.clean',
        'filter.x.smudge',
        'filter.x.process',
        'diff.external',
      ],
      ...['diff.x.textconv', 'diff.x.command', 'merge.x.driver', 'credential.helper', 'gpg.program'],
      ...[
        'remote.origin.uploadpack',
        'remote.origin.vcs',
        'uploadpack.packObjectsHook',
        'trace2.normalTarget',
      ],
    ];
    for (const name of settings) git('config', name, program);
    git('config', 'alias.cat-file', `!${program}`);
    git('config', 'pager.cat-file', program);
    git('config', 'core.hooksPath', dirname(program));
    git('config', 'filter.x.required', 'true');
    const more = join(cwd, '.git/more');
    writeFileSync(
      more,
      `[core]\n\tfsmonitor = ${program}\n\tpager = ${program}\n[include]\n\tpath = /dev/null\n`,
    );
    git('config', 'include.path', 'more');
    git('config', `includeIf.gitdir:${cwd}/.path`, 'more');
    for (const name of ['post-checkout', 'post-index-change', 'reference-transaction', 'fsmonitor-watchman'])
      writeProgram(join(cwd, '.git/hooks', name), `#!/bin/sh\n${program}\n`);
    change();
    await calls();
    expect(hasRun()).toBe(false);
    expect(readFileSync(join(cwd, 'new/b.sh'), 'utf8')).toContain('-v /a:/b:ro ');
    // What git itself would run.
    spawnSync('git', ['diff', 'HEAD'], { cwd, env: env() });
    expect(hasRun()).toBe(true);
  });

  test('objects that are promised by somebody, and those of others', async () => {
    commit({ 'a.sh': BAD });
    const { program, hasRun } = trap();
    const elsewhere = tempDir();
    gitIn(elsewhere, 'init', '-q', '--bare');
    git('push', '-q', elsewhere, 'HEAD:refs/heads/x');
    const objects = join(cwd, '.git/objects');
    for (const name of readdirSync(objects).filter((one) => one.length === 2))
      rmSync(join(objects, name), { recursive: true });
    git('config', 'core.repositoryFormatVersion', '1');
    git('config', 'extensions.partialClone', 'origin');
    git('config', 'remote.origin.promisor', 'true');
    change();
    for (const url of [`ext::${program} x`, `ssh://-oProxyCommand=${program}/x`, `file://${elsewhere}`]) {
      git('config', 'remote.origin.url', url);
      git('config', 'remote.origin.uploadpack', program);
      git('config', 'core.sshCommand', program);
      git('config', 'protocol.ext.allow', 'always');
      git('config', 'protocol.allow', 'always');
      await calls('main');
      expect(hasRun()).toBe(false);
    }
    writeFileSync(join(objects, 'info/alternates'), `${elsewhere}/objects\n`);
    rmSync(join(cwd, 'new'), { recursive: true });
    put({ 'a.sh': `${BAD}${OTHER}` });
    expect(await found('main')).toEqual(['a.sh:2 mount-field-whitespace']);
    expect(hasRun()).toBe(false);
  });

  test('a bare repository in the tree, and variables of git', async () => {
    commit({ 'a.sh': BAD });
    const { program, hasRun } = trap();
    const bare = join(cwd, 'bare');
    gitIn(cwd, 'init', '-q', '--bare', bare);
    gitIn(bare, 'config', 'core.fsmonitor', program);
    gitIn(bare, 'config', 'core.worktree', cwd);
    put({ 'bare/b.sh': BAD });
    change();
    const { stdout } = await lint(['--new-from', 'HEAD', '--format', 'compact', '.'], {}, bare);
    expect(stdout).toContain('b.sh:1');
    await calls('HEAD', {
      GIT_DIR: bare,
      GIT_WORK_TREE: bare,
      GIT_EXTERNAL_DIFF: program,
      GIT_PAGER: program,
      GIT_SSH_COMMAND: program,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.fsmonitor',
      GIT_CONFIG_VALUE_0: program,
      GIT_EXEC_PATH: dirname(program),
    });
    expect(hasRun()).toBe(false);
  });

  test('replaced objects do not count', async () => {
    commit({ 'a.sh': BAD });
    const first = git('rev-parse', 'HEAD').trim();
    commit({ 'a.sh': `${BAD}${OTHER}` });
    git('replace', first, 'HEAD');
    expect(await found(first)).toEqual(['a.sh:2 mount-field-whitespace']);
  });

  test('a tree that holds itself many times over', async () => {
    commit({ 'a.sh': 'docker ps\n' });
    let tree = git('rev-parse', 'HEAD^{tree}').trim();
    for (let depth = 0; depth < 12; depth++) {
      const lines = 'abcdefghij'.split('').map((name) => `040000 tree ${tree}\t${name}`);
      tree = execFileSync('git', ['mktree'], {
        cwd,
        env: env(),
        input: `${lines.join('\n')}\n`,
        encoding: 'utf8',
      }).trim();
    }
    put({ 'b.sh': BAD });
    expect(await found(tree)).toEqual(['b.sh:1 volume-unknown-mode']);
  });
});

test('the program that reads objects is found by its path alone', () => {
  const text = readFileSync(new URL('../../src/files/git-objects.ts', import.meta.url), 'utf8');
  expect(text.match(/\bspawn\(/g)).toHaveLength(1);
});
