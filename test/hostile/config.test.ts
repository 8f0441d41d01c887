// The configuration of a repository is a stranger's: it takes little, runs nothing, and holds only for those who trust its owner.
import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, lchownSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { expandBraces, matchGlobs } from '../../src/lint/glob.js';
import { runLint, runMountc } from '../support/cli.js';
import { tempDir, writeFiles, writeProgram } from '../support/temp-dir.js';

const BAD = "docker run --mount 'type=bind, src=/a,dst=/b' alpine\n";
const OFF = 'rules: {mount-field-whitespace: off}\n';
const isRoot = process.geteuid?.() === 0;

let cwd = '';
beforeEach(() => {
  cwd = tempDir();
});
const put = (files: Readonly<Record<string, string>>) => writeFiles(cwd, files);
const lint = (...argv: string[]) => runLint(['--format', 'compact', ...argv], { cwd, env: {} });

describe('globs', () => {
  const LONG = `${'a'.repeat(200)}/${'a/'.repeat(50)}${'a'.repeat(200)}`;
  test.each([
    '*a*a*a*a*a*a*b',
    `*${'a*'.repeat(500)}b`,
    `${'?*'.repeat(500)}b`,
    `${'**/'.repeat(500)}b`,
    `${'**/a/'.repeat(500)}b`,
    `${'a**'.repeat(500)}b`,
    `${'[a-z]*'.repeat(300)}[!a]`,
    '[z-a]',
    '[[:nope:]]',
    '[[:constructor:]]',
    '['.repeat(4000),
    '\\',
    '{'.repeat(4000),
    `${'{a,'.repeat(1000)}b${'}'.repeat(1000)}`,
    '@(a|b)',
    '!(a)',
    `+(${'a|'.repeat(500)}a)`,
    '(a+)+$',
    '\ud800',
    '',
    '!',
    '/',
    '//',
  ])('%j matches or not, at once', (glob) => {
    expect(matchGlobs([glob])(LONG)).toBe(false);
  });

  test('braces stand for so many names', async () => {
    expect(expandBraces('{a,b{c,d}}{,e}')).toEqual(['a', 'ae', 'bc', 'bce', 'bd', 'bde']);
    expect(expandBraces('{a}{b,}\\{c,d}')).toEqual(['{a}b\\{c,d}', '{a}\\{c,d}']);
    expect(expandBraces('{a,b}'.repeat(8))).toHaveLength(256);
    expect(expandBraces('{a,b}'.repeat(9))).toBeUndefined();
    expect(expandBraces('{a,b}'.repeat(800))).toBeUndefined();
    expect(expandBraces('a'.repeat(5000))).toBeUndefined();
    for (const key of ['ignore', 'overrides: [{files']) {
      const glob = `"${'{a,b}'.repeat(20)}"`;
      put({
        '.mountc.yaml': key === 'ignore' ? `ignore: [${glob}]` : `overrides: [{files: ${glob}}]`,
        'a.sh': BAD,
      });
      const { code, stderr } = await lint();
      expect(code).toBe(2);
      expect(stderr).toContain('matches too many names');
    }
    put({ '.mountc.yaml': `ignore: [${`"${'{a,b}'.repeat(8)}",`.repeat(50)}]` });
    expect((await lint()).stderr).toContain('matches too many names');
    rmSync(join(cwd, '.mountc.yaml'));
    expect((await lint('{a,b}'.repeat(20))).stderr).toContain('matches too many names');
  });

  test('in a configuration, with every file compared', async () => {
    const globs = ['*a*a*a*a*a*a*b', '[z-a]', `*${'a*'.repeat(100)}b`, `${'**/a/'.repeat(100)}b`, '@(x|y)'];
    put({ '.mountc.json': JSON.stringify({ ignore: globs, overrides: [{ files: globs, rules: {} }] }) });
    put({ [`${'a'.repeat(250)}.sh`]: BAD, [`${'a/'.repeat(200)}x.sh`]: BAD });
    const { code, stdout, stderr } = await lint();
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout.match(/\.sh:/g)).toHaveLength(2);
  });
});

describe('YAML and JSON', () => {
  const bomb = (levels: number) =>
    Array.from(
      { length: levels },
      (_, i) =>
        `a${i}: &a${i} [${
          i === 0
            ? 'x'
            : Array(9)
                .fill(`*a${i - 1}`)
                .join(', ')
        }]`,
    ).join('\n');
  test.each([
    ['an alias bomb', bomb(9), /is not a setting|too many aliases/],
    [
      'one among settings',
      `x: &x [b, b]\ny: &y [*x, *x, *x, *x]\nignore: [*y, *y, *y, *y]\n`,
      /is not a setting/,
    ],
    ['an alias in what it names', 'rules: &a {b: *a}', /`\*a` stands for nothing/],
    ['an alias of nothing', 'rules: *none', /none/],
    ['a name that is no name', 'rules: *constructor', /constructor/],
    ['many aliases', `docker: &a "28.2"\noverrides: [${'{files: *a},'.repeat(200)}]`, /too many aliases/],
    ['a deep list', '['.repeat(10_000), /\.mountc\.yaml/],
    ['a deep list that ends', `ignore: ${'['.repeat(50)}${']'.repeat(50)}`, /nested too deeply/],
    [
      'a deep map',
      Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      /nested (?:too deeply|more than)|is not a setting/,
    ],
    ['many mistakes', '}\n'.repeat(10_000), /\.mountc\.yaml:1:1\n/],
    ['a key twice', 'rules: {}\nrules: {}', /`rules` appears here twice/],
    ['many keys', Array.from({ length: 7000 }, (_, i) => `k${i}: x`).join('\n'), /is not a setting/],
    ['many commands', `commands: [${'a,'.repeat(300)}b]`, /more than 256 words/],
    ['a large file', '# x\n'.repeat(40_000), /is larger than 128 kB/],
  ])('%s', async (_, text, message) => {
    put({ '.mountc.yaml': text, 'a.sh': BAD });
    const { code, stdout, stderr } = await lint();
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('an anchor may be used where it helps', async () => {
    put({
      '.mountc.yaml': `overrides:\n  - files: a/**\n    rules: &off {mount-field-whitespace: off}\n  - files: b/**\n    rules: *off\n`,
      'a/x.sh': BAD,
      'b/x.sh': BAD,
      'c/x.sh': BAD,
    });
    expect((await lint()).stdout).toMatch(/^c\/x\.sh:[^\n]*\n$/);
  });

  test.each([
    ['deep', `{"a": ${'['.repeat(60_000)}`, /it ends too early/],
    ['deep and whole', `{"a": ${'['.repeat(5000)}${']'.repeat(5000)}}`, /nested too deeply/],
    ['a key twice', '{"rules": {}, "rules": {}}', /`rules` appears here twice/],
    [
      'a key that objects have',
      '{"constructor": 1, "__proto__": {"rules": {}}, "toString": {}}',
      /`constructor` is not a setting/,
    ],
    [
      'names that objects have',
      '{"rules": {"constructor": "off"}, "commands": {"__proto__": "docker"}}',
      /`constructor` is not a rule/,
    ],
    ['a broken string', '{"ignore": ["\\q"]}', /wrong escape/],
  ])('JSON: %s', async (_, text, message) => {
    put({ '.mountc.json': text, 'a.sh': BAD });
    const { code, stderr } = await lint();
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});

describe.skipIf(process.platform === 'win32')('a configuration that is no file of the repository', () => {
  test.each(['.mountc.yaml', '.mountc.yml', '.mountc.json', '.mountc.jsonc'])('%s', async (name) => {
    const other = tempDir();
    const path = join(cwd, name);
    writeFiles(other, { secret: '{"auths": {"x": {"auth": "c2VjcmV0"}}}' });
    put({ 'a.sh': BAD });
    for (const [target, why] of [
      [join(other, 'secret'), `is a link that leads out of \`${cwd}\`, and is not followed`],
      ['/dev/zero', 'is a device, which is not read'],
      ['/proc/self/environ', `is a link that leads out of`],
      ['.', 'is a directory'],
      [name, 'too many symbolic links'],
    ] as const) {
      symlinkSync(target, path);
      const { code, stdout, stderr } = await lint();
      expect(stderr).toContain(why);
      expect(stderr).not.toContain('c2VjcmV0');
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      rmSync(path);
    }
    execFileSync('mkfifo', [path]);
    expect((await lint()).stderr).toContain('is a pipe');
    rmSync(path);
    writeFileSync(path, '');
    truncateSync(path, 5 * 1024 ** 3);
    expect((await lint()).stderr).toContain('is larger than 128 kB');
  });

  test('package.json', async () => {
    const other = tempDir();
    writeFiles(other, {
      'package.json': JSON.stringify({ mountc: { rules: { 'mount-field-whitespace': 'off' } } }),
    });
    put({ 'a.sh': BAD });
    const path = join(cwd, 'package.json');
    for (const target of ['/dev/zero', join(other, 'package.json'), '.']) {
      symlinkSync(target, path);
      expect(await lint()).toMatchObject({ code: 1, stderr: '' });
      rmSync(path);
    }
    execFileSync('mkfifo', [path]);
    expect(await lint()).toMatchObject({ code: 1, stderr: '' });
  });

  test('a link in the repository is followed', async () => {
    put({ '.git/HEAD': 'x', 'shared/mountc.yaml': OFF, 'sub/a.sh': BAD });
    symlinkSync('../shared/mountc.yaml', join(cwd, 'sub/.mountc.yaml'));
    expect(await lint()).toMatchObject({ code: 0, stderr: '' });
  });

  test('one that is named may be anywhere', async () => {
    const other = tempDir();
    writeFiles(other, { 'c.yaml': OFF });
    put({ 'a.sh': BAD });
    symlinkSync(join(other, 'c.yaml'), join(cwd, 'link.yaml'));
    expect(await lint('--config', 'link.yaml')).toMatchObject({ code: 0 });
    for (const [file, why] of [
      ['/dev/zero', 'is a device'],
      ['/dev', 'is a directory'],
    ] as const)
      expect((await lint('--config', file)).stderr).toContain(why);
  });
});

describe.skipIf(!isRoot)("another user's configuration does not count, and that is said (root)", () => {
  const OTHER = 12345;
  const warning = (name: string) =>
    `mountc: warning: ${name}: belongs to another user (${OTHER}) and is ignored; if you trust it, name it with --config, or the folder in safe.directory of git\n`;

  test.each([
    ['.mountc.yaml', OFF],
    ['.mountc.json', '{"ignore": ["*"]}'],
    ['package.json', '{"mountc": {"failOn": "never"}}'],
  ])('%s in a parent folder', async (name, text) => {
    put({ [name]: text, 'mine/deep/a.sh': BAD, 'mine/deep/b.sh': BAD });
    const run = (...argv: string[]) =>
      runLint(['--format', 'compact', ...argv], { cwd: join(cwd, 'mine'), env: {} });
    expect(await run()).toMatchObject({ code: 0, stderr: '' });
    chownSync(join(cwd, name), OTHER, OTHER);
    // Said once, although there are two files.
    expect(await run()).toMatchObject({ code: 1, stderr: warning(join(cwd, name)) });
    expect(await run('--print-config', 'deep/a.sh')).toMatchObject({
      stderr: warning(join(cwd, name)),
      stdout: expect.stringContaining('"configFile": null'),
    });
    expect(
      await runMountc(['convert', '--to', 'volume', '--diff', '.'], { cwd: join(cwd, 'mine'), env: {} }),
    ).toMatchObject({
      stderr: expect.stringContaining(warning(join(cwd, name))),
    });
    // A file that is named counts, as does one of who became root.
    expect(await run('--config', join('..', name))).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect(await runLint([], { cwd: join(cwd, 'mine'), env: { SUDO_UID: String(OTHER) } })).toMatchObject({
      code: 0,
    });
    const home = tempDir();
    writeFiles(home, { '.gitconfig': `[safe]\n  directory = ${cwd}\n` });
    expect(await runLint([], { cwd: join(cwd, 'mine'), env: { HOME: home } })).toMatchObject({ code: 0 });
    writeFiles(home, { '.gitconfig': '[safe]\n  directory = *\n  directory =\n' });
    expect(await runLint([], { cwd: join(cwd, 'mine'), env: { HOME: home } })).toMatchObject({ code: 1 });
    // A repository's own setting is not the user's.
    writeFiles(cwd, { '.git/HEAD': 'x', '.git/config': '[safe]\n  directory = *\n' });
    expect(await run()).toMatchObject({ code: 1 });
  });

  test('nor does their link, pipe or broken file; the next one above does', async () => {
    put({ '.mountc.yaml': OFF, 'sub/a.sh': BAD });
    const path = join(cwd, 'sub/.mountc.yaml');
    symlinkSync('../.mountc.yaml', path);
    lchownSync(path, OTHER, OTHER);
    expect(await lint()).toMatchObject({ code: 0, stderr: warning('sub/.mountc.yaml') });
    rmSync(path);
    execFileSync('mkfifo', [path]);
    chownSync(path, OTHER, OTHER);
    expect(await lint()).toMatchObject({ code: 0, stderr: warning('sub/.mountc.yaml') });
    rmSync(path);
    put({ 'sub/.mountc.yaml': '}{' });
    chownSync(path, OTHER, OTHER);
    expect(await lint()).toMatchObject({ code: 0, stderr: warning('sub/.mountc.yaml') });
    // Our link to their file.
    rmSync(path);
    put({ 'sub/theirs.yaml': 'failOn: never' });
    chownSync(join(cwd, 'sub/theirs.yaml'), OTHER, OTHER);
    symlinkSync('theirs.yaml', path);
    expect(await lint()).toMatchObject({ code: 0, stderr: warning('sub/.mountc.yaml') });
  });
});

describe.skipIf(process.platform === 'win32')('a configuration does not run docker', () => {
  test.each([
    ['docker: auto\n', /^warning: `docker: auto` would run docker/],
    ['overrides: [{files: "*", docker: auto}]\n', /^warning: `docker: auto` would run docker/],
    ['engine: auto\n', /^error: `auto` is not a docker version/],
  ])('%j', async (text, message) => {
    const mark = join(cwd, 'it-ran');
    writeProgram(join(cwd, 'bin/docker'), `#!/bin/sh\n: > '${mark}'\n`);
    put({ '.mountc.yaml': text, 'a.sh': BAD });
    const env = { PATH: `${join(cwd, 'bin')}:${process.env['PATH']}`, DOCKER_HOST: 'ssh://nobody@localhost' };
    for (const argv of [
      ['lint'],
      ['lint', '--config', '.mountc.yaml'],
      ['lint', '--print-config', 'a.sh'],
      ['convert', '--to', 'mount', '--diff', '.'],
    ]) {
      const { stderr } = await runMountc(argv, { cwd, env });
      expect(stderr).toMatch(message);
      expect(existsSync(mark)).toBe(false);
    }
    if (text.startsWith('engine')) return;
    expect(await runMountc(['lint'], { cwd, env })).toMatchObject({ code: 1 });
    await runMountc(['lint', '--docker', 'auto'], { cwd, env });
    expect(existsSync(mark)).toBe(true);
  });
});
