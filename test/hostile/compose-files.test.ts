// Files that other files name: those of a Compose project are read in its tree alone, and nothing is waited for.
import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { runLint, runMountc } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

const SECRET = 'services: {stolen: {image: i, volumes: ["/secret:/s"]}}\n';
const BASE = 'services: {app: {image: i, volumes: ["/a:/b"]}}\n';

let parent = '';
let cwd = '';
beforeEach(() => {
  parent = tempDir();
  cwd = join(parent, 'repo');
  writeFiles(parent, { 'outside.yaml': SECRET, 'repo/.git/HEAD': 'x' });
});

const convert = (file: string, env: Record<string, string> = {}) =>
  runMountc(['convert', '--to', 'mount', '-f', file], { cwd, env });

/** Names that lead to no file of the repository. */
const ELSEWHERE: readonly (readonly [name: string, make: (path: string) => void, why: RegExp])[] = [
  ['a link that leads out', (path) => symlinkSync('../outside.yaml', path), /is a link that leads out of/],
  ['a link to a device', (path) => symlinkSync('/dev/zero', path), /is a device/],
  [
    'a link to the environment',
    (path) => symlinkSync('/proc/self/environ', path),
    /is a link that leads out of/,
  ],
  ['a link to itself', (path) => symlinkSync(basename(path), path), /too many symbolic links|is a link/],
  ['a pipe', (path) => execFileSync('mkfifo', [path]), /is a pipe/],
  [
    'a file of 5 GB',
    (path) => {
      writeFileSync(path, '');
      truncateSync(path, 5 * 1024 ** 3);
    },
    /is larger than 16 MB/,
  ],
];

describe.skipIf(process.platform === 'win32')('what a Compose file names', () => {
  const NAMES: readonly (readonly [key: string, text: (file: string) => string])[] = [
    ['include', (file) => `include: [${file}]\n${BASE}`],
    ['include with a path', (file) => `include: [{path: [${file}], project_directory: /}]\n${BASE}`],
    ['extends', (file) => BASE.replace('image: i', `image: i, extends: {file: ${file}, service: stolen}`)],
  ];

  describe.each(NAMES)('%s', (_, text) => {
    test.each([
      '../outside.yaml',
      '/etc/passwd',
      '/dev/zero',
      'sub/../../outside.yaml',
      '/proc/self/environ',
    ])('%s lies elsewhere', async (file) => {
      writeFiles(cwd, { 'compose.yaml': text(file) });
      const { code, stdout, stderr } = await convert('compose.yaml');
      expect(stderr).toContain(`is outside of \`${cwd}\``);
      expect(stdout + stderr).not.toMatch(/secret|root:|PATH=/);
      expect({ code, stdout }).toEqual({
        code: 1,
        stdout: '--mount type=bind,src=/a,dst=/b\n',
      });
    });

    test.each(ELSEWHERE)('%s', async (_name, make, why) => {
      writeFiles(cwd, { 'compose.yaml': text('it.yaml') });
      make(join(cwd, 'it.yaml'));
      const { code, stdout, stderr } = await convert('compose.yaml');
      expect(stderr).toMatch(why);
      expect(stdout + stderr).not.toMatch(/secret|PATH=/);
      expect(code).toBe(1);
    });
  });

  test('in the tree, also above the folder, it is read', async () => {
    writeFiles(cwd, {
      'base/common.yaml': 'services: {one: {image: i, volumes: ["/from-base:/x"]}}\n',
      'app/compose.yaml': BASE.replace('image: i', 'extends: {file: ../base/link.yaml, service: one}'),
    });
    symlinkSync('common.yaml', join(cwd, 'base/link.yaml'));
    expect(await convert('app/compose.yaml')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('/from-base'),
    });
    // Without a repository the tree is the folder that we are in.
    rmSync(join(cwd, '.git'), { recursive: true });
    expect(await convert('app/compose.yaml')).toMatchObject({ code: 0 });
    const inner = await runMountc(['convert', '--to', 'mount', '-f', 'compose.yaml'], {
      cwd: join(cwd, 'app'),
      env: {},
    });
    expect(inner.stderr).toContain(`is outside of \`${cwd}/app\``);
  });
});

describe.skipIf(process.platform === 'win32')('what lies next to it', () => {
  test.each(ELSEWHERE)('.env as %s', async (_, make, why) => {
    writeFiles(cwd, { 'compose.yaml': `${BASE}volumes: {unused: {}}\n` });
    make(join(cwd, '.env'));
    const { code, stdout, stderr } = await convert('compose.yaml');
    expect({ code, stdout, stderr }).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringMatching(why),
    });
    expect(await convert('.')).toMatchObject({ code: 3, stdout: '' });
    // It may name more files, so that nothing is said of what the project lacks.
    expect(await runLint(['--format', 'compact'], { cwd, env: {} })).toMatchObject({ code: 0, stdout: '' });
    rmSync(join(cwd, '.env'));
    expect((await runLint(['--format', 'compact'], { cwd, env: {} })).stdout).toContain(
      'compose-unused-volume',
    );
  });

  test.each(ELSEWHERE)('an override as %s', async (_, make, why) => {
    writeFiles(cwd, { 'compose.yaml': BASE });
    make(join(cwd, 'compose.override.yaml'));
    const { code, stdout, stderr } = await convert('.');
    expect(stderr).toMatch(why);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  });

  test('what COMPOSE_FILE names is in the tree if .env says it, and anywhere if the user does', async () => {
    writeFiles(cwd, { 'compose.yaml': BASE, '.env': 'COMPOSE_FILE=../outside.yaml\n' });
    expect(await convert('.')).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringContaining('is outside of'),
    });
    const { code, stdout } = await convert('.', { COMPOSE_FILE: '../outside.yaml' });
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('/secret') });
  });
});

describe.skipIf(process.platform === 'win32')('what is named on the command line', () => {
  test('may be anywhere, also by a link', async () => {
    symlinkSync('../outside.yaml', join(cwd, 'link.yaml'));
    for (const file of ['../outside.yaml', join(parent, 'outside.yaml'), 'link.yaml'])
      expect(await convert(file)).toMatchObject({ code: 0, stdout: expect.stringContaining('/secret') });
    expect(
      await runMountc(
        ['convert', '--to', 'mount', '-f', 'compose.yaml', '-f', '../outside.yaml', '--service', 'stolen'],
        { cwd, env: {} },
      ),
    ).toMatchObject({ code: 3 });
  });

  test.each(ELSEWHERE.filter(([, , why]) => !why.source.startsWith('is a link')))(
    'is said when it is %s',
    async (_, make, why) => {
      make(join(cwd, 'it.yaml'));
      for (const argv of [
        ['convert', '--to', 'mount', '-f', 'it.yaml'],
        ['convert', '--to', 'mount', '-f', 'it.yaml', '-f', 'it.yaml'],
        ['convert', '--to', 'mount', '--from', 'devcontainer', '-f', 'it.yaml'],
        ['lint', 'it.yaml'],
        ['lint', '--config', 'it.yaml'],
      ]) {
        const { code, stdout, stderr } = await runMountc(argv, { cwd, env: {} });
        expect(
          stderr
            .replace('16 MB', 'x')
            .replace(/\d+ [kM]B/, '16 MB')
            .replace('larger than x', 'larger than 16 MB'),
        ).toMatch(why);
        expect(stdout).toBe('');
        expect(code).toBeGreaterThan(1);
      }
    },
  );

  test('for inspect too', async () => {
    execFileSync('mkfifo', [join(cwd, 'pipe.json')]);
    symlinkSync('/dev/zero', join(cwd, 'zero.json'));
    for (const [file, why] of [
      ['pipe.json', 'is a pipe'],
      ['zero.json', 'is a device'],
      ['.', 'is a directory'],
      ['none', 'no such file'],
    ] as const)
      expect(await runMountc(['inspect', '--file', file], { cwd, env: {} })).toMatchObject({
        code: 3,
        stderr: expect.stringContaining(why),
      });
  });
});
