import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { addDisables } from '../../src/lint/add-disables.js';
import { toJudged } from '../../src/lint/fix-attempt.js';
import { judgeText } from '../../src/lint/judge-text.js';
import type { LintOptions } from '../../src/lint/lint-text.js';
import { kindOf } from '../../src/source/kind.js';
import { runLint } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

const BAD = 'docker run -v /a:/b:readonly alpine';
const RULE = 'volume-unknown-mode';

let cwd = '';
beforeEach(() => {
  cwd = tempDir();
});
const put = (files: Readonly<Record<string, string>>) => writeFiles(cwd, files);
const read = (path: string) => readFileSync(join(cwd, path), 'utf8');
const lint = (...argv: string[]) => runLint(argv, { cwd });

describe('a comment in the language of the file, where it changes nothing', () => {
  test.each<[path: string, before: string, after: string]>([
    ['a.sh', `if x; then\n\t${BAD}\nfi\n`, `if x; then\n\t# mountc-disable-next-line RULE\n\t${BAD}\nfi\n`],
    ['b.sh', `true && \\\n  ${BAD}\n`, `# mountc-disable-next-line RULE\ntrue && \\\n  ${BAD}\n`],
    ['c.sh', `\ufeff${BAD}\r\n`, `\ufeff# mountc-disable-next-line RULE\r\n${BAD}\r\n`],
    [
      'd.sh',
      'docker run \\\n  -v /a:/b:readonly \\\n  -v /c:d \\\n  alpine\n',
      '# mountc-disable-next-line target-not-absolute, RULE\ndocker run \\\n  -v /a:/b:readonly \\\n  -v /c:d \\\n  alpine\n',
    ],
    [
      'e.sh',
      'a=(\n  -v /a:/b:readonly\n)\ndocker run "${a[@]}" x\n',
      'a=(\n  # mountc-disable-next-line RULE\n  -v /a:/b:readonly\n)\ndocker run "${a[@]}" x\n',
    ],
    ['Makefile', `x:\n\t${BAD}\n`, `x:\n# mountc-disable-next-line RULE\n\t${BAD}\n`],
    ['justfile', `x:\n    ${BAD}\n`, `x:\n    # mountc-disable-next-line RULE\n    ${BAD}\n`],
    ['a.ps1', `  ${BAD}\n`, `  # mountc-disable-next-line RULE\n  ${BAD}\n`],
    ['a.bat', `${BAD}\r\n`, `rem mountc-disable-next-line RULE\r\n${BAD}\r\n`],
    [
      'a.service',
      `[Service]\nExecStart=/usr/bin/${BAD}\n`,
      `[Service]\n# mountc-disable-next-line RULE\nExecStart=/usr/bin/${BAD}\n`,
    ],
    [
      'compose.yaml',
      'services:\n  a:\n    image: x\n    volumes:\n      - ./a:/b:readonly\n',
      'services:\n  a:\n    image: x\n    volumes:\n      # mountc-disable-next-line RULE\n      - ./a:/b:readonly\n',
    ],
    [
      '.github/workflows/a.yml',
      `on: push\njobs:\n  a:\n    steps:\n      - run: |\n          ${BAD}\n`,
      `on: push\njobs:\n  a:\n    steps:\n      - run: |\n          # mountc-disable-next-line RULE\n          ${BAD}\n`,
    ],
    [
      'devcontainer.json',
      '{\n  "runArgs": [\n    "-v", "/a:/b:readonly"\n  ]\n}\n',
      '{\n  // mountc-disable-next-line RULE\n  "runArgs": [\n    "-v", "/a:/b:readonly"\n  ]\n}\n',
    ],
    [
      'Dockerfile',
      `FROM x\nRUN true \\\n  && ${BAD}\n`,
      `FROM x\n# mountc-disable-next-line RULE\nRUN true \\\n  && ${BAD}\n`,
    ],
    [
      'a.md',
      `1. x\n\n   \`\`\`sh\n   ${BAD}\n   \`\`\`\n`,
      `1. x\n\n   <!-- mountc-disable-next-line RULE -->\n   \`\`\`sh\n   ${BAD}\n   \`\`\`\n`,
    ],
    ['b.md', `Run \`${BAD}\`\nnow.\n`, `Run \`${BAD}\` <!-- mountc-disable-line RULE -->\nnow.\n`],
    [
      'a.rst',
      `.. code-block:: sh\n\n   ${BAD}\n`,
      `.. mountc-disable-next-line RULE\n.. code-block:: sh\n\n   ${BAD}\n`,
    ],
    [
      'a.adoc',
      `[source,sh]\n----\n${BAD}\n----\n`,
      `// mountc-disable-next-line RULE\n[source,sh]\n----\n${BAD}\n----\n`,
    ],
    ['a.py', `os.system("${BAD}")\n`, `# mountc-disable-next-line RULE\nos.system("${BAD}")\n`],
    ['a.ts', `exec('${BAD}');\n`, `// mountc-disable-next-line RULE\nexec('${BAD}');\n`],
    ['Jenkinsfile', `sh '${BAD}'\n`, `// mountc-disable-next-line RULE\nsh '${BAD}'\n`],
  ])('%s', async (path, before, after) => {
    put({ [path]: before });
    const { code, stdout, stderr } = await lint('--add-disables', path);
    expect(read(path)).toBe(after.replaceAll('RULE', RULE));
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(/turned off by comments now\n$/),
    });
    expect(await lint(path)).toEqual({ code: 0, stdout: '', stderr: '' });
    const patch = await lint('--add-disables', '--diff', path);
    expect(patch).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test.each<[path: string, text: string, why: RegExp]>([
    ['package.json', `{"scripts": {"a": "${BAD}"}}`, /no comments/],
    ['heredoc.sh', `ssh host sh <<EOF\n${BAD}\nEOF\n`, /passed on/],
    ['Makefile', `define x\n${BAD}\nendef\n`, /passed on/],
    [
      'folded.yml',
      `- hosts: a\n  tasks:\n    - command: >\n        docker run\n        -v /a:/b:readonly x\n`,
      /change something/,
    ],
    [
      'words.yml',
      `- hosts: a\n  tasks:\n    - command: |\n        docker run\n        -v /a:/b:readonly x\n`,
      /change something/,
    ],
    [
      '.github/workflows/cmd.yml',
      `on: push\njobs:\n  a:\n    steps:\n      - shell: cmd\n        run: |\n          ${BAD}\n`,
      /for cmd/,
    ],
    ['a.go', `exec.Command("sh", "-c", \`\n${BAD}\n\`)\n`, /inside a string/],
    ['a.mdx', `\`\`\`sh\n${BAD}\n\`\`\`\n`, /MDX/],
    ['table.md', `| a | b |\n|---|---|\n| x | \`${BAD}\` |\n`, /part of the page/],
    ['literal.rst', `And::\n\n   ${BAD}\n`, /part of the page/],
    ['broken.sh', `${BAD}\nif\n`, /nothing is added/],
  ])('%s: what cannot be done is said', async (path, text, why) => {
    put({ [path]: text });
    const { code, stderr } = await lint('--add-disables', path);
    expect({ code, stderr, text: read(path) }).toEqual({ code: 1, stderr: expect.stringMatching(why), text });
  });
});

describe('the reason', () => {
  test('stands behind the rules', async () => {
    put({ 'a.sh': `${BAD}\n`, 'a.md': `\`\`\`sh\n${BAD}\n\`\`\`\n` });
    expect((await lint('--add-disables', '--reason', "it's old")).code).toBe(0);
    expect(read('a.sh')).toBe(`# mountc-disable-next-line ${RULE} -- it's old\n${BAD}\n`);
    expect(read('a.md')).toContain(`<!-- mountc-disable-next-line ${RULE} -- it's old -->\n`);
    expect((await lint()).code).toBe(0);
  });

  test('ends no string that a script is in', async () => {
    const text = `bash -c '\n${BAD}\n'\n`;
    put({ 'a.sh': text });
    for (const reason of ["it's old", '$(reboot)', '`reboot` now', 'a "b"']) {
      const { code, stderr } = await lint('--add-disables', '--reason', reason);
      expect({ code, stderr, text: read('a.sh') }).toEqual({
        code: 1,
        stderr: expect.stringMatching(/its reason has/),
        text,
      });
    }
    expect((await lint('--add-disables', '--reason', 'it is old')).code).toBe(0);
  });

  test.each([
    '',
    ' ',
    'a\nb',
    'a\u2028b',
    '\u001b[2J',
    'a --> b',
    'a */ b',
    'a\\',
    'a`',
    'a^',
    'x'.repeat(400),
  ])('%j is none', async (reason) => {
    put({ 'a.sh': `${BAD}\n` });
    expect((await lint('--add-disables', '--reason', reason)).code).toBe(2);
    expect(read('a.sh')).toBe(`${BAD}\n`);
  });
});

describe('with other options', () => {
  test.each([['--fix'], ['--list'], ['--write-baseline'], ['--command', BAD]])(
    'not with %s',
    async (...more) => {
      put({ 'a.sh': `${BAD}\n` });
      expect((await lint('--add-disables', ...more)).code).toBe(2);
      expect((await lint('--reason', 'x')).code).toBe(2);
    },
  );

  test('what a baseline knows gets no comment', async () => {
    put({ 'a.sh': `${BAD}\n` });
    await lint('--baseline', 'known.json', '--write-baseline');
    put({ 'a.sh': `${BAD}\ndocker run -v /c:/d:readonly alpine\n` });
    await lint('--baseline', 'known.json', '--add-disables');
    expect(read('a.sh')).toBe(
      `${BAD}\n# mountc-disable-next-line ${RULE}\ndocker run -v /c:/d:readonly alpine\n`,
    );
  });

  test('standard input goes to standard output', async () => {
    const { stdout } = await runLint(['--add-disables', '-'], { cwd, stdin: `${BAD}\n` });
    expect(stdout).toBe(`# mountc-disable-next-line ${RULE}\n${BAD}\n`);
  });

  test('what is said of comments themselves stays', async () => {
    put({ 'a.sh': `# mountc-disable-next-line ${RULE}\ntrue\n` });
    const { stderr } = await lint('--add-disables', '--fail-on', 'warning');
    expect(stderr).toContain('it is about a comment itself');
  });
});

describe('all fixtures', () => {
  const root = fileURLToPath(new URL('../../fixtures', import.meta.url));
  const options: LintOptions = { dialect: makeDialect(), rules: {} };
  const kindPath = (path: string) =>
    path.startsWith('vscode-tasks/')
      ? '.vscode/tasks.json'
      : path.startsWith('github/')
        ? `.github/workflows/${path.split('/').at(-1)}`
        : path;
  /** Where more than one finding has no place for a comment: in a heredoc, a long string, or what is itself the page. */
  const NO_PLACE: Readonly<Record<string, number>> = {
    'shell/err/heredocs.sh': 6,
    'shell/err/other-builders.sh': 4,
    'rst/err/folders-to-fill-in.rst': 2,
    'adoc/err/literal-paragraphs.adoc': 2,
    'markdown/err/templates-of-javascript.mdx': 2,
    'markdown/err/aliases-and-functions.md': 2,
    'github/err/options-of-a-service.yml': 2,
  };
  const folders = readdirSync(root, { withFileTypes: true }).filter((one) => one.isDirectory());
  for (const { name } of folders) {
    test(`${name}: silent, but for what was said, and a second run changes nothing`, async () => {
      const paths = readdirSync(join(root, name), { recursive: true, encoding: 'utf8' })
        .filter((path) => /^(?:err|ok)\/[^/]+$/.test(path))
        .map((path) => `${name}/${path}`);
      for (const path of paths) {
        const text = readFileSync(join(root, path), 'utf8');
        const kind = kindOf(kindPath(path), text)!;
        const judge = async (now: string) => toJudged(now, await judgeText(kind, now, path, options));
        const start = await judge(text);
        const added = await addDisables(start, start.diagnostics, { kind, path, judge, reason: 'known' });
        const stays = added.left.map(({ finding }) => finding.rule).sort();
        expect(added.diagnostics.map(({ rule }) => rule).sort(), path).toEqual(stays);
        expect(added.added + stays.length, path).toBe(start.diagnostics.length);
        // Only lines that hold a directive, and ends of lines.
        const directive =
          /[^\n]*mountc-disable-next-line [a-z, -]+ -- known(?: -->)?\r?\n| <!-- mountc-disable-line [a-z, -]+ -- known -->/g;
        expect(added.text.replace(directive, ''), path).toBe(text);
        const again = await addDisables(added, added.diagnostics, { kind, path, judge, reason: 'known' });
        expect(again.text, path).toBe(added.text);
        if (kind !== 'package-json')
          expect(
            // A comment between the lines of a broken command breaks it anew.
            stays.filter((rule) => rule !== 'broken-continuation').length,
            `${path}: ${added.left.map(({ why }) => why)}`,
          ).toBeLessThanOrEqual(NO_PLACE[path] ?? 1);
      }
    });
  }
});
