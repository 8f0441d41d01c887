import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wantedNodes } from '../support/nodes.js';
import { sharedTempDir, tempDir } from '../support/temp-dir.js';

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
    const hook = writeHook(folder);
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

/** Reports each bundle that is loaded, and whether V8 took a code cache for it. */
function writeHook(folder: string): string {
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
  return hook;
}

describe('the code cache of the user, for a package that has none', () => {
  const folder = sharedTempDir();
  const hook = writeHook(folder);
  const program = join(folder, 'bin/mountc.js');
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(join(root, part), join(folder, part), {
      recursive: true,
      filter: (path) => !path.includes('code-cache'),
    });
  const script = join(folder, 'a.sh');
  writeFileSync(script, 'docker run -v /a:/b:ro x\n');

  const run = (home: string, args: readonly string[], env: object = {}, node = process.execPath) => {
    const { stderr } = spawnSync(node, ['--require', hook, program, ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: home, ...env },
    });
    return new Set(stderr.match(/^(?:taken|refused)/gm));
  };
  const codeOf = (home: string) => join(home, '.cache/mountc/code');

  const nodes = [
    { major: 0, path: process.execPath },
    ...wantedNodes([22, 24]).filter((node) => 'path' in node),
  ];
  test.each(nodes)('is made by the first run of a Node, and taken by the next ($major)', ({ path }) => {
    const home = tempDir();
    expect(run(home, ['lint', '--help'], {}, path)).toEqual(new Set(['refused']));
    expect(existsSync(codeOf(home))).toBe(false);
    expect(run(home, ['lint', script], {}, path)).toEqual(new Set(['refused']));
    expect(run(home, ['lint', script], {}, path)).toEqual(new Set(['taken']));
    const [only = ''] = readdirSync(codeOf(home));
    for (const name of readdirSync(join(codeOf(home), only)))
      writeFileSync(join(codeOf(home), only, name), 'no code cache');
    expect(run(home, ['lint', script], {}, path)).toEqual(new Set(['refused']));
    expect(run(home, ['lint', script], {}, path)).toEqual(new Set(['taken']));
  });

  test('is removed by `shim uninstall`, and not made in CI or without a home', () => {
    const home = tempDir();
    run(home, ['lint', script]);
    expect(existsSync(codeOf(home))).toBe(true);
    run(home, ['shim', 'uninstall']);
    expect(readdirSync(join(home, '.cache'))).toEqual([]);
    run(home, ['lint', script], { CI: 'true' });
    expect(readdirSync(join(home, '.cache'))).toEqual([]);
    for (const none of ['', 'x', '/nonexistent', '/proc']) run(none, ['lint', script]);
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });

  test.runIf(process.getuid?.() === 0)('is not read where others may write, nor written for them', () => {
    for (const spoil of [
      (cache: string) => chmodSync(cache, 0o777),
      (cache: string) => chownSync(cache, 12_345, 12_345),
    ]) {
      const home = tempDir();
      run(home, ['lint', script]);
      expect(run(home, ['lint', script])).toEqual(new Set(['taken']));
      spoil(join(home, '.cache/mountc'));
      expect(run(home, ['lint', script])).toEqual(new Set(['refused']));
    }
    const foreign = tempDir();
    mkdirSync(join(foreign, '.cache'));
    chownSync(join(foreign, '.cache'), 12_345, 12_345);
    run(foreign, ['lint', script]);
    expect(readdirSync(join(foreign, '.cache'))).toEqual([]);
  });
});
