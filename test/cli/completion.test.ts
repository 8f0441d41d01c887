import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { readHelpOptions } from '../../src/cli/help-options.js';
import { hasBash } from '../support/bash.js';
import { runMountc } from '../support/cli.js';

const hasShell = (name: string) => spawnSync(name, ['-c', 'exit 0']).status === 0;
const script = async (shell: string) => (await runMountc(['completion', shell])).stdout;

describe.runIf(hasBash)('bash', () => {
  async function complete(...words: string[]): Promise<string[]> {
    const typed = words.map((word) => `'${word}'`).join(' ');
    const input = `${await script('bash')}\nCOMP_WORDS=(mountc ${typed}); COMP_CWORD=${words.length}; _mountc\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = spawnSync('bash', ['--norc'], { input, encoding: 'utf8' });
    return stdout.split('\n').filter(Boolean);
  }

  test('commands, options, values', async () => {
    expect(await complete('li')).toEqual(['lint']);
    expect(await complete('convert', '--t')).toEqual(['--to']);
    expect(await complete('convert', '--to', 'dev')).toEqual(['devcontainer']);
    expect(await complete('lint', '--fail-on', 'w')).toEqual(['warning']);
    expect(await complete('completion', '')).toEqual(expect.arrayContaining(['bash', 'zsh', 'fish']));
    expect(await complete('convert', '-f', '/et')).toContain('/etc');
  });
});

test.each(['zsh', 'fish', 'bash'])('the script for %s is one that the shell reads', async (shell) => {
  const text = await script(shell);
  for (const name of ['convert', 'lint', 'explain', 'docker', 'inspect', 'doctor', 'shim', 'completion'])
    expect(text).toContain(name);
  if (hasShell(shell)) {
    const { status, stderr } = spawnSync(shell, ['-n'], { input: text, encoding: 'utf8' });
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
