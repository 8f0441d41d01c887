// Services of Compose files: for each key a value of each class that Compose takes.
import fc from 'fast-check';

/** A service that can be written as YAML. */
export type ServiceValue = Readonly<Record<string, unknown>>;

const port = fc.integer({ min: 1, max: 60_000 });
const text = fc.oneof(
  fc.stringMatching(/^[a-zA-Z0-9 ./:@"'#{}%*!,?-]{0,10}$/),
  fc.constantFrom('', 'true', 'no', '1e3', '012', ' a', '$$', 'a$$b', 'ü', 'null', 'two\nlines', '{{.Name}}'),
);
const name = fc.oneof(fc.stringMatching(/^[A-Z_]{1,8}$/), fc.constantFrom('yes', 'a.b', 'A-B', 'on'));
const scalar = fc.oneof(text, fc.integer({ min: -5, max: 99_999 }), fc.constantFrom(1.5, 0));
const pairs = fc.oneof(
  fc.dictionary(name, scalar, { minKeys: 1, maxKeys: 3 }),
  fc
    .uniqueArray(fc.tuple(name, text), { minLength: 1, maxLength: 3, selector: ([key]) => key })
    .map((all) => all.map(([key, value]) => `${key}=${value}`)),
);
const size = fc.oneof(
  fc.integer({ min: 6, max: 4000 }).map((one) => `${one}m`),
  fc.constantFrom('1g', '1.5gb', '512M', 1_073_741_824, '64MiB'),
);
const time = fc.constantFrom('30s', '1m30s', '500ms', '1h', '2m');
const bool = fc.constantFrom(true, false, 'true');
const ip = fc.ipV4();
const some = <T>(one: fc.Arbitrary<T>) =>
  fc.uniqueArray(one, { minLength: 1, maxLength: 3, selector: JSON.stringify });
const record = (parts: Record<string, fc.Arbitrary<unknown>>) => fc.record(parts, { requiredKeys: [] });

/** Values of each key; a group of keys that stand together is one entry. */
const KEYS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  command: fc.oneof(
    some(text),
    fc.constantFrom('sh -c "echo a b"', "a 'b c' d\\ e", 'run --x=1 && rm -r b', '', 'a;b', '"" x'),
    fc.constant([]),
  ),
  entrypoint: fc.oneof(fc.constantFrom('sh', 'sh -c', '', 'tini -- "a b"'), some(text), fc.constant([])),
  environment: pairs,
  labels: pairs,
  annotations: fc.dictionary(name, text, { minKeys: 1, maxKeys: 2 }),
  user: fc.constantFrom('1000:1000', 'www-data', '0'),
  working_dir: fc.constantFrom('/app', '/a b', 'rel'),
  hostname: fc.constantFrom('box', 'a.b.c'),
  domainname: fc.constantFrom('example.org'),
  init: bool,
  tty: bool,
  stdin_open: bool,
  privileged: bool,
  read_only: bool,
  oom_kill_disable: bool,
  restart: fc.constantFrom('no', 'always', 'unless-stopped', 'on-failure', 'on-failure:5'),
  ports: some(
    fc.oneof(
      fc
        .tuple(port, port, fc.constantFrom('', '/udp', '/tcp'), fc.constantFrom('', '127.0.0.1:', '[::1]:'))
        .map(([a, b, kind, at]) => `${at}${a}:${b}${kind}`),
      port,
      fc.constantFrom('9000', '3000-3002:3000-3002', '127.0.0.1::90', '6000-6001'),
      record({
        published: fc.oneof(port, port.map(String)),
        host_ip: fc.constantFrom('127.0.0.1', '::1'),
        protocol: fc.constantFrom('tcp', 'udp'),
        mode: fc.constantFrom('host', 'ingress'),
        name: fc.constant('web'),
      }).chain((one) => port.map((target) => ({ target, ...one }))),
    ),
  ),
  expose: some(fc.oneof(port.map(String), port, fc.constantFrom('53/udp'))),
  cap_add: some(fc.constantFrom('NET_ADMIN', 'SYS_TIME', 'ALL')),
  cap_drop: some(fc.constantFrom('ALL', 'MKNOD')),
  security_opt: some(
    fc.constantFrom(
      'no-new-privileges:true',
      'label=disable',
      'apparmor=unconfined',
      'seccomp=unconfined',
      'no-new-privileges',
    ),
  ),
  group_add: some(fc.constantFrom('audio', '44', 44)),
  sysctls: fc.constantFrom({ 'net.core.somaxconn': 1024 }, ['net.ipv4.ip_forward=1']),
  storage_opt: fc.constantFrom({ size: '10G' }),
  pid: fc.constantFrom('host'),
  ipc: fc.constantFrom('host', 'private', 'shareable', 'none'),
  uts: fc.constantFrom('host'),
  userns_mode: fc.constantFrom('host'),
  cgroup: fc.constantFrom('host', 'private'),
  cgroup_parent: fc.constantFrom('my.slice'),
  runtime: fc.constantFrom('runc'),
  isolation: fc.constantFrom('default'),
  stop_signal: fc.constantFrom('SIGINT', '9'),
  stop_grace_period: fc.oneof(time, fc.constantFrom('1.5s', '0s')),
  platform: fc.constantFrom('linux/amd64'),
  container_name: fc.constant('NAME'),
  dns: fc.oneof(ip, some(ip)),
  dns_search: fc.oneof(fc.constant('a.org'), some(fc.constantFrom('a.org', 'b.org'))),
  dns_opt: some(fc.constantFrom('ndots:2', 'rotate')),
  extra_hosts: fc.oneof(
    some(fc.constantFrom('db:10.0.0.1', 'h:host-gateway', 'six=::1', 'seven=[::2]')),
    fc.constantFrom({ a: '1.2.3.4' }, { b: '::1' }),
  ),
  mem_limit: size,
  mem_reservation: fc.constantFrom('6m', '10mb'),
  memswap_limit: fc.oneof(size, fc.constant(-1)),
  mem_swappiness: fc.constantFrom(10, 0, '60'),
  oom_score_adj: fc.constantFrom(500, -500, 0),
  pids_limit: fc.constantFrom(100, -1, '50'),
  cpus: fc.oneof(
    fc.integer({ min: 1, max: 64_000 }).map((one) => one / 1000),
    fc.constantFrom('0.5', '2', 0.1),
  ),
  cpu_shares: fc.constantFrom(512, '73'),
  cpu_period: fc.constantFrom(100_000),
  cpu_quota: fc.constantFrom(50_000, -1, '50000'),
  cpuset: fc.constantFrom('0-1', '0,2'),
  shm_size: size,
  ulimits: fc.constantFrom({ nofile: 1024 }, { nofile: { soft: 1, hard: 2 }, nproc: 5 }, { memlock: -1 }),
  devices: some(
    fc.constantFrom('/dev/snd', '/dev/ttyUSB0:/dev/modem', '/dev/sda:/dev/xvda:rwm', '/dev/sdb:/dev/xvdb:r'),
  ),
  device_cgroup_rules: some(fc.constantFrom('c 188:* rmw')),
  blkio_config: fc.constantFrom(
    { weight: 500 },
    { weight_device: [{ path: '/dev/sda', weight: 200 }] },
    { device_read_bps: [{ path: '/dev/sda', rate: '1mb' }] },
    {
      device_write_iops: [{ path: '/dev/sda', rate: 1000 }],
      device_read_iops: [{ path: '/dev/sdb', rate: 5 }],
    },
  ),
  healthcheck: fc.oneof(
    record({
      interval: time,
      timeout: time,
      retries: fc.integer({ min: 1, max: 9 }),
      start_period: time,
    }).chain((one) =>
      fc
        .constantFrom<unknown>(
          'curl -f http://localhost || exit 1',
          ['CMD', 'a', 'b c'],
          ['CMD-SHELL', 'x $$Y'],
        )
        .map((test) => ({ test, ...one })),
    ),
    fc.constantFrom({ disable: true }, { test: ['NONE'] }, { interval: '5s' }),
  ),
  logging: fc.constantFrom(
    { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
    { driver: 'none' },
    { options: { tag: 'x' } },
  ),
  networks: fc.constantFrom<unknown>(
    ['front'],
    ['front', 'inner'],
    { front: { aliases: ['x', 'y'] } },
    { front: null },
    { inner: { ipv4_address: '172.30.0.5', ipv6_address: '2001:db8::33', link_local_ips: ['169.254.3.4'] } },
    { front: { priority: 1 }, inner: { priority: 9, aliases: ['z'] } },
    { default: { aliases: ['q'] }, front: {} },
  ),
  network_mode: fc.constantFrom('host', 'none', 'bridge'),
  mac_address: fc.constant('02:42:ac:11:00:02'),
  external_links: some(fc.constantFrom('redis', 'db:database')),
  deploy: record({
    replicas: fc.constant(1),
    restart_policy: fc.constantFrom(
      { condition: 'on-failure', max_attempts: 3 },
      { condition: 'any' },
      { condition: 'none' },
    ),
    resources: record({
      limits: record({ cpus: fc.constantFrom('0.5', '2'), memory: size, pids: fc.constant(20) }),
      reservations: record({
        memory: fc.constantFrom('6m'),
        devices: fc.constantFrom(
          [{ capabilities: ['gpu'], count: 'all' }],
          [{ capabilities: ['gpu'], driver: 'nvidia', count: 2 }],
          [{ capabilities: ['gpu', 'utility'], device_ids: ['0', 'GPU-3'] }],
        ),
      }),
    }),
  }),
  volumes: some(
    fc.constantFrom<unknown>(
      './x:/a',
      'data:/b:ro',
      '/host:/c:ro',
      { type: 'bind', source: './y', target: '/d', read_only: true },
      { type: 'volume', source: 'data', target: '/e', volume: { nocopy: true } },
      { type: 'tmpfs', target: '/f', tmpfs: { size: 65_536 } },
      '/g',
    ),
  ),
  tmpfs: fc.constantFrom<unknown>('/run', ['/run:size=64m', '/tmp']),
  depends_on: fc.constantFrom<unknown>([], {}),
  'x-note': fc.constant({ a: 1 }),
};

/** Keys that Compose, or docker, refuses side by side. */
const APART: readonly (readonly string[])[] = [
  ['networks', 'network_mode'],
  ['deploy', 'cpus', 'mem_limit', 'mem_reservation', 'pids_limit', 'cpu_quota', 'cpu_period'],
  ['network_mode', 'mac_address'],
  ['hostname', 'uts'],
  ['cpus', 'cpu_period', 'cpu_quota'],
];

/** A service of 1 to 8 keys beside its image. */
export const serviceArbitrary: fc.Arbitrary<ServiceValue> = fc
  .uniqueArray(fc.constantFrom(...Object.keys(KEYS)), { minLength: 1, maxLength: 8 })
  .map((keys) =>
    keys.filter(
      (key, i) =>
        !APART.some((group) => group.includes(key) && keys.slice(0, i).some((one) => group.includes(one))),
    ),
  )
  .chain((keys) => fc.record(Object.fromEntries(keys.map((key) => [key, KEYS[key]!]))))
  .map((values) => ({ image: 'img:1', ...values }));
