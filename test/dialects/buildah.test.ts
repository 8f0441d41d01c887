import { describe, expect, test } from 'vitest';
import { judgeRunMount } from '../../src/dialects/buildah/judge.js';
import { NEWEST_PODMAN, readPodman } from '../../src/dialects/podman/versions.js';
import { runLint } from '../support/cli.js';

test.each([
  ['type=bind,source=a,target=/b', true, true],
  ['source=a,target=/b,Z,U,relabel=shared', false, true],
  ['type=bind,target=/b,no-dereference', false, true],
  ['type=bind,target=/b,ro=true', true, false],
  ['type=bind,target=/b,ro,rw', false, false],
  ['type=bind,target=/b,private,shared', false, false],
  ['type=bind,Source=a,target=/b', false, false],
  ['type=bind,source=a', false, false],
  ['type=cache,target=/b,sharing=locked,uid=1,mode=0700', true, true],
  ['type=cache,target=/b,sharing=private', false, false],
  ['type=cache,target=/b,consistency=cached', false, false],
  ['type=tmpfs,target=/b,tmpfs-size=1m,tmpcopyup', true, true],
  ['type=tmpfs,target=/b,size=1m', false, false],
  ['type=tmpfs,target=/b,rw', false, false],
  ['type=secret,id=a,target=/b,required', true, true],
  ['type=secret,id=a,env=A', false, true],
  ['type=secret,source=a', false, false],
  ['type=volume,target=/b', false, false],
  ['type=bind,type=cache,target=/b,id=x', true, true],
  ['"type=bind",target=/b', false, false],
])('%s', (spec, oldest, newest) => {
  expect(judgeRunMount(spec, readPodman('4.3')!) === undefined).toBe(oldest);
  expect(judgeRunMount(spec, NEWEST_PODMAN) === undefined).toBe(newest);
});

describe('who reads a file', () => {
  const rulesOf = async (name: string, mount: string, ...flags: string[]) => {
    const stdin = `FROM x\nRUN --mount=${mount} make\n`;
    const { stdout } = await runLint(['--format', 'json', '--stdin-filename', name, ...flags, '-'], {
      stdin,
    });
    return [...stdout.matchAll(/"rule": ?"([\w-]+)"/g)].map(([, rule]) => rule);
  };

  test('BuildKit, of a Dockerfile', async () => {
    expect(await rulesOf('Dockerfile', 'type=tmpfs,target=/b,size=1m')).toEqual([]);
    expect(await rulesOf('Dockerfile', 'type=tmpfs,target=/b,tmpfs-size=1m')).toEqual([
      'mount-unknown-option',
    ]);
  });

  test('both, of a Containerfile: what one takes is not an error', async () => {
    for (const mount of [
      'type=tmpfs,target=/b,size=1m',
      'type=tmpfs,target=/b,tmpfs-size=1m',
      'type=cache,target=/b,sharing=private',
    ])
      expect(await rulesOf('Containerfile', mount), mount).toEqual([]);
    for (const mount of [
      'type=cache,target=/b,sharing=privat',
      'type=bind,tagret=/b',
      'type=cahce,target=/b',
    ])
      expect((await rulesOf('Containerfile', mount)).length, mount).toBeGreaterThan(0);
  });

  test('whoever is named', async () => {
    expect(await rulesOf('Dockerfile', 'type=tmpfs,target=/b,size=1m', '--builder', 'buildah')).toEqual([
      'buildah-refuses',
    ]);
    expect(await rulesOf('Dockerfile', 'type=bind,target=/b,Z', '--builder', 'buildah')).toEqual([]);
    expect(
      await rulesOf('Dockerfile', 'type=bind,target=/b,Z=1', '--builder', 'buildah', '--podman', '5.4'),
    ).toEqual(['buildah-refuses']);
    expect(await rulesOf('Containerfile', 'type=bind,target=/b,Z', '--builder', 'buildkit')).toEqual([
      'mount-unknown-option',
    ]);
  });
});
