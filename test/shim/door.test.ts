import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CAN_FAKE_DOCKER, writeDocker } from '../support/fake-docker.js';
import { tempDir, writeProgram } from '../support/temp-dir.js';

const MOUNTC = fileURLToPath(new URL('../../bin/mountc.js', import.meta.url));

// Writes down its arguments, NUL between them, and that it ran.
const STUB = `[ "$#" -eq 0 ] || printf '%s\\0' "$@" >"$OUT"
[ "$#" -gt 0 ] || : >"$OUT"
cat
[ -z "$KILL" ] || kill -"$KILL" $$
exit "\${EXIT:-0}"
`;

function door(args: readonly string[], env: Record<string, string> = {}, input = '') {
  const dir = tempDir();
  const out = join(dir, 'out');
  writeDocker(join(dir, 'bin', 'docker'), { client: '28.5.2', engine: '28.5.2', script: STUB });
  const result = spawnSync(process.execPath, [MOUNTC, 'docker', ...args], {
    input,
    encoding: 'utf8',
    env: { PATH: `${dir}/bin:/usr/bin:/bin`, OUT: out, HOME: dir, ...env },
  });
  const argv = existsSync(out) ? readFileSync(out, 'utf8').split('\0').slice(0, -1) : undefined;
  return { ...result, argv };
}

const BAD = ['run', '--mount', 'type=bind, src=/tmp, target=/b', 'alpine'];

describe.skipIf(!CAN_FAKE_DOCKER)('mountc docker', () => {
  it.each([
    [['run', '--rm', '-v', '/a:/b', 'img', 'a b', '', '\n', '*', '$(x)', "'", '"', '\\', 'é✓']],
    [['version']],
    [['--help']],
    [['run', '--help']],
    [[]],
    [['ps', '--', '-v']],
  ])('passes %j on as it is', (args) => {
    const { argv, status, stderr } = door(args);
    expect({ argv, status, stderr }).toEqual({ argv: args, status: 0, stderr: '' });
  });

  it('passes standard input through and exits as docker does', () => {
    const { stdout, status } = door(['run', '-i', 'img'], { EXIT: '42' }, 'some\0bytes\n');
    expect({ stdout, status }).toEqual({ stdout: 'some\0bytes\n', status: 42 });
  });

  it.each(['TERM', 'KILL', 'HUP', 'INT', 'SEGV'])('dies by SIG%s when docker does', (name) => {
    expect(door(['ps'], { KILL: name }).signal).toBe(`SIG${name}`);
  });

  it('stops what every docker refuses, with 125 and before docker runs', () => {
    const { argv, status, stdout, stderr } = door(BAD);
    expect({ argv, status, stdout }).toEqual({ argv: undefined, status: 125, stdout: '' });
    expect(stderr).toContain('mount-field-whitespace');
    expect(stderr).toContain('; this works:\ndocker run --mount type=bind,src=/tmp,target=/b alpine\n');
  });

  it.each([{ MOUNTC: 'off' }, { MOUNTC: 'warn' }])('runs it all the same under %o', (env) => {
    const { argv, status } = door(BAD, env);
    expect({ argv, status }).toEqual({ argv: BAD, status: 0 });
  });

  it('leaves to docker what is not about mounts', () => {
    const args = ['run', '-v', '/a:/b', '--nonsense', 'alpine'];
    expect(door(args).argv).toEqual(args);
  });

  it('runs docker when it is started through a link with that name', () => {
    const dir = tempDir();
    symlinkSync(MOUNTC, join(dir, 'docker'));
    writeProgram(join(dir, 'bin', 'docker'), '#!/bin/sh\necho "real $*"\n');
    const path = `${dir}:${dir}/bin:${dirname(process.execPath)}:/usr/bin:/bin`;
    const { stdout } = spawnSync(join(dir, 'docker'), ['ps', '-a'], {
      encoding: 'utf8',
      env: { PATH: path },
    });
    expect(stdout).toBe('real ps -a\n');
  });

  it('ends with 127 when there is no other docker', () => {
    const dir = tempDir();
    symlinkSync(MOUNTC, join(dir, 'docker'));
    const { status, stderr } = spawnSync(process.execPath, [join(dir, 'docker'), 'ps'], {
      encoding: 'utf8',
      env: { PATH: dir },
    });
    expect(status).toBe(127);
    expect(stderr).toMatch(/^mountc: there is no docker on PATH but mountc's own .*\n$/);
  });
});
