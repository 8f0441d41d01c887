// `--docker auto`: the docker that `mountc docker` would run says what is meant.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runLint, runMountc } from '../support/cli.js';
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
    expect(stderr).toContain('no docker reports its version');
    expect(code).toBe(2);
  });
});

describe('a docker that the tables do not know', () => {
  const NEWER =
    'mountc: docker 30.0.0 is newer than what mountc knows (20.10 to 29.8): it is checked as 29.8.0, and may accept what that refuses\n';
  const OLDER =
    'mountc: docker 19.03.15 is older than what mountc knows (20.10 to 29.8): it is checked as 20.10.0, and may refuse what that accepts\n';
  const GOOD = ['--', 'docker', 'run', '-v', '/a:/b', 'img'];

  test.each([
    ['--docker', '30', NEWER],
    ['--docker', '30.0.0-rc.1', NEWER],
    ['--engine', '30', NEWER.replace('docker', 'the engine')],
    ['--docker', '29.8', ''],
    ['--docker', '29.8.3', ''],
  ])('lint %s %s', async (flag, version, said) => {
    expect((await runLint([flag, version, ...GOOD])).stderr).toBe(said);
  });

  test.each([
    ['lint', 'x.sh', 'y.sh'],
    ['convert', '--to', 'mount', '--diff', 'x.sh', 'y.sh'],
  ])('%s for files whose configuration names one: said once', async (...argv) => {
    const cwd = tempDir();
    writeFileSync(join(cwd, '.mountc.yaml'), 'docker: "30"\n');
    for (const name of ['x.sh', 'y.sh']) writeFileSync(join(cwd, name), 'docker run -v /a:/b img\n');
    expect((await runMountc(argv, { cwd })).stderr.match(/^mountc: docker .*\n/gm)).toEqual([NEWER]);
    const chosen = await runMountc([argv[0]!, '--docker', '28', ...argv.slice(1)], { cwd });
    expect(chosen.stderr).not.toContain('newer than');
  });

  test.skipIf(process.platform === 'win32').each([
    ['30.0.0', NEWER],
    ['19.03.15', OLDER],
    ['29.8.0', ''],
  ])('auto, with docker %s', async (version, said) => {
    const dir = tempDir();
    writeProgram(join(dir, 'docker'), ANSWER(version, version));
    const env = { PATH: `${dir}:/usr/bin:/bin`, HOME: dir };
    for (const argv of [
      ['lint', '--docker', 'auto', ...GOOD],
      ['explain', '--docker', 'auto', '-v', '/a:/b'],
      ['convert', '--to', 'mount', '--docker', 'auto', '-v', 'data:/b'],
    ])
      expect((await runMountc(argv, { cwd: dir, env })).stderr).toBe(said);
  });
});

describe.skipIf(process.platform === 'win32')('--compose auto', () => {
  const FILE = "services:\n  a:\n    image: x\n    tmpfs: [/t]\n    volumes: ['./a:/t']\n";
  const lint = (dir: string) =>
    runLint(['--no-config', '--compose', 'auto', '--format', 'compact', 'compose.yaml'], {
      cwd: dir,
      env: { PATH: `${dir}/bin:/usr/bin:/bin`, HOME: dir },
    });

  test('asks docker compose, and the docker-compose on PATH where docker has none', async () => {
    const dir = tempDir();
    writeFileSync(join(dir, 'compose.yaml'), FILE);
    writeProgram(join(dir, 'bin/docker'), '#!/bin/sh\nexit 1\n');
    expect((await lint(dir)).stderr).toContain('no docker compose reports its version');
    writeProgram(
      join(dir, 'bin/docker-compose'),
      '#!/bin/sh\n[ "$*" = "version --short" ] && echo 2.40.3-3\n',
    );
    expect((await lint(dir)).stdout).toContain('Compose refuses the file');
    writeProgram(join(dir, 'bin/docker'), '#!/bin/sh\n[ "$1" = compose ] && echo v2.30.1\n');
    expect((await lint(dir)).stdout).toContain('warning');
  });
});
