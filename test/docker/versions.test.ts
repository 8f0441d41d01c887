// `--docker auto`: the docker that `mountc docker` would run says what is meant.
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runMountc } from '../support/cli.js';
import { tempDir, writeProgram } from '../support/temp-dir.js';

const ANSWER = (client: string, engine: string) =>
  `#!/bin/sh\necho '{"Client":{"Version":"${client}"},"Server":{"Version":"${engine}","Os":"linux"}}'\n`;

describe.skipIf(process.platform === 'win32')('--docker auto', () => {
  const convert = (dir: string, env = {}) =>
    runMountc(['convert', '--to', 'mount', '--docker', 'auto', '-v', '/a:/b'], {
      cwd: dir,
      env: { PATH: `${dir}/bin:${dir}/real:/usr/bin:/bin`, HOME: dir, ...env },
    });

  test('asks the first docker that is not mountc', async () => {
    const dir = tempDir();
    mkdirSync(join(dir, 'bin'));
    cpSync(fileURLToPath(new URL('../../bin/docker', import.meta.url)), join(dir, 'bin/docker'));
    writeProgram(join(dir, 'real/docker'), ANSWER('29.3.0', '29.3.0'));
    const { stdout, code } = await convert(dir);
    expect(stdout).toBe('--mount type=bind,src=/a,dst=/b,bind-create-src\n');
    expect(code).toBe(0);
  });

  test('asks the one that MOUNTC_DOCKER names, and its engine', async () => {
    const dir = tempDir();
    writeProgram(join(dir, 'real/docker'), ANSWER('29.3.0', '29.3.0'));
    writeProgram(join(dir, 'other'), ANSWER('29.3.0', '20.10.24+dfsg1'));
    const { stdout } = await convert(dir, { MOUNTC_DOCKER: join(dir, 'other') });
    expect(stdout).toBe('--mount type=bind,src=/a,dst=/b\n');
  });

  test('says it when there is none', async () => {
    const dir = tempDir();
    const { code, stderr } = await convert(dir, { PATH: `${dir}/bin` });
    expect(stderr).toContain('there is no docker that says its version');
    expect(code).toBe(2);
  });
});
