import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CAN_FAKE_DOCKER, writeDocker } from '../support/fake-docker.js';
import { SHELLS } from '../support/shells.js';
import { tempDir, writeProgram } from '../support/temp-dir.js';

const LAUNCHER = fileURLToPath(new URL('../../bin/docker', import.meta.url));
const STUB = 'printf "<%s>" "$@"; exit 7';
const BAD = ['run', '--mount', 'type=bind, src=/tmp, target=/b', 'alpine'];
const GOOD = ['run', '-v', 'data:/data', '-itv', 'more:/more', 'alpine', '-v', 'x:/y'];
const shown = (args: readonly string[]) => args.map((word) => `<${word}>`).join('');

/** A folder with a stub as the real docker, and a launcher that install has filled in, in front of it. */
function world(edit: (text: string) => string = (text) => text) {
  const dir = tempDir();
  const real = writeDocker(join(dir, 'real', 'docker'), {
    client: '28.5.2',
    engine: '28.5.2',
    script: STUB,
  });
  const filled = readFileSync(LAUNCHER, 'utf8')
    .replace(/^_mountc_node=.*$/m, `_mountc_node='${process.execPath}'`)
    .replace(/^_mountc_check=.*$/m, `_mountc_check='${join(dirname(LAUNCHER), '../dist/check.cjs')}'`);
  const launcher = writeProgram(join(dir, 'own', 'docker'), edit(filled));
  const run = (args: readonly string[], more: Record<string, string> = {}, shell: readonly string[] = []) => {
    const [file, ...words] = [...shell, launcher, ...args];
    const env = { PATH: `${dir}/own:${dir}/real:/usr/bin:/bin`, HOME: dir, ...more };
    const { stdout, stderr, status } = spawnSync(file!, words, { encoding: 'utf8', env, cwd: dir });
    return { stdout, stderr, status };
  };
  return { dir, real, launcher, run };
}

describe.skipIf(!CAN_FAKE_DOCKER)('launcher', () => {
  it.each(SHELLS)('under %s: runs, refuses, rewrites', (_name, shell) => {
    const { run } = world();
    expect(run(GOOD, {}, shell)).toEqual({ stdout: shown(GOOD), stderr: '', status: 7 });
    expect(run(BAD, {}, shell)).toMatchObject({ stdout: '', status: 125 });
    expect(run(BAD, { MOUNTC: 'off' }, shell)).toEqual({ stdout: shown(BAD), stderr: '', status: 7 });
    const odd = ["it's", 'a\nb', '', '$(x)', '*'];
    const rewritten = run([...GOOD, ...odd], { MOUNTC_REWRITE: 'mount' }, shell);
    expect(rewritten.stdout).toBe(
      shown([
        'run',
        '--mount',
        'type=volume,src=data,dst=/data',
        '-it',
        '--mount',
        'type=volume,src=more,dst=/more',
      ]) + shown(['alpine', '-v', 'x:/y', ...odd]),
    );
  });

  it.each(['--env-file=.env', '--env-file=.nosuch'])("keeps docker's %s from Node", (flag) => {
    const { dir, run } = world();
    writeFileSync(
      join(dir, 'evil.cjs'),
      `require("fs").writeFileSync(${JSON.stringify(join(dir, 'ran'))}, "")`,
    );
    writeFileSync(join(dir, '.env'), `NODE_OPTIONS=--require ${dir}/evil.cjs\nMOUNTC=off\n`);
    expect(run(['run', flag, ...BAD.slice(1)])).toMatchObject({ stdout: '', status: 125 });
    expect(existsSync(join(dir, 'ran'))).toBe(false);
  });

  it.each([
    [
      'Node is missing',
      (text: string) => text.replace(/^_mountc_node=.*$/m, '_mountc_node=/none/node'),
      { PATH: '' },
    ],
    ['Node is broken', (text: string) => text.replace(/^_mountc_node=.*$/m, '_mountc_node=/bin/false'), {}],
    [
      'the bundle is gone',
      (text: string) => text.replace(/^_mountc_check=.*$/m, '_mountc_check=/none/check.cjs'),
      {},
    ],
  ])('runs docker when %s', (_name, edit, more) => {
    const { run, real } = world(edit);
    expect(run(BAD, { MOUNTC_DOCKER: real, ...more })).toEqual({ stdout: shown(BAD), stderr: '', status: 7 });
  });

  it('runs docker when Node is too old', () => {
    const { run, dir } = world((text) => text.replace(/^_mountc_node=.*$/m, '_mountc_node=$HOME/node'));
    writeProgram(
      join(dir, 'node'),
      `#!/bin/sh\nexec '${process.execPath}' -e 'Object.defineProperty(process.versions, "node", { value: "12.0.0" }); require(process.argv[1])' "$@"\n`,
    );
    expect(run(BAD)).toEqual({ stdout: shown(BAD), stderr: '', status: 7 });
    // So that the launcher says on a terminal that nothing is checked.
    const check = join(dirname(LAUNCHER), '../dist/check.cjs');
    const { status, stdout } = spawnSync(join(dir, 'node'), [check, 't:docker', 'docker', ...BAD]);
    expect([status, String(stdout)]).toEqual([1, '']);
  });

  it.each<Record<string, string>>([
    { NODE_OPTIONS: '--no-such-option' },
    { NODE_OPTIONS: '--require /none.js' },
    { NODE_EXTRA_CA_CERTS: '/none.pem' },
    { NODE_DEBUG: 'fs,module' },
    { NODE_V8_COVERAGE: '/none' },
  ])('checks all the same under %o', (env) => {
    const { run } = world();
    const { status, stderr } = run(BAD, env);
    expect(status).toBe(125);
    expect(stderr).toMatch(/^mountc: whitespace.*; this works:\ndocker run/);
  });

  it('finds the real docker after copies, links and relatives of itself', () => {
    const { dir, launcher, run } = world();
    for (const name of ['copy', 'link', 'hard', 'mountc']) mkdirSync(join(dir, name));
    copyFileSync(LAUNCHER, join(dir, 'copy/docker'));
    symlinkSync(launcher, join(dir, 'link/docker'));
    linkSync(launcher, join(dir, 'hard/docker'));
    symlinkSync(join(dirname(LAUNCHER), 'mountc.js'), join(dir, 'mountc/docker'));
    const path = `own:./own:${dir}/copy:${dir}/link:${dir}/hard:${dir}/mountc:none`;
    expect(run(['ps'], { PATH: `${path}:${dir}/real:/usr/bin:/bin` }).stdout).toBe('<ps>');
    expect(run(['ps'], { PATH: `${path}:real:/usr/bin:/bin` }).stdout).toBe('<ps>');
    const { status, stderr } = run(['ps'], { PATH: path });
    expect({ status, stderr }).toEqual({
      status: 127,
      stderr:
        "mountc: there is no docker on PATH but mountc's own; install docker, or set its path in MOUNTC_DOCKER\n",
    });
  });

  it('does not go round with a script that looks for docker again', () => {
    const { dir, run } = world();
    writeProgram(join(dir, 'wrapper/docker'), '#!/bin/sh\nexec docker wrapped "$@"\n');
    writeProgram(join(dir, 'second/docker'), '#!/bin/sh\ndocker second "$@"\n');
    const path = `${dir}/own:${dir}/wrapper:${dir}/second:${dir}/real:/usr/bin:/bin`;
    expect(run(['ps'], { PATH: path }).stdout).toBe('<second><wrapped><ps>');
    expect(run(['ps'], { PATH: `${dir}/own:${dir}/wrapper:/usr/bin/none` }).status).toBe(127);
  });

  it('leaves podman and nerdctl alone', () => {
    const { dir, run } = world();
    writeProgram(join(dir, 'podman/docker'), '#!/bin/sh\n# exec podman "$@"\nprintf "<%s>" "$@"\n');
    expect(run(BAD, { PATH: `${dir}/podman:/usr/bin:/bin` }).stdout).toBe(shown(BAD));
  });

  it('reads the settings of the user', () => {
    const { dir, run } = world();
    mkdirSync(join(dir, '.config/mountc'), { recursive: true });
    const write = (shim: object) =>
      writeFileSync(join(dir, '.config/mountc/config.json'), JSON.stringify({ shim }));
    write({ mode: 'off' });
    expect(run(BAD).status).toBe(7);
    expect(run(BAD, { MOUNTC: 'block' }).status).toBe(125);
    write({ rewrite: 'mount' });
    expect(run(GOOD).stdout).toContain('<--mount>');
    // A repository has no say in how docker runs.
    write({});
    writeFileSync(join(dir, '.mountc.json'), JSON.stringify({ shim: { mode: 'off' } }));
    expect(run(BAD).status).toBe(125);
  });

  it('says nothing about warnings unless it is asked or on a terminal', () => {
    const { run } = world();
    const odd = ['run', '-v', '/:/host', 'alpine'];
    expect(run(odd).stderr).toBe('');
    expect(run(odd, { MOUNTC: 'warn' }).stderr).toMatch(/^mountc: warning: .*\[broad-host-mount\]\n$/);
    expect(run(odd, { MOUNTC: 'warn', MOUNTC_DISABLE: 'broad-host-mount' }).stderr).toBe('');
  });
});
