// What is read is a regular file, no larger than a limit, and in the folder that it was found in; nothing else is waited for.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readTextFile, withFile } from '../../src/files/open-file.js';
import { runLint, runMountc } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

const BAD = "docker run --mount 'type=bind, src=/a,dst=/b' alpine\ndocker run -v /a:/b alpine\n";
const unix = describe.skipIf(process.platform === 'win32');

unix('the opener', () => {
  const why = (path: string, options = {}) => {
    const read = readTextFile(path, options);
    return 'text' in read ? read.text : read.why;
  };

  test('reads regular files alone, without waiting', async () => {
    const cwd = tempDir();
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    const server = createServer().listen(join(cwd, 'socket'));
    onTestFinished(() => void server.close());
    await new Promise((done) => server.once('listening', done));
    writeFileSync(join(cwd, 'a'), 'x');
    symlinkSync('a', join(cwd, 'link'));
    symlinkSync('loop', join(cwd, 'loop'));
    symlinkSync('pipe', join(cwd, 'to-pipe'));
    expect(why(join(cwd, 'a'))).toBe('x');
    expect(why(join(cwd, 'link'))).toBe('x');
    expect(why(join(cwd, 'pipe'))).toBe('is a pipe: give it as standard input, with -');
    expect(why(join(cwd, 'to-pipe'))).toBe('is a pipe: give it as standard input, with -');
    expect(why(join(cwd, 'socket'))).toBe('is a pipe: give it as standard input, with -');
    expect(why('/dev/zero')).toBe('is a device, which is not read');
    expect(why('/dev/tty')).toMatch(/^is a device|^no such/);
    expect(why(cwd)).toBe('is a directory');
    expect(why(join(cwd, 'loop'))).toBe('too many symbolic links');
    expect(why(join(cwd, 'none'))).toBe('no such file or directory');
    expect(why(join(cwd, 'a\0b'))).toBe('cannot be read (ERR_INVALID_ARG_VALUE)');
  });

  test('reads no more than a limit, whatever size the system gives', () => {
    const cwd = tempDir();
    writeFileSync(join(cwd, 'a'), 'x'.repeat(1024));
    expect(why(join(cwd, 'a'), { limit: 1024 })).toHaveLength(1024);
    expect(why(join(cwd, 'a'), { limit: 1023 })).toMatch(/^is larger than/);
    writeFileSync(join(cwd, 'sparse'), '');
    truncateSync(join(cwd, 'sparse'), 5 * 1024 ** 3);
    expect(why(join(cwd, 'sparse'))).toBe('is larger than 16 MB');
    // These say that they hold nothing.
    if (existsSync('/proc/self/status')) {
      expect(why('/proc/self/status')).toContain('Pid:');
      expect(why('/proc/self/status', { limit: 100 })).toMatch(/^is larger than/);
    }
  });

  test('reads only what really is in a folder, where it is told one', () => {
    const cwd = tempDir();
    writeFiles(cwd, { 'in/a': 'a', 'in-between': 'b', 'in/sub/c': 'c' });
    const within = join(cwd, 'in');
    symlinkSync('sub/c', join(within, 'inner'));
    symlinkSync('../in-between', join(within, 'outer'));
    symlinkSync('..', join(within, 'up'));
    expect(why(join(within, 'a'), { within })).toBe('a');
    expect(why(join(within, 'inner'), { within })).toBe('c');
    for (const path of ['outer', 'up/in-between', '../in-between'])
      expect(why(join(within, path), { within })).toBe(
        `is a link that leads out of \`${within}\`, and is not followed`,
      );
    expect(why(join(within, 'up/in/a'), { within })).toBe('a');
  });

  test('says where a file really is', () => {
    const cwd = tempDir();
    writeFiles(cwd, { a: 'a' });
    symlinkSync('a', join(cwd, 'link'));
    expect(withFile(join(cwd, 'link'), { limit: 9 }, ({ real }) => real)).toBe(join(cwd, 'a'));
  });
});

unix('links among files', () => {
  test('those that are found are not followed', async () => {
    const parent = tempDir();
    const cwd = join(parent, 'repo');
    writeFiles(parent, { 'other/deploy.sh': BAD, 'repo/a.sh': BAD });
    symlinkSync('../other/deploy.sh', join(cwd, 'x.sh'));
    symlinkSync('../other', join(cwd, 'folder'));
    symlinkSync('/dev/zero', join(cwd, 'zero.sh'));
    symlinkSync('/proc/self/fd/0', join(cwd, 'input.sh'));
    execFileSync('mkfifo', [join(cwd, 'pipe.sh')]);
    for (const words of [[], ['.'], ['*.sh'], ['**/*.sh']]) {
      const { stdout, stderr } = await runLint(['--format', 'compact', ...words], { cwd });
      expect(stdout.match(/^\S+?\.sh/gm)).toEqual(['a.sh']);
      expect(stderr).toBe('');
    }
    await runLint(['--fix'], { cwd });
    await runMountc(['convert', '--to', 'mount', '--write', '.'], { cwd });
    expect(readFileSync(join(parent, 'other/deploy.sh'), 'utf8')).toBe(BAD);
    expect(readFileSync(join(cwd, 'a.sh'), 'utf8')).not.toBe(BAD);
  });

  test('one that is named is read, and written unless it leads out of the repository', async () => {
    const parent = tempDir();
    const cwd = join(parent, 'repo');
    writeFiles(parent, {
      'other/deploy.sh': BAD,
      'other/.git/HEAD': 'x',
      'repo/.git/HEAD': 'x',
      'repo/sub/real.sh': BAD,
      'repo/sub/more.sh': BAD,
    });
    symlinkSync('../other/deploy.sh', join(cwd, 'x.sh'));
    symlinkSync('../other', join(cwd, 'folder'));
    symlinkSync('../sub/real.sh', join(cwd, 'sub/link.sh'));
    const why = `leads through a symbolic link to ${parent}/other/deploy.sh, outside of its tree; to have that file written, name it itself\n`;
    for (const name of ['x.sh', 'folder/deploy.sh', 'folder']) {
      const path = name === 'folder' ? 'folder/deploy.sh' : name;
      expect(await runLint(['--format', 'compact', name], { cwd })).toMatchObject({ code: 1, stderr: '' });
      expect(await runLint(['--fix', name], { cwd })).toMatchObject({
        code: 3,
        stderr: expect.stringContaining(`mountc lint: ${path}: ${why}`),
      });
      expect(await runMountc(['convert', '--to', 'mount', '--write', name], { cwd })).toMatchObject({
        code: 3,
        stderr: expect.stringContaining(`mountc convert: ${path}: ${why}`),
      });
    }
    expect(readFileSync(join(parent, 'other/deploy.sh'), 'utf8')).toBe(BAD);
    expect(await runLint(['--fix', 'link.sh'], { cwd: join(cwd, 'sub') })).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, 'sub/real.sh'), 'utf8')).not.toBe(BAD);
    // The folder that we are in may itself be reached by a link.
    symlinkSync(cwd, join(parent, 'way-in'));
    expect(await runLint(['--fix', 'more.sh'], { cwd: join(parent, 'way-in/sub') })).toMatchObject({
      code: 0,
    });
    expect(await runLint(['--fix', 'deploy.sh'], { cwd: join(parent, 'other') })).toMatchObject({ code: 0 });
  });

  test('what is named and no file is said at once', async () => {
    const cwd = tempDir();
    execFileSync('mkfifo', [join(cwd, 'pipe.sh')]);
    symlinkSync('pipe.sh', join(cwd, 'link.sh'));
    const pipe = 'is a pipe: give it as standard input, with -';
    expect(await runLint(['pipe.sh', 'link.sh', '/dev/zero'], { cwd })).toMatchObject({
      code: 3,
      stderr: `mountc lint: pipe.sh: ${pipe}\nmountc lint: link.sh: ${pipe}\nmountc lint: /dev/zero: is a device, which is not read\n`,
    });
  });
});
