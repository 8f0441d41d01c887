// The quick look: it may say "nothing to say" only where the full check has nothing to say and nothing to do.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTAINER_FLAGS } from '../../src/dialect/docker-flags.js';
import { RELEASES } from '../../src/dialect/version.js';
import { VOLUME_MODES } from '../../src/dialect/volume-modes.js';
import type { KnownDocker } from '../../src/docker/probe-cache.js';
import { checkCommand } from '../../src/shim/check-command.js';
import { isSurelySilent } from '../../src/shim/plain-check.js';
import type { ShimMode } from '../../src/shim/settings.js';
import { mountCommand, oddCommand } from '../differential/arbitrary.js';
import { SEED } from '../support/seed.js';
import { tempDir } from '../support/temp-dir.js';

const CASES = Number(process.env['MOUNTC_PLAIN_CASES'] ?? 12_000);

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
const command = fc
  .tuple(start, fc.array(flag, { minLength: 1, maxLength: 4 }), image, tail)
  .map(([first, flags, name, rest]) => [...first, ...flags.flat(), name, ...rest]);

const known: fc.Arbitrary<KnownDocker | undefined> = fc.option(
  fc.record({
    engineName: one('docker', 'docker', 'docker', 'other'),
    client: fc.option(one(...RELEASES.map(({ version }) => version)), { nil: undefined }),
    engine: fc.option(one(...RELEASES.map(({ version }) => version)), { nil: undefined }),
    engineOs: one('linux', 'linux', 'windows', undefined),
    asked: fc.constant(0),
  }),
  { nil: undefined },
) as fc.Arbitrary<KnownDocker | undefined>;

function world() {
  const dir = tempDir();
  for (const name of ['sub', 'home/.docker', 'other/.docker', 'app', 'data'])
    mkdirSync(join(dir, name), { recursive: true });
  writeFileSync(join(dir, 'file'), '');
  symlinkSync('sub', join(dir, 'link'));
  writeFileSync(join(dir, 'other/.docker/config.json'), '{"currentContext":"far"}');
  return dir;
}

describe(`the quick look (seed ${SEED})`, () => {
  const situation = (dir: string) =>
    fc.record({
      env: fc.record({
        HOME: one(join(dir, 'home'), join(dir, 'home'), join(dir, 'other')),
        DOCKER_HOST: one(undefined, undefined, '', 'unix:///run/docker.sock', 'tcp://far:2375', 'ssh://far'),
        DOCKER_CONTEXT: one(undefined, undefined, undefined, 'far'),
      }),
      docker: one('/bin/true', '/bin/true', '/snap/bin/docker'),
      settings: fc.record({
        mode: one<ShimMode>('block', 'block', 'warn', 'off'),
        rewrite: one<undefined | 'mount'>(undefined, undefined, undefined, 'mount'),
        rules: fc.constant({}),
        problems: fc.constant([]),
      }),
      isTerminal: fc.boolean(),
      known,
    });
  // On a terminal of a usual machine, mounts that are nearly all plain: what is left are warnings.
  const atTerminal = fc.record({
    env: fc.constant({ HOME: '/nonexistent' }),
    docker: fc.constant('/bin/true'),
    settings: fc.constant({ mode: 'block' as const, rules: {}, problems: [] }),
    isTerminal: fc.constant(true),
    known: fc.constant(undefined),
  });
  const simpleTarget = one(
    '/x',
    '/x/y',
    '/usr',
    '/usr/',
    '/bin',
    '/lib',
    '/lib64',
    '/sbin',
    '/usr/bin',
    '/usr/lib',
    '/usr/src',
    '/etc',
    '/sys',
    '/dev',
    '/root',
  );
  const simpleSource = one(
    'DIR',
    'DIR/sub',
    'DIR/link',
    'DIR/file',
    'DIR/none',
    '.',
    './sub',
    './none',
    '..',
    '../x',
    '/',
    '/etc',
    '/home',
    '/root',
    'data',
    'cache',
    '/usr',
    '/var/run/docker.sock',
  );
  const simple = fc.array(
    fc.oneof(
      fc
        .tuple(simpleSource, simpleTarget, one('', '', ':ro', ':z', ':cached', ':rslave,ro', ':rprivate'))
        .map(([from, to, how]) => ['-v', `${from}:${to}${how}`]),
      fc
        .tuple(simpleSource, simpleTarget, one('', ',ro', ',bind-propagation=rshared', ',consistency=cached'))
        .map(([from, to, how]) => ['--mount', `type=bind,src=${from},dst=${to}${how}`]),
      fc
        .tuple(one('data', 'cache'), simpleTarget, one('', ',ro', ',volume-nocopy', ',readonly=true'))
        .map(([from, to, how]) => ['--mount', `src=${from},dst=${to}${how}`]),
      simpleTarget.map((to) => ['--tmpfs', to]),
      simpleTarget.map((to) => ['-v', to]),
      simpleTarget.map((to) => ['--mount', `type=volume,dst=${to}`]),
    ),
    { minLength: 1, maxLength: 3 },
  );
  const simpleCommand = simple.map((flags) => ['run', '--rm', ...flags.flat(), 'alpine', 'sh']);
  const anyCommand = fc.oneof(
    { weight: 9, arbitrary: command },
    { weight: 1, arbitrary: fc.oneof(mountCommand, oddCommand) },
  );

  it.each([
    ['whatever is typed', anyCommand, situation],
    ['on a terminal', simpleCommand, () => atTerminal],
  ] as const)(
    'is silent only where the full check is: %s',
    { timeout: 300_000 },
    async (_name, commands, situations) => {
      const dir = world();
      const cwd = process.cwd();
      process.chdir(dir);
      const args = commands.map((words) => words.map((word) => word.replaceAll('DIR', dir)));
      let silent = 0;
      try {
        await fc.assert(
          fc.asyncProperty(args, situations(dir), async (words, given) => {
            if (!isSurelySilent(words, { ...given, known: () => given.known })) return;
            silent++;
            const result = await checkCommand({
              args: words,
              cwd: dir,
              settings: given.settings,
              known: given.known,
              host: { env: given.env, docker: given.docker },
              stderr: { isTerminal: given.isTerminal, color: false },
              version: '0.0.0',
            });
            expect(result).toMatchObject({ refuse: false, text: '' });
            expect(result.rewritten).toBeUndefined();
          }),
          { seed: SEED, numRuns: CASES },
        );
      } finally {
        process.chdir(cwd);
      }
      // Or it would prove nothing.
      expect(silent).toBeGreaterThan(CASES / 25);
    },
  );

  it.each([
    'run -v /srv:/srv alpine',
    'run --rm -it -v /srv:/app:ro -w /app node:20 npm test',
    'run --rm -v ./src:/src -v data:/data alpine',
    'run -d --name db -e A=b -p 1:2 -v pgdata:/var/lib/postgresql/data postgres:16',
    'run -v data:/data --mount type=bind,src=/srv,dst=/srv,bind-propagation=rslave alpine',
    'run -v/srv:/srv:ro,rslave,z -v ../src:/src:cached -v /app/node_modules node@sha256:DIGEST go test -v ./...',
    'run --mount type=volume,dst=/x,volume-nocopy -itv data:/data:nocopy -eA=b alpine',
    'run --mount type=bind,src=/srv,dst=/srv,readonly --mount source=data,target=/data alpine',
    'container run --read-only --tmpfs /tmp:rw,noexec,size=64m -v data:/data alpine sh -c true',
    'create --mount type=tmpfs,dst=/t,tmpfs-size=64m -v /var/run/docker.sock:/var/run/docker.sock alpine',
  ])('is enough for docker %s', (line) => {
    const settings = { mode: 'block' as const, rules: {}, problems: [] };
    const given = { env: {}, docker: '/bin/true', settings, isTerminal: false, known: () => undefined };
    expect(isSurelySilent(line.replace('DIGEST', 'a'.repeat(64)).split(' '), given)).toBe(true);
  });
});
