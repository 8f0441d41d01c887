// Every block of the documentation is run here, or by the test that is named: what a reader copies works.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { hasBash } from '../support/bash.js';
import { runLint } from '../support/cli.js';
import { tempDir, writeFiles, writeProgram } from '../support/temp-dir.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const MOUNTC = join(root, 'bin/mountc.js');

interface Block {
  /** The page, the language and the number of the block among those of that language. */
  readonly name: string;
  readonly body: string;
}

const blocks: readonly Block[] = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
]
  .filter((page) => page.endsWith('.md'))
  .flatMap((page) => {
    const counts = new Map<string, number>();
    return [...readFileSync(join(root, page), 'utf8').matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(
      ([, language = '', body = '']) => {
        const count = (counts.get(language) ?? 0) + 1;
        counts.set(language, count);
        return { name: `${page} ${language} ${count}`, body };
      },
    );
  });

/** Where the others are run or generated. */
const ELSEWHERE: readonly (readonly [blocks: RegExp, test: string])[] = [
  [/^README\.md (?:console|sh|js) /, 'test/readme.test.ts'],
  [/^README\.md text /, 'test/engine/why.test.ts'],
  [/^docs\/architecture\.md /, 'test/architecture.test.ts'],
  [/^docs\/ci\.md (?:yaml [245]|json|groovy) /, 'test/package/ci-snippets.test.ts'],
  [/^docs\/ci\.md yaml 3 /, 'test/lint/github-action.test.ts'],
  [/^docs\/ci\.md yaml 1 /, 'test/package/from-clone.test.ts'],
  [/^docs\/ci\.md sh 1 /, 'test/package/image.test.ts'],
  [/^docs\/configuration\.md yaml /, 'test/lint/ci-files.test.ts'],
  [/^docs\/editors\.md /, 'test/lsp/editors.test.ts'],
  [/^docs\/library\.md /, 'test/docs/library-examples.test.ts'],
  [/^docs\/library-reference\.md /, 'test/docs/library.test.ts'],
  [/^docs\/options\.md /, 'test/docs/tables.test.ts'],
  [/^docs\/release\.md sh /, 'test/package/release.test.ts'],
  [/^CONTRIBUTING\.md sh /, 'test/docs/names.test.ts'],
];

const INSPECTED = JSON.stringify([
  { Name: '/web', Config: { Image: 'nginx' }, HostConfig: { Binds: ['data:/data'] } },
]);
const FILES = {
  'scripts/agent.sh': 'docker run -v /:/host agent\n',
  'compose.yaml': 'services:\n  web:\n    image: nginx\n    volumes: ["data:/data"]\nvolumes:\n  data:\n',
  'inspected.json': INSPECTED,
};

/** A repository with a finding, a branch after `origin/main`, and a docker that does nothing. */
function repository(): (script: string) => { status: number | null; stdout: string; stderr: string } {
  const cwd = tempDir();
  writeFiles(cwd, FILES);
  const bin = join(tempDir(), 'bin');
  writeProgram(join(bin, 'mountc'), `#!/bin/sh\nexec '${process.execPath}' '${MOUNTC}' "$@"\n`);
  const answer = `case "$*" in *inspect*) cat '${join(cwd, 'inspected.json')}';; ps) echo web;; esac`;
  for (const engine of ['docker', 'podman']) writeProgram(join(bin, engine), `#!/bin/sh\n${answer}\n`);
  const run = (script: string) =>
    spawnSync('bash', ['-c', script], {
      cwd,
      env: {
        PATH: `${join(cwd, '.git/shim')}:${bin}:${process.env['PATH']}`,
        HOME: join(cwd, '.git'),
        SHELL: '/bin/bash',
        NO_COLOR: '1',
      },
      encoding: 'utf8',
    });
  run(
    'git init -q . && git add -A && git -c user.name=a -c user.email=a@b commit -qm a && git branch -q origin/main',
  );
  return run;
}

const body = (name: string) => blocks.find((block) => block.name === name)!.body;

test('no block is forgotten', () => {
  const here = Object.keys(RUN);
  const known = ({ name }: Block) =>
    here.includes(name) || ELSEWHERE.some(([pattern]) => pattern.test(`${name} `));
  expect(blocks.filter((block) => !known(block)).map(({ name }) => name)).toEqual([]);
  expect(here.filter((name) => !blocks.some((block) => block.name === name))).toEqual([]);
  for (const [pattern, file] of ELSEWHERE) {
    expect(existsSync(join(root, file)), file).toBe(true);
    expect(
      blocks.some(({ name }) => pattern.test(`${name} `)),
      `${pattern}`,
    ).toBe(true);
  }
});

/** What each block that is run here comes to. */
const RUN: Readonly<Record<string, () => Promise<void> | void>> = {
  // Then the finding is known, and written down as the page shows it.
  'docs/old-repository.md sh 1': () => {
    const run = repository();
    expect(run('mountc lint --fail-on warning').status).toBe(1);
    expect(run(body('docs/old-repository.md sh 1'))).toMatchObject({ status: 0 });
    expect(run('cat .mountc-baseline.json').stdout).toBe(body('docs/old-repository.md json 1'));
    run(`cat > .mountc.yaml <<'END'\n${body('docs/old-repository.md yaml 1')}END`);
    expect(run('mountc lint --fail-on warning')).toMatchObject({ status: 0, stderr: '' });
  },
  'docs/old-repository.md yaml 1': () => {},
  'docs/old-repository.md json 1': () => {},
  'docs/old-repository.md sh 2': () => {
    const run = repository();
    expect(run(body('docs/old-repository.md sh 2'))).toMatchObject({ status: 0 });
    const [comment = '', ...rest] = body('docs/old-repository.md sh 3').split('\n');
    expect(run('cat scripts/agent.sh').stdout).toBe(`${comment}\n${rest.join('\n').replace(/\n+$/, '')}\n`);
    expect(run('mountc lint --fail-on info')).toMatchObject({ status: 0, stderr: '' });
  },
  'docs/old-repository.md sh 3': () => {},
  'docs/old-repository.md sh 4': () => {
    const run = repository();
    const line = body('docs/old-repository.md sh 4').replace(/\n$/, ' --fail-on warning');
    expect(run(line)).toMatchObject({ status: 0, stderr: '' });
    run('echo docker run -v /:/host other >> scripts/agent.sh');
    const { status, stdout } = run(line);
    expect(status).toBe(1);
    expect(stdout).toContain('1 warning');
    expect(stdout).toContain('scripts/agent.sh:2:');
  },
  // Its directives are all right, and each turns something off.
  'docs/configuration.md sh 1': async () => {
    const cwd = tempDir();
    const text = body('docs/configuration.md sh 1').replace('…', 'touch f; docker run -v "$PWD/f:/f:rw" x');
    writeFiles(cwd, { 'a.sh': text });
    const { stdout } = await runLint(['--format', 'json', '--rule', 'single-file-bind=info', 'a.sh'], {
      cwd,
    });
    const rules = (JSON.parse(stdout) as { rule: string }[]).map(({ rule }) => rule);
    expect(rules.filter((rule) => rule !== 'unused-directive')).toEqual([]);
  },
  'docs/conversions.md sh 1': () => {
    const run = repository();
    const lines = body('docs/conversions.md sh 1')
      .split('\n')
      .filter((line) => /^[^#]/.test(line));
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) {
      const { status, stderr } = run(line);
      expect(`${status} ${/^mountc(?: convert)?: (?!note|warning|added).*/m.exec(stderr)?.[0]}`, line).toBe(
        '0 undefined',
      );
    }
    expect(run('cat compose.yaml').stdout).toContain('redis:7');
  },
  'docs/shim.md console 1': () => {
    const run = repository();
    for (const line of body('docs/shim.md console 1').split('\n').filter(Boolean)) {
      const { status, stderr } = run(
        line.replace(/^\$ /, '').replace('install ', 'install --dir "$HOME/shim" '),
      );
      expect({ line, status, stderr }).toEqual({ line, status: 0, stderr: '' });
    }
  },
  // Its containers are not of this machine: only whether each form is understood.
  'docs/why.md console 1': () => {
    const run = repository();
    const lines = body('docs/why.md console 1').split('\n').filter(Boolean);
    const { stdout } = run(
      `${lines.map((line) => `{ ${line.replace(/^\$ /, '')}\n} >/dev/null 2>&1; echo $?`).join('\n')}`,
    );
    expect(stdout).toMatch(/^(?:[01]\n)+$/);
    expect(stdout.length).toBe(2 * lines.length);
  },
  'docs/shim.md console 2': () => {
    const text = body('docs/shim.md console 2').split('\n').slice(1).join('\n').trimEnd();
    // The screens are what a terminal of 80 columns shows, by test/shim/screens.test.ts.
    expect(readFileSync(join(root, 'test/shim/screens-80.txt'), 'utf8')).toContain(text);
  },
};

describe.skipIf(!hasBash)('the block', () => {
  test.each(Object.keys(RUN))('%s', async (name) => RUN[name]!());
});
