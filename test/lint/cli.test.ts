import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { runLint } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

const BAD = "docker run --mount 'type=bind, src=/a,dst=/b' alpine\n";
const GOOD = "docker run --mount 'type=bind,src=/a,dst=/b' alpine\n";

let cwd = '';
beforeEach(() => {
  cwd = tempDir();
});

const put = (files: Readonly<Record<string, string | Buffer>>) => writeFiles(cwd, files);

const read = (path: string) => readFileSync(join(cwd, path), 'utf8');
const rulesOf = (stdout: string) =>
  JSON.parse(stdout).map((one: { path: string; rule: string }) => `${one.path} ${one.rule}`);
const lint = (...argv: string[]) => runLint(argv, { cwd });

describe('a command', () => {
  test.each([
    ['one text', ['--command', BAD.trim()], 30],
    ['the same with =', [`--command=${BAD.trim()}`], 30],
    ['without docker', ['--command', BAD.trim().replace('docker ', '')], 23],
    ['flags alone', ['--command', "--mount 'type=bind, src=/a,dst=/b'"], 19],
    ['after sudo', ['--command', `sudo -E ${BAD.trim()}`], 38],
  ])('%s', async (_, argv, offset) => {
    const { code, stdout } = await lint(...argv, '--format', 'json');
    expect(code).toBe(1);
    const [one, ...more] = JSON.parse(stdout);
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      path: null,
      rule: 'mount-field-whitespace',
      start: { offset, line: 1, column: offset + 1 },
    });
  });

  test.each([
    ['argv', ['--', 'docker', 'run', '--mount', 'type=bind, src=/a,dst=/b', 'alpine']],
    ['argv after --command', ['--command', '--', 'run', '--mount', 'type=bind, src=/a,dst=/b', 'alpine']],
    ['bare flags', ['--mount', 'type=bind, src=/a,dst=/b']],
  ])('%s', async (_, argv) => {
    const [first, ...rest] = argv;
    const { code, stdout } = await lint('--format=json', first!, ...rest);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([{ rule: 'mount-field-whitespace' }]);
  });

  test.each([
    ['in one word', ['--command', '-v data:/x']],
    ['with quotes', ['--command', "-v 'data:/x'"]],
    ['after --', ['--', '-v', 'data:/x']],
    ['as they are', ['-v', 'data:/x', '--tmpfs', '/t']],
  ])('flags alone need no image: %s', async (_, argv) => {
    expect(await lint(...argv)).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('a clean one says nothing', async () => {
    expect(await lint('--command', GOOD.trim())).toEqual({ code: 0, stdout: '', stderr: '' });
    expect((await lint('--command', GOOD.trim(), '--format', 'json')).stdout).toBe('[]\n');
  });

  test('--diff shows the change', async () => {
    const { stdout } = await lint('--command', BAD.trim(), '--diff');
    expect(stdout.replace(/^(\+.*)/gm, (line) => line.replaceAll("'", ''))).toContain(
      `\n-${BAD}+${GOOD.replaceAll("'", '')}`,
    );
  });

  test.each([
    ['error', 1],
    ['warning', 1],
    ['info', 1],
    ['never', 0],
  ])('--fail-on %s', async (level, code) => {
    expect((await lint('--command', BAD.trim(), '--fail-on', level)).code).toBe(code);
  });

  test('--rule changes the severity, or turns it off', async () => {
    const at = async (severity: string) => {
      const { code, stdout } = await lint(
        '--command',
        BAD.trim(),
        '--rule',
        `mount-field-whitespace=${severity}`,
        '--format',
        'json',
      );
      return { code, severities: JSON.parse(stdout).map((one: { severity: string }) => one.severity) };
    };
    expect(await at('warning')).toEqual({ code: 0, severities: ['warning'] });
    expect(await at('off')).toEqual({ code: 0, severities: [] });
  });
});

describe('files', () => {
  test('finds the files of a folder, each by its kind', async () => {
    put({
      'run.sh': BAD,
      'clean.sh': GOOD,
      'sub/script': `#!/bin/sh\n${BAD}`,
      'sub/no-script': BAD,
      'README.md': `text\n\n\`\`\`sh\n${BAD}\`\`\`\n`,
      'node_modules/x.sh': BAD,
      'bin.sh': Buffer.from([0, 1, 2, 3]),
    });
    const { code, stdout } = await lint('--format', 'json');
    expect(code).toBe(1);
    expect(rulesOf(stdout)).toEqual(
      ['README.md', 'run.sh', 'sub/script'].map((path) => `${path} mount-field-whitespace`),
    );
  });

  test('in a repository git says which files there are', async () => {
    put({
      'a.sh': BAD,
      'ignored/b.sh': BAD,
      'c.log.sh': BAD,
      'new.sh': BAD,
      'gone.sh': BAD,
      '.gitignore': 'ignored/\n*.log.sh\n',
    });
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x', '-C', cwd, ...args], {
        stdio: 'ignore',
      });
    git('init', '-q');
    git('add', 'a.sh', 'gone.sh');
    rmSync(join(cwd, 'gone.sh'));
    const { stdout, stderr } = await lint('--format', 'json');
    expect(stderr).toBe('');
    expect(rulesOf(stdout)).toEqual(['a.sh mount-field-whitespace', 'new.sh mount-field-whitespace']);
    // Named, so meant.
    expect(rulesOf((await lint('--format', 'json', 'ignored')).stdout)).toEqual([
      'ignored/b.sh mount-field-whitespace',
    ]);
    expect(rulesOf((await lint('--format', 'json', 'c.log.sh')).stdout)).toEqual([
      'c.log.sh mount-field-whitespace',
    ]);
  });

  test('without git .gitignore files count, deeper ones last', async () => {
    put({
      '.gitignore': '*.tmp.sh\n/build/\n!keep.tmp.sh\n',
      'a.tmp.sh': BAD,
      'keep.tmp.sh': BAD,
      'build/x.sh': BAD,
      'src/build/x.sh': BAD,
      'src/.gitignore': '*.sh\n!/build/\n!x.sh\n',
      'src/y.sh': BAD,
    });
    const { stdout } = await lint('--format', 'json');
    expect(rulesOf(stdout).map((one: string) => one.split(' ')[0])).toEqual([
      'keep.tmp.sh',
      'src/build/x.sh',
    ]);
  });

  test('commands without a mount are not judged, other than those of --command', async () => {
    put({
      'a.sh': 'docker run --foo img\ndocker run -cidfile\n',
      'b.md': '```\n$ docker run --ulimit as=1 x\n```\n',
    });
    expect((await lint('--format', 'json')).stdout).toBe('[]\n');
    expect((await lint('--command', 'docker run --foo img')).code).toBe(1);
  });

  test('globs, folders and files; each file once', async () => {
    put({ 'a/x.sh': BAD, 'a/b/y.sh': BAD, 'a/b/z.bash': BAD });
    const files = async (...words: string[]) =>
      rulesOf((await lint('--format', 'json', ...words)).stdout).map((one: string) => one.split(' ')[0]);
    expect(await files('a/**/*.sh')).toEqual(['a/b/y.sh', 'a/x.sh']);
    expect(await files('a/*.sh')).toEqual(['a/x.sh']);
    expect(await files('**/*.{sh,bash}')).toEqual(['a/b/y.sh', 'a/b/z.bash', 'a/x.sh']);
    expect(await files('a/b', 'a/b/y.sh', './a/b/z.bash')).toEqual(['a/b/y.sh', 'a/b/z.bash']);
  });

  test('a file that is not there is an error of the environment, the others are linted', async () => {
    put({ 'a.sh': BAD });
    const { code, stdout, stderr } = await lint('none.sh', 'a.sh', '--format', 'json');
    expect(code).toBe(3);
    expect(rulesOf(stdout)).toEqual(['a.sh mount-field-whitespace']);
    expect(stderr).toBe('mountc lint: none.sh: no such file or directory\n');
  });

  test('a YAML text whose tree would take all memory is named, not read', async () => {
    const text = `services:\n  a:\n    volumes: [a:/b]\n${'# words\n'.repeat(2_200_000)}`;
    put({ 'compose.yaml': text });
    const why = 'is larger than 4 MB, the most that is read of such files\n';
    expect(await lint('compose.yaml')).toMatchObject({
      code: 3,
      stderr: `mountc lint: compose.yaml: ${why}`,
    });
    const piped = await runLint(['-', '--stdin-filename', 'x/compose.yaml'], { cwd, stdin: text });
    expect(piped).toMatchObject({ code: 3, stderr: `mountc lint: x/compose.yaml: ${why}` });
  });

  test('a bundle that lies in a tree is said to be not read, and is an error where it is named', async () => {
    put({ 'bundle.js': `const a = 'docker run -v';${'/* words */'.repeat(200_000)}`, 'a.sh': 'ls\n' });
    const why = 'is larger than 2 MB, the most that is read of such files';
    expect(await lint('.')).toMatchObject({
      code: 0,
      stderr: `mountc lint: not read: bundle.js (${why})\n`,
    });
    expect(await lint('bundle.js')).toMatchObject({
      code: 3,
      stderr: `mountc lint: bundle.js: ${why}\n`,
    });
  });

  test('standard input is what --stdin-filename says', async () => {
    const stdin = `jobs:\n  a:\n    steps:\n      - run: "${BAD.trim()}"\n`;
    const yaml = await runLint(['-', '--stdin-filename', '.github/workflows/x.yml', '--format', 'json'], {
      cwd,
      stdin,
    });
    expect(JSON.parse(yaml.stdout)).toMatchObject([{ path: '.github/workflows/x.yml', start: { line: 4 } }]);
    // It asks for standard input by itself.
    put({ 'a.sh': BAD });
    const named = ['--stdin-filename', '.github/workflows/x.yml', '--format', 'json'];
    expect(await runLint(named, { cwd, stdin })).toEqual(yaml);
    expect(JSON.parse((await runLint(['-', '--format', 'json'], { cwd, stdin: BAD })).stdout)).toHaveLength(
      1,
    );
  });

  test('a fixed standard input goes to standard output', async () => {
    expect(await runLint(['--fix', '-'], { cwd, stdin: BAD })).toEqual({
      code: 0,
      stdout: GOOD,
      stderr: 'mountc lint: standard input is read as shell scripts (--stdin-filename says what it is)\n',
    });
  });

  test.each([
    ['services:\n  a:\n    volumes: [./a:b]\n', 'Compose files'],
    ['FROM a\nRUN docker run -v ./a:b c\n', 'Dockerfiles'],
    ['#!/usr/bin/env pwsh\ndocker run -v ./a:b c\n', 'PowerShell'],
    ['$x = 1\ndocker run -v ./a:b c\n', 'PowerShell'],
    ['@echo off\ndocker run -v ./a:b c\n', 'batch files'],
    ['# A page\n\n```sh\ndocker run -v ./a:b c\n```\n', 'Markdown'],
    ['all:\n\tdocker run -v ./a:b c\n', 'Makefiles'],
    ['on: push\njobs:\n  a:\n    steps:\n    - run: docker run -v ./a:b c\n', 'CI files'],
    ['- hosts: a\n  tasks:\n  - shell: docker run -v ./a:b c\n', 'CI files'],
    ['{"runArgs": ["-v", "/a:b"]}', 'devcontainer.json'],
    ['[Service]\nExecStart=docker run -v /a:b c\n', 'systemd units'],
    ['set -e\ndocker run -v ./a:b c\n', 'shell scripts'],
  ])('what standard input is, the text tells: %j', async (stdin, kind) => {
    const { code, stdout, stderr } = await runLint(['-'], { cwd, stdin });
    expect(stderr).toBe(
      `mountc lint: standard input is read as ${kind} (--stdin-filename says what it is)\n`,
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/the target `b` is not an absolute path|not-absolute/);
    expect((await runLint(['-', '-q'], { cwd, stdin })).stderr).toBe('');
  });

  test('commands in comments are read with --comments, as advice', async () => {
    put({
      'a.sh': '#!/bin/sh\n# docker run -v ./a:b \\\n#   -v ./c:d img\ntrue # docker run -v ./a:e i\n',
      'b.py': '# $ sudo docker run -v ./a:f img\n# not docker run -v ./a:g\n',
      'c.bat': 'rem docker run -v C:/a:h img\n:: docker run -v C:/a:i img\n',
    });
    const targets = async (...args: string[]) =>
      JSON.parse((await lint('--list', '--format', 'json', ...args)).stdout).map(
        ({ target }: { target: string }) => target,
      );
    expect(await targets()).toEqual([]);
    expect(await targets('--comments')).toEqual(['b', 'd', 'f', 'h', 'i']);
    const { code, stdout } = await lint('--comments', '--format', 'json');
    expect(code).toBe(0);
    const findings: { severity: string; range: { start: { line: number; column: number } } }[] =
      JSON.parse(stdout);
    expect(new Set(findings.map(({ severity }) => severity))).toEqual(new Set(['info']));
  });

  test('--quiet shows only what fails, and no summary', async () => {
    put({ 'a.sh': BAD });
    expect((await lint('--quiet', '--fail-on', 'never')).stdout).toBe('');
    expect((await lint()).stdout).toMatch(
      /\n1 error; 1 can be fixed with --fix\nread: 1 file, 1 mount, 1 command with mounts\n$/,
    );
    expect((await lint('-q')).stdout).not.toMatch(/1 error/);
  });

  test('several reports at once, each to its file', async () => {
    put({ 'a.sh': BAD });
    const { stdout } = await lint(
      '--format',
      'json:out.json',
      '--format',
      'compact',
      '--format',
      'jsonl:out.jsonl',
    );
    expect(stdout).toBe(
      'a.sh:1:31: error: whitespace in ` src=/a`: docker reads it as part of the key or value; write the fields without whitespace around `,` and `=` [mount-field-whitespace]\n',
    );
    expect(JSON.parse(read('out.json'))).toEqual([JSON.parse(read('out.jsonl'))]);
    const broken = await lint('--format', 'json:no/such/folder.json');
    expect(broken.code).toBe(3);
    expect(broken.stderr).toContain('no/such/folder.json: no such file or directory');
  });

  test.each([
    ['github', 'GITHUB_WORKSPACE', /file=([^,]*),/],
    ['sarif', 'GITHUB_WORKSPACE', /"uri":"([^"]*)"/],
    ['gitlab', 'CI_PROJECT_DIR', /"path":"([^"]*)"/],
    ['json', 'GITHUB_WORKSPACE', /"path": ?"([^"]*)"/],
  ])('%s names a file as the repository does that %s is', async (format, variable, path) => {
    put({ 'sub/a.sh': BAD });
    const pathIn = async (root: string) => {
      const { stdout } = await runLint(['--format', format, 'a.sh'], {
        cwd: join(cwd, 'sub'),
        env: { [variable]: root },
      });
      return path.exec(stdout)?.[1];
    };
    expect(await pathIn(cwd)).toBe(format === 'json' ? 'a.sh' : 'sub/a.sh');
    expect(await pathIn(join(cwd, 'other'))).toBe('a.sh');
    expect(await pathIn('')).toBe('a.sh');
    expect(await pathIn('..')).toBe('a.sh');
  });
});

describe('--fix', () => {
  test.each([
    ['LF', BAD, GOOD],
    [
      'CRLF',
      `#!/bin/sh\r\n${BAD.replace('\n', '\r\n')}# x\r\n`,
      `#!/bin/sh\r\n${GOOD.replace('\n', '\r\n')}# x\r\n`,
    ],
    ['a byte order mark', `\ufeff${BAD}`, `\ufeff${GOOD}`],
    ['no last newline', BAD.trimEnd(), GOOD.trimEnd()],
    ['odd characters around it', `# é😀\u00a0\t \n${BAD}\f\v# \u2028`, `# é😀\u00a0\t \n${GOOD}\f\v# \u2028`],
  ])('keeps every other byte: %s', async (_, before, after) => {
    put({ 'a.sh': before });
    chmodSync(join(cwd, 'a.sh'), 0o751);
    const { code } = await lint('--fix');
    expect(code).toBe(0);
    expect(read('a.sh')).toBe(after);
    expect(statSync(join(cwd, 'a.sh')).mode & 0o777).toBe(0o751);
    expect(readdirSync(cwd)).toEqual(['a.sh']);
  });

  test('a symbolic link stays one', async () => {
    put({ 'real/a.sh': BAD });
    symlinkSync('real/a.sh', join(cwd, 'link.sh'));
    await lint('--fix', 'link.sh');
    expect(lstatSync(join(cwd, 'link.sh')).isSymbolicLink()).toBe(true);
    expect(read('real/a.sh')).toBe(GOOD);
  });

  test('a fix of several changes is one in words', async () => {
    const { stdout } = await lint('--diff', '--', 'docker', 'run', '-v', '/a:/b:ro:z:rslave', 'alpine');
    expect(stdout).toContain('\n+docker run -v /a:/b:ro,z,rslave alpine\n');
  });

  test('a word that docker gets as it is cannot be given a variable', async () => {
    const done = await lint('--diff', '--', 'docker', 'run', '-v', '~/a b:/b', 'alpine');
    expect(done).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('1 finding is left') });
  });

  test('--diff says what its fixes leave', async () => {
    put({ 'a.sh': `${BAD}docker run -v /a:/b:r0 alpine\n`, 'b.sh': 'docker run -v /a:/b:r1 alpine\n' });
    const stays = 'mountc lint: 2 findings are left, and are shown without --diff\n';
    expect(await lint('--diff')).toMatchObject({ code: 1, stderr: stays });
    expect(await lint('--diff', '--quiet')).toMatchObject({ code: 1, stderr: '' });
    expect(await lint('--diff', '--command', 'docker run -v /a:/b:r0 alpine')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'mountc lint: 1 finding is left, and is shown without --diff\n',
    });
    put({ 'a.sh': BAD, 'b.sh': '' });
    expect(await lint('--diff')).toMatchObject({ code: 1, stderr: '' });
  });

  test('--diff changes nothing and applies with git', async () => {
    put({ 'a.sh': `one\n${BAD}two`, 'sub/b.sh': BAD.repeat(3) });
    const { stdout } = await lint('--diff');
    expect(read('a.sh')).toContain(BAD);
    execFileSync('git', ['-C', cwd, 'apply', '-'], {
      input: stdout,
      env: { ...process.env, GIT_CEILING_DIRECTORIES: dirname(cwd) },
    });
    expect(read('a.sh')).toBe(`one\n${GOOD}two`);
    expect(read('sub/b.sh')).toBe(GOOD.repeat(3));
  });
});

describe('directives', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['next line', `# mountc-disable-next-line mount-field-whitespace -- a reason\n${BAD}`, []],
    ['by code', `# mountc-disable-next-line MC101\n${BAD}`, []],
    ['all rules', `# mountc-disable-next-line\n${BAD}`, []],
    [
      'a command of several lines',
      `# mountc-disable-next-line\n${BAD.replace('--mount', '\\\n --mount')}`,
      [],
    ],
    ['only that line', `# mountc-disable-next-line\n${BAD}${BAD}`, ['3:mount']],
    ['the line itself', `${BAD.trim()} # mountc-disable-line mount-field-whitespace\n`, []],
    [
      'the last line of a command',
      `${BAD.trim().replace('--mount', '\\\n --mount')} # mountc-disable-line\n`,
      [],
    ],
    ['file', `${BAD}# mountc-disable-file mount-field-whitespace\n${BAD}`, []],
    ['block', `# mountc-disable\n${BAD}# mountc-enable\n${BAD}`, ['4:mount']],
    ['block to the end', `# mountc-disable mount-field-whitespace\n${BAD}${BAD}`, []],
    ['another word for it', `# mountc-ignore-next-line\n${BAD}`, []],
    ['unused', `# mountc-disable-next-line mount-field-whitespace\n${GOOD}`, ['1:unused-directive']],
    ['unknown rule', `# mountc-disable-next-line no-such-rule\n${GOOD}`, ['1:unknown-directive']],
    ['unknown directive', `# mountc-disable-next-lines\n${GOOD}`, ['1:unknown-directive']],
    ['enable of nothing', `# mountc-enable\n${GOOD}`, ['1:unused-directive']],
    [
      'two rules',
      `# mountc-disable-next-line duplicate-x, mount-field-whitespace\n${BAD}`,
      ['1:unknown-directive'],
    ],
    [
      'block of one rule',
      `# mountc-disable mount-field-whitespace\n${BAD}# mountc-enable mount-field-whitespace\n${BAD}`,
      ['4:mount'],
    ],
    ['block of another rule', `# mountc-disable MC112\n${BAD}`, ['1:unused-directive', '2:mount']],
    ['enable of another rule', `# mountc-disable\n${BAD}# mountc-enable MC112\n${BAD}`, []],
    ['enable of one rule of all', `# mountc-disable\n${BAD}# mountc-enable MC101\n${BAD}`, ['4:mount']],
    [
      'enable of a rule that is off twice',
      `# mountc-disable\n# mountc-disable MC101\n${BAD}# mountc-enable MC101\n${BAD}`,
      ['5:mount'],
    ],
    [
      'off again',
      `# mountc-disable\n${BAD}# mountc-enable MC101\n${BAD}# mountc-disable MC101\n${BAD}`,
      ['4:mount'],
    ],
    ['the last line of a file', `${GOOD}# mountc-disable-next-line`, ['2:unused-directive']],
    ['prose', `# the mountc-disable directive\n${BAD}`, ['2:mount']],
    ['in a string', `echo "# mountc-disable-file"\n${BAD}`, ['2:mount']],
  ];
  test.each(cases)('%s', async (_, text, expected) => {
    put({ 'a.sh': text });
    const { stdout } = await lint('--format', 'json');
    const found = JSON.parse(stdout).map(
      (one: { start: { line: number }; rule: string }) =>
        `${one.start.line}:${one.rule === 'mount-field-whitespace' ? 'mount' : one.rule}`,
    );
    expect(found).toEqual(expected);
  });

  test('in the comments of other hosts', async () => {
    const fence = `\`\`\`sh\n${BAD}\`\`\`\n`;
    put({
      'a.md': `<!-- mountc-disable-next-line mount-field-whitespace -->\n${fence}\n${fence}`,
      Makefile: `# mountc-disable-file\nx:\n\t${BAD}`,
      'compose.yaml': `# mountc-disable-next-line -- y\nservices: {}\n`,
      Dockerfile: `FROM x\n# mountc-disable-next-line\nRUN ${BAD}`,
      'b.md': `<!-- mountc-disable -->\n${fence}\n\`\`\`sh\n# mountc-enable\n${BAD}\`\`\`\n\n<!-- mountc-disable -->\n${fence}`,
      '.github/workflows/x.yml': `on: push\njobs:\n  a:\n    steps:\n      - run: |\n          # mountc-disable-next-line\n          ${BAD}`,
    });
    const { stdout } = await lint('--format', 'compact');
    expect(stdout.split('\n').map((line) => line.replace(/: (?:error|warning):.*\[/, ' ['))).toEqual([
      'a.md:7:31 [mount-field-whitespace]',
      'b.md:8:31 [mount-field-whitespace]',
      'compose.yaml:1:1 [unused-directive]',
      '',
    ]);
  });
});

describe('usage', () => {
  test.each([
    [['--fail-on', 'bad'], /--fail-on takes error, warning, info or never/],
    [['--format', 'jsom'], /did you mean json\?/],
    [['--format', 'json', '--format', 'pretty'], /only one report/],
    [['--rule', 'x'], /--rule takes NAME=/],
    [['--rule', 'mount-field-whitespac=off'], /did you mean mount-field-whitespace\?/],
    [['--fix=all'], /--fix takes safe or unsafe/],
    [['--color', 'x'], /--color takes/],
    [['--command'], /--command needs a command/],
    [['--nope'], /--nope/],
    [['--docker', 'x'], /--docker takes a docker version/],
    [['--command', 'docker run x', 'a.sh'], /files or a command/],
    [['--command', 'docker run x', '--fix'], /cannot be fixed in place/],
  ])('%j', async (argv, message) => {
    const { code, stderr, stdout } = await lint(...argv);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(stdout).toBe('');
  });

  test('--help has examples', async () => {
    const { code, stdout } = await lint('--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Examples:\n {2}mountc lint\n/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });
});

test('--list is the inventory', async () => {
  put({
    'a.sh':
      'docker run -v "$PWD":/src:ro -v data:/d --tmpfs /t:size=1m --mount type=volume,src=v,dst=/v -v /anon -v "$X":/y img\n',
    'compose.yaml':
      'services:\n  a:\n    image: x\n    volumes:\n      - ./s:/t:ro\n      - type: bind\n        source: /h\n        target: /i\n',
    Dockerfile: 'FROM x\nRUN --mount=type=cache,target=/c make\n',
  });
  const { code, stdout } = await lint('--list', '--format', 'json');
  expect(code).toBe(0);
  const rows = JSON.parse(stdout).map((one: Record<string, unknown>) =>
    [
      one.path,
      one.line,
      one.form,
      one.type,
      one.source,
      one.target,
      one.readonly,
      one.mode,
      one.language,
    ].join(' '),
  );
  expect(rows).toEqual([
    'Dockerfile 2 RUN --mount cache  /c false  dockerfile',
    'a.sh 1 -v bind $PWD /src true ro shell',
    'a.sh 1 -v volume data /d false  shell',
    'a.sh 1 --tmpfs tmpfs  /t false size=1m shell',
    'a.sh 1 --mount volume v /v false  shell',
    'a.sh 1 -v volume  /anon false  shell',
    'a.sh 1 -v  $X /y false  shell',
    'compose.yaml 5 compose bind ./s /t true ro compose',
    'compose.yaml 6 compose bind /h /i false  compose',
  ]);
  expect((await lint('--list')).stdout).toMatch(/^Dockerfile:2 {4}RUN --mount {2}cache {3}- {5}\/c +rw\n/);
});

test('what is only called after the program is not a misspelled directive', async () => {
  put({ 'a.sh': '#!/bin/sh\n# mountc-launcher: starts it\ndocker run -v /a:/b alpine\n' });
  expect((await lint('a.sh')).stdout).toBe('');
  put({ 'a.sh': '#!/bin/sh\n# mountc-disable-nextline\ndocker run -v /a:/b alpine\n' });
  expect((await lint('a.sh')).stdout).toContain('unknown-directive');
});

test('a file that is named and of no kind that is read is said to be not read, one in a folder is not', async () => {
  put({ 'd/notes.txt': BAD });
  const said = 'mountc lint: not read: d/notes.txt (not a kind of file that mountc reads)\n';
  expect(await lint('d/notes.txt', '--format', 'json')).toMatchObject({
    code: 0,
    stdout: '[]\n',
    stderr: said,
  });
  expect(await lint('d')).toMatchObject({ code: 0, stderr: '' });
  expect(await lint('d/notes.txt', '--quiet')).toMatchObject({ code: 0, stderr: '' });
  // A hook hands on whatever was changed.
  expect(await lint('--files', 'd/notes.txt')).toMatchObject({ code: 0, stderr: '' });
});
