import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { refuseCommand } from '../../src/dialects/podman/judge-command.js';
import { NEWEST_PODMAN, podmanFacts, readPodman } from '../../src/dialects/podman/versions.js';
import { runMountc } from '../support/cli.js';

test('refuses what that podman is sure to refuse', () => {
  const volume = (value: string) => ({ form: 'volume' as const, value });
  const newest = podmanFacts(NEWEST_PODMAN);
  expect(refuseCommand([volume('/a:/b'), volume('data:/c:z')], newest)).toBeUndefined();
  expect(refuseCommand([volume('/a:/b:no-dereference')], newest)).toBeUndefined();
  expect(refuseCommand([volume('/a:/b:no-dereference')], podmanFacts(readPodman('4.9.5')!))?.message).toMatch(
    /invalid option/,
  );
  expect(refuseCommand([volume('/a:/x'), volume('/b:/x')], newest)).toMatchObject({
    flag: volume('/b:/x'),
    message: '/x: duplicate mount destination',
  });
  expect(refuseCommand([{ form: 'volumes-from', value: 'db:Z' }], newest)?.message).toMatch(
    /can only use z,ro,rw/,
  );
});

const isHere = spawnSync('podman', ['--version']).status === 0;
describe.skipIf(!isHere)(`mountc podman${isHere ? '' : ' (podman is not here)'}`, () => {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };

  test('stops a mistake, and says what podman would say', async () => {
    const { code, stderr } = await runMountc(['podman', 'run', '-v', '/a:/b:readonly', 'x'], { env });
    expect(code).toBe(125);
    expect(stderr).toMatch(/podman \S+ would refuse this: invalid option type "readonly"/);
  });

  test('runs everything else', async () => {
    expect(await runMountc(['podman', '--version'], { env })).toMatchObject({ code: 0, stderr: '' });
    const off = { ...env, MOUNTC: 'off' };
    // The image is not there.
    const { stderr } = await runMountc(['podman', 'image', 'exists', 'localhost/none-of-this-name'], {
      env: off,
    });
    expect(stderr).toBe('');
  });
});

test('without a podman it says so', async () => {
  expect(await runMountc(['podman', 'ps'], { env: { PATH: '/nowhere' } })).toMatchObject({ code: 127 });
});
