import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CliIo } from '../../src/cli/io.js';
import { runMountc } from '../support/cli.js';
import { sharedTempDir } from '../support/temp-dir.js';

const dir = sharedTempDir();

const JSON_TEXT = JSON.stringify([
  {
    Id: 'c1',
    Name: '/web',
    Image: 'sha256:1',
    Config: { Image: 'nginx', Volumes: { '/cache': {} } },
    HostConfig: {
      Binds: ['/srv/my site:/site:ro'],
      Mounts: [{ Type: 'volume', Source: 'data', Target: '/data' }],
      Tmpfs: { '/run': 'size=64m,exec' },
    },
    Mounts: [
      {
        Type: 'bind',
        Source: '/srv/my site',
        Destination: '/site',
        Mode: 'ro',
        RW: false,
        Propagation: 'rprivate',
      },
      {
        Type: 'volume',
        Name: 'data',
        Source: '/v/data',
        Destination: '/data',
        Driver: 'local',
        Mode: 'z',
        RW: true,
      },
      {
        Type: 'volume',
        Name: 'c'.repeat(64),
        Source: '/v/c',
        Destination: '/cache',
        Driver: 'local',
        RW: true,
      },
    ],
  },
]);
const file = join(dir, 'web.json');
writeFileSync(file, JSON_TEXT);

const inspect = (argv: readonly string[], stdin = '', env: CliIo['env'] = {}) =>
  runMountc(['inspect', ...argv], { cwd: '/srv', stdin, env });

describe('mountc inspect', () => {
  test('shows a table, and the flags that make the same again', async () => {
    const { code, stdout } = await inspect(['-f', file]);
    expect(code).toBe(0);
    expect(stdout).toBe(`web (nginx)
  TYPE    SOURCE         TARGET  ACCESS  PROPAGATION  DRIVER  FROM
  volume  cccccccccccc…  /cache  rw      -            local   VOLUME of the image, or -v (anonymous)
  volume  data           /data   rw      -            local   --mount
  tmpfs   -              /run    rw      -            -       --tmpfs (size=64m,exec)
  bind    /srv/my site   /site   ro      rprivate     -       -v
flags: -v /cache --mount type=volume,src=data,dst=/data --tmpfs /run:size=64m,exec -v '/srv/my site:/site:ro'
`);
  });

  test('shows a mount that says nothing of itself', async () => {
    const body = JSON.stringify({ HostConfig: { Mounts: [{ Target: '/a' }, { '': {} }] } });
    for (const form of [[], ['--to', 'api'], ['--format', 'json']]) {
      const { code, stderr } = await inspect([...form, '-'], body);
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('bug') });
    }
  });

  test('writes one form where that can say it, and names the rest', async () => {
    const { stdout } = await inspect(['--to', 'mount', '--docker', '29.7.2'], JSON_TEXT);
    expect(stdout).toContain("'type=bind,src=/srv/my site,dst=/site,readonly,bind-create-src'");
    expect(stdout).toContain('left as --tmpfs: /run: --mount can only set the size and the mode of a tmpfs');
  });

  test('answers in JSON, and as the API', async () => {
    const [web] = JSON.parse((await inspect(['--format', 'json'], JSON_TEXT)).stdout);
    expect(web).toMatchObject({
      name: 'web',
      mounts: [{ target: '/cache' }, {}, { options: 'size=64m,exec' }, {}],
    });
    const api = JSON.parse((await inspect(['--to', 'api'], JSON_TEXT)).stdout);
    expect(api).toMatchObject({ Binds: ['/srv/my site:/site:ro'], Tmpfs: { '/run': 'size=64m,exec' } });
  });

  test('compares with what was expected', async () => {
    const same = `docker run -v "$PWD/my site:/site:ro" -v data:/data --tmpfs /run:exec,size=67108864 nginx`;
    expect(await inspect(['--expect', same], JSON_TEXT)).toEqual({
      code: 0,
      stdout: 'web: mounted as expected\n',
      stderr: '',
    });
    const other = await inspect([
      '-f',
      file,
      '--',
      'docker',
      'run',
      '-v',
      '/srv/other:/site',
      '-v',
      'data:/data',
      'nginx',
    ]);
    expect(other.code).toBe(1);
    expect(other.stdout).toBe(`web: not mounted as expected
  /site access
    - rw  (expected)
    + ro  (there)
  /site source
    - /srv/other  (expected)
    + /srv/my site  (there)
  /run
    + tmpfs rw size=67108864 options=exec  (there)
`);
    expect(await inspect(['--expect', 'docker run -v $DATA:/x nginx'], JSON_TEXT)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('what $DATA holds is not known'),
    });
  });

  test.each([
    [['-f', join(dir, 'none.json')], '', 3, 'none.json: no such file or directory'],
    [[], 'no json', 3, 'is not the JSON that `docker inspect NAME` prints'],
    [[], '\n', 2, 'standard input is empty\ngive the name of a container'],
    [[], '[]', 0, ''],
    [[], '[{"Id": "net"}]', 3, 'there is no container'],
    [['web'], '', 3, 'no docker on PATH'],
  ] as const)('%j of %j exits with %i', async (argv, stdin, code, text) => {
    const done = await inspect(argv, stdin, { PATH: '/nonexistent' });
    expect(done.code).toBe(code);
    expect(done.stderr).toContain(text);
  });

  test.each([
    ['--to', ['--to', 'yaml']],
    ['`xml`', ['--format', 'xml']],
    ['not both', ['-f', file, 'web']],
    ['`--bogus` is not an option', ['--bogus']],
  ] as const)('refuses: %s', async (text, argv) => {
    const done = await inspect(argv);
    expect(done).toMatchObject({ code: 2, stdout: '' });
    expect(done.stderr).toContain(text);
    expect(done.stderr).toMatch(/^mountc inspect: .*\nsee: mountc inspect --help\n$/);
  });

  test.skipIf(process.platform === 'win32')('asks docker about containers and their images', async () => {
    const docker = join(dir, 'docker');
    const image = JSON.stringify([{ Id: 'sha256:1', RepoTags: [], Config: { Volumes: { '/cache': {} } } }]);
    writeFileSync(
      docker,
      `#!/bin/sh\ncase "$1 $4" in 'container web') cat '${file}';; 'image sha256:1') printf '%s' '${image}';; 'container away') echo "Cannot connect to the Docker daemon" >&2; exit 1;; *) echo "Error: No such container: $4" >&2; exit 1;; esac\n`,
    );
    chmodSync(docker, 0o755);
    const env = { PATH: `${dir}:/usr/bin:/bin` };
    expect((await inspect(['web'], '', env)).stdout).toContain('VOLUME of the image (anonymous)\n');
    expect(await inspect(['none'], '', env)).toMatchObject({
      code: 1,
      stderr: 'mountc inspect: Error: No such container: none\n',
    });
    expect(await inspect(['away'], '', env)).toMatchObject({ code: 3 });
  });
});
