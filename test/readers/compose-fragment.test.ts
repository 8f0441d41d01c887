import { describe, expect, test } from 'vitest';
import { mountsOf, readmeMounts as readme } from '../support/mounts-of.js';

const MOUNTS = ['bind ./conf /etc/conf', 'volume data /data'];

describe('parts of Compose files in Markdown', () => {
  test.each([
    ['a list of mounts under its key', 'yaml', 'volumes:\n  - ./conf:/etc/conf\n  - data:/data'],
    ['indented', 'yml', '    volumes:\n      - ./conf:/etc/conf # ours\n      - "data:/data"'],
    ['nothing but the list', 'yaml', '- type: bind\n  source: ./conf\n  target: /etc/conf\n- data:/data'],
    [
      'a service without an image',
      'yaml',
      'web:\n  ports: [80]\n  volumes:\n    - ./conf:/etc/conf\n    - data:/data',
    ],
    [
      'with what is left out',
      'yaml',
      '  web:\n    …\n    volumes:\n      - ./conf:/etc/conf\n      - data:/data\n    ...',
    ],
    ['without a language', '', 'volumes:\n  - ./conf:/etc/conf\n  - data:/data'],
    ['a block with a name', '', 'x-all: &all\n  volumes:\n    - ./conf:/etc/conf\n    - data:/data'],
    [
      'mounts that two services share',
      'yaml',
      'web:\n  volumes: &all [./conf:/etc/conf, data:/data]\ndb:\n  volumes: *all',
    ],
    [
      'under a wrong one',
      'bash',
      '# compose.yaml\nservices:\n  a:\n    volumes:\n      - ./conf:/etc/conf\n      - data:/data',
    ],
    [
      'under `docker`',
      'docker',
      'version: "2"\nservices:\n  a:\n    volumes: [./conf:/etc/conf, data:/data]',
    ],
  ])('%s', async (_, info, text) => {
    expect(await readme(info, text)).toEqual({ mounts: MOUNTS, said: [] });
  });

  test('tmpfs, and paths of Windows', async () => {
    expect((await readme('yaml', 'web:\n  tmpfs: /run:size=1m')).mounts).toEqual(['tmpfs null /run']);
    expect((await readme('yaml', 'volumes:\n  - C:\\My files:/c:ro\n  - D:\\:/d')).mounts).toEqual([
      'bind C:\\My files /c',
      'bind D:\\ /d',
    ]);
  });

  test.each([
    ['Kubernetes', 'volumes:\n  - name: data\n    hostPath: {path: /srv}'],
    ['names alone', 'volumes: [one, two]'],
    ['another program', 'volumes:\n  - volume_type: tmpfs\n    size: 1'],
    ['links', 'volumes:\n  - https://example.org/a:/b'],
  ])('not those of others: %s', async (_, text) => {
    expect(await readme('yaml', text)).toEqual({ mounts: [], said: [] });
  });

  test('declared volumes alone, with options that only Compose has', async () => {
    const text = 'volumes:\n  data:\n    driver_opts: {device: /srv}';
    expect(await readme('yaml', text)).toEqual({ mounts: [], said: ['local-volume-options'] });
  });

  test('a script that has such a word in it stays one', async () => {
    const { mounts } = await readme('sh', 'echo "volumes:"\ndocker run -v /a:/b alpine');
    expect(mounts).toEqual(['bind /a /b']);
  });
});

describe('the first format of Compose', () => {
  const text =
    'web:\n  build: .\n  volumes:\n    - ./conf:/etc/conf\n    - data:/data\n  volumes_from: [db]\n';

  test('its mounts are found, and nothing is said of what it has no place to declare', async () => {
    expect(await mountsOf('docker-compose.yml', text)).toEqual({ mounts: MOUNTS, said: [] });
  });

  test('a fragment in a file of its own is none', async () => {
    expect((await mountsOf('compose.yaml', 'volumes:\n  - ./a:/b\n')).mounts).toEqual([]);
  });
});

test('mounts whose anchor stands under another key of the service', async () => {
  const shared = 'services:\n  a:\n    x-all: &all [./conf:/etc/conf]\n    volumes: *all\n';
  expect((await mountsOf('compose.yaml', shared)).mounts).toEqual([MOUNTS[0]]);
});

describe('the short syntax in the inventory', () => {
  const listed = async (entry: string) =>
    (await mountsOf('a.compose.yaml', `services:\n  a:\n    volumes:\n      - ${entry}\n`)).mounts[0];

  // What `docker compose config` 2.40 makes of them.
  test.each([
    ['C:\\Users\\x:C:\\data:ro', 'bind C:\\Users\\x C:\\data'],
    [
      '\\\\.\\pipe\\docker_engine:\\\\.\\pipe\\docker_engine',
      'bind \\\\.\\pipe\\docker_engine \\\\.\\pipe\\docker_engine',
    ],
    ['c:/a:/b', 'bind c:/a /b'],
    ['.data:/b', 'bind .data /b'],
    ['~/a:/b', 'bind ~/a /b'],
    ['/data', 'volume null /data'],
    ['$PWD/a:/b', 'bind $PWD/a /b'],
    ['$' + '{A:-./b}:/c', 'null $' + '{A:-./b} /c'],
    ['$' + '{ALL}', 'null null null'],
  ])('%s', async (entry, expected) => {
    expect(await listed(entry)).toBe(expected);
  });
});
