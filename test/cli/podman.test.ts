import { expect, test } from 'vitest';
import { runLint, runMountc } from '../support/cli.js';

const explain = async (...argv: string[]) => (await runMountc(['explain', ...argv])).stdout;

test('explains a podman run as podman reads it, and where podmans differ', async () => {
  const told = await explain('podman run --mount type=bind,src=/a,dst=/b,readonly=1 x');
  expect(told).toMatch(/a bind mount, read and write/);
  expect(told).toMatch(/if the source is missing, podman refuses/);
  expect(told).toMatch(/podman since 4\.6 takes only `true` and `false`.*it is writable/);
  expect(told).toMatch(/podman 4\.3\.0 refuses it/);
  expect(told).not.toMatch(/docker/);
});

test.each([
  ['-v data:/x:O,ro', /the volume `data`, read and write[\s\S]*discarded/],
  ['-v v:/x', /the volume `v`/],
  ['-v /a:/b:U,Z', /changes the owner[\s\S]*this container alone/],
  ['--mount type=bind,dst=/x', /`\/x` of the host is at `\/x`/],
  ['--mount type=bind,src=/a,dst=/b,bind-nonrecursive=false', /below the source is left out/],
  ['--tmpfs /t:size=1m:ro', /a tmpfs, read and write[\s\S]*at most 1m[\s\S]*copied into it/],
  ['--mount type=volume,src=d,dst=/x,subpath=a,volume-opt=o=x', /only `a`[\s\S]*created with o=x/],
  ['--mount type=image,src=i,dst=/x', /the image `i`, read-only/],
  ["--mount 'type=glob,src=/a/*,dst=/x'", /all that `\/a\/\*` fits/],
])('explains %s', async (flag, said) => {
  expect(await explain(`podman run ${flag} x`)).toMatch(said);
});

test('--podman says whose verdict it is', async () => {
  const command = 'podman run -v /a:/b:no-dereference x';
  expect((await runLint(['--command', command])).code).toBe(0);
  expect((await runLint(['--podman', '5.0', '--command', command])).code).toBe(0);
  expect((await runLint(['--podman', '4.9.5', '--command', command])).stdout).toMatch(/podman-refuses/);
  expect(await explain('--podman', '4.3', command)).toMatch(/podman 4\.3 refuses it: invalid option type/);
  const wrong = await runLint(['--podman', '3.4', '--command', command]);
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringMatching(/--podman takes .* 4\.3 to 6\.1/) });
});

test('what is not a mode of podman is put right with one of its own', async () => {
  const { stdout } = await runLint(['--command', 'podman run -v /a:/b:readonly x']);
  expect(stdout).toMatch(/podman refuses it[\s\S]*write `ro`/);
});

test.each([
  ['podman pod create --name x -v /a:/b:readonly', /`readonly` is not a mode/],
  ['podman pod create -v a:/x web -v b:/x', /duplicate mount destination/],
  ['podman build -v data:/x .', /podman refuses it: invalid host path, must be an absolute path "data"/],
  ['podman image build . --volume=/a:/b:ro,rw', /can only specify 1 'rw' or 'ro' option/],
  ['buildah bud -t y -v /a:rel .', /buildah refuses it: invalid container path "rel"/],
  [
    'nerdctl create --mount type=bind,src=/a,dst=/b,relabel=shared i',
    /nerdctl refuses it: unexpected key 'relabel'/,
  ],
])('%s', async (command, message) => {
  const { stdout, code } = await runMountc(['lint', '--command', command]);
  expect(stdout).toMatch(message);
  expect(code).toBe(1);
});

test.each([
  'podman pod create -v /a:/b:ro,z -v data:/c --share net -p 80:80 web',
  'podman pod create --infra-name x',
  'podman build -v /a:/b:ro,z -v "$X":/c -f Containerfile .',
  'podman build -t x:latest .',
  'buildah run -v a:b:c:d ctr sh',
  'buildah from -v x y',
])('takes %s', async (command) => {
  expect(await runMountc(['lint', '--command', command])).toMatchObject({ stdout: '', code: 0 });
});
