// Rows of `RUN --mount` through the buildah in each podman of this machine, on an image of one static program.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { judgeRunMount } from '../../src/dialects/buildah/judge.js';
import { readPodman } from '../../src/dialects/podman/versions.js';
import { sharedTempDir } from '../support/temp-dir.js';

const engines = process.env['MOUNTC_ENGINES'] ?? join(homedir(), '.cache/mountc-engines');
const busybox = join(engines, 'tools/bin/busybox');
const podmans = [
  { program: 'podman', config: '' },
  { program: join(engines, 'podman-trixie/podman'), config: join(engines, 'podman-trixie/containers.conf') },
].filter(({ program }) => spawnSync(program, ['--version']).status === 0);
const why =
  podmans.length === 0
    ? 'podman is not here'
    : !existsSync(busybox)
      ? 'scripts/engines.sh provision has not been run'
      : process.getuid?.() === 0
        ? undefined
        : 'needs root';

const ROWS = [
  'type=bind,source=a,target=/b,Z,U',
  'source=a,target=/b,relabel=shared',
  'type=bind,source=a,target=/b,no-dereference',
  'type=bind,source=a,target=/b,ro=true',
  'type=bind,source=a,target=/b,ro,rw',
  'type=bind,source=a,target=/b,private,shared',
  'type=bind,Source=a,target=/b',
  'type=bind,source=a',
  'type=bind,source=a,target=/b,bind-propagation=rslave,consistency=x',
  'type=cache,target=/b,sharing=locked,uid=1,mode=0700',
  'type=cache,target=/b,sharing=private',
  'type=cache,target=/b,consistency=cached',
  'type=tmpfs,target=/b,tmpfs-size=1m,tmpcopyup',
  'type=tmpfs,target=/b,size=1m',
  'type=tmpfs,target=/b,rw',
  'type=secret,id=a,target=/b,required=false',
  'type=secret,source=a',
  'type=volume,target=/b',
  'type=bind,type=cache,target=/b,id=x',
];

describe.skipIf(why !== undefined)(`buildah${why === undefined ? '' : ` (${why})`}`, () => {
  const folder = sharedTempDir();
  beforeAll(() => {
    mkdirSync(join(folder, 'tree/bin'), { recursive: true });
    mkdirSync(join(folder, 'context/a'), { recursive: true });
    copyFileSync(busybox, join(folder, 'tree/bin/busybox'));
    for (const name of ['sh', 'true']) symlinkSync('busybox', join(folder, 'tree/bin', name));
    spawnSync('tar', ['-C', join(folder, 'tree'), '-cf', join(folder, 'box.tar'), '.']);
  });

  test.each(podmans)(
    'of $program says the same to every row',
    { timeout: 300_000 },
    ({ program, config }) => {
      const store = join(folder, String(podmans.findIndex((one) => one.program === program)));
      const podman = (...args: string[]) =>
        spawnSync(
          program,
          [
            '--root',
            join(store, 'root'),
            '--runroot',
            join(store, 'run'),
            '--storage-driver',
            'vfs',
            ...args,
          ],
          {
            encoding: 'utf8',
            env: { ...process.env, ...(config !== '' && { CONTAINERS_CONF: config }) },
          },
        );
      const version = readPodman(/version (\S+)/.exec(podman('--version').stdout)![1]!)!;
      expect(podman('import', join(folder, 'box.tar'), 'localhost/box').status).toBe(0);
      for (const spec of ROWS) {
        writeFileSync(
          join(folder, 'context/Containerfile'),
          `FROM localhost/box\nRUN --mount=${spec} true\n`,
        );
        const { stderr } = podman(
          'build',
          '--isolation=chroot',
          '--network=host',
          '-q',
          '--no-cache',
          join(folder, 'context'),
        );
        // Where the mounts are right, a machine may still have no room to run it.
        const isRefused = /resolving mountpoints/.test(stderr);
        expect(isRefused, `${spec}: ${stderr}`).toBe(judgeRunMount(spec, version) !== undefined);
      }
    },
  );
});
