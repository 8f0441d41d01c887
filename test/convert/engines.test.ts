import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { portableDialects } from '../../src/dialects/docker/tables/fleet.js';
import { podmanEffect } from '../../src/dialects/podman/effect.js';
import { everyPodman } from '../../src/dialects/podman/every.js';
import { podmanForm, toDocker, toPodman } from '../../src/forms/between-engines.js';
import { plainText } from '../../src/text/spec-text.js';
import { flags } from '../differential/podman-arbitrary.js';
import { runMountc } from '../support/cli.js';
import { withSeed } from '../support/seed.js';

const podmans = everyPodman();
const newest = podmans.at(-1)!;

describe('to podman', () => {
  test.each([
    ['-v /a:/b:ro', '-v /a:/b:ro', /podman refuses to create the container/],
    ['--mount type=bind,src=/a,dst=/b,readonly', '--mount type=bind,src=/a,dst=/b,readonly', /^$/],
    ['--mount type=bind,src=/a,dst=/b,readonly=1', '--mount type=bind,src=/a,dst=/b,ro', /^$/],
    ['--mount type=bind,Source=/a,dst=/b', '--mount type=bind,src=/a,dst=/b', /^$/],
    ['-v data:/b:nocopy', '-v data:/b:nocopy', /set-user-ID/],
    ['--mount src=data,dst=/b,volume-nocopy', '-v data:/b:nocopy', /set-user-ID/],
    ['--tmpfs /t:size=1m', '--tmpfs /t:noexec,notmpcopyup,size=1m', /^$/],
    ['--tmpfs /t:uid=1', '--tmpfs /t:noexec,notmpcopyup', /no option `uid=1`/],
    [
      '--mount type=bind,src=/a,dst=/b,bind-recursive=disabled',
      '--mount type=bind,src=/a,dst=/b,bind-nonrecursive',
      /^$/,
    ],
    ['-v /a:/b:cached', '-v /a:/b:cached', /refuses to create/],
  ])('%s', async (flag, written, losses) => {
    const { stdout, stderr } = await runMountc(['convert', '--to', 'podman-run', `docker run ${flag} x`]);
    expect(stdout).toBe(`podman run ${written} x\n`);
    expect(stderr).toMatch(losses);
  });

  test('what no podman can say is left, and named', async () => {
    const command = 'docker run --mount type=volume,src=d,dst=/x,volume-driver=nfs --link db x';
    const { code, stdout, stderr } = await runMountc(['convert', '--to', 'podman-run', command]);
    expect(code).toBe(1);
    expect(stdout).toBe(`${command.replace('docker', 'podman')}\n`);
    expect(stderr).toMatch(/podman volume create[\s\S]*podman run has no --link/);
  });
});

describe('a value that podman reads in a way of its own', () => {
  test.each([
    [`--entrypoint '["a","b c"]' img x`, "--entrypoint a img 'b c' x", /^mountc: note: /],
    [`--entrypoint='["a"]' img`, '--entrypoint a img', /^$/],
    [`--entrypoint '[]' img x`, "--entrypoint '' img x", /^$/],
    [`--entrypoint '[a' img`, "--entrypoint '[a' img", /^$/],
    [`--health-cmd '["CMD","a","-f x"]' img`, `--health-cmd "a '-f x'" img`, /by the shell of the image/],
    [`--health-cmd '["a b"]' img`, `--health-cmd 'a b' img`, /^$/],
    ['--health-cmd "CMD-SHELL a | b" img', `--health-cmd 'a | b' img`, /^$/],
    ['--health-cmd none img', '--no-healthcheck img', /^$/],
    ['--health-cmd "a | b" img', '--health-cmd "a | b" img', /^$/],
    [`--entrypoint "[\\"$A\\"]" img`, `--entrypoint "[\\"$A\\"]" img`, /part of it is not known/],
    ['--userns keep-id img', '--userns keep-id img', /docker run has no such --userns/],
  ])('podman run %s', async (flags, written, said) => {
    const { stdout, stderr } = await runMountc(['convert', '--to', 'docker-run', `podman run ${flags}`]);
    expect(stdout).toBe(`docker run ${written}\n`);
    expect(stderr).toMatch(said);
  });

  test.each([`--entrypoint '["a"]'`, '--health-cmd none', '--network private'])(
    'docker run %s is named',
    async (flag) => {
      const { code, stdout, stderr } = await runMountc([
        'convert',
        '--to',
        'podman-run',
        `docker run ${flag} i`,
      ]);
      expect([code, stdout]).toEqual([1, `podman run ${flag} i\n`]);
      expect(stderr).toContain('left unchanged: podman');
    },
  );
});

describe('to docker', () => {
  test.each([
    ['-v /a:/b:ro', '--mount type=bind,src=/a,dst=/b,readonly', /^$/],
    ['-v /a:/b:Z', '-v /a:/b:Z', /docker -v creates a directory/],
    ['-v /a:/b:U,rslave', '--mount type=bind,src=/a,dst=/b,bind-propagation=rslave', /cannot express `U`/],
    ['-v v:/x', '--mount type=volume,src=v,dst=/x', /set-user-ID/],
    ['--tmpfs /t:noexec,notmpcopyup', '--tmpfs /t', /^$/],
    ['--tmpfs /t', '--tmpfs /t:exec', /what the image has/],
    ['--mount type=bind,src=/a,dst=/b,ro=1', '--mount type=bind,src=/a,dst=/b', /^$/],
    ['--mount type=bind,src=rel,dst=/b', '--mount type=bind,src=/w/rel,dst=/b', /^$/],
    ['--mount type=image,src=i,dst=/b,rw=true', '--mount type=image,src=i,dst=/b', /read-only/],
  ])('%s', async (flag, written, losses) => {
    const { stdout, stderr } = await runMountc(['convert', '--to', 'docker-run', `podman run ${flag} x`], {
      cwd: '/w',
    });
    expect(stdout).toBe(`docker run ${written} x\n`);
    expect(stderr).toMatch(losses);
  });

  test('a glob stays what it is', async () => {
    const { code, stderr } = await runMountc([
      'convert',
      '--to',
      'docker-run',
      "podman run --mount 'type=glob,src=/a/x,dst=/b' x",
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/no mounts of the type glob/);
  });
});

test.each([
  ['mount', '-v /a:/b:Z,U', '--mount type=bind,src=/a,dst=/b,U,relabel=private'],
  ['mount', '-v $PWD/x:/b', '--mount type=bind,src=$PWD/x,dst=/b'],
  ['mount', '-v data:/b:O', '-v data:/b:O'],
  ['mount', '-v $X:/b', '-v $X:/b'],
  ['volume', '--mount type=bind,src=/a,dst=/b,bind-nonrecursive=false', '-v /a:/b:bind'],
  ['mount', '--tmpfs /t:size=1m,mode=700', '--mount type=tmpfs,dst=/t,tmpfs-mode=700,tmpfs-size=1m'],
])('among the flags of podman, to %s: %s', async (to, flag, written) => {
  const { stdout } = await runMountc(['convert', '--to', to, `podman run ${flag} x`]);
  expect(stdout).toBe(`podman run ${written} x\n`);
});

test('whatever is written does what was read', () => {
  const dialect = makeDialect();
  const dialects = portableDialects();
  fc.assert(
    fc.property(flags, fc.constantFrom('volume', 'mount', 'tmpfs'), (given, to) => {
      for (const [flag, value] of given) {
        if (flag === 'volumes-from') continue;
        const form = flag as 'volume' | 'mount' | 'tmpfs';
        const same = podmanForm(form, plainText(value), to, podmans);
        expect(same.text !== undefined || same.losses.length > 0).toBe(true);
        const effect = podmanEffect(form, value, newest);
        if (same.text !== undefined && effect !== undefined)
          expect(podmanEffect(to, same.text, newest)).toMatchObject({
            target: effect.target,
            isReadonly: effect.isReadonly,
            words: effect.words,
          });
        const docker = toDocker(form, value, { podman: newest, dialects, cwd: '/w' });
        expect(docker.flag !== undefined || docker.losses.length > 0).toBe(true);
        const back = toPodman(form, value, { dialect, podmans, cwd: '/w' });
        if (back.flag !== undefined)
          expect(podmanEffect(back.flag.form, back.flag.text, newest)).toBeDefined();
        else expect(back.losses.length).toBeGreaterThan(0);
      }
    }),
    withSeed(400),
  );
});

test('a unit of Quadlet, and one for each named volume', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mountc-quadlet-'));
  const command =
    'docker run -d --name web -v db:/db -v ~/x:/x:ro -p 80:80 --restart on-failure --privileged nginx:1 a "b c"';
  const { stdout, stderr } = await runMountc(['convert', '--to', 'quadlet', command]);
  expect(stdout).toBe(
    [
      '[Container]',
      'Image=nginx:1',
      'ContainerName=web',
      'Volume=db:/db',
      'Volume=%h/x:/x:ro',
      'PublishPort=80:80',
      'PodmanArgs=--privileged',
      'Exec=a "b c"',
      '',
      '[Service]',
      'Restart=on-failure',
      '',
      '[Install]',
      'WantedBy=default.target',
      '',
    ].join('\n'),
  );
  expect(stderr).toMatch(/refuses to create the container/);
  const { code } = await runMountc(['convert', '--to', 'quadlet', '--write', folder, command]);
  expect(code).toBe(0);
  expect(readdirSync(folder).sort()).toEqual(['db.volume', 'web.container']);
  expect(readFileSync(join(folder, 'db.volume'), 'utf8')).toBe('[Volume]\nVolumeName=db\n');
  expect(readFileSync(join(folder, 'web.container'), 'utf8')).toContain('Volume=db.volume:/db\n');
  const missing = join(folder, 'new/units');
  const into = await runMountc(['convert', '--to', 'quadlet', '--write', missing, command]);
  expect(into).toMatchObject({ code: 0, stderr: expect.stringContaining(`created the folder ${missing}`) });
  expect(readdirSync(missing).sort()).toEqual(['db.volume', 'web.container']);
  const file = join(missing, 'db.volume');
  for (const wrong of [file, join(file, 'x')])
    expect((await runMountc(['convert', '--to', 'quadlet', '--write', wrong, command])).code).toBe(2);
  rmSync(folder, { recursive: true });
});

test('what a unit cannot say is left out, and named', async () => {
  const { code, stderr } = await runMountc([
    'convert',
    '--to',
    'quadlet',
    'docker run -v $X:/x --link db -e A=$B nginx',
  ]);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /`-v \$X:\/x`: left out[\s\S]*no --link[\s\S]*`\$B` is, systemd does not know|systemd does not know/,
  );
});
