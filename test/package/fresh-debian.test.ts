// The README, block by block, on a Debian that has git, Node and npm and nothing else. It takes minutes and a network:
//   MOUNTC_FRESH_DEBIAN=1 npx vitest run --project package test/package/fresh-debian.test.ts
// With MOUNTC_FRESH_DEBIAN=all the project's own tests run there too, as the README says last.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneProject } from '../support/clone-project.js';
import { makeDir } from '../support/temp-dir.js';
import { ROOT } from './installed.js';
import { readmeSessions, sortedLines } from './readme-sessions.js';

const WANTED = process.env['MOUNTC_FRESH_DEBIAN'] ?? '';
const MINUTES = 60_000;
const SCRIPT = join(ROOT, 'scripts/fresh-debian.sh');

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, body = '']) => body);

describe.skipIf(WANTED === '')('a fresh Debian (MOUNTC_FRESH_DEBIAN=1)', () => {
  const folder = makeDir();
  // A hundred thousand files.
  afterAll(() => rmSync(folder, { recursive: true, force: true }), 10 * MINUTES);
  const tree = join(folder, 'debian');
  const run = (dir: string, command: string) => {
    const { status, stdout, stderr } = spawnSync(SCRIPT, ['run', tree, dir, command], {
      encoding: 'utf8',
      maxBuffer: 100_000_000,
    });
    return { status, stdout, stderr };
  };
  const [tryIt = '', install = '', alias = '', contribute = '', ...others] = blocks('sh');

  beforeAll(() => {
    const { status, stderr } = spawnSync(SCRIPT, ['tree', tree], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    cloneProject(join(tree, 'root/mountc'));
    mkdirSync(join(tree, 'root/work'));
  }, 10 * MINUTES);

  test('has no mountc and no docker', () => {
    expect(others).toEqual([]);
    expect(run('/root', 'command -v mountc docker').stdout).toBe('');
  });

  test('the first command', { timeout: 20 * MINUTES }, () => {
    const { status, stdout, stderr } = run('/root/mountc', tryIt);
    expect(status, stderr).toBe(0);
    const [session] = readmeSessions();
    const [command] = session!.output.split('\n');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(command);
    // Nothing fails or is asked for on the way.
    expect(stdout + stderr).not.toMatch(/npm error|npm warn|vulnerabilit/);
  });

  test('the installation', { timeout: 20 * MINUTES }, () => {
    expect(run('/root/mountc', install)).toMatchObject({ status: 0 });
    expect(run('/root/work', 'command -v mountc').stdout).toBe('/usr/local/bin/mountc\n');
  });

  test.each(readmeSessions())('$command', ({ command, output }) => {
    for (const line of [command, command.replaceAll('npx mountc', 'mountc')]) {
      const { stdout, stderr } = run('/root/work', line);
      expect(sortedLines(stdout + stderr)).toEqual(sortedLines(output));
    }
  });

  test('the alias, without docker and with one', () => {
    const line = `shopt -s expand_aliases\n${alias}eval 'docker run -v /a:/b img'`;
    expect(run('/root/work', line)).toMatchObject({ status: 127, stdout: '' });
    writeFileSync(join(tree, 'usr/local/bin/docker'), '#!/bin/sh\necho "docker $*"\n', { mode: 0o755 });
    expect(run('/root/work', line).stdout).toBe('docker run -v /a:/b img\n');
  });

  test.each(blocks('js').map((code, index) => ({ index, code })))('library example $index', ({ code }) => {
    const lines = code.split('\n');
    const examples = lines.flatMap((line) => {
      const [, expression, said] = /^(.*); \/\/ (.*)$/.exec(line) ?? [];
      return expression === undefined ? [] : [{ expression, said: said! }];
    });
    expect(examples.length).toBeGreaterThan(2);
    const program = [
      ...lines.filter((line) => line.startsWith('import ')),
      ...examples.map(({ expression }) => `console.log(JSON.stringify(${expression}));`),
    ];
    writeFileSync(join(tree, 'root/mountc/example.mjs'), program.join('\n'));
    const { stdout, stderr } = run('/root/mountc', 'node example.mjs');
    expect(stderr).toBe('');
    const printed = stdout.trimEnd().split('\n');
    // As it is written in the README, less what stands for `…`.
    const plain = (text: string) => text.replace(/["' {}]/g, '');
    for (const [index, { said }] of examples.entries())
      for (const part of said.split('…'))
        expect(plain(printed[index]!)).toContain(plain(part).replace(/,$/, ''));
  });

  test('completion is one file, and uninstalling leaves nothing', { timeout: 5 * MINUTES }, () => {
    const { stdout } = run('/root/work', 'mountc completion --install');
    const [path = ''] = /\/root\/\S+/.exec(stdout) ?? [];
    run('/root/work', 'mountc shim install --dir /root/bin && mountc lint');
    const ours =
      "find /root /etc /usr/local -iname '*mountc*' -not -path '/root/mountc*' -not -path '/root/.npm/*'";
    expect(run('/root', ours).stdout).toContain(path);
    const gone = `mountc shim uninstall --dir /root/bin; mountc shim uninstall; npm uninstall --global mountc; rm '${path}'`;
    expect(run('/root/work', gone)).toMatchObject({ status: 0 });
    expect(run('/root', ours).stdout).toBe('');
    expect(run('/root', 'ls /root/bin').stdout).toBe('');
  });

  test("the project's own tests", { timeout: 90 * MINUTES }, () => {
    const part = WANTED === 'all' ? '' : ' -- test/readme.test.ts test/docs';
    const { status, stdout } = run('/root/mountc', `${contribute.trim()}${part}`);
    expect(status, stdout.slice(-4000)).toBe(0);
  });
});
