import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { CliIo } from '../../src/cli/io.js';
import { runLint } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

const BAD = 'docker run -v /a:/b:readonly alpine\n';
const OTHER = "docker run --mount 'type=bind, src=/a,dst=/b' alpine\n";

let cwd = '';
beforeEach(() => {
  cwd = tempDir();
});

const put = (files: Readonly<Record<string, string>>) => writeFiles(cwd, files);
const read = (path: string) => readFileSync(join(cwd, path), 'utf8');
const lint = (...argv: string[]) => runLint(argv, { cwd });
const write = (...argv: string[]) => lint('--baseline', 'known.json', '--write-baseline', ...argv);
/** What a run finds beyond the baseline. */
async function found(...argv: string[]): Promise<string[]> {
  const { stdout } = await lint('--baseline', 'known.json', '--format', 'json', ...argv);
  return JSON.parse(stdout).map(
    ({ path, rule, start }: { path: string; rule: string; start: { line: number } }) =>
      `${path}:${start.line} ${rule}`,
  );
}

describe('writing', () => {
  test('all findings are known, one on a line, in order', async () => {
    put({
      'b.sh': `${BAD}if true; then\n  ${BAD}fi\n`,
      'a/c.sh': `${OTHER}${BAD}`,
      'clean.sh': 'docker ps\n',
    });
    expect(await write()).toEqual({
      code: 0,
      stdout: '',
      stderr: 'mountc lint: known.json: 4 findings in 2 files are known now\n',
    });
    expect(read('known.json')).toBe(`{
  "version": 1,
  "files": {
    "a/c.sh": [
      { "rule": "mount-field-whitespace", "count": 1, "text": "docker run --mount 'type=bind, src=/a,dst=/b' alpine" },
      { "rule": "volume-unknown-mode", "count": 1, "text": "docker run -v /a:/b:readonly alpine" }
    ],
    "b.sh": [
      { "rule": "volume-unknown-mode", "count": 2, "text": "docker run -v /a:/b:readonly alpine" }
    ]
  }
}
`);
    expect(await lint('--baseline', 'known.json')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect((await lint('--baseline', 'known.json', '--no-config')).code).toBe(0);
    const before = read('known.json');
    await write();
    expect(read('known.json')).toBe(before);
  });

  test('the files that are linted, and no others', async () => {
    put({ 'a.sh': BAD, 'b.sh': BAD });
    await write();
    put({ 'a.sh': 'docker ps\n', 'b.sh': 'docker ps\n' });
    await write('a.sh');
    expect(Object.keys(JSON.parse(read('known.json')).files)).toEqual(['b.sh']);
  });

  test('files that are gone are forgotten with their folder', async () => {
    put({ 'x/a.sh': BAD, 'y/b.sh': BAD, 'y/c.sh': BAD });
    await write();
    const { files } = JSON.parse(read('known.json'));
    put({ 'known.json': JSON.stringify({ version: 1, files: { ...files, 'x/gone.sh': files['x/a.sh'] } }) });
    await write('y');
    expect(Object.keys(JSON.parse(read('known.json')).files)).toContain('x/gone.sh');
    await write('x');
    expect(Object.keys(JSON.parse(read('known.json')).files)).toEqual(['x/a.sh', 'y/b.sh', 'y/c.sh']);
  });

  test('a secret is not repeated, and its line stays known', async () => {
    put({ 'a.sh': 'docker run -e PASSWORD=hunter2 -v /a:/b:readonly alpine\n' });
    await write();
    expect(read('known.json')).not.toContain('hunter2');
    expect(await found()).toEqual([]);
  });

  test.each([
    ['with nothing to write to', ['--write-baseline'], /does not know which file/],
    ['with --diff', ['--baseline', 'x', '--write-baseline', '--diff'], /cannot be combined/],
    ['with --list', ['--baseline', 'x', '--write-baseline', '--list'], /cannot be combined/],
    ['with --no-baseline', ['--no-baseline', '--write-baseline'], /cannot be combined/],
    ['of a command', ['--baseline', 'x', '--command', 'docker ps'], /cannot be combined/],
    ['of what has no name', ['--baseline', 'x', '--write-baseline', '-'], /--stdin-filename/],
  ])('%s', async (_, argv, message) => {
    put({ 'a.sh': BAD });
    const { code, stderr } = await lint(...argv);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
  });
});

describe('knowing', () => {
  beforeEach(async () => {
    put({ 'a.sh': `set -e\n${BAD}` });
    await write();
  });

  test.each([
    ['a line that moved', `#!/bin/sh\n\n\nset -e\n${BAD}`],
    ['one that is indented', `if true; then\n\t${BAD}fi\n`],
    ['CRLF', `set -e\r\n${BAD.replace('\n', '\r\n')}`],
  ])('%s stays known', async (_, text) => {
    put({ 'a.sh': text });
    expect(await found()).toEqual([]);
    expect((await lint('--baseline', 'known.json')).code).toBe(0);
  });

  test.each([
    ['one more of the same', `${BAD}\n${BAD}`, ['a.sh:3 volume-unknown-mode']],
    ['another rule', `${BAD}${OTHER}`, ['a.sh:2 mount-field-whitespace']],
    ['another line', `${BAD}docker run -v /c:/d:readonly alpine\n`, ['a.sh:2 volume-unknown-mode']],
  ])('%s is new', async (_, text, expected) => {
    put({ 'a.sh': text });
    expect(await found()).toEqual(expected);
    expect((await lint('--baseline', 'known.json')).code).toBe(1);
  });

  test('the same in another file is new', async () => {
    put({ 'b.sh': BAD });
    expect(await found()).toEqual(['b.sh:1 volume-unknown-mode']);
  });

  test('from whatever folder, and from standard input', async () => {
    put({ 'sub/x.sh': 'docker ps\n' });
    const below = await runLint(['--baseline', '../known.json', '../a.sh'], { cwd: join(cwd, 'sub') });
    expect(below).toEqual({ code: 0, stdout: '', stderr: '' });
    const world = { cwd, stdin: BAD };
    expect((await runLint(['--baseline', 'known.json', '--stdin-filename', 'a.sh'], world)).code).toBe(0);
    expect((await runLint(['--baseline', 'known.json', '--stdin-filename', 'b.sh'], world)).code).toBe(1);
  });

  test('--fix fixes what is known too, and says that it need not be known any more', async () => {
    const { code, stdout } = await lint('--baseline', 'known.json', '--fix');
    expect(read('a.sh')).toContain('-v /a:/b:ro ');
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('stale-baseline') });
  });

  test('--diff counts what is new', async () => {
    put({ 'a.sh': `${BAD}docker run -v a/b:/c alpine -v /x:/y\n` });
    const { stdout, stderr } = await lint('--baseline', 'known.json', '--diff', '--fail-on', 'info');
    expect(stdout).toContain('-v /a:/b:ro ');
    expect(stderr).not.toContain('volume-unknown-mode');
  });

  test('--quiet, and every format', async () => {
    for (const format of [
      'pretty',
      'compact',
      'json',
      'jsonl',
      'sarif',
      'github',
      'gitlab',
      'checkstyle',
      'junit',
      'rdjson',
      'diff',
    ]) {
      const { code, stdout } = await lint('--baseline', 'known.json', '--format', format, '--quiet');
      expect(code).toBe(0);
      expect(stdout).not.toContain('/a:/b:readonly');
    }
  });
});

describe('what is there no more', () => {
  beforeEach(async () => {
    put({ 'a.sh': `${BAD}${BAD}`, 'b.sh': BAD });
    await write();
  });
  const stale = async (...argv: string[]) => {
    const { code, stdout } = await lint('--baseline', 'known.json', '--format', 'compact', ...argv);
    return { code, lines: stdout.split('\n').filter(Boolean) };
  };

  test('is said where it stands, as a warning', async () => {
    put({ 'a.sh': BAD, 'b.sh': 'docker ps\n' });
    const { code, lines } = await stale();
    expect(code).toBe(0);
    expect(lines).toEqual([
      expect.stringMatching(/^known\.json:5:7: .*is found 1 time and not 2 in `a\.sh`/),
      expect.stringMatching(/^known\.json:8:7: .*is found no more in `b\.sh`/),
    ]);
    expect((await stale('--fail-on', 'warning')).code).toBe(1);
    expect((await stale('--rule', 'stale-baseline=error')).code).toBe(1);
    expect((await stale('--rule', 'stale-baseline=off')).lines).toEqual([]);
  });

  test('of other files nothing is said', async () => {
    put({ 'a.sh': BAD, 'b.sh': 'docker ps\n' });
    expect((await stale('b.sh')).lines).toHaveLength(1);
  });

  test('of a file that is gone, where its folder was gone through', async () => {
    const text = read('known.json').replace('"b.sh"', '"sub/gone.sh"');
    put({ 'known.json': text, 'b.sh': '' });
    expect((await stale('a.sh')).lines).toEqual([]);
    expect((await stale()).lines).toEqual([expect.stringContaining('sub/gone.sh')]);
  });
});

describe('a configuration names one', () => {
  test('relative to it, and --baseline is stronger', async () => {
    put({
      '.mountc.yaml': 'baseline: known.json\n',
      'sub/a.sh': BAD,
      'other.json': '{"version": 1, "files": {}}',
    });
    expect((await lint('--write-baseline')).code).toBe(0);
    expect((await lint()).code).toBe(0);
    expect((await runLint([], { cwd: join(cwd, 'sub') })).code).toBe(0);
    for (const argv of [['--no-baseline'], ['--baseline', 'other.json'], ['--no-config']])
      expect((await lint(...argv)).code).toBe(1);
    expect(JSON.parse((await lint('--print-config')).stdout)).toMatchObject({ baseline: 'known.json' });
  });

  test('in its own repository only', async () => {
    const outside = tempDir();
    writeFiles(outside, { 'known.json': '{"version": 1, "files": {}}' });
    for (const argv of [[], ['--write-baseline']]) {
      put({ '.mountc.yaml': `baseline: ${join(outside, 'known.json')}\n`, 'a.sh': BAD });
      const { code, stderr } = await lint(...argv);
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('is outside of') });
      expect(readFileSync(join(outside, 'known.json'), 'utf8')).toBe('{"version": 1, "files": {}}');
    }
  });
});

describe('a file that is no baseline', () => {
  test.each([
    ['there is none', undefined, /no such file.*--write-baseline/],
    ['no JSON', '{', /it ends too early/],
    ['the marks of a merge', '{\n<<<<<<< ours\n', /<<<<<<</],
    ['a list', '[]', /is not a map/],
    ['another JSON', '{"name": "x"}', /not a setting|not a baseline/],
    ['a newer one', '{"version": 2, "files": {}}', /`2` is not a valid value of `version`/],
    ['no list of findings', '{"version": 1, "files": {"a.sh": 1}}', /not a list of findings/],
    ['no finding', '{"version": 1, "files": {"a.sh": [{"rule": 1}]}}', /not a finding/],
    [
      'a count that is none',
      '{"version": 1, "files": {"a.sh": [{"rule": "x", "text": "", "count": -1}]}}',
      /not a finding/,
    ],
    ['too deep', `{"version": 1, "files": ${'['.repeat(5000)}${']'.repeat(5000)}}`, /nested too deep/],
    ['too large', ' '.repeat(5 * 1024 * 1024), /is larger than 4/],
  ])('%s: nothing is linted', async (_, text, message) => {
    put({ 'a.sh': BAD, ...(text === undefined ? {} : { 'known.json': text }) });
    const { code, stdout, stderr } = await lint('--baseline', 'known.json');
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
  });

  test.each(['__proto__', 'constructor', 'toString'])('`%s` is a name like others', async (name) => {
    put({
      [`${name}.sh`]: BAD,
      'known.json': `{"version": 1, "files": {"${name}": [{"rule": "${name}", "text": "${name}"}], "${name}.sh": []}}`,
    });
    expect(await found(`${name}.sh`)).toEqual([`${name}.sh:1 volume-unknown-mode`]);
  });

  test('one that is no baseline is not written over', async () => {
    put({ 'a.sh': BAD, 'known.json': '{"name": "x"}' });
    expect((await write()).code).toBe(2);
    expect(read('known.json')).toBe('{"name": "x"}');
  });
});

test('what somebody else makes known meanwhile stays', async () => {
  put({ 'a.sh': BAD, 'b.sh': OTHER });
  await write();
  const before = read('known.json');
  const words = await import('../../src/cli/lint-flags.js');
  const args = await words.readLintArgs(['--baseline', 'known.json', '--write-baseline']);
  const { Baselines } = await import('../../src/cli/lint-baseline.js');
  const baselines = new Baselines(args, { cwd } as CliIo);
  const known = await baselines.forFile(join(cwd, 'a.sh'), undefined);
  if (known === undefined || known === 'broken') throw new Error('no baseline');
  known.fresh('', []);
  put({ 'known.json': `${before}\n` });
  expect(await baselines.write(() => true)).toEqual([
    'known.json: was changed by another process in the meantime',
  ]);
  expect(read('known.json')).toBe(`${before}\n`);
});
