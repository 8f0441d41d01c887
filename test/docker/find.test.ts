import { copyFileSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findDocker, listDockers, viaFor } from '../../src/docker/find.js';
import { tempDir, writeProgram } from '../support/temp-dir.js';

const MOUNTC = fileURLToPath(new URL('../../bin/mountc.js', import.meta.url));
const STUB = '#!/bin/sh\nexit 0\n';

function world(): { dir: string; real: string; find: (path: string, more?: object) => string | undefined } {
  const dir = tempDir();
  const real = writeProgram(join(dir, 'real', 'docker'), STUB);
  mkdirSync(join(dir, 'own'));
  return {
    dir,
    real,
    find: (path, more = {}) => findDocker({ env: { PATH: path, ...more }, cwd: dir, selves: [MOUNTC] }).path,
  };
}

describe.skipIf(process.platform === 'win32')('finding docker', () => {
  it('takes the first on PATH', () => {
    const { dir, real, find } = world();
    expect(find(`${dir}/none:${dir}/real`)).toBe(real);
  });

  it.each([
    ['a symlink to mountc', (path: string) => symlinkSync(MOUNTC, path)],
    ['a copy of mountc', (path: string) => copyFileSync(MOUNTC, path)],
    [
      'a symlink to a symlink',
      (path: string) => {
        symlinkSync(MOUNTC, `${path}.step`);
        symlinkSync(`${path}.step`, path);
      },
    ],
  ])('passes over %s', (_name, make) => {
    const { dir, real, find } = world();
    make(join(dir, 'own', 'docker'));
    expect(find(`${dir}/own:${dir}/real`)).toBe(real);
    expect(find(`own:${dir}/real`)).toBe(real);
    expect(find(`${dir}/own`)).toBeUndefined();
  });

  it('passes over a hard link to itself whatever its text', () => {
    const { dir, real } = world();
    const self = writeProgram(join(dir, 'self'), STUB);
    linkSync(self, join(dir, 'own', 'docker'));
    const found = findDocker({ env: { PATH: `${dir}/own:${dir}/real` }, cwd: dir, selves: [self] });
    expect(found.path).toBe(real);
  });

  it('reads empty and relative entries against the working directory', () => {
    const { dir, real, find } = world();
    expect(find('real')).toBe(real);
    expect(find('./none:./real')).toBe(real);
    const here = writeProgram(join(dir, 'docker'), STUB);
    expect(find(`:${dir}/real`)).toBe(here);
    expect(find('')).toBe(here);
  });

  it('passes over folders and files that are not executable', () => {
    const { dir, real, find } = world();
    mkdirSync(join(dir, 'a', 'docker'), { recursive: true });
    mkdirSync(join(dir, 'b'));
    writeFileSync(join(dir, 'b', 'docker'), STUB, { mode: 0o644 });
    expect(find(`${dir}/a:${dir}/b:${dir}/real`)).toBe(real);
  });

  it('obeys MOUNTC_DOCKER, by path and by name, and never takes itself', () => {
    const { dir, find } = world();
    const other = writeProgram(join(dir, 'real', 'docker-28'), STUB);
    expect(find(`${dir}/real`, { MOUNTC_DOCKER: other })).toBe(other);
    expect(find(`${dir}/real`, { MOUNTC_DOCKER: 'docker-28' })).toBe(other);
    expect(find(`${dir}/real`, { MOUNTC_DOCKER: './real/docker-28' })).toBe(other);
    expect(find(`${dir}/real`, { MOUNTC_DOCKER: MOUNTC })).toBeUndefined();
    expect(find(`${dir}/real`, { MOUNTC_DOCKER: '/none/docker' })).toBeUndefined();
  });

  it('passes over a script that it was run through', () => {
    const { dir, real, find } = world();
    const wrapper = writeProgram(join(dir, 'own', 'docker'), '#!/bin/sh\nexec docker "$@"\n');
    const path = `${dir}/own:${dir}/real`;
    expect(find(path)).toBe(wrapper);
    expect(find(path, { MOUNTC_VIA: wrapper })).toBe(real);
    const [candidate] = listDockers({ env: { PATH: path }, cwd: dir, selves: [] });
    expect(viaFor(candidate!, { MOUNTC_VIA: '/x' })).toEqual({ MOUNTC_VIA: `/x:${wrapper}` });
  });

  it('adds nothing to the environment of a plain program', () => {
    const { dir } = world();
    const [candidate] = listDockers({ env: { PATH: join(dir, 'real') }, cwd: dir, selves: [] });
    expect(viaFor(candidate!, {})).toEqual({});
  });
});

describe('finding docker on Windows', () => {
  it('tries the extensions of PATHEXT', () => {
    const dir = tempDir();
    expect(
      findDocker({ env: { Path: dir, PATHEXT: '.EXE' }, cwd: dir, selves: [], platform: 'win32' }).path,
    ).toBeUndefined();
  });
});
