// Services of Compose files, and what docker inspect prints, as docker run lines: what is written, what is said, and the exit code.
import { beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { composeRuns } from '../../src/convert/compose-runs.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { runMountc } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

let cwd = '';
beforeEach(() => {
  cwd = tempDir();
});

const run = async (service: string, rest = '', ...args: string[]) => {
  writeFiles(cwd, {
    'compose.yaml': `name: p\nservices:\n  web:\n    image: img\n${indent(service)}${rest}`,
  });
  return runMountc(['convert', '--to', 'run', '-f', 'compose.yaml', '--service', 'web', ...args], { cwd });
};
const indent = (text: string) => text.replace(/^(?=.)/gm, '    ').replace(/\n?$/, '\n');
/** The flags behind what every line has. */
const flags = async (service: string, rest = '') => {
  const { stdout } = await run(service, rest);
  return stdout
    .trimEnd()
    .split('\n')
    .at(-1)!
    .replace('docker run -d --name p-web-1 ', '')
    .replace('--network p_default --network-alias web ', '')
    .replace(/ ?img$/, '');
};

describe('a service', () => {
  test.each([
    [
      'ports: ["8080:80", {target: 53, published: 5353, protocol: udp, host_ip: 127.0.0.1}]',
      '-p 8080:80 -p 127.0.0.1:5353:53/udp',
    ],
    ['environment: {A: b c, N: 017, E: }', "-e 'A=b c' -e N=15 -e E"],
    ['environment: ["A=${X}", "B=${Y:-z}", "C=$$d"]', `-e "A=$X" -e "B=\${Y:-z}" -e 'C=$d'`],
    ['restart: "no"', ''],
    ['init: false', '--init=false'],
    ['tty: "yes"', '-t'],
    ['stop_grace_period: 1m30s', '--stop-timeout 90'],
    ['mem_limit: 512m\nmemswap_limit: -1', '--memory 512m --memory-swap -1'],
    [
      'deploy: {resources: {limits: {cpus: "0.5", memory: 1g, pids: 5}}}',
      '--memory 1g --pids-limit 5 --cpus 0.5',
    ],
    ['deploy: {resources: {reservations: {devices: [{capabilities: [gpu], count: all}]}}}', '--gpus all'],
    ['gpus: all', '--gpus all'],
    ['ulimits: {nofile: {soft: 1, hard: 2}, nproc: 5}', '--ulimit nofile=1:2 --ulimit nproc=5'],
    [
      'devices: ["/dev/snd", {source: /dev/a, target: /dev/b, permissions: r}]',
      '--device /dev/snd --device /dev/a:/dev/b:r',
    ],
    [
      'healthcheck: {test: a || b, interval: 90s, retries: 3}',
      "--health-cmd 'a || b' --health-interval 90s --health-retries 3",
    ],
    ['healthcheck: {test: [NONE]}', '--no-healthcheck'],
    ['healthcheck: {disable: true, interval: 5s}', '--no-healthcheck'],
    ['extra_hosts: {a: [1.2.3.4, "::1"]}', '--add-host a:1.2.3.4 --add-host a:::1'],
    ['logging: {driver: syslog, options: {tag: x}}', '--log-driver syslog --log-opt tag=x'],
    ['sysctls: [net.core.somaxconn=1]\nlabels: {a: 1}', '--sysctl net.core.somaxconn=1 --label a=1'],
    ['volumes: [/a:/b:ro]\ntmpfs: /run', '-v /a:/b:ro --tmpfs /run'],
    ['blkio_config: {weight_device: [{path: /dev/a, weight: 5}]}', '--blkio-weight-device /dev/a:5'],
  ])('%s', async (service, expected) => expect(await flags(service)).toBe(expected));

  test('its command is split as Compose splits it, and stands behind the words of its entrypoint', async () => {
    expect(await flags(`command: sh -c "a 'b'" && c`)).toBe(`img sh -c "a 'b'"`);
    expect((await run(`command: sh && c`)).stderr).toContain('note: `command`: Compose itself drops `&& c`');
    expect(await flags('entrypoint: [a, "b c"]\ncommand: [d]')).toBe("--entrypoint a img 'b c' d");
  });

  test("an empty entrypoint takes the image's away; that docker takes its command away as well is said", async () => {
    for (const empty of ['[]', "''"]) {
      const own = await run(`entrypoint: ${empty}\ncommand: d`);
      expect(own.stdout).toContain("--entrypoint '' ");
      expect([own.code, own.stderr]).toEqual([0, '']);
      const bare = await run(`entrypoint: ${empty}`);
      expect(bare.stdout).toContain("--entrypoint '' ");
      expect(bare.stderr).toContain('docker drops the command of the image, too');
    }
  });

  test('a swappiness of 0 is nothing to Compose, in either direction, and both say so', async () => {
    const { code, stdout, stderr } = await run('mem_swappiness: 0');
    expect([code, stdout]).toEqual([0, expect.not.stringContaining('swappiness')]);
    expect(stderr).toContain('note: `mem_swappiness`: Compose treats 0 as not set');
    expect(await flags('mem_swappiness: 10')).toContain('--memory-swappiness 10');
    const back = await runMountc(['convert', '--to', 'compose', 'docker run --memory-swappiness 0 img']);
    expect([back.code, back.stdout]).toEqual([1, expect.not.stringContaining('swappiness')]);
    expect(back.stderr).toContain('Compose treats 0 as not set');
  });

  test('its networks and volumes are made in front, by their real names', async () => {
    const { stdout, code } = await run(
      'networks: {back: {aliases: [db]}}\nvolumes: [data:/d, own:/o]',
      'networks: {back: {internal: true, ipam: {config: [{subnet: 10.1.0.0/16}]}}}\nvolumes: {data: {driver_opts: {type: nfs}}, own: {external: true}}\n',
    );
    expect(code).toBe(0);
    expect(stdout).toBe(
      'docker network create --internal --subnet 10.1.0.0/16 p_back\n' +
        'docker volume create --opt type=nfs p_data\n' +
        'docker run -d --name p-web-1 --network p_back --network-alias web --network-alias db -v p_data:/d -v own:/o img\n',
    );
  });

  test('shares the namespaces of containers by their names', async () => {
    const other = '  db: {image: x}\n  cache: {image: y, container_name: named}\n';
    expect(await flags('network_mode: service:db\npid: service:cache', other)).toBe(
      '--pid container:named --network container:p-db-1',
    );
    expect(await flags('links: ["db:data"]', other)).toBe('--link p-db-1:data');
  });

  test.each([
    ['build: .', 'build'],
    ['depends_on: [db]', 'depends_on'],
    ['deploy: {replicas: 2}', 'deploy.replicas'],
    ['develop: {watch: []}', 'develop'],
    ['post_start: [{command: x}]', 'post_start'],
    ['scale: 3', 'scale'],
    ['nonsense: 1', 'nonsense'],
    ['pull_policy: build', 'pull_policy'],
    ['configs: [c]', 'configs: c'],
  ])('%s is dropped with a word', async (service, key) => {
    const rest = '  db: {image: x}\nconfigs: {c: {content: x}}\n';
    const { code, stderr, stdout } = await run(service, rest);
    expect({
      code,
      words: stderr
        .trim()
        .split('\n')
        .filter((line) => line.includes('warning') && !line.includes('`compose.yaml:')),
    }).toEqual({
      code: 1,
      words: [expect.stringContaining(`mountc: warning: \`${key}\`: left out: `)],
    });
    expect(stdout).toContain('docker run -d --name p-web-1 ');
    const told = await run(service, rest, '--format', 'json');
    const lost = JSON.parse(told.stdout).conversions.filter(
      (one: { written: boolean; from: string }) => !one.written && !one.from.startsWith('compose.yaml:'),
    );
    expect(lost).toEqual([
      expect.objectContaining({
        service: 'web',
        losses: [expect.objectContaining({ why: expect.any(String) })],
      }),
    ]);
    expect((await run(service, rest, '--strict')).stdout).toBe('');
  });

  test('values of variables are in no message', async () => {
    const { stderr, stdout } = await run(
      'environment: {PW: hunter2, B: "${X:-${hunter2}}"}\nenv_file: a.env\nlabels: ["x=hunter2"]\nhealthcheck: {test: [CMD, hunter2]}',
    );
    expect(stdout).toContain('PW=hunter2');
    expect(stderr).not.toContain('hunter2');
    expect(stderr).toContain('`env_file`: changes its effect');
  });

  test('a variable that a shell would read otherwise is named, and so is one of .env', async () => {
    const { stderr, stdout } = await run('command: run $X\nhostname: ${A:-${B}}\nuser: ${U}');
    expect(stdout).toContain('img run "$X"');
    expect(stderr).toContain('`command`: changes its effect');
    expect(stdout).not.toContain('--hostname');
    expect(stderr).toContain('`hostname`: left out');
    writeFiles(cwd, { '.env': 'U=1\n' });
    expect((await run('user: ${U}')).stderr).toContain(
      '`${U}`: changes its effect: Compose has its value from `.env`',
    );
  });
});

describe('a file', () => {
  test('of several services is written in the order that they need each other in', async () => {
    writeFiles(cwd, {
      'compose.yaml':
        'name: p\nservices:\n  web: {image: a, depends_on: [db]}\n  db: {image: b, extends: {service: base}}\n  base: {image: c, environment: {A: 1}}\n  once: {image: d, profiles: [x]}\n',
      'compose.override.yaml': 'services:\n  web: {environment: {B: 2}, command: [x]}\n',
    });
    const { code, stdout, stderr } = await runMountc(['convert', '--to', 'run', '-f', '.'], { cwd });
    expect(stdout).toBe(
      'docker network create p_default\n' +
        'docker run -d --name p-db-1 -e A=1 --network p_default --network-alias db b\n' +
        'docker run -d --name p-web-1 -e B=2 --network p_default --network-alias web a x\n' +
        'docker run -d --name p-base-1 -e A=1 --network p_default --network-alias base c\n',
    );
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('`once: profiles`: left out'),
    });
  });
});

test('a Compose file in braces, as `docker compose config --format json` prints it', async () => {
  const file = {
    name: 'p',
    services: { web: { image: 'img', environment: { A: 'b' }, networks: { default: null } } },
    networks: { default: { name: 'p_default', ipam: {} } },
  };
  const braces = '{name: p, services: {web: {image: img, environment: [A=b]}}}';
  for (const stdin of [JSON.stringify(file, null, 2), braces])
    expect(await runMountc(['convert', '--to', 'run', '-f', '-'], { cwd, stdin })).toEqual({
      code: 0,
      stdout:
        'docker network create p_default\ndocker run -d --name p-web-1 -e A=b --network p_default --network-alias web img\n',
      stderr: '',
    });
});

describe('the name of the project', () => {
  const project = async (text: string, ...files: string[]) => {
    writeFiles(cwd, { 'compose.yaml': text });
    return runMountc(['convert', '--to', 'run', '-f', ...(files.length > 0 ? files : ['compose.yaml'])], {
      cwd,
    });
  };
  const service = 'services: {web: {image: i, volumes: ["data:/d"]}}\nvolumes: {data: {}}\n';

  test('keeps its variables, also in front of those of networks, volumes and containers', async () => {
    const { code, stdout, stderr } = await project(`name: My\${P:-x}\n${service}`);
    expect(stdout).toBe(
      'docker network create "my${P:-x}_default"\n' +
        'docker volume create "my${P:-x}_data"\n' +
        'docker run -d --name "my${P:-x}-web-1" --network "my${P:-x}_default" --network-alias web -v "my${P:-x}_data:/d" i\n',
    );
    expect(code).toBe(0);
    expect(stderr).toContain('note: `name`: Compose changes the values of its variables to a valid name');
    const other = `name: $P\nservices: {a: {image: i, pid: "service:b", volumes_from: [b]}, b: {build: .}}\n`;
    expect((await project(other)).stdout).toContain(
      '--name "$P-a-1" --pid "container:$P-b-1" --network "${P}_default" --network-alias a --volumes-from "$P-b-1" i\n',
    );
    expect((await project(other)).stdout).toContain(' "$P-b"\n');
  });

  test.each(['name: ${P:-${Q}}\n', 'name: $$\n'])('that no shell can say: %j', async (name) => {
    const { stdout, stderr } = await project(name + service);
    expect(stdout).toBe('docker volume create data\ndocker run -d -v data:/d i\n');
    expect(stderr).toContain('`networks.default`: left out: the name of the project');
    expect(stderr).toContain('`container_name`: changes its effect');
    expect(stderr).toContain('`data:/d`: changes its effect');
  });

  test('that a folder does not give', async () => {
    const text = 'services: {web: {image: i, networks: [own, out, named]}}\n';
    const networks = 'networks: {own: {}, out: {external: true}, named: {name: n}}\n';
    const made = await composeRuns(['/compose.yaml'], {}, { dialects: [makeDialect()] }, async (path) =>
      path === '/compose.yaml' ? text + networks : { why: 'is not there', isMissing: true },
    );
    if ('why' in made) throw new Error(made.why);
    expect(made.text).toBe(
      'docker network create n\ndocker run -d --network n --network name=out,alias=web --network-alias web i\n',
    );
    expect(made.conversions.map(({ from }) => from)).toEqual(['networks.own', 'container_name']);
  });

  test('is that of a folder with a dollar, which Compose drops', async () => {
    writeFiles(cwd, { 's$ub/compose.yaml': service });
    expect((await project('', 's$ub')).stdout).toContain('docker volume create sub_data\n');
  });

  test('and that of a network without a name in a shell', async () => {
    const { stdout, stderr } = await project(
      'name: p\nservices: {web: {image: i}}\nnetworks: {default: {name: "${N:-${M}}"}}\n',
    );
    expect(stdout).toBe('docker run -d --name p-web-1 i\n');
    expect(stderr).toContain('`networks.default`: left out: a variable in its name has no name in a shell');
  });
});

test('each value that a shell cannot say is told of, by its key', async () => {
  const { stdout, stderr } = await run(
    'environment: {A: "${X:-${Y}}", B: ok, C: "${Z:-${Y}}"}\nlabels: ["l=${X:-${Y}}", m=1]\nextra_hosts: {h: "${X:-${Y}}"}\ndns: ["${X:-${Y}}", "${Z:-${Y}}"]',
  );
  expect(stdout).toContain('-e B=ok --label m=1');
  for (const key of ['environment.A', 'environment.C', 'labels.l', 'extra_hosts.h'])
    expect(stderr).toContain(`\`${key}\`: left out: a shell has no name for`);
  expect(stderr.match(/`dns`: left out/g)).toHaveLength(2);
  for (const [said, key] of [
    ['image: "${X:-${Y}}"', 'image'],
    ['entrypoint: [a, "${X:-${Y}}"]', 'entrypoint'],
    ['command: [a, "${X:-${Y}}"]', 'command'],
  ]) {
    writeFiles(cwd, {
      'compose.yaml': `services: {web: {image: i, ${said}}}\n`.replace('image: i, image', 'image'),
    });
    const told = await runMountc(['convert', '--to', 'run', '-f', 'compose.yaml'], { cwd });
    expect(told.stderr).toContain(`\`${key}\`: left out: a variable in it has no name in a shell`);
  }
});

test.each([
  [
    'entrypoint: ""',
    "--entrypoint '' --network p_default --network-alias web img\n",
    /drops the command of the image/,
  ],
  ['entrypoint: []\ncommand: x', "--entrypoint '' --network p_default --network-alias web img x\n", /^$/],
  ['entrypoint: null', '-d --name p-web-1 --network p_default --network-alias web img\n', /^$/],
])('%j', async (keys, written, said) => {
  const { stdout, stderr } = await run(keys);
  expect(stdout).toContain(written);
  expect(stderr).toMatch(said);
});

test.each([
  ['user: 0', 'user must be a string, not a number'],
  ['environment: {A: [1]}', 'environment.A must be'],
  ['tty: maybe', 'tty: `maybe` is not a boolean'],
  ['healthcheck: {test: x, interval: soon}', 'healthcheck.interval: `soon` is not a duration'],
])('what Compose itself refuses is named, with its place: %s', async (keys, said) => {
  const { code, stdout, stderr } = await run(keys);
  expect(stderr).toMatch(/^mountc: warning: `compose.yaml:5:\d+`: left out: /);
  expect(stderr).toContain(said);
  expect(stdout).toContain('docker run');
  expect(code).toBe(1);
  const units = await runMountc(['convert', '--to', 'quadlet', '-f', 'compose.yaml'], { cwd });
  expect(units.stderr).toContain(said);
});

test('the mounts of a service are those of its container, without the mode that Compose drops', async () => {
  const others = '  b: {image: x}\n  c: {image: y, container_name: named}\n';
  const { code, stdout, stderr } = await run('volumes_from: ["b:ro", c, "container:d"]', others);
  expect(stdout).toContain('--volumes-from p-b-1 --volumes-from named --volumes-from d img');
  expect(stderr).toContain('note: `volumes_from: b:ro`: Compose itself drops the mode `ro`');
  expect(code).toBe(0);
  const unknown = await run('volumes_from: ["$S", nobody]');
  expect(unknown.stderr.match(/left out: only Compose knows/g)).toHaveLength(2);
});

describe('what docker inspect prints', () => {
  const CONTAINER = {
    Id: 'c0ffee012345'.padEnd(64, '0'),
    Name: '/web',
    Image: 'sha256:1',
    Config: {
      Hostname: 'c0ffee012345',
      Image: 'nginx',
      Env: ['A=b c', 'PATH=/bin'],
      Cmd: ['nginx', '-g', 'daemon off;'],
      Entrypoint: ['/entry.sh'],
      Labels: { own: '1', l: 'x' },
      ExposedPorts: { '80/tcp': {} },
    },
    HostConfig: {
      Binds: ['/a:/b:ro'],
      PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] },
      RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
      NetworkMode: 'front',
      Memory: 67_108_864,
      MemorySwap: 134_217_728,
      ShmSize: 67_108_864,
      LogConfig: { Type: 'json-file', Config: {} },
      Runtime: 'runc',
      IpcMode: 'private',
      NanoCpus: 1_500_000_000,
      Ulimits: [{ Name: 'nofile', Soft: 1, Hard: 2 }],
      Strange: { a: 1 },
    },
    NetworkSettings: {
      Networks: { front: { Aliases: ['db', 'c0ffee012345'], IPAMConfig: { IPv4Address: '10.0.0.5' } } },
    },
  };
  const IMAGE = {
    Id: 'sha256:1',
    RootFS: {},
    RepoTags: ['nginx:latest'],
    Config: {
      Env: ['PATH=/bin'],
      Cmd: CONTAINER.Config.Cmd,
      Entrypoint: ['/entry.sh'],
      Labels: { own: '1' },
      ExposedPorts: { '80/tcp': {} },
    },
  };
  const convert = (to: string, value: unknown, ...args: string[]) =>
    runMountc(['convert', '--to', to, ...args], { cwd, stdin: JSON.stringify(value) });

  test('of podman, without what podman says of each container', async () => {
    const inspect = {
      Name: 'web',
      OCIRuntime: 'crun',
      Config: { Image: 'img', Umask: '0022', CreateCommand: ['podman', 'run', '-e', 'P=hunter2', 'img'] },
      HostConfig: {
        Binds: ['data:/d:rw,rprivate,nosuid,nodev,rbind', '/srv:/s:ro,rprivate,rbind', 'data:/e'],
        NetworkMode: 'slirp4netns',
        PidMode: 'private',
        Runtime: 'oci',
        ShmSize: 65_536_000,
        PidsLimit: 2048,
        CgroupMode: 'private',
        Ulimits: [{ Name: 'RLIMIT_NOFILE', Soft: 1, Hard: 2 }],
        LogConfig: { Type: 'k8s-file' },
      },
    };
    const { code, stdout, stderr } = await convert('run', [inspect]);
    expect(stdout).toBe(
      'docker run -d --name web --ulimit nofile=1:2 -v data:/d -v /srv:/s:ro -v data:/e img\n',
    );
    expect(code).toBe(0);
    expect(stderr).toContain('`podman inspect`: changes its effect');
    expect(stderr).not.toContain('hunter2');
  });

  test('after a mark of PowerShell, too', async () => {
    const stdin = `\uFEFF${JSON.stringify([CONTAINER])}\r\n`;
    for (const to of ['run', 'compose'])
      expect(await runMountc(['convert', '--to', to], { cwd, stdin })).toMatchObject({
        stdout: expect.stringContaining('daemon off'),
      });
  });
  const SAME =
    '-p 8080:80 --network front --ip 10.0.0.5 --network-alias db --memory 67108864 --cpus 1.5 --ulimit nofile=1:2 -v /a:/b:ro nginx';

  test('is the command that creates the container again', async () => {
    const { code, stdout, stderr } = await convert('run', [CONTAINER]);
    expect(stdout).toBe(
      `docker run -d --name web --restart on-failure:3 --entrypoint /entry.sh -e 'A=b c' -e PATH=/bin --label own=1 --label l=x ${SAME} nginx -g 'daemon off;'\n`,
    );
    expect(stderr).toContain('`HostConfig.Strange`: left out');
    expect(stderr).toContain('come from the image is not known');
    expect(code).toBe(1);
  });

  test('without what the image sets, where that is there too', async () => {
    const { stdout } = await convert('run', [CONTAINER, IMAGE]);
    expect(stdout).toBe(`docker run -d --name web --restart on-failure:3 -e 'A=b c' --label l=x ${SAME}\n`);
    const changed = { ...CONTAINER, Config: { ...CONTAINER.Config, Entrypoint: null, Cmd: ['x'] } };
    expect((await convert('run', [changed, IMAGE])).stdout).toContain("--entrypoint ''");
  });

  test('of several containers is a line for each, also of several lists behind each other', async () => {
    const other = { ...CONTAINER, Name: '/two' };
    expect((await convert('run', [CONTAINER, other])).stdout.match(/--name \w+/g)).toEqual([
      '--name web',
      '--name two',
    ]);
    const stdin = `[${JSON.stringify(CONTAINER)}]\n[${JSON.stringify(other)}]\n`;
    const { stdout } = await runMountc(['convert', '--to', 'run'], { cwd, stdin });
    expect(stdout.split('\n')).toHaveLength(3);
  });

  test('is a whole service, too', async () => {
    const labels = { ...CONTAINER.Config.Labels, 'com.docker.compose.project': 'p' };
    const { stdout } = await convert('compose', [
      { ...CONTAINER, Config: { ...CONTAINER.Config, Labels: labels } },
      IMAGE,
    ]);
    expect(parse(stdout).services.web).toMatchObject({
      image: 'nginx',
      ports: ['8080:80'],
      environment: { A: 'b c' },
      labels: { l: 'x' },
      restart: 'on-failure:3',
      networks: { front: { aliases: ['db'], ipv4_address: '10.0.0.5' } },
    });
    expect(stdout).not.toContain('com.docker.compose');
  });

  test('with numbers that are longer than JSON carries', async () => {
    const host = { ...CONTAINER.HostConfig, Ulimits: [{ Name: 'a', Soft: 1, Hard: 2 }], Strange: undefined };
    const stdin = JSON.stringify([{ ...CONTAINER, HostConfig: host }]).replace(
      '"Soft":1',
      '"Soft":9223372036854775807',
    );
    const { stdout } = await runMountc(['convert', '--to', 'run'], { cwd, stdin });
    expect(stdout).toContain('--ulimit a=9223372036854775807:2');
  });

  test('nothing else is taken for it', async () => {
    expect((await convert('run', { a: 1 })).code).toBe(3);
    const command = await runMountc(['convert', '--to', 'run', 'docker run img'], { cwd });
    expect({ code: command.code, stderr: command.stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('--to run takes a Compose file'),
    });
  });
});
