import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the code cache', () => {
  let folder: string;
  let cache: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mountc-cache-'));
    for (const part of ['bin', 'dist', 'package.json'])
      cpSync(join(root, part), join(folder, part), { recursive: true });
    const [only, ...others] = readdirSync(join(folder, 'dist/code-cache'));
    expect(others).toEqual([]);
    cache = join(folder, 'dist/code-cache', only!);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const answers = () =>
    [
      ['lint', '--command', 'docker run -v /a:b -v x:/y:r0 img'],
      ['convert', '--to', 'mount', '-v', '/a:/b:ro'],
      ['explain', '-v', '/a:/b'],
    ].map((args) => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [join(folder, 'bin/mountc.js'), ...args],
        {
          cwd: folder,
          encoding: 'utf8',
        },
      );
      return { status, stdout, stderr };
    });

  test('is made for this Node and build, and V8 takes all of it', () => {
    expect(cache.endsWith(`-${process.version}-${process.arch}`)).toBe(true);
    const names = readdirSync(cache);
    expect(names).toEqual(expect.arrayContaining(['judge.bin', 'lint.bin', 'convert.bin', 'shell.bin']));
    for (const name of names) {
      const filename = join(folder, 'dist', name.replace(/bin$/, 'cjs'));
      const source = readFileSync(filename, 'latin1');
      expect(source).not.toMatch(/[^\0-\x7f]/);
      const cachedData = readFileSync(join(cache, name));
      expect(new Script(source, { filename, cachedData }).cachedDataRejected, name).toBe(false);
    }
  });

  test('is taken by V8 in every run, also in those that change its flags', () => {
    const hook = join(folder, 'hook.cjs');
    writeFileSync(
      hook,
      `const vm = require('node:vm');
      const { Script } = vm;
      vm.Script = class extends Script {
        constructor(source, options) {
          super(source, options);
          console.error(this.cachedDataRejected === false ? 'taken' : 'refused', options.filename);
        }
      };`,
    );
    writeFileSync(join(folder, 'a.sh'), 'docker run -v /a:/b:r0 x\n');
    for (const args of [
      ['lint', 'a.sh'],
      ['convert', '--to', 'mount', '-v', '/a:/b:ro'],
    ]) {
      const program = ['--require', hook, join(folder, 'bin/mountc.js'), ...args];
      const { stderr } = spawnSync(process.execPath, program, { cwd: folder, encoding: 'utf8' });
      expect(stderr.match(/^taken/gm)?.length, stderr).toBeGreaterThan(0);
      expect(stderr).not.toMatch(/^refused/m);
    }
  });

  test('changes nothing but the time: without it, and with one that V8 does not take', () => {
    const expected = answers();
    expect(expected.map(({ status }) => status)).toEqual([1, 0, 0]);
    for (const name of readdirSync(cache)) writeFileSync(join(cache, name), 'no code cache');
    expect(answers()).toEqual(expected);
    rmSync(cache, { recursive: true });
    expect(answers()).toEqual(expected);
  });
});
