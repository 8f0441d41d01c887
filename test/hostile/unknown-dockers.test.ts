// Whatever docker is behind the shim, and whatever was known of it before: nothing is refused that it may take.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cacheFile, endpointKey } from '../../src/docker/probe-cache.js';
import { CAN_FAKE_DOCKER, type FakeDocker, writeDocker, writeElf } from '../support/fake-docker.js';
import { tempDir } from '../support/temp-dir.js';

const LAUNCHER = fileURLToPath(new URL('../../bin/docker', import.meta.url));
const MOUNTC = fileURLToPath(new URL('../../bin/mountc.js', import.meta.url));
const TRACE = 'printf "<%s>" "$@"';

// What a newer docker may have learnt.
const LEARNABLE = [
  ['--mount', 'type=bind,src=/a,dst=/b,bind-idmap=uids=0-1-2'],
  ['--mount', 'type=overlay,dst=/b'],
  ['-v', '/a:/b:idmap'],
  ['--tmpfs', '/t:noswap'],
  ['--mount', 'type=bind,src=/a,dst=/b,bind-recursive=auto'],
  ['-v', '/a:/b', '--volume-idmap', 'uids=0-1-2'],
];
// What every docker that is known refuses, as no mount at all.
const NO_MOUNTS = [
  ['-v', '/a:'],
  ['-v', '/a:/b:ro:z'],
  ['--mount', 'type=bind,src=/a'],
];
const COMMANDS = [...LEARNABLE, ...NO_MOUNTS].map((flags) => ['run', ...flags, 'img']);

const KNOWN = {
  engineName: 'docker',
  clientText: '28.5.2',
  engineText: '28.5.2',
  engineOs: 'linux',
  api: 51,
};
const YEAR = 365 * 24 * 60 * 60 * 1000;
const CACHES: Readonly<Record<string, readonly (string | undefined)[]>> = {
  cold: [undefined],
  stale: [JSON.stringify({ ...KNOWN, asked: Date.now() })],
  'from the future': [JSON.stringify({ ...KNOWN, asked: Date.now() + YEAR })],
  corrupt: [
    '',
    'null',
    '{"engineName":"docker","client":28005002,"engine":"x","asked":1e400}',
    JSON.stringify({ ...KNOWN, engineOs: 'dos', asked: Date.now() }),
    JSON.stringify({ ...KNOWN, clientText: {}, engineText: [28], asked: Date.now() }),
    '[[[[',
    `{"asked":${Date.now()},"engineName":"docker","__proto__":{"client":28005002}}`,
    '\0'.repeat(99),
    JSON.stringify({ ...KNOWN, asked: String(Date.now()) }),
  ],
};

function world(make: (path: string) => string) {
  const docker = make(join(tempDir(), 'docker'));
  let number = 0;
  /** One command, with a home of its own and that in the cache. */
  return (args: readonly string[], kept: string | undefined, words: readonly string[] = [LAUNCHER]) => {
    const env = { HOME: tempDir(), MOUNTC_DOCKER: docker, PATH: '/usr/bin:/bin' };
    const file = cacheFile(docker, env, endpointKey(env))!;
    if (kept !== undefined) {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(file, kept, { mode: 0o600 });
    }
    number++;
    const { stdout, stderr, status } = spawnSync(words[0]!, [...words.slice(1), ...args], {
      env,
      encoding: 'utf8',
      timeout: 60_000,
    });
    return { stdout, stderr, status, file, number };
  };
}

const isLike = (args: readonly string[]) => ({
  stdout: args.map((word) => `<${word}>`).join(''),
  stderr: '',
  status: 0,
});

const fake = (version: string): FakeDocker => ({ client: version, engine: version, script: TRACE });
const UNKNOWN: Readonly<Record<string, (path: string) => string>> = {
  '19.03.15': (path) => writeDocker(path, fake('19.03.15')),
  '30.0.0': (path) => writeDocker(path, fake('30.0.0')),
  '31.5-rc.1': (path) => writeDocker(path, fake('31.5-rc.1')),
  '29.8.0-rc.1': (path) => writeDocker(path, fake('29.8.0-rc.1')),
  'dev (built by oneself)': (path) => writeDocker(path, fake('dev')),
  'podman under the name of docker': (path) =>
    writeElf(
      path,
      `case $* in
  --version) echo 'docker version 5.4.2'; exit ;;
  'version --format {{json .}}') echo '{"Client":{"APIVersion":"5.4.2","Version":"5.4.2","OsArch":"linux/amd64","Os":"linux"}}'; exit ;;
esac
${TRACE}`,
    ),
  'podman after a docker that is known': (path) =>
    writeElf(
      path,
      `case $* in
  'version --format {{json .}}') echo '{"Client":{"Version":"28.5.2"},"Server":{"Version":"5.4.2","Os":"linux","Components":[{"Name":"Podman Engine","Version":"5.4.2"}]}}'; exit ;;
esac
${TRACE}`,
    ),
  'one that says nothing of itself': (path) => writeElf(path, `case $* in run*) ${TRACE} ;; esac`),
};

describe.skipIf(!CAN_FAKE_DOCKER)('a docker that mountc does not know', { timeout: 120_000 }, () => {
  const cells = Object.entries(UNKNOWN).flatMap(([name, make]) =>
    Object.keys(CACHES).map((cache) => ({ name, make, cache })),
  );
  // Each row has a third of the commands, in turns.
  it.each(cells.map((cell, row) => ({ ...cell, row })))(
    '$name, $cache cache: nothing is refused',
    ({ make, cache, row }) => {
      const run = world(make);
      for (const [index, args] of COMMANDS.entries()) {
        if ((index + row) % 3 !== 0) continue;
        const kept = CACHES[cache]![(index + row) % CACHES[cache]!.length];
        const { stdout, stderr, status } = run(args, kept);
        expect({ stdout, stderr, status }).toEqual(isLike(args));
      }
    },
  );

  it.each(Object.entries(UNKNOWN))('%s, by mountc docker', (_name, make) => {
    const { stdout, stderr, status } = world(make)(COMMANDS[0]!, undefined, [
      process.execPath,
      MOUNTC,
      'docker',
    ]);
    expect({ stdout, stderr, status }).toEqual(isLike(COMMANDS[0]!));
  });

  it.each([
    ['30.0.0', /^refuses +nothing: docker is newer than what mountc knows \(20\.10 to 29\.8\)$/m],
    ['19.03.15', /^refuses +nothing: docker is older than what mountc knows/m],
    ['29.8.0-rc.1', /^refuses +nothing: docker is not known$/m],
  ])('%s: doctor says that nothing is refused', (name, words) => {
    const docker = UNKNOWN[name]!(join(tempDir(), 'docker'));
    const env = { HOME: tempDir(), MOUNTC_DOCKER: docker, PATH: '/usr/bin:/bin' };
    expect(spawnSync(process.execPath, [MOUNTC, 'doctor'], { env, encoding: 'utf8' }).stdout).toMatch(words);
  });

  it('is remembered, and asked again all the same', () => {
    const run = world(UNKNOWN['30.0.0']!);
    const { file } = run(COMMANDS[0]!, undefined);
    const kept = readFileSync(file, 'utf8');
    expect(JSON.parse(kept)).toMatchObject({ engineName: 'docker', clientText: '30.0.0' });
    expect(run(COMMANDS[0]!, kept).status).toBe(0);
  });
});

describe.skipIf(!CAN_FAKE_DOCKER)('a docker that mountc knows', { timeout: 120_000 }, () => {
  it.each(Object.keys(CACHES))('29.8.0, %s cache: what it is sure to refuse is refused', (cache) => {
    const run = world((path) => writeDocker(path, fake('29.8.0')));
    for (const [index, args] of COMMANDS.entries()) {
      const { stdout, stderr, status } = run(args, CACHES[cache]![index % CACHES[cache]!.length]);
      // An unknown flag is no mount, and docker's to speak of.
      if (args.includes('--volume-idmap')) {
        expect({ stdout, stderr, status }).toEqual(isLike(args));
        continue;
      }
      expect({ args, stdout, status }).toEqual({ args, stdout: '', status: 125 });
      expect(stderr).toMatch(/^mountc: docker(?:'s engine)? 29\.8\.0 would /m);
      expect(stderr).not.toContain('28.5.2');
    }
  });

  it.each(['27.0.3', '28.5.2'])('an engine %s behind a cache that says 27.0.3', (engine) => {
    const kept = JSON.stringify({ ...KNOWN, engineText: '27.0.3', api: 46, asked: Date.now() });
    const run = world((path) => writeDocker(path, { client: '28.5.2', engine, script: TRACE }));
    const args = ['run', '--mount', 'type=image,src=alpine,dst=/b', 'img'];
    const { stdout, status } = run(args, kept);
    expect({ stdout, status }).toEqual(
      engine === '27.0.3' ? { stdout: '', status: 125 } : { stdout: isLike(args).stdout, status: 0 },
    );
  });

  it('speaks an older API when it is told to, and is judged by that', () => {
    const api = { client: '28.5.2', engine: '28.5.2', script: TRACE };
    const args = ['run', '--mount', 'type=image,src=alpine,dst=/b', 'img'];
    expect(world((path) => writeDocker(path, { ...api, api: '1.51' }))(args, undefined).status).toBe(0);
    expect(world((path) => writeDocker(path, { ...api, api: '1.45' }))(args, undefined).status).toBe(125);
  });

  // The clock is a wide one: docker has to run, however busy the machine is.
  it.each([
    ['hangs', 'sleep 20', 0],
    ['leaves somebody after who holds its output', 'sleep 20 & ', 125],
    ['talks for ever', 'exec yes', 0],
    ['answers with signs for the terminal', `echo 'Docker version 28.5.2-\u001b[31m, build x'; exit`, 0],
  ])('when it %s, docker runs or what is known of it holds', (_name, before, status) => {
    const run = world((path) => writeDocker(path, { ...fake('28.5.2'), before }));
    const began = Date.now();
    const result = run(COMMANDS.at(-1)!, undefined);
    expect(Date.now() - began).toBeLessThan(15_000);
    expect(result.status).toBe(status);
    expect(result.stderr).not.toContain('\u001b');
  });
});
