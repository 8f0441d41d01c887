// `docker` and its words as they are mostly typed: nearly all plain, with an odd one among them.
import fc from 'fast-check';
import { CONTAINER_FLAGS } from '../../src/dialects/docker/tables/docker-flags.js';
import { VOLUME_MODES } from '../../src/dialects/docker/tables/volume-modes.js';

const one = fc.constantFrom;
const often = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 15, arbitrary: usual }, { weight: 1, arbitrary: odd });
const segment = often(
  one(
    'app',
    'data',
    'srv',
    'etc',
    'usr',
    'bin',
    'lib',
    'proc',
    'sys',
    'tmp',
    'home',
    'var',
    'run',
    '.cache',
    'a',
    '1',
    'x.y',
    'node_modules',
    'me',
    'lib64',
    'sbin',
    'local',
    'docker.sock',
    'root',
    'dev',
  ),
  one('.', '..', '', ' ', 'a b', 'é', '*', '$X', '~', "'", 'x,y', 'a=b', '-x', '{a}', '\\'),
);
const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => `/${parts.join('/')}`);
const target = fc.tuple(path, one('', '', '/')).map((parts) => parts.join(''));
const source = fc.oneof(
  {
    weight: 3,
    arbitrary: one(
      'DIR',
      'DIR/sub',
      'DIR/sub/',
      'DIR/link',
      'DIR/file',
      'DIR/none',
      '/',
      '/etc',
      '/var/run/docker.sock',
      '/root',
      '/home',
      '/tmp',
      '/proc',
      '.',
      './',
      './sub',
      './none',
      './../x',
      '..',
      '../x',
      '.x',
      '~',
      '~/x',
      'sub',
      'sub/x',
    ),
  },
  {
    weight: 2,
    arbitrary: one('data', 'my-vol', 'a', 'x1', 'Cache_1.2', 'C', '', 'C:\\x', 'pgdata', '-x', '_a'),
  },
  { weight: 2, arbitrary: target },
);
const mode = often(
  one(
    '',
    ':ro',
    ':rw',
    ':z',
    ':Z',
    ':ro,z',
    ':rw,Z',
    ':cached',
    ':ro,rslave',
    ':Z,delegated,rshared',
    ':nocopy',
  ),
  fc.oneof(
    one(':', ':RO', ':ro,', ':,z', ':ro:z', ':ro,ro', ':bogus', ',ro', ':z,Z', ':slave,rslave', ':__proto__'),
    fc
      .array(one(...VOLUME_MODES.map(({ name }) => name)), { minLength: 1, maxLength: 3 })
      .map((words) => `:${words.join(',')}`),
  ),
);
const volume = often(
  fc.tuple(source, target, mode).map(([s, t, m]) => `${s}:${t}${m}`),
  one('/x', 'data', 'x/y', ':/x', '/x:', '/a:/b:/c', 'type=bind,src=/a,dst=/b'),
);
const field = fc.oneof(
  {
    weight: 5,
    arbitrary: one(
      'type=bind',
      'type=bind',
      'type=volume',
      'type=tmpfs',
      'readonly',
      'ro',
      'tmpfs-size=64m',
      'tmpfs-mode=1777',
      'bind-propagation=rslave',
      'consistency=cached',
      'volume-nocopy',
      'readonly=true',
    ),
  },
  {
    weight: 1,
    arbitrary: one(
      'type=npipe',
      'Type=bind',
      'readonly=true',
      'rw',
      'tmpfs-mode=0',
      'tmpfs-size=0',
      'tmpfs-size=64MB',
      'tmpfs-size=9999999999g',
      'tmpfs-mode=0755',
      'bind-propagation=slave',
      'bind-propagation=bogus',
      'volume-nocopy=1',
      'volume-nocopy=false',
      'consistency=delegated',
      'consistency=x',
      'readonly=0',
      'readonly=',
      'ro=1',
      'toString=1',
      '',
      ' ro',
      'constructor=x',
      '__proto__=x',
      'tmpfs-size=1e3',
    ),
  },
);
const mount = fc
  .tuple(
    fc.array(field, { maxLength: 3 }),
    fc.option(fc.tuple(one('src', 'source'), source)),
    fc.tuple(one('dst', 'target', 'destination'), target),
  )
  .chain(([fields, from, to]) =>
    fc
      .shuffledSubarray([...fields, ...(from === null ? [] : [from.join('=')]), to.join('=')], {
        minLength: 1,
      })
      .map((all) => all.join(',')),
  );
const tmpfs = fc
  .tuple(
    target,
    often(
      one('', ':size=64m', ':rw,noexec', ':mode=1777,uid=1', ':size=50%,suid', ':ro,exec,dev,size=1G'),
      one(
        ':',
        ':ro,',
        ':bogus',
        ':size=0',
        ':SIZE=1m',
        ':mode=9',
        ':size=99999999999999999999g',
        ':size=200%',
        ',size=1m',
        ':size=64MiB',
      ),
    ),
  )
  .map((parts) => parts.join(''));
const valueFlag = one(...CONTAINER_FLAGS.filter(({ kind }) => kind !== 'bool')).map(({ name }) => name);
const flag = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(one('-v', '-v', '--volume', '-itv'), volume) },
  { weight: 2, arbitrary: volume.map((text) => [`--volume=${text}`]) },
  {
    weight: 2,
    arbitrary: fc.tuple(one('-v', '-v=', '-itv', '-Pv='), volume).map((parts) => [parts.join('')]),
  },
  { weight: 4, arbitrary: mount.map((text) => ['--mount', text]) },
  { weight: 1, arbitrary: mount.map((text) => [`--mount=${text}`]) },
  { weight: 2, arbitrary: tmpfs.map((text) => ['--tmpfs', text]) },
  {
    weight: 3,
    arbitrary: one(['-it'], ['--rm'], ['-d'], ['--read-only'], ['--privileged'], ['-P'], ['-ti']),
  },
  {
    weight: 2,
    arbitrary: one(
      ['-e', 'A=/x:/y'],
      ['-p', '80:80'],
      ['-w', '/app'],
      ['--name=x'],
      ['--user', '1'],
      ['-ite', 'A'],
      ['-eA=-v'],
      ['-e', 'a\nb'],
      ['-itp80:80'],
      ['-h='],
      ['-u=0'],
      ['-testv'],
      ['-te'],
      ['-eé'],
      ['--network', 'host'],
      ['-e', '-v'],
      ['--env', ''],
      ['-u'],
      ['-m', '1x'],
      ['--security-opt', 'label=disable'],
      ['--gpus', 'all'],
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(valueFlag, fc.oneof(target, one('x', '1', 'type=bind,src=/a,dst=/b', '/a:/b', '--mount', '–v')))
      .map(([name, value]) => [`--${name}`, value]),
  },
  {
    weight: 1,
    arbitrary: one(
      ['--'],
      ['-'],
      ['—rm'],
      ['-volume'],
      ['--volumes-from', 'x'],
      ['--volume-driver', 'd'],
      ['--help'],
      ['--rm=false'],
    ),
  },
);
const image = often(
  one('alpine', 'node:20', 'ghcr.io/a/b:1', 'localhost:5000/x', 'a/b'),
  one(
    '',
    '/a:/b',
    'data:/b',
    'Alpine',
    'type=bind,src=/a,dst=/b',
    'x y',
    'docker',
    '-v',
    'é',
    'img@sha256:x',
    'alpine\u00a0',
  ),
);
const tail = fc.array(
  often(
    one('sh', '-c', 'echo hi', 'true', '-x', '--', 'a\nb'),
    one(
      '-v',
      '/a:/b',
      '-v/a:/b',
      '--mount',
      'type=bind,src=/a,dst=/b',
      '–v',
      '--volume=/a:/b',
      'é',
      '--tmpfs',
      '\\',
      '\u200b',
    ),
  ),
  { maxLength: 4 },
);
const start = often<readonly string[]>(
  one(['run'], ['run', '--rm'], ['create'], ['container', 'run'], ['container', 'create']),
  one(['exec'], ['service', 'create'], ['-D', 'run'], ['compose', 'run'], ['container', 'ls'], []),
);
/** docker's arguments; `DIR` stands for a folder that is there. */
export const usualCommand: fc.Arbitrary<string[]> = fc
  .tuple(start, fc.array(flag, { minLength: 1, maxLength: 4 }), image, tail)
  .map(([first, flags, name, rest]) => [...first, ...flags.flat(), name, ...rest]);
