import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SHELLS } from '../support/shells.js';
import { tempDir, writeProgram } from '../support/temp-dir.js';

const LAUNCHER = fileURLToPath(new URL('../../bin/docker', import.meta.url));
const SECRET = 'wJalrXUtnFEMI';

/** The launcher with every program that it starts behind one that writes down its command line, which all users can read. */
function watchedLauncher() {
  const dir = tempDir();
  const seen = join(dir, 'seen');
  writeFileSync(seen, '');
  const watch = (name: string, real: string) =>
    writeProgram(
      join(dir, 'bin', name),
      `#!/bin/sh\nprintf '%s\\n' "${name}: $*" >>'${seen}'\nexec '${real}' "$@"\n`,
    );
  for (const name of ['tr', 'sed', 'grep', 'env', 'readlink', 'printf']) watch(name, `/usr/bin/${name}`);
  watch('node', process.execPath);
  const text = readFileSync(LAUNCHER, 'utf8')
    .replace(/^_mountc_node=.*$/m, `_mountc_node='${dir}/bin/node'`)
    .replace(/^_mountc_check=.*$/m, `_mountc_check='${join(dirname(LAUNCHER), '../dist/check.cjs')}'`)
    .replaceAll('/usr/bin', join(dir, 'bin'));
  const launcher = writeProgram(join(dir, 'own', 'docker'), text);
  const docker = writeProgram(join(dir, 'real', 'docker'), '#!/bin/sh\nprintf "%s|" "$TOKEN" "$@"\n');
  return { launcher, docker, dir, commands: () => readFileSync(seen, 'utf8') };
}

describe.skipIf(process.platform !== 'linux')('no value of the environment on a command line', () => {
  it.each(
    SHELLS.flatMap(([name, shell]) =>
      [['ps'], ['run', '-v', 'data:/data', 'img']].flatMap((args) =>
        [
          ['no PWD', {}],
          ['a wrong PWD', { PWD: '/wrong' }],
          ['names that are no names', { PWD: '/', 'A.B': SECRET, 'F%%': `() { ${SECRET}; }` }],
          ['values of several lines', { PWD: '/wrong', MORE: `a\nPWD=${SECRET}\nb` }],
          ['IFS and SHLVL', { IFS: SECRET, SHLVL: '7' }],
        ].map(([what, more]) => ({ name, shell, args, what, more: more as Record<string, string> })),
      ),
    ),
  )('$name, $args, $what', ({ shell, args, more }) => {
    const { launcher, docker, dir, commands } = watchedLauncher();
    const { stdout } = spawnSync(shell[0]!, [...shell.slice(1), launcher, ...args], {
      encoding: 'utf8',
      cwd: dir,
      env: { MOUNTC_DOCKER: docker, HOME: dir, TOKEN: SECRET, PATH: '/usr/bin:/bin', ...more },
    });
    expect(stdout).toBe([SECRET, ...args, ''].join('|'));
    expect(commands()).not.toContain(SECRET);
  });
});
