// The engine's verdicts that no daemon of the tests can give: newer engines, Windows, other machines.
import { describe, expect, test } from 'vitest';
import type { ApiMount, Sent } from '../../src/dialects/docker/client/api.js';
import { judgeEngine, judgeSent } from '../../src/dialects/docker/engine/judge.js';
import type { PathState, System } from '../../src/dialects/docker/engine/system.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { readVersion } from '../../src/dialects/docker/tables/version.js';
import { compile } from '../../src/library.js';
import { bodyOf } from '../engine/body-arbitrary.js';

const dialectOf = (engine: string, engineOs: 'linux' | 'windows' = 'linux', client = engine) =>
  makeDialect({ client: readVersion(client), engine: readVersion(engine), engineOs });
const system = (paths: Record<string, PathState>, more: Partial<System> = {}): System => ({
  pathState: (path) => paths[path] ?? 'missing',
  ...more,
});
const bind = (text: string): Sent => ({ slot: 'Binds', bind: text });
const mount = (given: ApiMount): Sent => ({ slot: 'Mounts', mount: given });

describe('a Linux engine of 29', () => {
  test.each([
    ['29.1.5', "destination can't be '/'"],
    ['29.2.1', 'field VolumeOptions must not be specified'],
  ])('%s looks at wrong options in its own order', (engine, reason) => {
    expect(judgeSent(bind('/a:/:nocopy'), dialectOf(engine)).create?.reason).toContain(reason);
  });

  test.each([
    ['29.1.5', 'must not set ReadOnly mode when using anonymous volumes'],
    ['29.2.1', undefined],
  ])('%s and a read-only anonymous volume', (engine, reason) => {
    const { create } = judgeSent(mount({ Type: 'volume', Target: '/x', ReadOnly: true }), dialectOf(engine));
    expect(create?.reason).toBe(reason && `invalid mount config for type "volume": ${reason}`);
  });
});

describe('options of another type', () => {
  const paths = { bind: '/a', volume: 'a1', tmpfs: undefined } as const;
  test.each([
    ['bind', 'VolumeOptions'],
    ['bind', 'ImageOptions'],
    ['volume', 'BindOptions'],
    ['volume', 'ImageOptions'],
    ['tmpfs', 'BindOptions'],
    ['tmpfs', 'ImageOptions'],
  ] as const)('%s with %s', (Type, field) => {
    const given = { Type, Source: paths[Type], Target: '/x' };
    const host = system({ '/a': 'directory' });
    // An API before 1.42, whose router does not look.
    const dialect = dialectOf('28.5.2', 'linux', '20.10.24');
    expect(judgeSent(mount(given), dialect, host)).toEqual({ start: undefined });
    expect(judgeSent(mount({ ...given, [field]: {} }), dialect, host).create?.reason).toBe(
      `invalid mount config for type "${Type}": field ${field} must not be specified`,
    );
  });

  test('of images are not looked at by an engine that knows none', () => {
    const given = mount({ Type: 'volume', Source: 'a1', Target: '/x', ImageOptions: {} });
    expect(judgeSent(given, dialectOf('27.5.1'))).toEqual({ start: undefined });
  });
});

describe('what came with an API that the client does not speak', () => {
  test.each([
    [
      '25.0.5',
      '24.0.9',
      {
        Type: 'bind',
        Source: '/a',
        Target: '/x',
        ReadOnly: true,
        BindOptions: { ReadOnlyForceRecursive: true },
      },
      'BindOptions.ReadOnlyForceRecursive needs API v1.44 or newer',
    ],
    [
      '26.1.5',
      '25.0.5',
      { Type: 'volume', Source: 'a1', Target: '/x', VolumeOptions: { Subpath: 'a' } },
      'VolumeOptions.Subpath needs API v1.45 or newer',
    ],
    [
      '28.5.2',
      '27.5.1',
      { Type: 'image', Source: 'img', Target: '/x' },
      'Mount type "Image" needs API v1.48 or newer',
    ],
  ] as const)('engine %s, client %s', (engine, client, given, reason) => {
    const host = system({ '/a': 'directory' });
    expect(judgeSent(mount(given), dialectOf(engine, 'linux', client), host).create?.reason).toBe(reason);
    expect(judgeSent(mount(given), dialectOf(engine), host).create).toBeUndefined();
  });
});

describe('options of the local driver', () => {
  const verdict = (Options: Record<string, string>) =>
    judgeSent(
      mount({ Type: 'volume', Source: 'v1', Target: '/x', VolumeOptions: { DriverConfig: { Options } } }),
      dialectOf('28.5.2'),
      system({}, { hasVolume: () => false }),
    ).create?.reason;

  test.each([
    [{ bogus: '1' }, 'invalid option: "bogus"'],
    // Of several the engine names any.
    [{ bogus: '1', other: '2' }, 'invalid option: '],
    [{ device: '/a' }, 'missing required option: "type"'],
    [{ o: 'bind', type: 'none' }, 'missing required option: "device"'],
  ])('%j', (options, reason) => {
    expect(verdict(options)).toMatch(new RegExp(`${reason}$`));
  });

  test('that belong together are taken', () => {
    expect(verdict({ type: 'tmpfs', device: 'tmpfs', o: 'size=1m' })).toBeUndefined();
  });

  test('of another driver are left open', () => {
    const DriverConfig = { Name: 'sshfs', Options: { bogus: '1' } };
    const given: ApiMount = { Type: 'volume', Source: 'v1', Target: '/x', VolumeOptions: { DriverConfig } };
    const { create, open } = judgeEngine(bodyOf({ Mounts: [given] }), dialectOf('28.5.2'));
    expect(create).toBeUndefined();
    expect(open).toMatchObject([{ about: 'volume-driver' }]);
  });
});

test.each([
  ['28.5.2', 'size=1m,bogus=2', 'invalid tmpfs option "bogus"'],
  ['20.10.24', 'size=1m,bogus=2', 'invalid tmpfs option ["bogus" "2"]'],
  ['20.10.24', 'exec,bogus', 'invalid tmpfs option ["bogus"]'],
  ['28.5.2', 'exec=1', 'invalid tmpfs option "exec"'],
  ['28.5.2', 'size', 'invalid tmpfs option "size"'],
  ['28.5.2', 'rw,size=1m,mode=700,exec', undefined],
])('engine %s starts a container with the tmpfs options %s: %s', (engine, options, reason) => {
  const { start } = judgeSent({ slot: 'Tmpfs', target: '/x', options }, dialectOf(engine));
  expect(start?.reason).toBe(reason);
});

test('only the local driver has rules for names', () => {
  const verdict = (driver?: string) => judgeSent(bind('a/b:/x'), dialectOf('28.5.2'), undefined, driver);
  expect(verdict().create?.reason).toContain('includes invalid characters for a local volume name');
  expect(verdict('local').create?.reason).toContain('includes invalid characters for a local volume name');
  expect(verdict('sshfs').create).toBeUndefined();
});

describe('the words of a tmpfs that only the API has', () => {
  const given = (...Options: string[][]): Sent =>
    mount({ Type: 'tmpfs', Target: '/x', TmpfsOptions: { Options } });
  const wrong = 'invalid mount config for type "tmpfs": invalid option';

  test.each([
    ['27.5.1', [['exec'], ['noexec']], undefined],
    ['27.5.1', [['exec'], ['uid', '5']], `${wrong}: uid`],
    ['29.7.2', [[]], `${wrong} array length`],
    ['29.7.2', [['exec', 'a', 'b']], `${wrong} array length`],
    ['26.1.5', [['uid', '5']], undefined],
  ])('%s and %j', (engine, words, reason) => {
    expect(judgeSent(given(...words), dialectOf(engine)).create?.reason).toBe(reason);
  });

  test('are not read by an older API', () => {
    expect(judgeSent(given(['uid']), dialectOf('28.5.2', 'linux', '26.1.5')).create).toBeUndefined();
  });
});

describe('what only the machine knows', () => {
  const given = mount({
    Type: 'bind',
    Source: '/data',
    Target: '/x',
    BindOptions: { CreateMountpoint: true },
  });

  test('is left open and named', () => {
    const plain = bodyOf({ Mounts: [{ Type: 'bind', Source: '/data', Target: '/x' }] });
    expect(judgeEngine(plain, dialectOf('28.5.2'))).toMatchObject({
      open: [{ about: 'source', place: { slot: 'Mounts', index: 0 } }],
    });
    expect(judgeEngine(plain, dialectOf('28.5.2'), system({})).create?.reason).toBe(
      'invalid mount config for type "bind": bind source path does not exist: /data',
    );
    expect(judgeEngine(plain, dialectOf('28.5.2'), system({ '/data': 'file' }))).toMatchObject({ open: [] });
  });

  test.each([
    ['20.10.24', true],
    ['23.0.11', true],
    ['23.0.15', false],
    ['24.0.9', true],
    ['25.0.3', true],
    ['25.0.5', false],
    ['29.7.2', false],
  ])('engine %s refuses a missing source with CreateMountpoint: %s', (engine, isRefused) => {
    const { create } = judgeSent(given, dialectOf(engine, 'linux', '29.7.2'), system({}));
    expect(create !== undefined).toBe(isRefused);
  });

  test('propagation and the directory of the engine itself', () => {
    const host = system(
      { '/srv': 'directory' },
      { pathPropagation: () => ({ mountPoint: '/', kind: 'private' }), daemonRoot: '/var/lib/docker' },
    );
    expect(judgeSent(bind('/srv:/x:rshared'), dialectOf('28.5.2'), host)).toMatchObject({
      start: { reason: 'path /srv is mounted on / but it is not a shared mount' },
    });
    expect(judgeSent(bind('/srv:/x:slave'), dialectOf('28.5.2'), host)).toMatchObject({
      start: { reason: 'path /srv is mounted on / but it is not a shared or slave mount' },
    });
    expect(judgeSent(bind('/var:/x:private'), dialectOf('28.5.2'), host).create?.kind).toBe('daemon-root');
    expect(judgeSent(bind('/var:/x'), dialectOf('28.5.2'), host)).toEqual({ start: undefined });
  });
});

describe('a swarm', () => {
  const engine = (...args: string[]) => {
    const words = ['service', 'create', ...args.flatMap((text) => ['--mount', text]), 'img'];
    return compile(words, { docker: '29.7.2', engine: '28.5.2' }).engine;
  };

  test.each([
    ['type=bogus,dst=/x', 'invalid MountType: "bogus"'],
    ['type=image,src=i,dst=/x', 'invalid MountType: "image"'],
    ['type=bind,src=/a,dst=/x,bind-propagation=bogus', 'invalid MountPropagation: "bogus"'],
  ])('refuses %s at once', (text, reason) => {
    expect(engine(text)?.create?.reason).toBe(reason);
  });

  test('knows a target by its letters only', () => {
    expect(engine('src=a,dst=/x', 'src=b,dst=/x')?.create?.reason).toContain('duplicate mount point: /x');
    expect(engine('src=ab,dst=/x', 'src=bc,dst=/x/')?.create).toBeUndefined();
  });

  test.each([
    ['type=bind,src=rel,dst=/x', 'invalid bind mount source, must be an absolute path: rel'],
    ['type=bind,src=/a,dst=x', 'invalid mount target, must be an absolute path: x'],
    ['type=volume,src=/x,dst=/y', 'invalid volume mount source, must not be an absolute path: /x'],
    ['type=tmpfs,src=x,dst=/y', 'invalid tmpfs source, source must be empty'],
    ['type=volume,src=vv,dst=/', "destination can't be '/'"],
    ['type=volume,src=v,dst=/x', 'volume name is too short'],
    ['type=npipe,src=/a,dst=/x', 'mount type unknown'],
    ['type=npipe,dst=/x', 'invalid npipe source, source must not be empty'],
  ])('takes %s, and no node runs it', (text, reason) => {
    const verdict = engine(text);
    expect(verdict?.create).toBeUndefined();
    expect(verdict?.start?.reason).toContain(reason);
  });

  test('of 20.10 has no cluster volumes', () => {
    const words = ['service', 'create', '--mount', 'type=cluster,src=group:g,dst=/x', 'img'];
    const by = (version: string) => compile(words, { docker: '28.5.2', engine: version }).engine;
    expect(by('20.10.24')?.create?.reason).toBe('invalid MountType: "cluster"');
    // Whether a node has the driver, nobody knows.
    expect(by('23.0.0')).toEqual({ dropped: [], items: [], open: [] });
  });

  test('is not asked when an update adds one target twice', () => {
    const words = ['service', 'update', '--mount-add', 'dst=/x', '--mount-add', 'type=tmpfs,dst=/x', 'web'];
    expect(compile(words, { docker: '28.5.2' }).engine?.create?.reason).toBe('duplicate mount target');
  });

  test('takes two spellings of one target, and no node makes them both', () => {
    expect(engine('src=ab,dst=/x', 'src=bc,dst=/x/')?.start?.reason).toBe('Duplicate mount point: /x/');
  });

  test('says what is left out on the way', () => {
    expect(engine('type=bind,src=/a,dst=/x,bind-create-src,consistency=cached')).toMatchObject({
      dropped: [
        { index: 0, field: 'CreateMountpoint' },
        { index: 0, field: 'Consistency' },
      ],
    });
  });
});

test('compile answers for client and engine', () => {
  expect(compile(['run', '-v', '/a:/x:bogus', 'img'])).toMatchObject({
    ok: true,
    client: { ok: true },
    engine: { create: { kind: 'mode', reason: 'invalid mode: bogus', place: { slot: 'Binds', index: 0 } } },
  });
  expect(compile(['run', '--tmpfs', '/x:bogus', 'img'], { docker: '28' })).toMatchObject({
    engine: { start: { reason: 'invalid tmpfs option "bogus"' } },
  });
  expect(compile(['run', '-v', ':/x', 'img'])).toMatchObject({ ok: false, client: { ok: false } });
});

describe('a Windows engine', () => {
  const windows = dialectOf('28.5.2', 'windows');
  const directories = system({ 'c:\\foo': 'directory', 'c:\\file.txt': 'file', 'C:\\Foo': 'directory' });

  test.each([
    'c:\\foo:d:\\bar',
    'C:\\Foo:D:\\Bar:RO',
    'name:d:\\x:rw',
    'MyName:d:',
    'a1.b-c:d:\\x',
    '\\\\.\\pipe\\a:\\\\.\\pipe\\b',
    '//./pipe/a://./pipe/b',
  ])('takes %s', (text) => {
    expect(judgeSent(bind(text), windows, directories)).toEqual({ create: undefined });
  });

  test.each([
    ['c:\\foo:d:\\bar:z', "invalid volume specification: 'c:\\foo:d:\\bar:z'"],
    ['c:\\foo:d:\\bar:ro,z', "invalid volume specification: 'c:\\foo:d:\\bar:ro,z'"],
    ['name:d:\\x:nocopy', "invalid volume specification: 'name:d:\\x:nocopy'"],
    ['\\\\srv\\share:d:\\x', "invalid volume specification: '\\\\srv\\share:d:\\x'"],
    ['.\\foo:d:\\x', "invalid volume specification: '.\\foo:d:\\x'"],
    ['/foo:/bar', "invalid volume specification: '/foo:/bar'"],
    ['name:c:\\', "destination path (c:\\) cannot be 'c:' or 'c:\\'"],
    ['c:\\nope:d:\\x', 'bind source path does not exist: c:\\nope'],
    ['c:\\file.txt:d:\\x', 'source path must be a directory'],
    ['con:d:\\x', 'volume name "con" cannot be a reserved word for Windows filenames'],
    ['a b:d:\\x', 'create a b: "a b" includes invalid characters for a local volume name'],
    ['v:d:\\x:ro', 'create v: volume name is too short'],
    ['\\\\.\\pipe\\a:d:\\x', "'d:\\x' is not a valid pipe path"],
    ['\\\\.\\pipe\\a:\\\\.\\pipe\\b:ro', 'field ReadOnly must not be specified'],
  ])('refuses %s', (text, reason) => {
    expect(judgeSent(bind(text), windows, directories).create?.reason).toContain(reason);
  });

  test.each([`c:\\${'a'.repeat(5000)}*:d:\\x`, `/${'a'.repeat(5000)}:`, `${'a/'.repeat(2500)}:`])(
    'reads a long text at once',
    (text) => {
      const host = { ...directories, runsLinuxContainers: true };
      expect(judgeSent(bind(text), windows, directories).create).toBeDefined();
      expect(judgeSent(bind(text), windows, host).create).toBeDefined();
    },
  );

  test.each([
    ['20.10.24', 'content:d:\\x', true],
    ['20.10.24', 'mynul:d:\\x', true],
    ['23.0.15', 'content:d:\\x', false],
    ['23.0.15', 'nul:d:\\x', true],
  ])('%s and the name %s: refused %s', (engine, text, isRefused) => {
    expect(judgeSent(bind(text), dialectOf(engine, 'windows')).create !== undefined).toBe(isRefused);
  });

  test('has its own words for the root until 27', () => {
    const { create } = judgeSent(bind('name:c:'), dialectOf('27.5.1', 'windows'));
    expect(create?.reason).toContain('destination path cannot be `c:` or `c:\\`: c:');
  });

  test.each([
    [{ Type: 'tmpfs', Target: 'd:\\x' }, 'mount type unknown'],
    [
      { Type: 'bind', Source: 'c:\\foo', Target: 'd:\\x', BindOptions: { Propagation: 'rprivate' } },
      'invalid propagation mode: rprivate',
    ],
    [
      { Type: 'bind', Source: 'foo', Target: 'd:\\x' },
      "invalid mount path: 'foo' mount path must be absolute",
    ],
    [{ Type: 'volume', Source: 'v', Target: '/x' }, "invalid mount path: '/x'"],
    [{ Type: 'volume', Source: 'a/b', Target: 'd:\\x' }, 'invalid volume name'],
  ] as const)('refuses %j', (given, reason) => {
    const type = given.Type;
    expect(judgeSent(mount(given), windows).create?.reason).toBe(
      `invalid mount config for type "${type}": ${reason}`,
    );
  });

  test('creates a new volume without options only', () => {
    const given = (Source?: string): Sent =>
      mount({
        Type: 'volume',
        Source,
        Target: 'd:\\x',
        VolumeOptions: { DriverConfig: { Options: { o: 'size=1m' } } },
      });
    const known = (exists: boolean) => system({}, { hasVolume: () => exists });
    const reason = 'options are not supported on this platform';
    expect(judgeSent(given(), windows).create?.reason).toBe(`: ${reason}`);
    expect(judgeSent(given('vol'), windows, known(false)).create?.reason).toBe(`create vol: ${reason}`);
    expect(judgeSent(given('vol'), windows, known(true)).create).toBeUndefined();
    expect(judgeSent(given('vol'), windows).create).toBeUndefined();
  });

  test('runs services with its own paths', () => {
    const node = (spec: string) =>
      compile(['service', 'create', '--mount', spec, 'img'], { engineOs: 'windows' }).engine?.start?.reason;
    expect(node('type=bind,src=C:\\data,dst=D:\\data')).toBeUndefined();
    expect(node('type=volume,src=data,dst=D:\\data')).toBeUndefined();
    expect(node('type=bind,src=data,dst=D:\\data')).toContain('invalid bind mount source');
    expect(node('type=volume,src=C:\\data,dst=D:\\data')).toContain('invalid volume mount source');
    expect(node('type=bind,src=C:\\data,dst=\\data')).toContain('invalid mount target');
  });

  test('has no tmpfs, and knows one target in any case', () => {
    expect(judgeSent({ slot: 'Tmpfs', target: 'd:\\t', options: '' }, windows).create?.kind).toBe(
      'mount-type',
    );
    const twice = bodyOf({ Binds: ['a1:D:\\X', 'b1:d:\\x\\'] });
    expect(judgeEngine(twice, windows).create).toMatchObject({
      kind: 'duplicate-target',
      reason: 'Duplicate mount point: d:\\x',
    });
  });

  test('with containers of Linux takes Unix targets, and no pipes', () => {
    const lcow = system({ 'c:\\foo': 'directory' }, { runsLinuxContainers: true });
    expect(judgeSent(bind('c:\\foo:/bar:ro'), windows, lcow).create).toBeUndefined();
    expect(judgeSent(bind('c:\\foo:d:\\bar'), windows, lcow).create?.kind).toBe('volume-spec');
    expect(judgeSent(bind('name:/'), windows, lcow).create?.reason).toContain("destination can't be '/'");
    expect(judgeSent(bind('\\\\.\\pipe\\a:/x'), windows, lcow).create?.reason).toContain('named pipe');
  });
});
