// The fast path: it may say "nothing to say" only where the full check has nothing to say and nothing to do.
import { linkSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RELEASES } from '../../src/dialects/docker/tables/version.js';
import type { KnownDocker } from '../../src/docker/known-docker.js';
import { checkCommand } from '../../src/shim/check-command.js';
import { isSurelySilent } from '../../src/shim/fast-path.js';
import type { ShimMode } from '../../src/shim/settings.js';
import { mountCommand, oddCommand } from '../differential/arbitrary.js';
import { SEED } from '../support/seed.js';
import { tempDir } from '../support/temp-dir.js';
import { usualCommand } from '../support/usual-command.js';

const CASES = Number(process.env['MOUNTC_PLAIN_CASES'] ?? 12_000);

const one = fc.constantFrom;

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
  for (const name of ['docker.sock', 'app.json', 'sub', 'home/.docker', 'other/.docker', 'app', 'data'])
    mkdirSync(join(dir, name), { recursive: true });
  for (const name of ['file', 'a.json']) writeFileSync(join(dir, name), '');
  symlinkSync('sub', join(dir, 'link'));
  writeFileSync(join(dir, 'other/.docker/config.json'), '{"currentContext":"far"}');
  return dir;
}

/** What is there under the names that commands mention. */
const machine = fc.record(
  Object.fromEntries(
    ['docker.sock', 'app.json', 'a.json', 'sub', 'app', 'data', 'cache', 'dat', 'none', 'link', 'file'].map(
      (name) => [name, one('folder', 'file', 'socket', 'link', 'link to a file', 'dangling', 'nothing')],
    ),
  ),
);
const MACHINES = 24;

/** What throws asks the full check. */
function isSilent(...situation: Parameters<typeof isSurelySilent>): boolean {
  try {
    return isSurelySilent(...situation);
  } catch {
    return false;
  }
}

function rebuild(dir: string, socket: string, there: Readonly<Record<string, string>>) {
  for (const [name, what] of Object.entries(there)) {
    const path = join(dir, name);
    rmSync(path, { recursive: true, force: true });
    if (what === 'folder') mkdirSync(path);
    else if (what === 'file') writeFileSync(path, '');
    else if (what === 'socket') linkSync(socket, path);
    else if (what === 'link') symlinkSync('home', path);
    else if (what === 'link to a file') symlinkSync('/etc/hosts', path);
    else if (what === 'dangling') symlinkSync('nowhere/at all', path);
  }
}

describe(`the fast path (seed ${SEED})`, () => {
  const situation = (dir: string) =>
    fc.record({
      env: fc.record({
        HOME: one(join(dir, 'home'), join(dir, 'home'), join(dir, 'other'), undefined),
        DOCKER_HOST: one(undefined, undefined, '', 'unix:///run/docker.sock', 'tcp://far:2375', 'ssh://far'),
        DOCKER_CONTEXT: one(undefined, undefined, undefined, 'far'),
      }),
      docker: one('/bin/true', '/bin/true', '/snap/bin/docker'),
      settings: fc.record({
        mode: one<ShimMode>('block', 'block', 'warn', 'quiet', 'off'),
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
    '/x/',
    '/x/app.json',
    '/var/run/docker.sock',
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
    'DIR/docker.sock',
    'DIR/app.json',
    './a.json',
    'a.json',
    'sub',
    './dat',
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
      one('DIR', 'DIR/sub', 'DIR/none', './sub').map((path) => ['-v', path]),
      simpleTarget.map((to) => ['--mount', `type=volume,dst=${to}`]),
    ),
    { minLength: 1, maxLength: 3 },
  );
  const simpleCommand = simple.map((flags) => ['run', '--rm', ...flags.flat(), 'alpine', 'sh']);
  const anyCommand = fc.oneof(
    { weight: 9, arbitrary: usualCommand },
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
      const socket = join(dir, 'home/s');
      const server = createServer().listen(socket);
      onTestFinished(() => void server.close());
      await new Promise((resolve) => server.once('listening', resolve));
      const args = commands.map((words) => words.map((word) => word.replaceAll('DIR', dir)));
      let silent = 0;
      try {
        // The first machine is the one that is written above.
        for (const [number, there] of [
          {},
          ...fc.sample(machine, { numRuns: MACHINES - 1, seed: SEED }),
        ].entries()) {
          rebuild(dir, socket, there);
          await fc.assert(
            fc.asyncProperty(args, situations(dir), async (words, given) => {
              if (!isSilent(words, { ...given, known: () => given.known })) return;
              silent++;
              const result = await checkCommand({
                args: words,
                cwd: dir,
                settings: given.settings,
                known: given.known,
                host: { env: given.env, docker: given.docker, cwd: dir },
                stderr: { isTerminal: given.isTerminal, color: false },
              });
              expect(result).toMatchObject({ refuse: false, text: { shown: '' } });
              expect(result.rewritten).toBeUndefined();
            }),
            { seed: SEED + number, numRuns: Math.ceil(CASES / MACHINES) },
          );
        }
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
