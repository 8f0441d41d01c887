// A repository is read without git, so that nothing of its configuration runs.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runLint, runMountc } from '../support/cli.js';
import { tempDir, writeFiles, writeProgram } from '../support/temp-dir.js';

const BAD = "docker run --mount 'type=bind, src=/a,dst=/b' alpine\n";
const hasGit = spawnSync('git', ['--version']).status === 0;
const isRoot = process.geteuid?.() === 0;

/** Nothing of this machine's own settings. */
const env = (home: string) => ({ PATH: process.env['PATH'], HOME: home });

function git(cwd: string, ...args: string[]): string {
  const all = ['-c', 'user.name=x', '-c', 'user.email=x@x', '-c', 'protocol.file.allow=always', ...args];
  return execFileSync('git', all, {
    cwd,
    encoding: 'utf8',
    env: env(cwd),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** The files that lint looks at, by what it finds in them. */
async function linted(
  cwd: string,
  words: readonly string[] = [],
  more: Record<string, string> = {},
): Promise<string[]> {
  const { stdout, stderr } = await runLint(['--format', 'json', '--no-config', ...words], {
    cwd,
    env: { ...env('/nowhere'), ...more },
  });
  expect(stderr).toBe('');
  return [...new Set(JSON.parse(stdout).map((one: { path: string }) => one.path) as string[])];
}

describe.skipIf(!hasGit)('nothing that a repository names is run', () => {
  /** What git would run, and what it leaves where it was. */
  function trap(cwd: string): { program: string; mark: string } {
    const mark = join(cwd, 'it-ran');
    const program = writeProgram(join(cwd, 'trap'), `#!/bin/sh\necho "$@" >> '${mark}'\nexit 0\n`);
    return { program, mark };
  }
  /** Settings that name programs, and where git reads programs' names beside them. */
  const SETTINGS = [
    'core.fsmonitor',
    'core.sshCommand',
    'core.pager',
    'core.editor',
    'core.gitProxy',
    'core.askPass',
    'core.alternateRefsCommand',
    'filter.x.clean',
    'filter.x.smudge',
    'filter.x.process',
    'diff.external',
    'diff.x.textconv',
    'merge.x.driver',
    'credential.helper',
    'gpg.program',
    'remote.origin.uploadpack',
    'pager.ls-files',
    'alias.ls-files',
    'uploadpack.packObjectsHook',
    'sequence.editor',
  ];
  const CALLS: readonly (readonly string[])[] = [
    ['lint'],
    ['lint', '.'],
    ['lint', 'docs'],
    ['lint', 'docs/*.sh'],
    ['lint', '--fix'],
    ['lint', '--list', '**/*.sh'],
    ['lint', '--print-config'],
    ['convert', '--to', 'mount', '--diff', 'docs'],
    ['convert', '--to', 'mount', '--write', '.'],
  ];
  const runAll = async (cwd: string, more: Record<string, string> = {}) => {
    for (const argv of CALLS) await runMountc(argv, { cwd, env: { ...env(cwd), ...more } });
    await runMountc(['lint'], { cwd: join(cwd, 'docs'), env: { ...env(cwd), ...more } });
    // Those that fix have.
    writeFiles(cwd, { 'docs/a.sh': BAD });
  };

  test('in .git/config, hooks and attributes', async () => {
    const cwd = tempDir();
    const { program, mark } = trap(cwd);
    writeFiles(cwd, { 'docs/a.sh': BAD, '.gitattributes': '* filter=x diff=x merge=x\n', 'b.sh': BAD });
    git(cwd, 'init', '-q');
    git(cwd, 'add', '.');
    git(cwd, 'config', 'core.hooksPath', join(cwd, 'hooks'));
    for (const hook of ['post-index-change', 'pre-commit', 'fsmonitor-watchman', 'reference-transaction'])
      writeProgram(join(cwd, 'hooks', hook), readFileSync(program, 'utf8'));
    for (const name of SETTINGS) git(cwd, 'config', name, program);
    // The trap works.
    spawnSync('git', ['status'], { cwd, env: env(cwd) });
    expect(existsSync(mark)).toBe(true);
    rmSync(mark);
    await runAll(cwd);
    expect(existsSync(mark)).toBe(false);
  });

  test('in a bare repository that was committed as a folder', async () => {
    const cwd = tempDir();
    const { program, mark } = trap(cwd);
    git(cwd, 'init', '-q');
    writeFiles(cwd, {
      'docs/a.sh': BAD,
      'docs/HEAD': 'ref: refs/heads/main\n',
      'docs/config': `[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = ${program}\n`,
      'docs/objects/x': '',
      'docs/refs/x': '',
    });
    spawnSync('git', ['ls-files', '-co'], { cwd: join(cwd, 'docs'), env: env(cwd) });
    expect(existsSync(mark)).toBe(true);
    rmSync(mark);
    await runAll(cwd);
    expect(existsSync(mark)).toBe(false);
    // It is a folder like any other.
    expect(await linted(cwd)).toEqual(['docs/a.sh']);
    expect(await linted(join(cwd, 'docs'))).toEqual(['a.sh']);
  });

  test('by the environment, or a git of the folder', async () => {
    const cwd = tempDir();
    const { program, mark } = trap(cwd);
    writeFiles(cwd, { 'docs/a.sh': BAD, '.gitignore': 'ignored.sh\n', 'ignored.sh': BAD });
    git(cwd, 'init', '-q');
    git(cwd, 'init', '-q', 'other');
    git(join(cwd, 'other'), 'config', 'core.fsmonitor', program);
    for (const name of ['git', 'docs/git', 'git.exe', 'docker'])
      writeProgram(join(cwd, name), readFileSync(program, 'utf8'));
    const variables = {
      PATH: `.::docs:${process.env['PATH']}`,
      GIT_DIR: join(cwd, 'other/.git'),
      GIT_WORK_TREE: join(cwd, 'other'),
      GIT_INDEX_FILE: '/dev/zero',
      GIT_EXEC_PATH: cwd,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.fsmonitor',
      GIT_CONFIG_VALUE_0: program,
      GIT_EXTERNAL_DIFF: program,
      GIT_SSH_COMMAND: program,
      GIT_TRACE: mark,
    };
    await runAll(cwd, variables);
    // A docker of the folder is run by who asks for one to be run.
    for (const argv of [
      ['lint', '--docker', 'auto'],
      ['convert', '--docker', 'auto', '--to', 'mount', '-v', '/a:/b'],
      ['inspect', 'x'],
    ])
      await runMountc(argv, { cwd, env: { ...env(cwd), PATH: '.::docs:' } });
    expect(existsSync(mark)).toBe(false);
    expect(await linted(cwd, [], variables)).toEqual(['docs/a.sh']);
  });
});

describe.skipIf(!hasGit)('the files of a repository are those that git knows or would add', () => {
  const byGit = (cwd: string) =>
    [...new Set(git(cwd, 'ls-files', '-co', '--exclude-standard', '-z').split('\0'))]
      .filter((path) => path.endsWith('.sh') && existsSync(join(cwd, path)))
      .sort();
  const FILES = {
    'a.sh': BAD,
    'bin/forced.sh': BAD,
    'bin/not.sh': BAD,
    'excluded.sh': BAD,
    'deep/er/b.sh': BAD,
    'deep/er/gone.sh': BAD,
    'deep/er/kept.sh': BAD,
    '.gitignore': 'bin/\n',
    'deep/.gitignore': 'er/*.sh\n!kept.sh\n',
  };
  function makeRepository(...init: string[]): string {
    const cwd = tempDir();
    writeFiles(cwd, FILES);
    git(cwd, 'init', '-q', ...init);
    writeFileSync(join(cwd, '.git/info/exclude'), 'excluded.sh\n');
    git(cwd, 'add', '.');
    git(cwd, 'add', '-f', 'bin/forced.sh', 'deep/er/gone.sh');
    rmSync(join(cwd, 'deep/er/gone.sh'));
    return cwd;
  }

  test.each(['2', '3', '4'])('with an index of version %s', async (version) => {
    const cwd = makeRepository();
    if (version === '3') git(cwd, 'update-index', '--skip-worktree', 'a.sh');
    git(cwd, 'update-index', '--index-version', version);
    expect(readFileSync(join(cwd, '.git/index'))[7]).toBe(Number(version));
    expect(await linted(cwd)).toEqual(['a.sh', 'bin/forced.sh', 'deep/er/kept.sh']);
    expect(await linted(cwd)).toEqual(byGit(cwd));
    expect(await linted(join(cwd, 'deep'))).toEqual(['er/kept.sh']);
  });

  test('with SHA-256', async () => {
    const cwd = makeRepository('--object-format=sha256');
    expect(await linted(cwd)).toEqual(byGit(cwd));
  });

  test('an ignored folder that is named is meant', async () => {
    const cwd = makeRepository();
    expect(await linted(cwd, ['bin'])).toEqual(['bin/forced.sh', 'bin/not.sh']);
    expect(await linted(cwd, ['excluded.sh'])).toEqual(['excluded.sh']);
  });

  test('through a link to the repository, and in a worktree', async () => {
    const cwd = makeRepository();
    const other = tempDir();
    symlinkSync(join(cwd, 'deep'), join(other, 'link'));
    expect(await linted(join(other, 'link'))).toEqual(['er/kept.sh']);
    git(cwd, 'commit', '-qm', 'x');
    git(cwd, 'worktree', 'add', '-q', join(other, 'tree'));
    const tree = join(other, 'tree');
    writeFiles(tree, { 'excluded.sh': BAD, 'bin/not.sh': BAD, 'new.sh': BAD });
    expect(byGit(tree)).toEqual(await linted(tree));
    expect(await linted(tree)).toContain('new.sh');
    expect(await linted(tree)).not.toContain('excluded.sh');
  });

  test('not those of a repository in it, or of a submodule; a folder with a strange .git is one of its own', async () => {
    const cwd = makeRepository();
    const module = tempDir();
    writeFiles(module, { 'm.sh': BAD });
    git(module, 'init', '-q');
    git(module, 'add', '.');
    git(module, 'commit', '-qm', 'x');
    git(cwd, 'submodule', 'add', '-q', module, 'sub');
    writeFiles(cwd, {
      'nested/n.sh': BAD,
      'empty/.git': '',
      'empty/e.sh': BAD,
      'strange/.git/x': '',
      'strange/s.sh': BAD,
    });
    git(join(cwd, 'nested'), 'init', '-q');
    expect(await linted(cwd)).toEqual(byGit(cwd));
    expect(await linted(cwd)).toEqual([
      'a.sh',
      'bin/forced.sh',
      'deep/er/kept.sh',
      'empty/e.sh',
      'strange/s.sh',
    ]);
    expect(await linted(cwd, ['sub', 'nested'])).toEqual(['sub/m.sh', 'nested/n.sh']);
  });

  test('what the user ignores everywhere', async () => {
    const cwd = makeRepository();
    const home = tempDir();
    writeFiles(home, {
      '.config/git/ignore': 'a.sh\n',
      '.gitconfig': '[core]\n\texcludesFile = "~/mine"\n',
      mine: 'new.sh\n',
    });
    git(cwd, 'rm', '-q', '--cached', 'a.sh');
    writeFiles(cwd, { 'new.sh': BAD });
    expect(await linted(cwd, [], { HOME: home })).toEqual(['a.sh', 'bin/forced.sh', 'deep/er/kept.sh']);
    rmSync(join(home, '.gitconfig'));
    expect(await linted(cwd, [], { HOME: home })).toEqual(['bin/forced.sh', 'deep/er/kept.sh', 'new.sh']);
  });

  test.skipIf(!isRoot)('what another user put above or next to them says nothing', async () => {
    const parent = tempDir();
    const { chownSync } = await import('node:fs');
    writeFiles(parent, { '.gitignore': '*.sh\n', 'mine/a.sh': BAD });
    git(parent, 'init', '-q');
    execFileSync('chown', ['-R', '12345', join(parent, '.git'), join(parent, '.gitignore')]);
    expect(await linted(join(parent, 'mine'))).toEqual(['a.sh']);
    expect(await linted(parent)).toEqual(['mine/a.sh']);
    expect(await linted(join(parent, 'mine'), [], { SUDO_UID: '12345' })).toEqual([]);
    // Who owns the folder may say it.
    chownSync(parent, 12345, 12345);
    expect(await linted(parent)).toEqual([]);
    expect(await linted(join(parent, 'mine'))).toEqual(['a.sh']);
    const home = tempDir();
    writeFiles(home, { '.gitconfig': `[safe]\n\tdirectory = ${parent}\n` });
    expect(await linted(join(parent, 'mine'), [], { HOME: home })).toEqual([]);
  });
});

describe('a .git that is something else', () => {
  const make = () => {
    const cwd = tempDir();
    writeFiles(cwd, { 'a.sh': BAD });
    return cwd;
  };

  test.skipIf(process.platform === 'win32')('a pipe', async () => {
    const cwd = make();
    execFileSync('mkfifo', [join(cwd, '.git')]);
    expect(await linted(cwd)).toEqual(['a.sh']);
  });

  test
    .skipIf(process.platform === 'win32')
    .each(['HEAD', 'index', 'info/exclude', 'config', 'commondir', '../.gitignore'])(
    '%s is a pipe or has no end',
    async (name) => {
      const cwd = make();
      writeFiles(cwd, {
        '.git/HEAD': 'ref: refs/heads/main\n',
        '.git/info/x': '',
        '.gitignore': 'x\n',
        x: '',
      });
      const path = join(cwd, '.git', name);
      rmSync(path, { force: true });
      execFileSync('mkfifo', [path]);
      expect(await linted(cwd)).toEqual(['a.sh']);
      rmSync(path);
      symlinkSync('/dev/zero', path);
      expect(await linted(cwd)).toEqual(['a.sh']);
    },
  );

  test.each([
    ['leads to itself', 'gitdir: .git\n'],
    ['leads nowhere', 'gitdir: /none/of/it\n'],
    ['leads to another one', 'gitdir: other\n'],
    ['leads to a device', 'gitdir: /dev/zero\n'],
    ['has a NUL', 'gitdir: a\0b\n'],
    ['is very long', `gitdir: ${'a/'.repeat(2000)}\n`],
    ['is no text', '\xff'.repeat(100)],
  ])('a file that %s', async (_, text) => {
    const cwd = make();
    writeFiles(cwd, {
      '.git': text,
      'other/HEAD': 'x',
      'other/info/exclude': 'nothing',
      'other/commondir': '../../../../../../..',
    });
    expect(await linted(cwd)).toEqual(['a.sh']);
  });

  test.each([
    ['broken', Buffer.from('DIRC')],
    ['of a form to come', Buffer.from('DIRC\0\0\0\x09\0\0\xff\xff')],
    [
      'that promises more than it holds',
      Buffer.concat([Buffer.from('DIRC\0\0\0\x02\xff\xff\xff\xff', 'latin1'), Buffer.alloc(100_000)]),
    ],
    [
      'whose paths leave the repository',
      indexOf(['../out.sh', '/etc/x.sh', 'ignored/../../out.sh', './a.sh', 'ignored//b.sh', 'link/x.sh']),
    ],
    ['whose paths grow', growingIndex(200_000)],
  ])('an index %s', async (_, index) => {
    const parent = tempDir();
    const cwd = join(parent, 'in');
    writeFiles(cwd, {
      'a.sh': BAD,
      '.git/HEAD': 'x',
      '.git/index': index,
      '.gitignore': 'ignored/\n',
      'ignored/b.sh': BAD,
    });
    writeFiles(parent, { 'out.sh': BAD, 'other/x.sh': BAD });
    symlinkSync('../other', join(cwd, 'link'));
    const { stdout, stderr } = await runLint(['--format', 'compact'], { cwd, env: {} });
    expect(stdout.match(/^\S+\.sh/gm)).toEqual(['a.sh']);
    expect(stderr).toBe(
      stderr.includes('link')
        ? `mountc lint: link/x.sh: is a link that leads out of \`${cwd}\`, and is not followed\n`
        : '',
    );
  });
});

/** An index of version 2 with these paths. */
function indexOf(paths: readonly string[]): Buffer {
  const head = Buffer.from('DIRC\0\0\0\x02\0\0\0\0', 'latin1');
  head.writeUInt32BE(paths.length, 8);
  const entries = paths.map((path) => {
    const entry = Buffer.alloc((62 + path.length + 8) & ~7);
    entry.write(path, 62);
    return entry;
  });
  return Buffer.concat([head, ...entries, Buffer.alloc(20)]);
}

/** One of version 4 in which each path is the one before, and a letter more. */
function growingIndex(count: number): Buffer {
  const head = Buffer.from('DIRC\0\0\0\x04\0\0\0\0', 'latin1');
  head.writeUInt32BE(count, 8);
  const entry = Buffer.alloc(62 + 3);
  entry.write('a', 63);
  return Buffer.concat([head, ...Array.from({ length: count }, () => entry)]);
}

test('a .gitignore that would keep a matcher busy', async () => {
  const cwd = tempDir();
  const stars = `*${'a*'.repeat(60)}b`;
  const folders = `a/${'**/a/'.repeat(200)}b`;
  writeFiles(cwd, {
    '.gitignore': `${`${stars}\n${folders}\n[z-a]\n[[:alpha:]]${'?*'.repeat(60)}c\n`.repeat(5)}`,
    [`${'a'.repeat(200)}.sh`]: BAD,
    [`${'a/'.repeat(100)}x.sh`]: BAD,
  });
  expect(await linted(cwd)).toHaveLength(2);
});

test('a deep folder, and folders that lead to themselves', async () => {
  const cwd = tempDir();
  writeFiles(cwd, { 'a.sh': BAD });
  symlinkSync('.', join(cwd, 'loop'));
  symlinkSync('..', join(cwd, 'up'));
  symlinkSync('self', join(cwd, 'self'));
  // Deeper than a path may be long.
  const name = 'd'.repeat(200);
  mkdirSync(join(cwd, 'top'));
  for (let depth = 0; depth < 30; depth++) {
    mkdirSync(join(cwd, 'next'));
    renameSync(join(cwd, 'top'), join(cwd, 'next', name));
    renameSync(join(cwd, 'next'), join(cwd, 'top'));
  }
  const { stdout, stderr, code } = await runLint(['--format', 'compact'], { cwd, env: {} });
  // Node cannot take away what it cannot name.
  execFileSync('rm', ['-rf', join(cwd, 'top')]);
  expect(stdout).toMatch(/^a\.sh:/);
  expect(stderr).toMatch(/^mountc lint: top\/(?:d{200}\/)+d{200}: the name is too long\n$/);
  expect(code).toBe(3);
});
