// `mountc lint --diff | git apply`: a name must never make a patch of itself, nor of another file.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteName } from '../../src/report/quote-name.js';
import { runMountc } from '../support/cli.js';
import { SEED } from '../support/seed.js';
import { sharedTempDir, tempDir } from '../support/temp-dir.js';

const BAD = "docker run --mount 'type=bind, src=/a,dst=/b' alpine\n";
const GOOD = "docker run --mount 'type=bind,src=/a,dst=/b' alpine\n";
const HUNK =
  '--- a/.github/workflows/ci.yml\n+++ b/.github/workflows/ci.yml\n@@ -1 +1,2 @@\n on: push\n+evil: yes\n';

/** Names of one file, and files that a careless reader of the header would take instead. */
const NAMES: readonly (readonly [name: string, ...decoys: string[]])[] = [
  ['x.sh\n--- a/ci.yml\n+++ b/ci.yml\n@@ -1 +1,2 @@\n on: push\n+evil: yes\n.sh', 'x.sh', 'ci.yml'],
  ['plain.sh'],
  ['-rf.sh', 'rf.sh'],
  ['tab\tb.sh', 'tab'],
  ['trail.sh ', 'trail.sh'],
  ['trail.sh  \t', 'trail.sh', 'trail.sh '],
  [' lead.sh', 'lead.sh'],
  ['two  blanks.sh', 'two'],
  ['ts.sh\t2024-01-01 00:00:00 +0000', 'ts.sh'],
  ['ts.sh 2024-01-01 00:00:00.000 +0000', 'ts.sh'],
  ['ts.sh 1970-01-01 00:00:00 +0000', 'ts.sh'],
  ['x b/y.sh', 'x', 'y.sh', 'b/y.sh'],
  ['a/x.sh', 'x.sh', 'b/x.sh'],
  ['b/x.sh', 'x.sh', 'a/x.sh'],
  ['dev/null'],
  ['"quoted".sh', 'quoted.sh', 'quoted'],
  ['"a/x.sh"', 'x.sh', 'a/x.sh'],
  ['back\\slash.sh', 'backslash.sh', 'slash.sh'],
  ['back\\nslash.sh', 'back\nslash.sh'],
  ['\\303\\244.sh', 'ä.sh'],
  ['ä.sh', '\\303\\244.sh'],
  ['😀\u202e\u0085.sh'],
  ['bell\u0007\u000b\u001b[2J\u007f.sh'],
  ['cr.sh\r', 'cr.sh'],
  ['....sh', 'sh'],
  ['...', '..sh'],
];
const SCRIPT = '#!/bin/sh\n';

async function applied(
  tool: 'git' | 'patch',
  name: string,
  decoys: readonly string[],
  { below = '' }: { below?: string } = {},
): Promise<void> {
  const root = tempDir();
  execFileSync('git', ['init', '-q', root]);
  const cwd = join(root, below);
  const write = (path: string) => {
    if (existsSync(path)) return;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, SCRIPT + BAD);
  };
  write(join(cwd, name));
  const others = decoys.map((decoy) => join(cwd, decoy)).filter((path) => !existsSync(path));
  for (const path of others) {
    try {
      write(path);
    } catch {
      // A folder of that name is on the way.
    }
  }
  const { stdout } = await runMountc(['lint', '--diff', `./${name}`], { cwd });
  expect(stdout).toContain('@@ -1,2 +1,2 @@\n');
  expect(stdout.trimEnd().split('\n')).toHaveLength(6);
  const [program, ...args] = tool === 'git' ? ['git', 'apply'] : ['patch', '-p1', '--batch'];
  const run = spawnSync(program!, args, { cwd, input: stdout, encoding: 'utf8' });
  expect(run.stderr).toBe('');
  expect(readFileSync(join(cwd, name), 'utf8')).toBe(SCRIPT + GOOD);
  for (const path of others) if (existsSync(path)) expect(readFileSync(path, 'utf8')).toBe(SCRIPT + BAD);
}

const hasPatch = spawnSync('patch', ['--version'], { encoding: 'utf8' }).stdout?.startsWith('GNU patch');
const tools = ['git', 'patch'].filter((tool) => tool === 'git' || hasPatch) as ('git' | 'patch')[];

const cases = NAMES.map(([name, ...decoys]) => ({ name, decoys }));
test.each(cases)('git apply changes $name and nothing else', async ({ name, decoys }) =>
  applied('git', name, decoys),
);
test.skipIf(!hasPatch).each(cases)('GNU patch changes $name and nothing else', async ({ name, decoys }) =>
  applied('patch', name, decoys),
);

test('every format of a patch has the same header', async () => {
  const cwd = tempDir();
  const name = `x.sh\n${HUNK}`.replaceAll('/', ':');
  writeFileSync(join(cwd, name), `${SCRIPT}${BAD}docker run -v /a:/b x\n`);
  const quoted = quoteName(`a/${name}`);
  const outputs = await Promise.all([
    runMountc(['lint', '--diff'], { cwd }),
    runMountc(['lint', '--format', 'diff'], { cwd }),
    runMountc(['lint', '--diff', '--stdin-filename', name, '-'], { cwd, stdin: SCRIPT + BAD }),
    runMountc(['convert', '--to', 'mount', '--diff', '.'], { cwd }),
  ]);
  for (const { stdout } of outputs) {
    expect(stdout.split('\n', 1)[0]).toMatch(/^--- "a\/x\.sh\\n--- a:/);
    expect(stdout).toContain(`--- ${quoted}`);
    expect(stdout.match(/^--- /gm)).toHaveLength(1);
  }
});

test('what is outside of the folder is applied by nobody unasked', async () => {
  const root = tempDir();
  execFileSync('git', ['init', '-q', root]);
  const cwd = join(root, 'sub');
  const other = join(root, 'other.sh');
  // The absolute path of the file, below the folder.
  const decoy = join(cwd, other);
  for (const path of [other, decoy]) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, BAD);
  }
  for (const args of [
    ['--diff', other],
    ['--format', 'diff', other],
    ['--diff', '../other.sh'],
    ['--diff', '--stdin-filename', other, '-'],
  ]) {
    const { stdout } = await runMountc(['lint', ...args], { cwd, stdin: BAD });
    expect(stdout).toMatch(/^--- a\/\.\.\/other\.sh\n/);
    for (const tool of tools) {
      const [program, ...words] = tool === 'git' ? ['git', 'apply'] : ['patch', '-p1', '--batch'];
      spawnSync(program!, words, { cwd, input: stdout });
      for (const path of [other, decoy]) expect(readFileSync(path, 'utf8')).toBe(BAD);
    }
  }
});

test('git apply does not take the folder that it runs in for a part of the name', async () => {
  const root = tempDir();
  execFileSync('git', ['init', '-q', root]);
  const cwd = join(root, 'sub');
  const twin = join(cwd, 'x.sh');
  const meant = join(cwd, 'sub/x.sh');
  for (const path of [twin, meant]) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, BAD);
  }
  const { stdout } = await runMountc(['lint', '--diff', 'sub/x.sh'], { cwd });
  spawnSync('git', ['apply'], { cwd, input: stdout });
  expect(readFileSync(twin, 'utf8')).toBe(BAD);
  if (hasPatch) {
    spawnSync('patch', ['-p1', '--batch'], { cwd, input: stdout });
    expect([twin, meant].map((path) => readFileSync(path, 'utf8'))).toEqual([BAD, GOOD]);
  }
  // In other folders all is as ever.
  for (const tool of tools) await applied(tool, 'x.sh', [], { below: 'sub' });
});

test('a name that is not UTF-8 is reported, and nothing is printed for it', async () => {
  const cwd = tempDir();
  writeFileSync(Buffer.concat([Buffer.from(`${cwd}/bad`), Buffer.from([0xff]), Buffer.from('.sh')]), BAD);
  for (const command of [
    ['lint', '--diff'],
    ['lint', '--fix'],
    ['convert', '--to', 'volume', '--diff', '.'],
  ]) {
    const { code, stdout, stderr } = await runMountc(command, { cwd });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('its name is not UTF-8');
  }
});

const repository = sharedTempDir();

test('a name is quoted exactly as git quotes it', () => {
  execFileSync('git', ['init', '-q', repository]);
  const part = fc
    .string({
      unit: fc.oneof(
        fc.constantFrom(...'ab \t\n\r"\\\u0001\u0007\u001b\u007f\u0085ä\u202e😀\u00a0'),
        fc.string({ minLength: 1, maxLength: 1 }),
      ),
      minLength: 1,
      maxLength: 8,
    })
    .map((name) => `f${name.replace(/[/\0\p{Cs}]/gu, '_')}`);
  fc.assert(
    fc.property(fc.uniqueArray(part, { minLength: 20, maxLength: 40 }), (names) => {
      execFileSync('git', ['-C', repository, 'rm', '-rqf', '--ignore-unmatch', '.']);
      for (const name of names) writeFileSync(join(repository, name), '1\n');
      execFileSync('git', ['-C', repository, 'add', '-A', '-f']);
      for (const name of names) writeFileSync(join(repository, name), '2\n');
      const shown = execFileSync('git', ['-C', repository, '-c', 'core.quotePath=true', 'diff'], {
        encoding: 'utf8',
      });
      const headers = new Set(shown.split('\n').filter((line) => line.startsWith('--- ')));
      // patch loses a blank at the end unless it is in quotes; git reads those too.
      for (const name of names)
        if (!name.endsWith(' ')) expect(headers).toContain(`--- ${quoteName(`a/${name}`)}`);
    }),
    { numRuns: 5, seed: SEED },
  );
});
