import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { FORMAT_NAMES } from '../../src/report/index.js';
import { runLint, runMountc } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

let cwd = '';
beforeEach(() => {
  cwd = tempDir();
});

const put = (path: string, text: string) => writeFiles(cwd, { [path]: text });
const get = (path: string) => readFileSync(join(cwd, path), 'utf8');

const MEND = "docker run --mount 'type=bind, src=/a,dst=/b' alpine";

/** Broken files: what is written, the text that the finding names, its severity. */
const BROKEN: readonly (readonly [string, string, string, 'error' | 'warning'])[] = [
  ['compose.yaml', 'services:\n  a:\n    image: b\n    volumes: [a:/b:RO, "\n', '"', 'error'],
  [
    '.github/workflows/ci.yml',
    `on: push\njobs:\n  a:\n    steps:\n      - run: ${MEND}\n     x: }\n`,
    ' ',
    'error',
  ],
  ['.gitlab-ci.yml', `job:\n  script:\n    - ${MEND}\n  a: b: c\n`, 'b', 'error'],
  ['some.yml', `run: |\n  ${MEND}\n<<<<<<< HEAD\n`, '', 'warning'],
  [
    '.devcontainer/devcontainer.json',
    '{"mounts": ["source=a,target=/b, readonly"]\n "x": 1}',
    '"x"',
    'error',
  ],
  ['package.json', `{"scripts": {"a": "docker run -v a:/b c"},}`, '}', 'error'],
  ['tool.json', `{"scripts": {"a": "docker run -v a:/b c"} "b": 1}`, '"b"', 'warning'],
  ['run.sh', `#!/bin/sh\n${MEND}\nif true; then\n  echo "\n`, '"', 'warning'],
  ['half.sh', `${MEND}\nfor a in b; do\n`, '', 'warning'],
];

/** Not broken, or not for us to say. */
const SILENT: readonly (readonly [string, string])[] = [
  ['templates/job.yaml', 'a:\n  {{- if .Values.x }}\n  b: ["docker run -v a:/b c"\n  {{- end }}\n'],
  ['compose.yml.j2', 'services:\n  a:\n    volumes: [a:/b\n'],
  ['compose.yaml', 'services:\n  a:\n<% if x %>\n    volumes: ["a:/b\n<% end %>\n'],
  [
    'docs.md',
    '```yaml\nservices:\n  a:\n    volumes: [a:/b\n  b: }\n```\n\n```sh\ndocker run -v "$PWD:/a x\n```\n',
  ],
  [
    '.github/workflows/ok.yml',
    'on: push\njobs:\n  a:\n    steps:\n      - run: docker run -v ${{ a }}:/b c\n',
  ],
  ['devcontainer.json', '// for all\n{"mounts": ["source=a,target=/b",], /* none */ "runArgs": [],}\n'],
  ['tools/deno.jsonc', '{"scripts": {"a": "docker run -v a:/b c"}, // d\n}\n'],
  ['no-docker.yml', 'a: [\n'],
  ['no-docker.json', '{"scripts": {'],
  ['archive.run.sh', '#!/bin/sh\ndocker run -v a:/b c\nexit 0\n"(\u0001`'],
  ['poly.sh', "#!/bin/sh\n'''exec' python3 \"$0\" # docker run -v a:/b c\n'''\nprint(f\"{a}\"\n"],
  ['a.zsh', 'for f (a b) docker run -v $f:/b c\n'],
  ['t.bats', '@test "a" {\n  run docker run -v "$PWD:/a" c\n}\n'],
  ['config.sh.in', 'docker run -v "@DIR:/b c\n'],
  ['test.sh', '[[ -n $A && ( -n $B || -n $C )]] && docker run -v "$A:/b" c\n'],
  ['quoted.yml', 'a: "docker run\n-v a:/b c"\n'],
];

describe('a file that cannot be read is reported, with the place', () => {
  test.each(BROKEN)('%s', async (path, text, place, severity) => {
    put(path, text);
    const { code, stdout, stderr } = await runLint(['--format', 'json', path], { cwd });
    const found = JSON.parse(stdout).filter((one: { rule: string }) => one.rule === 'syntax-error');
    expect(found, stdout).toHaveLength(1);
    expect(found[0]).toMatchObject({ severity, code: 'MC100' });
    const { start, end } = found[0];
    expect(text.slice(start.offset, end.offset).startsWith(place)).toBe(true);
    expect(stderr).toBe('');
    if (severity === 'error') expect(code).toBe(1);
  });

  test('as a warning it does not fail a run that fails on errors', async () => {
    put('half.sh', 'docker run -v /a:/b alpine\nfor a in b; do\n');
    expect((await runLint(['half.sh'], { cwd })).code).toBe(0);
    expect((await runLint(['--fail-on', 'warning', 'half.sh'], { cwd })).code).toBe(1);
  });

  test.each(FORMAT_NAMES.filter((name) => name !== 'diff' && name !== 'stats'))('as %s', async (format) => {
    put('compose.yaml', BROKEN[0]![1]);
    const { code, stdout } = await runLint(['--format', format, 'compose.yaml'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(/not valid YAML/);
  });

  test('it can be turned off, in the configuration and in the file', async () => {
    put('compose.yaml', `# mountc-disable-file syntax-error -- filled in later\n${BROKEN[0]![1]}`);
    expect((await runLint(['compose.yaml'], { cwd })).stdout).not.toContain('syntax-error');
    put('compose.yaml', BROKEN[0]![1]);
    const { stdout } = await runLint(['--rule', 'syntax-error=off', 'compose.yaml'], { cwd });
    expect(stdout).not.toContain('syntax-error');
  });

  test('what else is found in it is still said, but not what may only have been missed', async () => {
    const text =
      'services:\n  a:\n    image: b\n    volumes: [data:/a, ./b:/c:noexec]\nx: "\nvolumes:\n  data:\n';
    put('compose.yaml', text);
    const { stdout } = await runLint(['--format', 'json', 'compose.yaml'], { cwd });
    const rules = JSON.parse(stdout).map((one: { rule: string }) => one.rule);
    expect(rules).toEqual(['volume-unknown-mode', 'syntax-error']);
  });
});

describe('nothing is said of', () => {
  test.each(SILENT)('%s', async (path, text) => {
    put(path, text);
    const { stdout, code } = await runLint(['--format', 'json', path], { cwd });
    expect(stdout).not.toContain('syntax-error');
    expect(code).toBeLessThan(2);
  });
});

describe('it is left unchanged', () => {
  const fixable = BROKEN.filter(([, text]) => text.includes(MEND));

  test.each(fixable)('%s by --fix', async (path, text) => {
    put(path, text);
    const { stderr } = await runLint(['--fix=unsafe', path], { cwd });
    expect(get(path)).toBe(text);
    expect(stderr).toMatch(new RegExp(`^mountc lint: ${path}:\\d+:\\d+: .*; nothing is fixed in it\n$`));
    const { stdout } = await runLint(['--diff', path], { cwd });
    expect(stdout).toBe('');
    const piped = await runLint(['--fix', '-', '--stdin-filename', path], { cwd, stdin: text });
    expect(piped.stdout).toBe(text);
  });

  test.each(fixable.map(([path, text]) => [path, text.replaceAll(' --mount', ' -v /a:/b --mount')] as const))(
    '%s by convert --write',
    async (path, text) => {
      put(path, text);
      const { code, stderr } = await runMountc(['convert', '--to', 'mount', '--write', path], { cwd });
      expect(get(path)).toBe(text);
      expect(code).toBe(3);
      expect(stderr).toMatch(
        new RegExp(`^mountc convert: ${path}:\\d+:\\d+: .*; the file is left unchanged\n`),
      );
    },
  );

  test('a Compose file by convert --to compose', async () => {
    const text = 'services:\n  a:\n    image: b\n    volumes: [./a:/b]\n  c: "\n';
    put('compose.yaml', text);
    const { code, stderr } = await runMountc(['convert', '--to', 'compose', '--write', 'compose.yaml'], {
      cwd,
    });
    expect(get('compose.yaml')).toBe(text);
    expect([code, stderr]).toEqual([
      3,
      expect.stringContaining('compose.yaml:5:6: this is not valid YAML: '),
    ]);
  });

  test('other files of the run are fixed', async () => {
    put('half.sh', `${MEND}\nfor a in b; do\n`);
    put('whole.sh', `${MEND}\n`);
    await runLint(['--fix', 'half.sh', 'whole.sh'], { cwd });
    expect(get('half.sh')).toContain('bind, src');
    expect(get('whole.sh')).toContain('bind,src');
  });
});
