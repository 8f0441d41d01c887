import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Installed, installPackage, ROOT } from './installed.js';

/** The commands of the README's consoles, with the output that it shows. */
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const sessions = [...readme.matchAll(/^```console\n([\s\S]*?)^```$/gm)].flatMap((block) =>
  block[1]!
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = '', ...output] = part.split('\n');
      return { command, output: output.join('\n') };
    }),
);

describe.skipIf(process.platform === 'win32')('the README, with the installed package', () => {
  let installed: Installed;
  beforeAll(() => {
    installed = installPackage();
    mkdirSync(join(installed.folder, 'work'));
  });
  afterAll(() => rmSync(installed.folder, { recursive: true, force: true }));

  test('has commands', () => {
    expect(sessions.length).toBeGreaterThan(4);
  });

  test.each(sessions)('$command', ({ command, output }) => {
    const { stdout } = spawnSync('sh', ['-c', `{ ${command.replaceAll('npx mountc', 'mountc')}\n} 2>&1`], {
      cwd: join(installed.folder, 'work'),
      encoding: 'utf8',
      env: { ...process.env, PATH: `${installed.bin}${delimiter}${process.env['PATH']}`, NO_COLOR: '1' },
    });
    // What goes to standard error may come first or last.
    const lines = (text: string) =>
      text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .sort();
    expect(lines(stdout)).toEqual(lines(output));
  });
});
