// Files that cannot be read, folders that are gone, output that nobody takes: said in words, and never a bug.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runLint, runMountc } from '../support/cli.js';
import { tempDir, writeProgram } from '../support/temp-dir.js';

const BAD = '#!/bin/sh\ndocker run -v /a:/b:readonly img\n';
const root = fileURLToPath(new URL('../..', import.meta.url));
const isPosix = process.platform !== 'win32';

describe.runIf(isPosix)('what cannot be looked at', () => {
  test.each([
    ['a link to itself', 'self', 'self: too many symbolic links'],
    ['an empty word', '', "'': an empty word names no file"],
    ['a pipe', 'pipe', 'pipe: is a pipe: give it as standard input, with -'],
    ['a path through a file', 'a.sh/b', 'a.sh/b: a part of its path is not a directory'],
    ['what is not there', 'none', 'none: no such file or directory'],
  ])('%s', async (_, word, says) => {
    const cwd = tempDir();
    symlinkSync('self', join(cwd, 'self'));
    writeFileSync(join(cwd, 'a.sh'), '#!/bin/sh\n');
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    expect(await runLint([word], { cwd })).toEqual({ code: 3, stdout: '', stderr: `mountc lint: ${says}\n` });
    const convert = await runMountc(['convert', '--to', 'mount', '--diff', word], { cwd });
    expect(convert.code).toBe(3);
    expect(convert.stderr).toContain(`mountc convert: ${says}\n`);
  });

  test('a folder with links to itself is read once', async () => {
    const cwd = tempDir();
    mkdirSync(join(cwd, 'a'));
    symlinkSync('..', join(cwd, 'a/up'));
    writeFileSync(join(cwd, 'a/x.sh'), BAD);
    const { stdout } = await runLint(['--format', 'compact'], { cwd });
    expect(stdout).toMatch(/^a\/x\.sh:2:.*\n$/);
  });

  test.skipIf(process.getuid?.() === 0)('a folder that may not be read', async () => {
    const cwd = tempDir();
    mkdirSync(join(cwd, 'closed'));
    chmodSync(join(cwd, 'closed'), 0);
    for (const word of ['closed', '.'])
      expect(await runLint([word], { cwd })).toMatchObject({
        code: 3,
        stderr: 'mountc lint: closed: permission denied\n',
      });
    expect(await runLint(['closed/a.sh'], { cwd })).toMatchObject({
      code: 3,
      stderr: 'mountc lint: closed/a.sh: permission denied\n',
    });
  });

  // Not every system has such names.
  const odd = (name: string) => Buffer.concat([Buffer.from(name), Buffer.from([0xff]), Buffer.from('.sh')]);
  test.runIf(process.platform === 'linux')('a script whose name is not UTF-8', async () => {
    const cwd = tempDir();
    writeFileSync(Buffer.concat([Buffer.from(`${cwd}/`), odd('a')]), BAD);
    writeFileSync(Buffer.concat([Buffer.from(`${cwd}/`), odd('b'), Buffer.from('.png')]), '');
    expect(await runLint([], { cwd })).toEqual({
      code: 3,
      stdout: '',
      stderr: 'mountc lint: a\ufffd.sh: its name is not UTF-8\n',
    });
  });

  test('a name with a line end stays on its line', async () => {
    const cwd = tempDir();
    writeFileSync(join(cwd, 'a\nb.sh'), BAD);
    expect((await runLint(['--list'], { cwd })).stdout).toBe('a<U+000A>b.sh:2  -v  bind  /a  /b  rw\n');
  });

  test('what git knows and is gone is not missed', async () => {
    const cwd = tempDir();
    writeFileSync(join(cwd, 'a.sh'), BAD);
    execFileSync('git', ['init', '-q'], { cwd });
    execFileSync('git', ['add', '-A'], { cwd });
    rmSync(join(cwd, 'a.sh'));
    expect(await runLint([], { cwd })).toMatchObject({ code: 0, stderr: '' });
    expect(await runMountc(['convert', '--to', 'mount', '--diff', '.'], { cwd })).toMatchObject({ code: 0 });
  });
});

describe.runIf(process.platform === 'linux' && existsSync(join(root, 'dist/mountc.cjs')))(
  'the program',
  () => {
    const run = (cwd: string, line: string) =>
      spawnSync('sh', ['-c', line], {
        cwd,
        encoding: 'utf8',
        env: { ...process.env, M: join(root, 'bin/mountc.js'), NODE: process.execPath },
      });

    test.each(['convert --to mount -v data:/b', 'lint --command "docker run -v /a:/b:q i"', '--help'])(
      'says that its output is lost: %s',
      (words) => {
        expect(run('/', `"$NODE" "$M" ${words} >/dev/full`)).toMatchObject({
          status: 3,
          stderr: 'mountc: standard output: no space left on device\n',
        });
      },
    );

    test('a reader that goes away is not an error', () => {
      const cwd = tempDir();
      writeFileSync(join(cwd, 'a.sh'), `#!/bin/sh\n${'docker run -v /a:/b:readonly img\n'.repeat(2000)}`);
      const { stdout, stderr } = run(cwd, '{ "$NODE" "$M" lint a.sh; echo "$?" >&2; } | head -1');
      expect(stdout).toMatch(/^error: `readonly`[^\n]*\n$/);
      expect(stderr).toBe('1\n');
    });

    test('works in a folder that is gone', () => {
      const cwd = tempDir();
      writeProgram(join(cwd, 'bin/docker'), '#!/bin/sh\nprintf "<%s>" "$@"\n');
      mkdirSync(join(cwd, 'gone'));
      const here = (words: string) => {
        mkdirSync(join(cwd, 'gone'), { recursive: true });
        return run(join(cwd, 'gone'), `rmdir ../gone; PATH="${cwd}/bin:$PATH"; "$NODE" "$M" ${words}`);
      };
      expect(here('convert --to mount -v data:/b')).toMatchObject({
        status: 0,
        stdout: '--mount type=volume,src=data,dst=/b\n',
      });
      expect(here('lint')).toMatchObject({
        status: 3,
        stderr: 'mountc lint: .: no such file or directory\n',
      });
      expect(here('docker ps -a')).toMatchObject({ status: 0, stdout: '<ps><-a>' });
    });
  },
);
