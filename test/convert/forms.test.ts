import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { apiMounts } from '../../src/convert/api-input.js';
import { commandMounts } from '../../src/convert/command-mounts.js';
import { projectName, readComposeFile, serviceMounts } from '../../src/convert/compose-input.js';
import { composeFile } from '../../src/convert/compose-output.js';
import { devcontainerMounts } from '../../src/convert/devcontainer-input.js';
import {
  apiBody,
  composeItems,
  devcontainerText,
  flagLines,
  writeMounts,
} from '../../src/convert/write-mounts.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import type { MountForm } from '../../src/forms/loss.js';
import { fileText } from '../../src/source/hosted-text.js';
import { viewCommand } from '../../src/source/view-command.js';
import { readCommands } from '../support/read-commands.js';

const dialect = makeDialect();
const options = { dialects: [dialect] };

function fromShell(command: string, to: MountForm) {
  const view = viewCommand(readCommands(fileText(command))[0]!, { dialect });
  return writeMounts(commandMounts(view, options), to, options);
}

async function fromCompose(text: string, service: string, to: MountForm): Promise<string[]> {
  const file = await readComposeFile(text);
  const read = { dialect, folder: '/w/shop', project: file.name ?? projectName('/w/shop') };
  return flagLines(writeMounts(serviceMounts(file, service, read), to, options));
}

test('a command becomes a service, variables become those of Compose', () => {
  const outcomes = fromShell(
    'docker run -v "$PWD/src":/app:ro -v ~/x:/y -v $(pwd)/z:/z -v data:/d --tmpfs /run:exec -v \'/a$b\':/c -v "${D:-/q}/r":/r img',
    'compose',
  );
  const bind = { create_host_path: true };
  expect(parse(composeFile([{ name: 'web', keys: { image: 'img' }, ...composeItems(outcomes) }]))).toEqual({
    services: {
      web: {
        image: 'img',
        volumes: [
          { type: 'bind', source: '${PWD}/src', target: '/app', read_only: true, bind },
          { type: 'bind', source: '~/x', target: '/y', bind },
          { type: 'bind', source: '${PWD}/z', target: '/z', bind },
          { type: 'volume', source: 'data', target: '/d' },
          { type: 'bind', source: '/a$$b', target: '/c', bind },
          { type: 'bind', source: '${D:-/q}/r', target: '/r', bind },
        ],
        tmpfs: ['/run:exec'],
      },
    },
    volumes: { data: { name: 'data' } },
  });
});

test('what has no name in Compose is left out and said', () => {
  const outcomes = fromShell('docker run -v "$(mktemp -d)/x":/a -v $X:/b img', 'compose');
  expect(outcomes.map(({ written }) => written)).toEqual([undefined, undefined]);
  expect(outcomes.every(({ losses }) => losses.length > 0)).toBe(true);
});

const COMPOSE = `name: Shop
services:
  web:
    volumes:
      - ./data:/data:ro
      - db:/db
      - ext:/ext
      - named:/named
      - \${HOME}/x:/x
      - ~/y:/y
      - \${DATA:-./d}/z:/z
      - /anon
      - /m$$y:/m
      - type: volume
        source: db
        target: /sub
        volume: {nocopy: true, subpath: a}
      - type: bind
        source: ../up
        target: /up
        read_only: true
        bind: {create_host_path: false, propagation: rslave}
      - type: tmpfs
        target: /t
        tmpfs: {size: 64m, mode: 0700}
    tmpfs:
      - /run:exec
volumes:
  db:
  ext: {external: true}
  named: {name: real, driver: local, driver_opts: {type: nfs}}
`;

test('a service becomes flags: names with the project, paths from the folder of the file', async () => {
  expect(await fromCompose(COMPOSE.replace('name: Shop', 'name: shop'), 'web', 'mount')).toEqual([
    '--mount type=bind,src=/w/shop/data,dst=/data,readonly,bind-create-src',
    '--mount type=volume,src=shop_db,dst=/db',
    '--mount type=volume,src=ext,dst=/ext',
    '--mount type=volume,src=real,dst=/named,volume-driver=local,volume-opt=type=nfs',
    '--mount "type=bind,src=$HOME/x,dst=/x,bind-create-src"',
    '--mount "type=bind,src=$HOME/y,dst=/y,bind-create-src"',
    '--mount "type=bind,src=${DATA:-/w/shop/d}/z,dst=/z,bind-create-src"',
    '--mount type=volume,dst=/anon',
    "--mount 'type=bind,src=/m$y,dst=/m,bind-create-src'",
    '--mount type=volume,src=shop_db,dst=/sub,volume-nocopy,volume-subpath=a',
    '--mount type=bind,src=/w/up,dst=/up,readonly,bind-propagation=rslave',
    '--mount type=tmpfs,dst=/t,tmpfs-size=64m,tmpfs-mode=700',
    '--tmpfs /run:exec',
  ]);
});

test('the project is named after the folder, as Compose does', () => {
  expect(projectName('/srv/My.Shop (1)')).toBe('myshop1');
  expect(projectName('/srv/_-a_b/')).toBe('a_b');
});

test('values of a service: booleans as texts, and what Compose refuses is left out', async () => {
  const entry = async (more: string) => {
    const text = `services: {web: {image: a, volumes: [{type: bind, source: ./a, target: /b, ${more}}]}}`;
    return fromCompose(text, 'web', 'volume');
  };
  const made = 'bind: {create_host_path: Yes}';
  expect(await entry(`${made}, read_only: On`)).toEqual(['-v /w/shop/a:/b:ro']);
  expect(await entry(`${made}, read_only: "no"`)).toEqual(['-v /w/shop/a:/b']);
  expect(await entry(`${made}, read_only: "\${RO:-true}"`)).toEqual([]);
  expect(await entry(`${made}, read_only: 1`)).toEqual([]);
  expect(await entry(`${made}, consistency: true`)).toEqual([]);
  expect(await entry('bind: !reset null')).toEqual([]);
  expect(await entry('bind: nothing')).toEqual([]);

  const tmpfs = async (size: string) => {
    const text = `services: {web: {image: a, volumes: [{type: tmpfs, target: /b, tmpfs: {size: ${size}}}]}}`;
    return fromCompose(text, 'web', 'tmpfs');
  };
  expect(await tmpfs('0x400')).toEqual(['--tmpfs /b:size=1k']);
  for (const size of ['true', '-1', '0.5', '50%', '"$SIZE"', '9223372036854775808'])
    expect(await tmpfs(size)).toEqual([]);
});

test('devcontainers: mounts, and runArgs for what --mount cannot say', async () => {
  const outcomes = fromShell(
    'docker run -v "$PWD":/w -v data:/d --tmpfs /t:exec -v /a:/b:z img',
    'devcontainer',
  );
  const text = devcontainerText(outcomes);
  expect(JSON.parse(text)).toEqual({
    mounts: ['type=bind,src=${localWorkspaceFolder},dst=/w,bind-create-src', 'type=volume,src=data,dst=/d'],
    runArgs: ['--tmpfs', '/t:exec', '-v', '/a:/b:z'],
  });
  const list = await devcontainerMounts(
    '{"mounts": ["source=${localEnv:HOME}/.aws,target=/aws,type=bind,readonly", {"type": "volume", "source": "v1", "target": "/v, x"}]}',
    { dialects: [dialect] },
  );
  expect(flagLines(writeMounts(list, 'mount', options))).toEqual([
    '--mount "type=bind,src=$HOME/.aws,dst=/aws,readonly"',
    '--mount \'type=volume,src=v1,"dst=/v, x"\'',
  ]);
});

test('what docker inspect prints becomes flags, and flags become a create call', () => {
  const inspect = JSON.stringify([
    {
      HostConfig: {
        Binds: ['/a b:/c:ro,z', 'data:/d'],
        Mounts: [
          { Type: 'bind', Source: '/s', Target: '/t', BindOptions: { Propagation: 'rslave' } },
          { Type: 'tmpfs', Target: '/m', TmpfsOptions: { SizeBytes: 1024, Mode: 448 } },
        ],
        Tmpfs: { '/run': 'size=64m', '/x': '' },
      },
      Config: { Volumes: { '/anon': {}, '/d': {} } },
    },
  ]);
  const list = apiMounts(inspect, dialect)!;
  expect(flagLines(writeMounts(list, 'volume', options))).toEqual([
    "-v '/a b:/c:ro,z'",
    '-v data:/d',
    '-v /anon',
    '-v /s:/t:rslave',
    '--mount type=tmpfs,dst=/m,tmpfs-size=1k,tmpfs-mode=700',
    '--mount type=tmpfs,dst=/run,tmpfs-size=64m',
    '--mount type=tmpfs,dst=/x',
  ]);
  expect(apiBody(fromShell('docker run -v /a:/b:Z -v vv:/w --tmpfs /t:exec img', 'api'))).toMatchObject({
    Binds: ['/a:/b:Z'],
    Mounts: [{ Type: 'volume', Source: 'vv', Target: '/w' }],
    Tmpfs: { '/t': 'exec' },
  });
  expect(apiMounts('[1]', dialect)).toBeUndefined();
});

test('what only the API can say of a mount is said in another way, or named', () => {
  const tmpfs = (...words: string[]) => ({
    Type: 'tmpfs',
    Target: '/m',
    TmpfsOptions: { SizeBytes: 4096, Options: words.map((word) => [word]) },
  });
  const outcomes = (mount: object, form: MountForm, strict = false) =>
    writeMounts(apiMounts(JSON.stringify({ Mounts: [mount] }), dialect)!, form, { ...options, strict });
  const lines = (mount: object, form: MountForm) => flagLines(outcomes(mount, form));
  expect(lines(tmpfs('exec'), 'mount')).toEqual(['--tmpfs /m:exec,size=4k']);
  expect(lines(tmpfs('noexec', 'exec'), 'tmpfs')).toEqual(['--tmpfs /m:exec,size=4k']);
  expect(lines(tmpfs('exec', 'noexec'), 'mount')).toEqual(['--mount type=tmpfs,dst=/m,tmpfs-size=4k']);
  expect(apiBody(outcomes(tmpfs('exec'), 'api')).Tmpfs).toEqual({ '/m': 'exec,size=4k' });

  const later = { Type: 'bind', Source: '/s', Target: '/t', BindOptions: { Later: true } };
  const [one] = outcomes(later, 'mount');
  expect(one).toMatchObject({ exact: false, losses: [{ field: 'BindOptions.Later', kind: 'changed' }] });
  expect(flagLines([one!])).toEqual(['--mount type=bind,src=/s,dst=/t']);
  expect(flagLines(outcomes(later, 'mount', true))).toEqual([]);
});

test('a volume that two mounts make in different ways is declared once', () => {
  const outcomes = fromShell(
    'docker run --mount type=volume,src=v1,dst=/a,volume-opt=type=nfs -v v1:/b --mount type=volume,src=v1,dst=/c,volume-opt=type=nfs img',
    'compose',
  );
  expect(outcomes.map(({ written }) => written !== undefined)).toEqual([true, false, true]);
});
