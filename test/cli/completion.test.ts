import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FORM_NAMES } from '../../src/cli/forms.js';
import { readHelpOptions } from '../../src/cli/help-options.js';
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
    ['mountc completion ', ['bash', 'fish', 'zsh']],
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

test('options are read out of a help text', () => {
  const help = `Options:
  --to FORM            what form
  -w, --write          in place
  --quiet, -q          less
  --fix[=unsafe]       mend
  --stdin-filename PATH
  --assume bind|volume which
`;
  expect(readHelpOptions(help).map(({ long, short, value }) => [long, short, value])).toEqual([
    ['--to', undefined, 'FORM'],
    ['--write', '-w', undefined],
    ['--quiet', '-q', undefined],
    ['--fix', undefined, undefined],
    ['--stdin-filename', undefined, 'PATH'],
    ['--assume', undefined, 'bind|volume'],
  ]);
});
