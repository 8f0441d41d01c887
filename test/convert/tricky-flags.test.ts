import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { commandMounts } from '../../src/convert/command-mounts.js';
import { composeFile } from '../../src/convert/compose-output.js';
import { composeItems, writeMounts } from '../../src/convert/write-mounts.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { portableDialects } from '../../src/dialects/docker/tables/fleet.js';
import { fileText } from '../../src/source/hosted-text.js';
import { viewCommand } from '../../src/source/view-command.js';
import { readCommands } from '../support/read-commands.js';

/** The service that the flags become, and the image that is left of the command. */
function convert(flags: string): { volumes?: unknown[]; tmpfs?: string[]; top?: unknown; image?: string } {
  const dialect = makeDialect();
  const view = viewCommand(readCommands(fileText(`docker run ${flags} img cmd`))[0]!, { dialect });
  const image = view.source.words[view.invocation!.image! + 1]!.value;
  const outcomes = writeMounts(commandMounts(view, { dialects: portableDialects() }), 'compose', {
    dialects: portableDialects(),
  });
  expect(outcomes.every(({ written, exact }) => written !== undefined && exact)).toBe(true);
  const file = parse(composeFile([{ name: 'web', ...composeItems(outcomes) }])) as {
    services: { web: { volumes?: unknown[]; tmpfs?: string[] } };
    volumes?: unknown;
  };
  return { ...file.services.web, ...(file.volumes !== undefined && { top: file.volumes }), image };
}

const made = { create_host_path: true };
const bind = (source: string, target: string, more: object = {}, options: object = {}) => ({
  type: 'bind',
  source,
  target,
  ...more,
  bind: { ...made, ...options },
});
const own = (source: string, target: string, more: object = {}, options: object = {}) => ({
  type: 'bind',
  source,
  target,
  ...more,
  bind: { create_host_path: false, ...options },
});
const data = { data: { name: 'data' } };

describe('flags that other converters get wrong', () => {
  test.each<[string, object]>([
    ['-v /h:/c', { volumes: [bind('/h', '/c')] }],
    ['-v /h:/c:ro', { volumes: [bind('/h', '/c', { read_only: true })] }],
    ['-v /x', { volumes: [{ type: 'volume', target: '/x' }] }],
    ['--volume=/a:/b', { volumes: [bind('/a', '/b')] }],
    ['-v/a:/b', { volumes: [bind('/a', '/b')] }],
    ['-itv /a:/b', { volumes: [bind('/a', '/b')] }],
    [
      '-v /a:/b:ro,rslave -v /c:/d:ro,z',
      {
        volumes: [
          bind('/a', '/b', { read_only: true }, { propagation: 'rslave' }),
          bind('/c', '/d', { read_only: true }, { selinux: 'z' }),
        ],
      },
    ],
    ['-v ./src:/app', { volumes: [bind('./src', '/app')] }],
    ['-v ~/x:/y', { volumes: [bind('~/x', '/y')] }],
    ['-v "$PWD:/src"', { volumes: [bind('${PWD}', '/src')] }],
    ['-v ${HOME}/x:/y', { volumes: [bind('${HOME}/x', '/y')] }],
    ['-v "/my dir/a:/b"', { volumes: [bind('/my dir/a', '/b')] }],
    ["-v '/a:/b'", { volumes: [bind('/a', '/b')] }],
    ['-v //c/Users:/x', { volumes: [bind('//c/Users', '/x')] }],
    ['-v /a:/b:Z', { volumes: [bind('/a', '/b', {}, { selinux: 'Z' })] }],
    ['-v /a:/b:ro,cached', { volumes: [bind('/a', '/b', { read_only: true, consistency: 'cached' })] }],
    ['-v /a:/b -v /c:/d', { volumes: [bind('/a', '/b'), bind('/c', '/d')] }],
    ['-v /a:/b \\\n  -v /c:/d', { volumes: [bind('/a', '/b'), bind('/c', '/d')] }],
    ['-v=/a:/b', { volumes: [bind('/a', '/b')] }],
    ['-v data:/x', { volumes: [{ type: 'volume', source: 'data', target: '/x' }], top: data }],
    [
      '-v data:/b:nocopy',
      { volumes: [{ type: 'volume', source: 'data', target: '/b', volume: { nocopy: true } }], top: data },
    ],
    ["-v 'C:\\src:/app'", { volumes: [bind('C:\\src', '/app')] }],
    ['-v c:/src:/app:ro', { volumes: [bind('c:/src', '/app', { read_only: true })] }],
    ['-v $(pwd):/src', { volumes: [bind('${PWD}', '/src')] }],
    ['-v "/a b":"/c d"', { volumes: [bind('/a b', '/c d')] }],
    ["-v'/a':'/b'", { volumes: [bind('/a', '/b')] }],
    ['-v "$(pwd)/my dir":/c', { volumes: [bind('${PWD}/my dir', '/c')] }],
    ['-v /a\\ b:/c', { volumes: [bind('/a b', '/c')] }],
  ])('%s', (flags, expected) => {
    expect(convert(flags)).toEqual({ ...expected, image: 'img' });
  });

  const nfs = { name: 'v1', driver: 'local', driver_opts: { type: 'nfs', o: 'addr=1,rw', device: ':/x' } };
  test.each<[string, object]>([
    ['--mount type=bind,source=/a,target=/b', { volumes: [own('/a', '/b')] }],
    [
      '--mount type=bind,source=/a,target=/b --mount type=volume,source=data,target=/x -v /c:/d',
      {
        volumes: [own('/a', '/b'), { type: 'volume', source: 'data', target: '/x' }, bind('/c', '/d')],
        top: data,
      },
    ],
    [
      '--volume /c:/d --mount=type=bind,source=/a,target=/b',
      { volumes: [bind('/c', '/d'), own('/a', '/b')] },
    ],
    ['--mount type=bind,source=/a,target=/b,readonly', { volumes: [own('/a', '/b', { read_only: true })] }],
    ['--mount type=bind,source=/a,target=/b,ro', { volumes: [own('/a', '/b', { read_only: true })] }],
    [
      '--mount type=volume,source=data,destination=/x,volume-nocopy,readonly',
      {
        volumes: [
          { type: 'volume', source: 'data', target: '/x', read_only: true, volume: { nocopy: true } },
        ],
        top: data,
      },
    ],
    ['--mount type=bind,src=/a,dst=/b', { volumes: [own('/a', '/b')] }],
    ['--mount type=bind,src=/a,dst=/b,ro=true', { volumes: [own('/a', '/b', { read_only: true })] }],
    ['--mount type=bind,src=/a,dst=/b,readonly=false', { volumes: [own('/a', '/b')] }],
    [
      '--mount type=bind,src=/a,dst=/b,bind-propagation=rslave',
      { volumes: [own('/a', '/b', {}, { propagation: 'rslave' })] },
    ],
    ['--mount src=data,dst=/x', { volumes: [{ type: 'volume', source: 'data', target: '/x' }], top: data }],
    [
      '--mount src=data,dst=/x,volume-nocopy=true',
      { volumes: [{ type: 'volume', source: 'data', target: '/x', volume: { nocopy: true } }], top: data },
    ],
    [
      '--mount \'type=volume,src=v1,dst=/x,volume-driver=local,volume-opt=type=nfs,"volume-opt=o=addr=1,rw",volume-opt=device=:/x\'',
      { volumes: [{ type: 'volume', source: 'v1', target: '/x' }], top: { v1: nfs } },
    ],
    [
      '--mount type=volume,src=data,dst=/x,volume-subpath=a/b',
      { volumes: [{ type: 'volume', source: 'data', target: '/x', volume: { subpath: 'a/b' } }], top: data },
    ],
    [
      '--mount type=tmpfs,dst=/t,tmpfs-size=64m,tmpfs-mode=1770',
      { volumes: [{ type: 'tmpfs', target: '/t', tmpfs: { size: '64m', mode: 0o1770 } }] },
    ],
    ['--mount \'type=bind,"source=/a,b",target=/c\'', { volumes: [own('/a,b', '/c')] }],
    ['--mount TYPE=Bind,source=/a,target=/b', { volumes: [own('/a', '/b')] }],
    ['--mount type=bind,src=/a,dst=/b,bind-create-src', { volumes: [bind('/a', '/b')] }],
    [
      '--mount type=bind,src=/a,dst=/b,ro,bind-recursive=writable',
      { volumes: [own('/a', '/b', { read_only: true }, { recursive: 'writable' })] },
    ],
    [
      '--mount type=image,src=busybox,dst=/i,image-subpath=bin',
      { volumes: [{ type: 'image', source: 'busybox', target: '/i', image: { subpath: 'bin' } }] },
    ],
  ])('%s', (flags, expected) => {
    expect(convert(flags)).toEqual({ ...expected, image: 'img' });
  });

  test('a named pipe, for Windows', () => {
    const dialect = makeDialect({ engineOs: 'windows' });
    const flag = String.raw`--mount 'type=npipe,source=\\.\pipe\x,target=\\.\pipe\y'`;
    const view = viewCommand(readCommands(fileText(`docker run ${flag} img`))[0]!, { dialect });
    const options = { dialects: [dialect] };
    const outcomes = writeMounts(commandMounts(view, options), 'compose', options);
    expect(parse(composeFile([{ name: 'web', ...composeItems(outcomes) }]))).toEqual({
      services: {
        web: { volumes: [{ type: 'npipe', source: '\\\\.\\pipe\\x', target: '\\\\.\\pipe\\y' }] },
      },
    });
  });

  test.each<[string, object]>([
    [
      '--tmpfs /run:rw,noexec,size=64m',
      { volumes: [{ type: 'tmpfs', target: '/run', tmpfs: { size: '64m' } }] },
    ],
    [
      '--tmpfs /run --tmpfs /tmp:size=1m,exec',
      { volumes: [{ type: 'tmpfs', target: '/run' }], tmpfs: ['/tmp:exec,size=1m'] },
    ],
  ])('%s', (flags, expected) => {
    expect(convert(flags)).toEqual({ ...expected, image: 'img' });
  });
});
