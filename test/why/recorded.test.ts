// What no machine of the tests has (SELinux, NFS, Desktop, Windows, engines elsewhere): records, written from the documents.
import { describe, expect, test } from 'vitest';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { readInspected } from '../../src/inspect/container-json.js';
import { containerMounts } from '../../src/inspect/container-mounts.js';
import { readCredentials, runtimeOf } from '../../src/why/credentials.js';
import type { Evidence } from '../../src/why/evidence.js';
import type { FileFacts, FileView } from '../../src/why/file-view.js';
import { judgeContainer } from '../../src/why/judge-container.js';
import { readMountLines } from '../../src/why/mount-lines.js';
import { runMountc } from '../support/cli.js';

interface OneFile extends Partial<FileFacts> {
  readonly label?: string;
  readonly names?: readonly string[];
}

function viewOf(files: Readonly<Record<string, OneFile>>): FileView {
  const at = (path: string): OneFile | undefined => (Object.hasOwn(files, path) ? files[path] : undefined);
  return {
    look: (path) => {
      const one = at(path);
      return one === undefined
        ? 'missing'
        : {
            kind: one.names === undefined ? 'file' : 'directory',
            identity: path,
            uid: 0,
            gid: 0,
            mode: 0o755,
            size: 1,
            modified: 0,
            ...one,
          };
    },
    names: (path) => at(path)?.names,
    text: () => undefined,
    real: (path) => path,
    acl: () => null,
    label: (path) => at(path)?.label,
  };
}

const status = (uid: number) =>
  readCredentials(
    `Uid:\t0\t0\t0\t${uid}\nGid:\t0\t0\t0\t${uid}\nGroups:\t\nCapEff:\t${uid === 0 ? '00000000a80425fb' : '0'}\n`,
    '0 0 4294967295',
    '0 0 4294967295',
  );

function evidenceOf(record: object, more: Partial<Evidence> = {}): Evidence {
  const [info] = readInspected(record)!.containers;
  const mounts = containerMounts(info!, [], makeDialect({ engineOs: info!.os }));
  return {
    engine: 'docker',
    info: info!,
    mounts,
    sudo: 'sudo ',
    unseen: [],
    silentMounts: () => [],
    ...more,
  };
}

const bind = (source: string, target: string, mode = '', more: object = {}) => ({
  Id: 'a'.repeat(64),
  Name: '/web',
  State: { Status: 'running', Running: true, Pid: 4 },
  ProcessLabel: 'system_u:system_r:container_t:s0:c100,c200',
  MountLabel: 'system_u:object_r:container_file_t:s0:c100,c200',
  Config: { Image: 'nginx' },
  HostConfig: { Binds: [`${source}:${target}${mode}`] },
  Mounts: [
    {
      Type: 'bind',
      Source: source,
      Destination: target,
      Mode: mode.slice(1),
      RW: !mode.includes('ro'),
      Propagation: 'rprivate',
    },
  ],
  ...more,
});

const causes = (evidence: Evidence, path?: string) =>
  judgeContainer(evidence, path).map(({ cause, severity }) => `${severity} ${cause}`);

describe('SELinux', () => {
  const with_ = (label: string, source = '/srv/site', more: object = {}) =>
    evidenceOf(bind(source, '/www', ':ro', more), {
      host: viewOf({ [source]: { names: ['x'], label } }),
      isEnforcing: true,
      who: status(0),
    });

  test('a label of a home', () => {
    const [first] = judgeContainer(with_('unconfined_u:object_r:user_home_t:s0'));
    expect(first).toMatchObject({
      cause: 'selinux-label',
      remedy: { kind: 'change', from: '-v /srv/site:/www:ro', to: '-v /srv/site:/www:ro,z' },
    });
  });
  test('a label of another container', () => {
    expect(causes(with_('system_u:object_r:container_file_t:s0:c1,c2'))).toEqual(['error selinux-label']);
  });
  test('a home is not to be relabelled', () => {
    const [first] = judgeContainer(with_('unconfined_u:object_r:user_home_dir_t:s0', '/home/me'));
    expect(first).toMatchObject({ cause: 'selinux-label', help: expect.stringContaining('label=disable') });
    expect(first!.remedy).toBeUndefined();
  });
  test.each([
    ['a label for all containers', with_('system_u:object_r:container_file_t:s0')],
    ['its own label', with_('system_u:object_r:container_file_t:s0:c100,c200')],
    ['a type that the policy may allow', with_('system_u:object_r:usr_t:s0')],
    [
      'a container without a label',
      with_('unconfined_u:object_r:user_home_t:s0', '/a', { ProcessLabel: '' }),
    ],
    ['spc_t', with_('unconfined_u:object_r:user_home_t:s0', '/a', { ProcessLabel: 'u:r:spc_t:s0' })],
    ['a machine that only warns', { ...with_('unconfined_u:object_r:user_home_t:s0'), isEnforcing: false }],
    ['a label that cannot be read', with_('?')],
  ])('silent: %s', (_, evidence) => {
    expect(causes(evidence)).toEqual([]);
  });
});

describe('NFS', () => {
  const lines = readMountLines(
    '1 0 0:1 / / rw - overlay overlay rw\n2 1 0:50 /export /data rw - nfs4 server:/export rw,vers=4.2',
  );
  const files = viewOf({ '/data': { names: ['x'], uid: 1000, gid: 1000, mode: 0o750, identity: 'd' } });
  const host = viewOf({ '/mnt/export': { names: ['x'], uid: 1000, gid: 1000, mode: 0o750, identity: 'd' } });
  const evidence = evidenceOf(bind('/mnt/export', '/data'), {
    host,
    inside: files,
    insideMounts: lines,
    who: status(0),
  });
  test('root that may be nobody, when somebody asks', () => {
    expect(causes(evidence)).toEqual([]);
    expect(causes(evidence, '/data')).toEqual(['warning root-squash', 'info no-change-events']);
    expect(causes({ ...evidence, who: status(1000) }, '/data')).toEqual(['info no-change-events']);
  });
});

describe('an engine elsewhere', () => {
  const elsewhere = {
    here: viewOf({ '/srv/site': { names: ['index.html'] }, '/srv/empty': { names: [] } }),
    why: 'the engine runs on ssh://server',
    isShared: () => false,
  };
  test.each([
    ['/srv/site', ['warning other-machine']],
    ['/srv/empty', []],
    ['/only/there', []],
  ])('%s', (source, expected) => {
    expect(causes(evidenceOf(bind(source, '/www'), { elsewhere }))).toEqual(expected);
  });
  test('a path that is the same there', () => {
    const same = { ...elsewhere, isShared: () => true };
    expect(causes(evidenceOf(bind('/srv/site', '/www'), { elsewhere: same }))).toEqual([]);
  });
  test('a remote host is asked nothing for a command that is still to be run', async () => {
    const { stdout, code } = await runMountc(['why', '--', 'docker', 'run', '-v', '/etc:/x:ro', 'img'], {
      env: { PATH: '/nowhere', DOCKER_HOST: 'tcp://203.0.113.9:2375' },
    });
    expect(stdout).toMatch(/other-machine.*\n[\s\S]*not checked: the files of the host/);
    expect(code).toBe(0);
  });
});

describe('a name next to a source that is missing', () => {
  const planned = (near: string) =>
    evidenceOf(bind('/srv/data1', '/data', '', { State: { Status: 'planned' } }), {
      host: viewOf({ '/srv': { names: [near] }, [`/srv/${near}`]: { names: ['x'] } }),
    });
  test('a slip', () => {
    expect(causes(planned('dta1'))).toEqual(['error missing-source']);
  });
  test('the next one of several', () => {
    expect(causes(planned('data2'))).toEqual(['warning missing-source']);
  });
});

describe('machines of their own', () => {
  test('Desktop: the share carries no events', () => {
    const insideMounts = readMountLines(
      '1 0 0:1 / / rw - overlay overlay rw\n2 1 0:50 / /src rw - fuse.grpcfuse grpcfuse rw',
    );
    const inside = viewOf({ '/src': { names: ['x'], uid: 1000, mode: 0o777 } });
    const evidence = evidenceOf(bind('/Users/me/src', '/src'), { inside, insideMounts, who: status(0) });
    expect(causes(evidence)).toEqual([]);
    expect(causes(evidence, '/src')).toEqual(['info no-change-events']);
  });
  test('Windows: nothing is known of its files, and nothing is said', async () => {
    const record = {
      ...bind('C:\\Users\\me\\site', 'C:\\www'),
      Platform: 'windows',
      HostConfig: { Binds: ['C:\\Users\\me\\site:C:\\www'] },
      ProcessLabel: '',
    };
    expect(causes(evidenceOf(record))).toEqual([]);
    const { stdout, code } = await runMountc(['why', '-f', '-'], { stdin: JSON.stringify([record]) });
    expect(stdout).toContain('not checked: the files of the host: this was read from a file');
    expect(code).toBe(0);
  });
});

describe('hostile records', () => {
  const evil = '\u001b[2J/../..\n::error::x';
  test('mountinfo, status and maps that are none', () => {
    const insideMounts = readMountLines(
      `${evil}\n1 1 a:b / / rw - x y z\n1 1 a:b / / rw - x y z\n2 2 - - - - -`,
    );
    const inside = viewOf({ [`/${evil}`]: { names: [evil] } });
    const record = bind(`/${evil}`, `/${evil}`, '', { State: { Status: 'dead', Error: evil, ExitCode: 1 } });
    const evidence = evidenceOf(record, {
      inside,
      insideMounts,
      host: inside,
      said: `${evil}: Permission denied`,
    });
    expect(() => judgeContainer(evidence)).not.toThrow();
    expect(() => judgeContainer(evidence, `/${evil}/x`)).not.toThrow();
  });
  test('long words of an engine are read in a time that grows with them', () => {
    const record = (error: string) =>
      evidenceOf(bind('/a', '/b', '', { State: { Status: 'created', Error: error, ExitCode: 1 } }));
    for (const part of [
      'mounting "',
      'path /a is mounted on ',
      'exec: "',
      "source path '",
      ' to rootfs at "',
    ])
      expect(judgeContainer(record(part.repeat(200_000 / part.length)))[0]!.severity).toBe('error');
  });
});

describe('docker of a snap package', () => {
  const snap = {
    GraphDriver: {
      Name: 'overlay2',
      Data: { UpperDir: '/var/snap/docker/common/var-lib-docker/overlay2/x/diff' },
    },
  };
  test.each([
    ['/tmp/site', ['error snap-confined']],
    ['/opt/app', ['error snap-confined']],
    ['/home/me/.config/app', ['error snap-confined']],
    ['/home/me/app', []],
    ['/home/me', []],
    ['/var/snap/docker/common/x', []],
    ['/etc/localtime', []],
  ])('%s', (source, expected) => {
    expect(causes(evidenceOf(bind(source, '/www', '', snap)))).toEqual(expected);
  });
  test('docker of the system sees all', () => {
    expect(causes(evidenceOf(bind('/tmp/site', '/www')))).toEqual([]);
  });
});

describe('AppArmor', () => {
  const profile = (AppArmorProfile: string, source = '/srv/site', more: Partial<Evidence> = {}) =>
    evidenceOf(bind(source, '/www', '', { AppArmorProfile }), {
      host: viewOf({ [source]: { names: ['x'] }, [`${source}/x`]: { mode: 0o644 } }),
      who: status(0),
      said: "touch: can't open '/www/x': Permission denied\n",
      ...more,
    });
  test('a profile of its own', () => {
    const [first] = judgeContainer(profile('my-profile'));
    expect(first).toMatchObject({
      cause: 'apparmor-profile',
      remedy: { to: expect.stringMatching(/ --security-opt apparmor=unconfined$/) },
    });
  });
  test('files of the kernel', () => {
    expect(causes(profile('docker-default', '/sys/fs'))).toEqual(['error apparmor-profile']);
  });
  test.each([
    ['the default one', profile('docker-default')],
    ['none', profile('unconfined')],
    ['no AppArmor', profile('')],
    ['nobody has complained', profile('my-profile', '/srv/site', { said: undefined })],
    ['nobody knows the user', profile('my-profile', '/srv/site', { who: undefined })],
    ['nobody knows the file', profile('my-profile', '/srv/site', { host: undefined })],
  ])('silent: %s', (_title, evidence) => {
    expect(causes(evidence)).toEqual([]);
  });
  test('the mode comes first', () => {
    expect(causes(profile('my-profile', '/srv/site', { who: status(1000) }))).toEqual([
      'error denied-by-mode',
    ]);
  });
});

test.each([
  [60_000, ['warning other-clock']],
  [-60_000, ['warning other-clock']],
  [800, []],
  [undefined, []],
])("a clock of the engine's machine that is %s ms behind", (behind, expected) => {
  expect(causes(evidenceOf(bind('/srv', '/srv'), { behind }))).toEqual(expected);
});

test('the root of a namespace that may not enter a folder above', () => {
  const users = [{ inside: 0, host: 100_000, length: 65_536 }];
  const runtime = runtimeOf({ uids: users, gids: users });
  const host = viewOf({
    '/home': { names: ['me'] },
    '/home/me': { names: ['x'], mode: 0o700, uid: 1000, gid: 1000 },
    '/home/me/x': { names: ['y'] },
  });
  const failed = (words: string, more: Partial<Evidence>) => {
    const error = `OCI runtime create failed: ${words}: permission denied: unknown`;
    const State = { Status: 'created', ExitCode: 126, Error: error };
    return judgeContainer(evidenceOf(bind('/home/me/x', '/x', '', { State }), more));
  };
  for (const words of [
    'rootfs_linux.go:76: mounting "/home/me/x" to rootfs at "/x" caused: stat /home/me/x',
    'error mounting "/home/me/x" to rootfs at "/x": stat /home/me/x',
  ]) {
    expect(failed(words, { host, runtime })).toMatchObject([
      {
        cause: 'denied-above',
        message: expect.stringContaining(
          'root of its namespace, 100000 on the host, may not enter `/home/me`',
        ),
        remedy: { commands: ['sudo setfacl -m u:100000:x /home/me', 'docker start web'] },
      },
    ]);
    // Of a machine that nobody knows it is only said what is.
    const [unknown] = failed(words, {});
    expect(unknown).toMatchObject({ cause: 'denied-above' });
    expect(unknown!.remedy).toBeUndefined();
  }
});

describe('a group that may', () => {
  const rootless = {
    ...status(0)!,
    ...{ uid: 1000, gid: 1000, overrides: false },
    uids: [{ inside: 0, host: 1000, length: 1 }],
    gids: [{ inside: 0, host: 1000, length: 1 }],
  };
  const shared = (source: string, who = status(1000)) =>
    judgeContainer(
      evidenceOf(bind(source, '/x', ':ro'), {
        host: viewOf({ [source]: { names: ['a'], gid: 42, mode: 0o750 } }),
        who,
      }),
    )[0]!;
  test('is offered', () => {
    expect(shared('/srv/x').remedy).toMatchObject({ to: '-v /srv/x:/x:ro --group-add 42' });
  });
  test('is none of a namespace that has no number for it', () => {
    expect(shared('/srv/x', rootless).remedy).toMatchObject({
      commands: [expect.stringMatching(/^sudo setfacl /)],
    });
  });
  test('is left unchanged where it is one of the system', () => {
    expect(shared('/etc/x').remedy).toBeUndefined();
  });
});
