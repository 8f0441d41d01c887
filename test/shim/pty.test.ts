import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { tempDir, writeProgram } from '../support/temp-dir.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DRIVER = fileURLToPath(new URL('drive-terminal.py', import.meta.url));
const hasPty =
  process.platform === 'linux' &&
  spawnSync('python3', ['-c', 'import pty, fcntl, termios']).status === 0 &&
  spawnSync('bash', ['-c', ':']).status === 0;

// One signal at a time, said once; the last one ends it.
const STUB = `#!/bin/bash
tty=no; [ -t 0 ] && [ -t 1 ] && [ -t 2 ] && tty=yes
# A function: bash loses its place when the same trap with a substitution comes while it reads one.
on_winch() { echo WINCH $(stty size); }
trap on_winch WINCH
trap 'echo CONT' CONT
trap 'echo INT; exit 42' INT
trap 'echo QUIT; exit 43' QUIT
echo "ready tty=$tty $(stty size)"
for ((n = 0; n < 600; n++)); do read -r -t 0.05 -u 9 _; done 9<> <(:)
exit 7
`;

function drive(words: (docker: string) => readonly string[]) {
  const dir = tempDir();
  const docker = writeProgram(join(dir, 'docker'), STUB);
  const { stdout, stderr } = spawnSync(
    'python3',
    [DRIVER, ...words(docker), 'run', '-it', '-v', 'data:/data', 'img'],
    {
      encoding: 'utf8',
      env: {
        PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? '/usr/bin:/bin'}`,
        HOME: dir,
        TERM: 'dumb',
        MOUNTC_DOCKER: docker,
      },
      timeout: 100_000,
    },
  );
  return stdout + stderr;
}

const EXPECTED = `start: ready tty=yes 24 80
resize: WINCH 40 100
stopped: Stopped
continued: CONT
interrupt: INT
status: status=42
quit: QUIT
status: status=43
jobs: none left
`;

describe.skipIf(!hasPty)('on a pseudo-terminal (needs Linux, python3 and bash)', { timeout: 120_000 }, () => {
  it.each([
    ['plain docker', (docker: string) => [docker]],
    ['launcher', () => [join(ROOT, 'bin/docker')]],
    ['mountc docker', () => [process.execPath, join(ROOT, 'bin/mountc.js'), 'docker']],
  ])('%s: size, resize, Ctrl-Z and fg, Ctrl-C, Ctrl-\\', (_name, words) => {
    expect(drive(words)).toBe(EXPECTED);
  });
});
