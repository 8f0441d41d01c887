import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runMountc } from '../support/cli.js';
import { tempDir } from '../support/temp-dir.js';

const engines = process.env['MOUNTC_ENGINES'] ?? join(homedir(), '.cache/mountc-engines');
const quadlet = join(engines, 'podman-trixie/quadlet');

async function units(
  compose: string,
  beside: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
) {
  const dir = tempDir();
  mkdirSync(join(dir, 'out'));
  for (const [name, text] of Object.entries({ 'compose.yaml': compose, ...beside })) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  const { code, stderr } = await runMountc(
    ['convert', '--to', 'quadlet', '--write', 'out', '-f', 'compose.yaml', ...args],
    { cwd: dir },
  );
  const files = Object.fromEntries(
    readdirSync(join(dir, 'out')).map((name) => [
      name,
      readFileSync(join(dir, 'out', name), 'utf8').replaceAll(dir, 'DIR'),
    ]),
  );
  return { dir, code, stderr, files };
}

const SHOP = `name: shop
services:
  web:
    image: docker.io/library/nginx:\${TAG:-1.25}
    ports: ["8080:80", {target: 443, published: 8443, protocol: udp, host_ip: 127.0.0.1}]
    volumes: [data:/data, {type: tmpfs, target: /cache, tmpfs: {size: 64m}}]
    environment: {A: b c, B: "$NAME", M: "100%"}
    depends_on: [db]
    restart: unless-stopped
    command: nginx -g 'daemon off;'
    healthcheck: {test: [CMD, curl, localhost], interval: 30s}
    networks: [front, back]
    env_file: web.env
    secrets: [tok]
  db:
    image: docker.io/library/postgres
    entrypoint: ["/x", "y z"]
    volumes: ["data:/var/lib/data"]
    networks: {back: {aliases: [pg], ipv4_address: 10.0.0.5}}
    user: "999:999"
  job:
    build: {context: ./job, args: {X: "1 2"}}
    network_mode: host
    profiles: [a]
volumes: {data: }
networks:
  front:
  back: {internal: true, ipam: {config: [{subnet: 10.0.0.0/24}]}}
secrets: {tok: {file: ./tok.txt}}
`;

describe('a Compose file as units', () => {
  test('each service, volume, network and build has one', async () => {
    const { code, stderr, files } = await units(SHOP, { '.env': 'NAME=x' });
    expect(stderr).not.toMatch(/left out/);
    expect(stderr).toMatch(/`\$\{TAG\}, \$\{NAME\}`: changes its effect: its value now/);
    expect(code).toBe(0);
    expect(files['web.container']).toBe(
      [
        '[Unit]\nRequires=db.service\nAfter=db.service\n',
        '[Container]',
        'Image=docker.io/library/nginx:1.25',
        'PublishPort=8080:80',
        'PublishPort=127.0.0.1:8443:443/udp',
        'Environment="A=b c"',
        'Environment=B=x',
        'Environment=M=100%%',
        'HealthCmd=["curl","localhost"]',
        'HealthInterval=30s',
        'EnvironmentFile=DIR/web.env',
        'Network=front.network',
        'Network=back.network',
        'NetworkAlias=web',
        'Volume=shop_data.volume:/data',
        'Mount=type=tmpfs,dst=/cache,noexec,notmpcopyup,tmpfs-size=64m',
        'Mount=type=bind,src=DIR/tok.txt,dst=/run/secrets/tok,readonly',
        'Exec=nginx -g "daemon off;"\n',
        '[Service]\nRestart=always\n',
        '[Install]\nWantedBy=default.target\n',
      ].join('\n'),
    );
    expect(files['db.container']).toContain(
      'Network=back.network:ip=10.0.0.5\nNetworkAlias=db\nNetworkAlias=pg\n',
    );
    expect(files['job.container']).toBe('[Container]\nImage=job.build\nNetwork=host\n');
    expect(files['job.build']).toContain('ImageTag=localhost/shop-job:latest\nSetWorkingDirectory=DIR/job\n');
    expect(files['shop_data.volume']).toBe('[Volume]\nVolumeName=shop_data\n');
    expect(files['back.network']).toBe(
      '[Network]\nNetworkName=shop_back\nInternal=true\nSubnet=10.0.0.0/24\n',
    );
    expect(Object.keys(files)).toHaveLength(7);
  });

  test('what no unit says is named', async () => {
    const { code, stderr, files } = await units(
      'services:\n  a:\n    image: x\n    links: [b]\n    runtime: nvidia\n    hostname: "${H}"\n    volumes: ["$V:/x"]\n  b: {network_mode: "service:a", image: y}\n',
    );
    expect(code).toBe(1);
    for (const lost of ['a: links', 'a: runtime', 'a: hostname', '$V:/x', 'b: network_mode'])
      expect(stderr).toContain(lost);
    expect(Object.keys(files).sort()).toEqual(['a.container', 'b.container', 'default.network']);
  });

  test.skipIf(!existsSync(quadlet))('podman makes services of all of them', async () => {
    const { dir } = await units(SHOP, { '.env': 'NAME=x' }, ['--podman', '5.4']);
    const env = { ...process.env, QUADLET_UNIT_DIRS: join(dir, 'out') };
    const { stdout, stderr } = spawnSync(quadlet, ['-dryrun'], { env, encoding: 'utf8' });
    expect(stderr).not.toMatch(/converting|error/i);
    expect(stdout.match(/^ExecStart=/gm)).toHaveLength(7);
    expect(stdout).toMatch(
      /^ExecStart=.* --network shop_back:ip=10\.0\.0\.5 .* -v shop_data:\/var\/lib\/data /m,
    );
  });
});

describe('a key of a service as a line of a unit, in each way that Compose reads it', () => {
  test.each([
    ['privileged: yes', 'PodmanArgs=--privileged'],
    ['privileged: "on"', 'PodmanArgs=--privileged'],
    ['read_only: yes', 'ReadOnly=true'],
    ['init: "no"', 'RunInit=false'],
    ['init: "yes"', 'RunInit=true'],
    ['healthcheck: {disable: "true"}', 'PodmanArgs=--no-healthcheck'],
    ['healthcheck: {test: [NONE]}', 'PodmanArgs=--no-healthcheck'],
    ['healthcheck: {test: [CMD, a, b c]}', 'HealthCmd=["a","b c"]'],
    ['healthcheck: {test: a b, interval: 1w}', 'HealthCmd=a b\nHealthInterval=604800s'],
    ['stop_grace_period: 1d', 'StopTimeout=86400'],
    ['ports: ["[::1]:91:90"]', 'PublishPort=[::1]:91:90'],
    ['ports: ["[::1]:91:90", "127.0.0.1::81"]', 'PublishPort=[::1]:91:90\nPublishPort=127.0.0.1::81'],
    ['extra_hosts: ["b:[::1]", "c=1.2.3.4"]', 'AddHost=b:::1\nAddHost=c:1.2.3.4'],
    ['extra_hosts: {b: "::1"}', 'AddHost=b:::1'],
    ['pull_policy: if_not_present', ''],
    ['pull_policy: always', 'Pull=always'],
    ['entrypoint: [a, b c]', 'Entrypoint=["a","b c"]'],
    ['blkio_config: {weight: 300}', 'PodmanArgs=--blkio-weight=300'],
    ['label_file: ./l.env', 'PodmanArgs=--label-file=DIR/l.env'],
    ['cpu_rt_runtime: 400000', 'PodmanArgs=--cpu-rt-runtime=400000'],
    ['pid: service:b', 'PodmanArgs=--pid=container:bee'],
    ['ipc: service:c', 'PodmanArgs=--ipc=container:systemd-c'],
    ['gpus: all', 'AddDevice=nvidia.com/gpu=all'],
    ['security_opt: [no-new-privileges]', 'NoNewPrivileges=true'],
  ])('%s', async (service, lines) => {
    const { files, stderr } = await units(
      `services:\n  a: {image: i, ${service}}\n  b: {image: i, container_name: bee}\n  c: {image: i}\n`,
      { 'l.env': '' },
    );
    const [, said] = /^Image=i\n([\s\S]*?)\n\[Install\]/m.exec(files['a.container']!)!;
    const own = said!.split('\n').filter((one) => !/^(?:Network|NetworkAlias)=|^$/.test(one));
    expect(own.join('\n')).toBe(lines);
    expect(stderr).not.toMatch(/left out/);
  });

  test.each([
    ['logging: {driver: syslog}', 'a: logging.driver', 'no log driver `syslog`'],
    ['domainname: d.example', 'a: domainname', 'no --domainname'],
    [
      'healthcheck: {test: a, start_interval: 2s}',
      'a: healthcheck.start_interval',
      'no --health-start-interval',
    ],
    ['networks: {n: {link_local_ips: [169.254.1.1]}}', 'a: networks.n.link_local_ips', 'cannot express it'],
    ['scale: 3', 'a: scale', ''],
    ['command: echo a ; rm', 'a: command', 'drops `; rm`'],
  ])('%s is told', async (service, from, why) => {
    const { stderr } = await units(`services:\n  a: {image: i, ${service}}\nnetworks: {n: }\n`);
    expect(stderr).toContain(`\`${from}\``);
    expect(stderr).toContain(why);
  });

  test('two ways to say when it starts again are one', async () => {
    const { files } = await units(
      'services: {a: {image: i, restart: always, deploy: {restart_policy: {condition: on-failure}}}}',
    );
    expect(files['a.container']).toContain('\n[Service]\nRestart=on-failure\n\n');
  });

  test('a command ends where Compose ends it', async () => {
    const { files } = await units('services: {a: {image: i, command: echo a ; rm}}');
    expect(files['a.container']).toContain('Exec=echo a\n');
  });
});

describe('a network of a Compose file as a unit', () => {
  test.each([
    ['{internal: yes, enable_ipv6: yes}', 'Internal=true\nIPv6=true\n', ''],
    ['{internal: "no", external: "false"}', '', ''],
    [
      '{name: own, driver: macvlan, driver_opts: {parent: eth0, a: b c}}',
      'Driver=macvlan\nOptions=parent=eth0\nOptions="a=b c"\n',
      '',
    ],
    [
      '{driver: default, ipam: {driver: default, config: [{subnet: 10.0.0.0/24, gateway: 10.0.0.1}]}}',
      'Subnet=10.0.0.0/24\nGateway=10.0.0.1\n',
      '',
    ],
    ['{driver: overlay, attachable: true}', '', 'networks.n.driver'],
    ['{foo: bar, ipam: {options: {a: b}}}', '', 'networks.n.foo'],
  ])('%s', async (declared, lines, lost) => {
    const { files, stderr } = await units(
      `name: p\nservices: {a: {image: i, networks: [n]}}\nnetworks: {n: ${declared}}\n`,
    );
    const name = declared.includes('name: own') ? 'own' : 'p_n';
    expect(files['n.network']).toBe(`[Network]\nNetworkName=${name}\n${lines}`);
    expect(files['a.container']).toContain('Network=n.network\n');
    if (lost === '') expect(stderr).not.toMatch(/left out/);
    else expect(stderr).toMatch(new RegExp(`${lost}.*left out`));
  });

  test.each(['external: yes', 'external: "true"', 'external: {name: n}'])(
    '%s: somebody else makes it',
    async (declared) => {
      const { files } = await units(
        `services: {a: {image: i, networks: [n]}}\nnetworks: {n: {${declared}}}\n`,
      );
      expect(Object.keys(files)).toEqual(['a.container']);
      expect(files['a.container']).toContain('Network=n\n');
    },
  );
});

test('a network has no name where that of the project is not known', async () => {
  const { files, stderr } = await units(
    'name: "$P"\nservices: {a: {image: i, networks: [n]}}\nnetworks: {n: }\n',
  );
  expect(files['n.network']).toBe('[Network]\n\n');
  expect(stderr).toContain('`networks.n`: changes its effect: the name of the project');
});

describe('files that Compose reads together', () => {
  const PROJECT = {
    'compose.yaml':
      'name: p\ninclude: [sub/inc.yaml]\nservices: {web: {extends: {file: base.yaml, service: b}, networks: [n]}}\nnetworks: {n: }\n',
    'base.yaml': 'services: {b: {image: nginx, privileged: "yes"}}\n',
    'sub/inc.yaml': 'services: {z: {build: ./zb, env_file: z.env}}\n',
    'sub/z.env': '',
    'over.yaml': 'services: {web: {read_only: on}}\n',
  };

  test('extends and include count', async () => {
    const { files } = await units(PROJECT['compose.yaml'], PROJECT);
    expect(files['web.container']).toContain('Image=nginx\nNetwork=n.network\n');
    expect(files['web.container']).toContain('PodmanArgs=--privileged\n');
    expect(files['z.build']).toContain('SetWorkingDirectory=DIR/sub/zb\n');
    expect(files['z.container']).toContain('EnvironmentFile=DIR/sub/z.env\n');
  });

  test('several files, a folder, and one of the services', async () => {
    const { files } = await units(PROJECT['compose.yaml'], PROJECT, ['-f', 'over.yaml', '--service', 'web']);
    expect(Object.keys(files).sort()).toEqual(['n.network', 'web.container']);
    expect(files['web.container']).toContain('ReadOnly=true\n');
    const { dir } = await units(PROJECT['compose.yaml'], PROJECT);
    const { stdout, code } = await runMountc(['convert', '--to', 'quadlet', '-f', '.'], { cwd: dir });
    expect(code).toBe(0);
    expect(stdout).toContain('# z.build');
    const none = await runMountc(['convert', '--to', 'quadlet', '-f', '.', '--service', 'no'], { cwd: dir });
    expect(none.stderr).toContain('no service `no`');
  });
});

test('what podman reads otherwise than docker is written its way', async () => {
  const { stdout, stderr } = await runMountc([
    'convert',
    '--to',
    'quadlet',
    'docker run -p ::1:91:90 --add-host b=::1 --add-host "c:[::1]" --network name=back,alias=db,ip6=::1 --gpus all --log-driver syslog i',
  ]);
  expect(stdout).toContain(
    'PublishPort=[::1]:91:90\nAddHost=b:::1\nAddHost=c:::1\nNetwork=back:alias=db,ip6=::1\nAddDevice=nvidia.com/gpu=all\n',
  );
  expect(stderr).toContain('`--log-driver syslog`: left out: podman has no log driver `syslog`');
});

test('a new pod has the ports', async () => {
  const dir = tempDir();
  const command = 'podman run --pod new:app -p 8080:80 --network n1 -v a:/b -e X=1 docker.io/library/nginx';
  await runMountc(['convert', '--to', 'quadlet', '--write', '.', command], { cwd: dir });
  expect(readFileSync(join(dir, 'app.pod'), 'utf8')).toBe(
    '[Pod]\nPodName=app\nPublishPort=8080:80\nNetwork=n1.network\n',
  );
  expect(readFileSync(join(dir, 'n1.network'), 'utf8')).toBe('[Network]\nNetworkName=n1\n');
  expect(readFileSync(join(dir, 'nginx.container'), 'utf8')).toContain(
    'Pod=app.pod\nVolume=a.volume:/b\nEnvironment=X=1\n',
  );
});

test('no word of a file makes a line or a path of its own', async () => {
  const evil = '"x\\nExecStartPre=/bin/evil"';
  const { files, stderr } = await units(
    `services:\n  a:\n    image: i\n    hostname: ${evil}\n    labels: {k: ${evil}}\n    networks: [n]\n    depends_on: [${evil}]\n    build: {context: ., target: ${evil}, args: {A: ${evil}}}\n  "../../up": {image: i}\n  b: {image: ${evil}}\nnetworks:\n  n: {driver: ${evil}, name: ${evil}, labels: {l: ${evil}}}\n  "../n": {}\n`,
  );
  expect(Object.values(files).join('\n')).not.toMatch(/^ExecStartPre/m);
  expect(Object.keys(files).sort()).toEqual(['a.build', 'a.container', 'n.network']);
  expect(stderr).toContain('refuses this service name');
});

test('services that come to more than can be written are said', { timeout: 120_000 }, async () => {
  const keys = Array.from({ length: 20 }, (_, i) => `      KEY_${i}: ${'v'.repeat(2000)}\n`).join('');
  const services = Array.from({ length: 120 }, (_, i) => `  s${i}: {extends: b, volumes: ['/a:/b']}\n`).join(
    '',
  );
  const compose = `services:\n  b:\n    image: i\n    environment:\n${keys}${services}`;
  const { code, stderr, files } = await units(compose);
  expect({ code, files }).toEqual({ code: 3, files: {} });
  expect(stderr).toMatch(/not read: its services come to more than 2 MB/);
  const dir = tempDir();
  writeFileSync(join(dir, 'compose.yaml'), compose);
  const run = await runMountc(['convert', '--to', 'run', '-f', 'compose.yaml'], { cwd: dir });
  expect(run).toMatchObject({ code: 3, stdout: '', stderr: expect.stringMatching(/more than 2 MB/) });
});

test('a list of words that many services share is counted before it is written', {
  timeout: 60_000,
}, async () => {
  const words = Array.from({ length: 6000 }, (_, i) => `w${i}`).join(', ');
  const services = Array.from({ length: 1500 }, (_, i) => `  s${i}: {image: a, command: *c}\n`).join('');
  const compose = `x-c: &c [${words}]\nservices:\n${services}`;
  const { code, stderr, files } = await units(compose);
  expect({ code, files }).toEqual({ code: 3, files: {} });
  expect(stderr).toMatch(/more than 2 MB/);
});

test('mounts that many services have are counted before they are written', { timeout: 60_000 }, async () => {
  const mounts = Array.from({ length: 460 }, (_, i) => `      - /t${i}:size=1m\n`).join('');
  const services = Array.from({ length: 400 }, (_, i) => `  s${i}: {extends: b}\n`).join('');
  const { code, stderr, files } = await units(
    `services:\n  b:\n    image: i\n    tmpfs:\n${mounts}${services}`,
  );
  expect({ code, files }).toEqual({ code: 3, files: {} });
  expect(stderr).toMatch(/more than 2 MB/);
});
