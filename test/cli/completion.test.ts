import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FORM_NAMES } from '../../src/cli/forms.js';
import { runMountc } from '../support/cli.js';
import { completeLine, hasShell } from '../support/complete-line.js';
import { sharedTempDir, tempDir } from '../support/temp-dir.js';

const script = async (shell: string) => (await runMountc(['completion', shell])).stdout;

describe.each(['bash', 'zsh', 'fish'] as const)('%s', (shell) => {
  if (!hasShell(shell)) {
    test.skip(`completes (there is no ${shell} here)`, () => {});
    return;
  }
  const folder = sharedTempDir();
  mkdirSync(join(folder, 'scripts'));
  writeFileSync(join(folder, 'script.sh'), '');
  const complete = async (line: string) =>
    completeLine(shell, (await runMountc(['completion', shell])).stdout, line, folder);

  test.each([
    ['mountc conv', ['convert']],
    [
      'mountc ',
      [
        'completion',
        'convert',
        'docker',
        'doctor',
        'explain',
        'inspect',
        'last',
        'lint',
        'lsp',
        'podman',
        'shim',
        'why',
      ],
    ],
    ['mountc --v', ['--version']],
    ['mountc convert --to ', [...FORM_NAMES].sort()],
    ['mountc convert --to dev', ['devcontainer']],
    ['mountc convert --to mount --st', ['--strict']],
    ['mountc lint --fail-on w', ['warning']],
    ['mountc completion ', ['bash', 'fish', 'powershell', 'zsh']],
    ['mountc lint --rule broad', ['broad-host-mount=']],
    ['mountc lint --format sar', ['sarif']],
    ['mountc lint --docker au', ['auto']],
    ['mountc lint --podman ', ['4.3', '6.1', 'auto']],
    ['mountc explain bind-prop', ['bind-propagation']],
    ['mountc explain tilde', ['tilde-not-expanded']],
    ['mountc why --engine po', ['podman']],
    ['mountc shim ins', ['install']],
    ['mountc shim install --pl', ['--plugin']],
    ['mountc doctor --format ', ['json', 'text']],
  ])('%s', async (line, expected) => {
    const found = await complete(line);
    // What may follow a command beside its words: options.
    expect(found.filter((word) => line.includes('-') || !word.startsWith('-'))).toEqual(expected);
  });

  test.each(['mountc lint scr', 'mountc convert -f scr', 'mountc convert --file scr'])(
    '%s: files',
    async (line) => {
      const found = (await complete(line)).map((word) => word.replace(/\/$/, ''));
      expect(found).toEqual(['script.sh', 'scripts']);
    },
  );
});

test.each(['zsh', 'fish', 'bash'])('the script for %s is one that the shell reads', async (shell) => {
  const text = await script(shell);
  for (const name of [
    'convert',
    'lint',
    'explain',
    'docker',
    'inspect',
    'why',
    'last',
    'doctor',
    'shim',
    'completion',
  ])
    expect(text).toContain(name);
  if (hasShell(shell)) {
    const file = join(tempDir(), 'script');
    writeFileSync(file, text);
    const { status, stderr } = spawnSync(shell, ['-n', file], { encoding: 'utf8' });
    expect(`${status} ${stderr}`).toBe('0 ');
  }
});

test('an unknown shell is a mistake', async () => {
  expect((await runMountc(['completion', 'tcsh'])).code).toBe(2);
  expect((await runMountc(['completion'])).code).toBe(2);
});

test('the script for PowerShell has the commands, their options and the values', async () => {
  const text = await script('powershell');
  expect(text).toMatch(/^# PowerShell completion for mountc/);
  expect(text).toContain("'--fail-on' = @('error', 'warning', 'info', 'never')");
  expect(text).toMatch(/'convert' = @\{ Words = @\('--to'/);
});

describe('--install', () => {
  const world = (home: string, shell = '/bin/bash') => ({ env: { HOME: home, SHELL: shell } });

  test.each([
    ['bash', '.local/share/bash-completion/completions/mountc'],
    ['fish', '.config/fish/completions/mountc.fish'],
    ['zsh', '.local/share/zsh/site-functions/_mountc'],
  ])('%s: where the shell looks, again over its own', async (shell, path) => {
    const home = tempDir();
    for (const run of [
      ['completion', '--install', shell],
      ['completion', '--install'],
    ]) {
      const { code, stdout } = await runMountc(run, world(home, `/usr/bin/${shell}`));
      expect(code).toBe(0);
      expect(stdout).toContain(join(home, path));
      if (shell === 'bash') expect(stdout).toContain(`also add to ~/.bashrc: source ${join(home, path)}\n`);
      expect(readFileSync(join(home, path), 'utf8')).toBe(await script(shell));
    }
  });

  test('nothing of others is written over, and nothing without a home', async () => {
    const home = tempDir();
    const file = join(home, '.config/fish/completions/mountc.fish');
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, 'mine\n');
    const refused = await runMountc(['completion', '--install', 'fish'], world(home));
    expect(refused.code).toBe(3);
    expect(readFileSync(file, 'utf8')).toBe('mine\n');
    expect((await runMountc(['completion', '--install', 'fish'], { env: {} })).code).toBe(2);
    expect((await runMountc(['completion', '--install', 'powershell'], world(home))).code).toBe(2);
    expect((await runMountc(['completion', '--install'], { env: { HOME: home } })).code).toBe(2);
  });

  // A shell runs what lies there.
  test.skipIf(process.platform === 'win32')(
    'nothing where somebody else could put another in its place',
    async () => {
      const home = tempDir();
      mkdirSync(join(home, '.config'));
      chmodSync(join(home, '.config'), 0o777);
      const { code, stderr } = await runMountc(['completion', '--install', 'fish'], world(home));
      expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('anyone may write to') });
      expect(readdirSync(join(home, '.config'))).toEqual([]);
    },
  );
});
