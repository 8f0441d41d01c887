import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { RULES } from '../../src/rules/index.js';
import { runLint } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

const BAD = "docker run --mount 'type=bind, src=/a,dst=/b' alpine\n";

let cwd = '';
beforeEach(() => {
  cwd = tempDir();
});

const put = (files: Readonly<Record<string, string | Buffer>>) => writeFiles(cwd, files);

async function found(...argv: string[]): Promise<string[]> {
  const { stdout, stderr } = await runLint(['--format', 'json', ...argv], { cwd });
  expect(stderr).toBe('');
  return JSON.parse(stdout).map((one: { path: string; severity: string }) => `${one.path} ${one.severity}`);
}

describe('what a configuration says holds', () => {
  const off = { rules: { 'mount-field-whitespace': 'off' } };
  test.each([
    ['.mountc.yaml', 'rules:\n  mount-field-whitespace: off\n'],
    ['.mountc.yml', 'rules: {MC101: off}\n'],
    ['.mountc.json', JSON.stringify(off)],
    [
      '.mountc.jsonc',
      `// why\n{\n\t/* x: { */ "$schema": "./x.json", "rules": { "mount-field-whitespace": "off", }, // "\n}\n`,
    ],
    ['package.json', JSON.stringify({ name: 'x', mountc: off })],
  ])('%s', async (name, text) => {
    put({ 'sub/a.sh': BAD, [name]: text });
    expect(await found()).toEqual([]);
    expect(await found('--no-config')).toEqual(['sub/a.sh error']);
    expect(await found('--rule', 'mount-field-whitespace=info')).toEqual(['sub/a.sh info']);
  });

  test('the nearest one, and none above the root of the repository', async () => {
    put({
      '.mountc.yaml': 'rules: {mount-field-whitespace: off}',
      'a/x.sh': BAD,
      'b/.mountc.yaml': 'rules: {mount-field-whitespace: info}',
      'b/c/x.sh': BAD,
      'd/.git/HEAD': 'x',
      'd/x.sh': BAD,
      'e/package.json': '{"name": "x"}',
      'e/x.sh': BAD,
    });
    expect(await found('a/x.sh', 'b/c/x.sh', 'd/x.sh', 'e/x.sh')).toEqual(['b/c/x.sh info', 'd/x.sh error']);
  });

  test('overrides by glob, the last one wins; ignored files stay ignored when they are named', async () => {
    put({
      '.mountc.yaml': [
        'ignore: [vendor/, "*.gen.sh"]',
        'overrides:',
        '  - files: "docs/**"',
        '    rules: {mount-field-whitespace: info}',
        '  - files: ["**/*.sh", "!docs/strict/**"]',
        '    rules: {mount-field-whitespace: warning}',
      ].join('\n'),
      'vendor/deep/x.sh': BAD,
      'sub/x.gen.sh': BAD,
      'docs/x.bash': BAD,
      'docs/x.sh': BAD,
      'docs/strict/x.sh': BAD,
      'x.bash': BAD,
    });
    expect(await found()).toEqual([
      'docs/strict/x.sh info',
      'docs/x.bash info',
      'docs/x.sh warning',
      'x.bash error',
    ]);
    expect(await found('vendor/deep/x.sh', 'sub/x.gen.sh')).toEqual([]);
  });

  test('failOn decides the exit code, unless the command line does', async () => {
    put({ '.mountc.yaml': 'failOn: never', 'a.sh': BAD });
    expect((await runLint([], { cwd })).code).toBe(0);
    expect((await runLint(['--fail-on', 'error'], { cwd })).code).toBe(1);
  });

  test('the docker version', async () => {
    put({ '.mountc.yaml': 'docker: 20.10', 'a.sh': 'docker run -v ./a:/b img\n' });
    expect(await found()).not.toEqual([]);
    expect(await found('--docker', '29.3')).toEqual([]);
  });

  test('more words that run an engine', async () => {
    const rest = BAD.slice('docker '.length);
    put({
      'a.sh': `./dr ${rest}`,
      'b.sh': `$RUNNER ${rest}`,
      'c.sh': `"\${RUNNER}" ${rest}`,
      'd.sh': `other ${rest}`,
    });
    expect(await found()).toEqual([]);
    put({ '.mountc.yaml': 'commands: [dr, $RUNNER]' });
    expect(await found()).toEqual(['a.sh error', 'b.sh error', 'c.sh error']);
    put({ '.mountc.yaml': 'commands: {dr: docker, $RUNNER: podman}' });
    expect(await found()).toContain('a.sh error');
  });

  test('also for --command', async () => {
    put({ '.mountc.yaml': 'rules: {mount-field-whitespace: off}' });
    expect(await found('--command', BAD.trim())).toEqual([]);
  });

  test('--config names another one', async () => {
    put({ 'x/conf.yaml': 'rules: {mount-field-whitespace: info}', 'a.sh': BAD });
    expect(await found('--config', 'x/conf.yaml')).toEqual(['a.sh info']);
    const { code, stderr } = await runLint(['--config', 'none.yaml'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('no such file or directory');
  });

  test('--config that is not there is a mistake also where there are no files', async () => {
    const { code, stderr } = await runLint(['--config', 'none.yaml'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('no such file or directory');
  });

  test('--print-config', async () => {
    put({
      '.mountc.yaml': 'docker: "28.2"\nrules: {MC101: info}\noverrides: [{files: "a/**", engineOs: windows}]',
      'a/x.sh': BAD,
    });
    const { stdout, code } = await runLint(['--print-config', 'a/x.sh', '--rule', 'target-is-root=off'], {
      cwd,
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      for: 'a/x.sh',
      configFile: '.mountc.yaml',
      docker: '28.2.2',
      engineOs: 'windows',
      rules: { 'mount-field-whitespace': 'info', 'target-is-root': 'off' },
    });
  });
});

describe('a mistake in a configuration is an error with its place, and nothing is linted', () => {
  test.each([
    ['no YAML', 'rules: {a: [', /:1:13\n/],
    ['unknown setting', 'rulez: {}', /`rulez` is not a setting[\s\S]*:1:1\n[\s\S]*did you mean `rules`\?/],
    [
      'unknown rule',
      'rules:\n  mount-field-whitespaces: off',
      /:2:3\n[\s\S]*did you mean `mount-field-whitespace`\?/,
    ],
    [
      'unknown severity',
      'rules:\n  mount-field-whitespace: fatal',
      /`fatal` is not a valid value of a severity[\s\S]*:2:27\n/,
    ],
    ['severity of a wrong type', 'rules:\n  mount-field-whitespace: [x]', /:2:27\n/],
    ['rules as a list', 'rules: [a]', /`rules` is not a map/],
    ['docker version', 'docker: new', /`new` is not a docker version/],
    ['docker version of old', 'docker: "19.03"', /`19\.03` is older than what mountc knows/],
    ['engine auto', 'engine: auto', /`auto` is not a docker version/],
    ['engine OS', 'engineOs: mac', /write one of linux, windows/],
    ['failOn', 'failOn: no', /write one of error, warning, info, never/],
    ['ignore', 'ignore: [{a: b}]', /:1:10\n/],
    ['override without files', 'overrides:\n  - rules: {}', /:2:5\n/],
    [
      'unknown key of an override',
      'overrides:\n  - files: x\n    ignore: y',
      /`ignore` is not a setting[\s\S]*:3:5\n/,
    ],
    ['overrides as a map', 'overrides: {files: x}', /`overrides` is a list/],
    ['a key twice', 'docker: "28"\ndocker: "27"', /:2:1\n/],
    ['two mistakes', 'a: 1\nb: 2', /:1:1\n[\s\S]*:2:1\n/],
    ['not a map', '- a', /is not a map/],
  ])('%s', async (_, text, message) => {
    put({ '.mountc.yaml': text, 'a.sh': BAD });
    const { code, stdout, stderr } = await runLint([], { cwd });
    expect(stderr).toMatch(message);
    expect(stderr).toContain('.mountc.yaml');
    expect(code).toBe(2);
    expect(stdout).toBe('');
  });

  test('in package.json the place is in that file', async () => {
    put({ 'package.json': '{\n  "name": "x",\n  "mountc": { "dockr": "28" }\n}\n', 'a.sh': BAD });
    expect((await runLint([], { cwd })).stderr).toMatch(/package\.json:3:15\n/);
  });

  test('an empty one is none', async () => {
    put({ '.mountc.yaml': '# nothing yet\n', 'a.sh': BAD });
    expect(await found()).toEqual(['a.sh error']);
  });
});

describe('the JSON schema', () => {
  const schema = JSON.parse(
    readFileSync(new URL('../../schema/mountc.schema.json', import.meta.url), 'utf8'),
  );

  test('is the one that scripts/gen-schema.mjs writes', async () => {
    const { configSchema } = await import('../../src/lint/config-schema.js');
    expect(schema).toEqual(configSchema());
  });

  test('knows every rule', () => {
    const names = Object.keys(schema.$defs.rules.properties);
    for (const rule of RULES) expect(names).toContain(rule.name);
  });
});
