// How much is asked and kept where there are many containers, and what a hostile engine may answer.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from '../support/program.js';
import { sharedTempDir } from '../support/temp-dir.js';

const dir = sharedTempDir();

/** A client that answers from files, and counts what it is asked. */
function makeEngine(): void {
  const script = `#!/bin/sh
cd '${dir}'
printf '%s %s\\n' "$1" "$2" >> asked
case "$1 $2" in
  'ps --all') cat ids;;
  'container inspect'|'inspect --type'*) cat containers;;
  'image inspect') cat images;;
  'info '*) echo '{"SecurityOptions":[],"DockerRootDir":"/var/lib/docker","SystemTime":"2020-01-01T00:00:00Z"}';;
  'version '*) echo 'Docker version 28.5.0, build x';;
  *) exit 1;;
esac
`;
  writeFileSync(join(dir, 'docker'), script);
  chmodSync(join(dir, 'docker'), 0o755);
}

const idOf = (index: number) => index.toString(16).padStart(64, 'a');

function container(index: number, more: object = {}) {
  return {
    Id: idOf(index),
    Name: `/c${index}`,
    Image: `sha256:${idOf(0)}`,
    State: { Status: 'exited', ExitCode: 0 },
    Config: {
      Image: 'img',
      Env: Array.from({ length: 50 }, (_, n) => `NAME_${n}=${'x'.repeat(100)}`),
      Labels: {},
    },
    HostConfig: { Binds: ['/usr/share:/a:ro', `v${index}:/b`] },
    Mounts: [
      {
        Type: 'bind',
        Source: '/usr/share',
        Destination: '/a',
        Mode: 'ro',
        RW: false,
        Propagation: 'rprivate',
      },
      {
        Type: 'volume',
        Name: `v${index}`,
        Source: `/nowhere/v${index}`,
        Destination: '/b',
        Driver: 'local',
        RW: true,
      },
    ],
    GraphDriver: { Name: 'overlay2', Data: { UpperDir: `/nowhere/${index}/diff`, LowerDir: '/nowhere/l' } },
    ...more,
  };
}

function ask(records: readonly object[], ...argv: readonly string[]) {
  writeFileSync(join(dir, 'containers'), JSON.stringify(records));
  writeFileSync(join(dir, 'ids'), records.map((_, index) => `${idOf(index)}\n`).join(''));
  writeFileSync(
    join(dir, 'images'),
    JSON.stringify([{ Id: `sha256:${idOf(0)}`, RepoTags: ['img'], Config: {} }]),
  );
  writeFileSync(join(dir, 'asked'), '');
  const { code, stdout, stderr } = runProgram(['why', '--engine', 'docker', ...argv], {
    env: {
      PATH: `${dir}:/usr/bin:/bin`,
      DOCKER_HOST: 'unix:///nowhere/docker.sock',
      NODE_OPTIONS: '--max-old-space-size=96',
    },
    cwd: dir,
  });
  return {
    code,
    stdout: stdout.toString(),
    stderr,
    asked: readFileSync(join(dir, 'asked'), 'utf8').trimEnd().split('\n'),
  };
}

describe.skipIf(process.platform === 'win32')('an engine', () => {
  beforeAll(makeEngine);

  test('with 500 containers is asked as often as one with 50, and fits into little memory', () => {
    const few = ask(
      Array.from({ length: 50 }, (_, index) => container(index)),
      '--all',
    );
    const many = ask(
      Array.from({ length: 500 }, (_, index) => container(index)),
      '--all',
    );
    expect([few.code, many.code]).toEqual([0, 0]);
    expect(many.stdout.match(/^c\d+ \(img\)$/gm)).toHaveLength(500);
    expect(many.asked).toEqual(few.asked);
    expect(many.asked.length).toBeLessThan(8);
  });

  const EVIL = '\u001b]0;x\u0007\u001b[31m\u202e\u0000\n::error::x';
  test('whose names, labels and words hold controls is repeated without them', () => {
    const evil = container(1, {
      Name: `/${EVIL}`,
      State: {
        Status: 'exited',
        ExitCode: 1,
        Error: `${EVIL} error while creating mount source path '${EVIL}': ${EVIL}`,
      },
      Config: {
        Image: EVIL,
        Labels: {
          'com.docker.compose.service': EVIL,
          'com.docker.compose.project': EVIL,
          'com.docker.compose.project.config_files': '/dev/zero',
          'com.docker.compose.project.working_dir': `/${EVIL}`,
        },
      },
      AppArmorProfile: EVIL,
      HostConfig: {
        Binds: [`/${EVIL.replaceAll(':', '')}:/a`],
        Mounts: [{ Type: EVIL, Source: EVIL, Target: EVIL }],
      },
      Mounts: [{ Type: EVIL, Source: EVIL, Destination: EVIL, Driver: EVIL, Mode: EVIL, Propagation: EVIL }],
    });
    for (const argv of [['--all'], ['--all', '--format', 'json'], ['--all', '--color', 'never', '/a']]) {
      const { stdout, stderr, code } = ask([evil], ...argv);
      expect(code).toBeLessThan(70);
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]|^::error/m);
    }
  });

  test.each([
    ['null'],
    ['{}'],
    ['[{"HostConfig":{"Binds":{"a":1},"Mounts":"x","Tmpfs":[1]},"State":[],"Config":3,"Mounts":{"x":1}}]'],
    [
      '[{"Id":5,"HostConfig":{},"Mounts":[null,1,"x",{"Type":{}}],"GraphDriver":{"Data":{"LowerDir":7,"UpperDir":[]}}}]',
    ],
    [`${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['not JSON'],
  ])('that answers %j is not a reason to fall', (text) => {
    writeFileSync(join(dir, 'fixed'), text);
    const { code, stderr } = ask([], '--file', 'fixed');
    expect(code).toBeLessThan(70);
    expect(stderr).not.toMatch(/at .*\.cjs/);
  });
});
