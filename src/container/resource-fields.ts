import { readUlimit } from '../dialects/docker/client/flag-limit.js';
import { quoteCsv } from '../forms/print-mount.js';
import { readGoDecimal } from '../go/number.js';
import { readSize } from '../go/units.js';
import { cutPair, readCsvFields } from './csv-pairs.js';
import type { ComposeValue, ContainerField, FlagValues, Unsaid, ValueKind, Written } from './field.js';
import {
  each,
  hasMark,
  integer,
  itemsIn,
  LIST,
  listed,
  mapIn,
  NO_FLAG,
  NOTHING,
  refused,
  scalar,
  scalarText,
  single,
  size,
  TEXT,
  THREE_WAY,
} from './kinds.js';

const UNLIMITED = 'no limit';
const number = (flag: string, api: string, key: string, examples: string[], none = 0n): ContainerField => ({
  flag,
  api: `HostConfig.${api}`,
  absent: UNLIMITED,
  examples,
  compose: { key, kind: integer(none) },
});
const bytes = (flag: string, api: string, key: string, examples: string[]): ContainerField => ({
  flag,
  api: `HostConfig.${api}`,
  absent: UNLIMITED,
  examples,
  compose: { key, kind: size() },
});

const SWAPPINESS = integer(-1n);

/** The key whose value Compose would have twice, with that of `deploy`, where it is a text. */
const BESIDE_GPUS: ValueKind = {
  isOpen: true,
  toCompose: (values, said) => {
    const read = said.all('gpus').length > 0 ? size().toCompose(values, said) : NOTHING;
    return 'value' in read && typeof read.value === 'bigint' ? { value: String(read.value) } : read;
  },
};

/** What Compose sends for a number of CPUs, which it holds in 32 bits. */
const nanoCpus = (exact: number): number => Math.trunc(Math.fround(Math.fround(exact) * 1e9));

const toCpus = single((value) => {
  const exact = Number(value);
  if (!/^\d*\.?\d+$|^\d+\.$/.test(value))
    return { why: `\`${value}\` is not a plain number such as \`1.5\`` };
  if (exact === 0) return NOTHING;
  const sent = nanoCpus(exact);
  if (sent !== Math.round(exact * 1e9))
    return { why: `Compose reads it as ${sent / 1e9}, since it rounds to 32 bits` };
  return { value: exact };
});
/** Billionths as docker takes them: in digits. */
const showCpus = (nano: number): FlagValues =>
  nano === 0 ? NO_FLAG : { values: [(nano / 1e9).toFixed(9).replace(/\.?0+$/, '')] };
const cpus: ValueKind = {
  ...toCpus,
  fromCompose: scalar((text) => {
    const exact = Number(text);
    return Number.isNaN(exact) || hasMark(text) ? refused(text, 'number of CPUs') : showCpus(nanoCpus(exact));
  }),
  fromApi: scalar((text) => showCpus(Number(text))),
};

/** A limit of each device, as both sides have it; the engine begins its keys with a capital. */
const limitOf = (name: string) =>
  listed((item): FlagValues | Unsaid => {
    const own = mapIn(item);
    const [path, limit] = ['path', name].map((key) =>
      scalarText(own[key] ?? own[key[0]!.toUpperCase() + key.slice(1)]),
    );
    return path === undefined || limit === undefined
      ? { why: 'it names no device and limit' }
      : { values: [`${path}:${limit}`] };
  });
const deviceLimit = (name: string, read: (text: string) => Written<ComposeValue>): ValueKind => ({
  fromCompose: limitOf(name),
  fromApi: limitOf(name),
  ...each((value) => {
    const at = value.indexOf(':');
    const limit = at < 0 ? refused(value, 'device with a limit') : read(value.slice(at + 1));
    if ('why' in limit) return limit;
    return limit.value === undefined ? NOTHING : { value: { path: value.slice(0, at), [name]: limit.value } };
  }),
});
const count = (text: string): Written<ComposeValue> =>
  /^\d+$/.test(text) ? { value: BigInt(text) } : refused(text, 'number');
const rate = (text: string): Written<ComposeValue> => {
  const read = readSize(text, '0.5');
  return typeof read === 'string' ? refused(text, 'rate') : { value: read };
};
const limited = (
  flag: string,
  api: string,
  key: string,
  name: string,
  read: typeof count,
  example: string,
): ContainerField => ({
  flag,
  api: `HostConfig.${api}`,
  absent: UNLIMITED,
  examples: [example],
  compose: { key: `blkio_config.${key}`, kind: deviceLimit(name, read) },
});

/** A device of the host: always with all three parts, of which Compose and docker leave out others. */
const device = (value: string): Written<ComposeValue> => {
  if (/^[^:/]+\/[^:/]+=/.test(value)) return { value };
  const parts = value.split(':');
  const isMode = (text: string | undefined) => text !== undefined && /^[rwm]+$/.test(text);
  const [source = '', second, third] = parts;
  if (source === '' || parts.length > 3) return refused(value, 'device');
  if (third === undefined && isMode(second)) return { value: `${source}:${source}:${second}` };
  return { value: third === undefined ? [source, second || source].join(':') : value };
};

/** A device of a service or of a container; one by its name in CDI is a request there. */
const deviceOf = (item: unknown): FlagValues | Unsaid => {
  if (typeof item === 'string') return { values: [item] };
  const own = mapIn(item);
  const [source, target, mode] = (
    [
      ['source', 'PathOnHost'],
      ['target', 'PathInContainer'],
      ['permissions', 'CgroupPermissions'],
    ] as const
  ).map((keys) => scalarText(own[keys[0]] ?? own[keys[1]]));
  if (source === undefined) return { why: 'it names no device' };
  return { values: [[source, target ?? source, ...(mode === undefined ? [] : [mode])].join(':')] };
};
const isCdi = (request: unknown): boolean => mapIn(request)['Driver'] === 'cdi';

const limitsOf = (value: unknown): FlagValues => {
  const pair = (name: string, soft: unknown, hard: unknown) =>
    `${name}=${scalarText(soft) ?? ''}:${scalarText(hard) ?? ''}`;
  if (Array.isArray(value))
    return {
      values: value.map((one) => {
        const { Name, Soft, Hard } = mapIn(one);
        return pair(scalarText(Name) ?? '', Soft, Hard);
      }),
    };
  return {
    values: Object.entries(mapIn(value)).map(([name, limit]) => {
      const { soft, hard } = mapIn(limit);
      return typeof limit === 'object' ? pair(name, soft, hard) : `${name}=${scalarText(limit)}`;
    }),
  };
};

const ulimits: ValueKind = {
  fromCompose: limitsOf,
  fromApi: limitsOf,
  toCompose: (values) => {
    const limits: Record<string, ComposeValue> = Object.create(null);
    for (const value of values) {
      const read = readUlimit(value);
      if (typeof read === 'string') return refused(value, 'limit');
      limits[read.name] = read.hard === undefined ? read.soft : { soft: read.soft, hard: read.hard };
    }
    return { value: limits };
  },
};

/** How many GPUs: -1 is all. */
const gpuCount = (text: string): ComposeValue | undefined => {
  const number = text === 'all' ? -1n : readGoDecimal(text);
  return number === -1n ? 'all' : number;
};

/** `all`, a number, or `device=0,1` and more as a record of CSV, each key once and in lower case. */
const toGpus = each((value): Written<ComposeValue> => {
  const wrong = refused(value, 'request for GPUs');
  const request: Record<string, ComposeValue> = Object.create(null);
  let capabilities = ['gpu'];
  const seen = new Set<string>();
  for (const field of readCsvFields(value) ?? []) {
    const [key, text] = cutPair(field);
    if (seen.has(text === undefined ? 'count' : key)) return wrong;
    seen.add(text === undefined ? 'count' : key);
    if (text === undefined || key === 'count') {
      const count = gpuCount(text ?? key);
      if (count === undefined) return wrong;
      request['count'] = count;
    } else if (key === 'driver') request['driver'] = text;
    else if (key === 'device') request['device_ids'] = text.split(',');
    else if (key === 'capabilities') capabilities = [...text.split(','), 'gpu'];
    else if (key === 'options') {
      const options = readCsvFields(text);
      if (options === undefined) return wrong;
      request['options'] = Object.fromEntries(
        options.map((one) => {
          const [name, said = ''] = cutPair(one);
          return [name, said];
        }),
      );
    } else return wrong;
  }
  if (seen.size === 0) return wrong;
  if (seen.has('device') && seen.has('count'))
    return { why: 'docker sends both the devices and their number, which Compose refuses' };
  if (!seen.has('device')) request['count'] ??= 1;
  return { value: { ...request, capabilities } };
});

/** A request for GPUs of a service or of a container as a record of CSV. */
const gpuOf = (item: unknown): FlagValues | Unsaid => {
  if (typeof item === 'string') return { values: [item] };
  const own = new Map(
    Object.entries(mapIn(item)).map(([key, value]) => [key.toLowerCase().replace('_', ''), value]),
  );
  const wanted = itemsIn(own.get('capabilities'))
    .flat()
    .flatMap((one) => scalarText(one) ?? []);
  if (!wanted.includes('gpu')) return { why: 'docker run asks for GPUs and no other devices' };
  const more = wanted.filter((one) => one !== 'gpu');
  const ids = itemsIn(own.get('deviceids')).flatMap((one) => scalarText(one) ?? []);
  const count = scalarText(own.get('count')) ?? 'all';
  const options = Object.entries(mapIn(own.get('options'))).map(
    ([key, value]) => `${key}=${scalarText(value) ?? ''}`,
  );
  const driver = scalarText(own.get('driver')) ?? '';
  const all = /^(?:all|-1)$/.test(count);
  const parts = [
    ...(driver === '' ? [] : [`driver=${driver}`]),
    ids.length > 0 ? `device=${ids.join(',')}` : `count=${all ? 'all' : count}`,
    ...(more.length === 0 ? [] : [`capabilities=${more.join(',')}`]),
    ...(options.length === 0 ? [] : [`options=${options.map(quoteCsv).join(',')}`]),
  ];
  const isPlain = parts.length === 1 && ids.length === 0;
  return { values: [isPlain ? (all ? 'all' : count) : parts.map(quoteCsv).join(',')] };
};
const gpus: ValueKind = { ...toGpus, fromCompose: listed(gpuOf), fromApi: listed(gpuOf) };

/** What it may use of the machine. */
export const RESOURCE_FIELDS: readonly ContainerField[] = [
  {
    ...bytes('memory', 'Memory', 'mem_limit', ['512m', '1g', '1.5g', '536870912']),
    too: [{ key: 'deploy.resources.limits.memory', kind: size() }],
  },
  {
    ...bytes('memory-reservation', 'MemoryReservation', 'mem_reservation', ['256m']),
    or: { key: 'deploy.resources.reservations.memory', kind: { ...size(), ...BESIDE_GPUS } },
  },
  {
    flag: 'memory-swap',
    api: 'HostConfig.MemorySwap',
    absent: 'twice the memory',
    examples: ['1g', '-1'],
    compose: { key: 'memswap_limit', kind: size('or -1') },
    told: ({ at }) => {
      const [memory, swap] = ['Memory', 'MemorySwap'].map((key) => Number(at(`HostConfig.${key}`) ?? 0));
      return swap === 0 || (memory! > 0 && swap === 2 * memory!) ? NO_FLAG : { values: [String(swap)] };
    },
  },
  {
    ...number('memory-swappiness', 'MemorySwappiness', 'mem_swappiness', ['10', '0'], -1n),
    compose: {
      key: 'mem_swappiness',
      kind: {
        ...SWAPPINESS,
        toCompose: (values, said) => {
          const read = SWAPPINESS.toCompose(values, said);
          return 'value' in read && read.value === 0n
            ? { why: 'Compose treats 0 as not set, so the setting of the machine applies' }
            : read;
        },
        fromCompose: (value, service) =>
          scalarText(value) === '0'
            ? {
                values: [],
                notes: ['Compose treats 0 as not set: `--memory-swappiness 0` would pass it to docker'],
              }
            : SWAPPINESS.fromCompose!(value, service),
      },
    },
  },
  {
    flag: 'oom-kill-disable',
    api: 'HostConfig.OomKillDisable',
    absent: 'it may be killed',
    examples: ['true', 'false'],
    compose: { key: 'oom_kill_disable', kind: THREE_WAY },
    usual: ['false'],
  },
  number('oom-score-adj', 'OomScoreAdj', 'oom_score_adj', ['500', '-500']),
  {
    ...number('pids-limit', 'PidsLimit', 'pids_limit', ['100', '-1']),
    too: [{ key: 'deploy.resources.limits.pids', kind: integer(0n) }],
  },
  {
    flag: 'cpus',
    api: 'HostConfig.NanoCpus',
    absent: UNLIMITED,
    examples: ['1.5', '0.25', '2'],
    compose: { key: 'cpus', kind: cpus },
    too: [{ key: 'deploy.resources.limits.cpus', kind: cpus }],
  },
  number('cpu-shares', 'CpuShares', 'cpu_shares', ['512']),
  number('cpu-period', 'CpuPeriod', 'cpu_period', ['100000']),
  number('cpu-quota', 'CpuQuota', 'cpu_quota', ['50000', '-1']),
  number('cpu-rt-period', 'CpuRealtimePeriod', 'cpu_rt_period', ['1000000']),
  number('cpu-rt-runtime', 'CpuRealtimeRuntime', 'cpu_rt_runtime', ['950000']),
  number('cpu-count', 'CpuCount', 'cpu_count', []),
  number('cpu-percent', 'CpuPercent', 'cpu_percent', []),
  {
    flag: 'cpuset-cpus',
    api: 'HostConfig.CpusetCpus',
    absent: 'all',
    examples: ['0-1', '0,2'],
    compose: { key: 'cpuset', kind: TEXT },
  },
  {
    flag: 'cpuset-mems',
    api: 'HostConfig.CpusetMems',
    absent: 'all',
    examples: ['0'],
    compose: { none: 'Compose has no key for the memory nodes' },
  },
  {
    flag: 'kernel-memory',
    api: 'HostConfig.KernelMemory',
    absent: UNLIMITED,
    examples: ['64m'],
    compose: { none: 'Compose has no key for it, and engines since 23.0 do not have this limit' },
  },
  { ...bytes('shm-size', 'ShmSize', 'shm_size', ['64m', '2gb']), usual: ['67108864'] },
  {
    flag: 'ulimit',
    api: 'HostConfig.Ulimits',
    absent: 'those of the engine',
    examples: ['nofile=1024:2048', 'nproc=512', 'memlock=-1:-1'],
    compose: { key: 'ulimits', kind: ulimits },
  },
  {
    flag: 'device',
    api: 'HostConfig.Devices, HostConfig.DeviceRequests',
    absent: 'none',
    examples: ['/dev/snd', '/dev/ttyUSB0:/dev/modem', '/dev/sda:r', '/dev/sda:/dev/xvda:rwm'],
    compose: { key: 'devices', kind: { ...each(device), isOpen: true, fromCompose: listed(deviceOf) } },
    told: ({ at }) => {
      const named = itemsIn(at('HostConfig.DeviceRequests')).filter(isCdi);
      const ids = named.flatMap((one) =>
        itemsIn(mapIn(one)['DeviceIDs']).flatMap((id) => scalarText(id) ?? []),
      );
      const devices = listed(deviceOf)(at('HostConfig.Devices'));
      return 'why' in devices ? devices : { values: [...devices.values, ...ids] };
    },
  },
  {
    flag: 'device-cgroup-rule',
    api: 'HostConfig.DeviceCgroupRules',
    absent: 'none',
    examples: ['c 188:* rmw'],
    compose: { key: 'device_cgroup_rules', kind: LIST },
  },
  {
    flag: 'gpus',
    api: 'HostConfig.DeviceRequests',
    absent: 'none',
    examples: [
      'all',
      '2',
      '"device=0,2"',
      'device=GPU-3a23',
      'driver=nvidia,count=1,"capabilities=compute,utility"',
    ],
    compose: { key: 'deploy.resources.reservations.devices', kind: gpus },
    too: [{ key: 'gpus', kind: gpus }],
    told: ({ at }) => listed(gpuOf)(itemsIn(at('HostConfig.DeviceRequests')).filter((one) => !isCdi(one))),
  },
  number('blkio-weight', 'BlkioWeight', 'blkio_config.weight', ['500']),
  limited('blkio-weight-device', 'BlkioWeightDevice', 'weight_device', 'weight', count, '/dev/sda:200'),
  limited('device-read-bps', 'BlkioDeviceReadBps', 'device_read_bps', 'rate', rate, '/dev/sda:1mb'),
  limited('device-write-bps', 'BlkioDeviceWriteBps', 'device_write_bps', 'rate', rate, '/dev/sda:1024'),
  limited('device-read-iops', 'BlkioDeviceReadIOps', 'device_read_iops', 'rate', count, '/dev/sda:1000'),
  limited('device-write-iops', 'BlkioDeviceWriteIOps', 'device_write_iops', 'rate', count, '/dev/sda:1000'),
  ...(
    [
      ['io-maxbandwidth', 'IOMaximumBandwidth'],
      ['io-maxiops', 'IOMaximumIOps'],
    ] as const
  ).map(
    ([flag, api]): ContainerField => ({
      flag,
      api: `HostConfig.${api}`,
      absent: UNLIMITED,
      examples: [],
      compose: { none: 'Compose has no key for it' },
    }),
  ),
];
