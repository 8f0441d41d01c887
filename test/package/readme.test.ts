import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Installed, installPackage } from './installed.js';
import { readmeSessions, sortedLines } from './readme-sessions.js';

const sessions = readmeSessions();

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
    expect(sortedLines(stdout)).toEqual(sortedLines(output));
  });
});
