import { readSize } from '../go/units.js';
import { readCsvPairs } from './csv-pairs.js';
import type { ComposeValue, ContainerField, ValueKind, Written } from './field.js';
import { each, integer, LIST, NOTHING, refused, single, size, TEXT, THREE_WAY } from './kinds.js';

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

/** The key whose value Compose would have twice, with that of `deploy`, where it is a text. */
const BESIDE_GPUS: ValueKind = {
  isOpen: true,
  toCompose: (values, said) => {
    const read = said.all('gpus').length > 0 ? size().toCompose(values, said) : NOTHING;
    return 'value' in read && typeof read.value === 'bigint' ? { value: String(read.value) } : read;
  },
};

// Compose holds it in 32 bits.
const cpus = single((value) => {
  const exact = Number(value);
  if (!/^\d*\.?\d+$|^\d+\.$/.test(value)) return refused(value, 'number of CPUs');
  if (exact === 0) return NOTHING;
  const sent = Math.trunc(Math.fround(Math.fround(exact) * 1e9));
  if (sent !== Math.round(exact * 1e9))
    return { why: `Compose reads it as ${sent / 1e9}, since it rounds to 32 bits` };
  return { value: exact };
});

const deviceLimit = (name: string, read: (text: string) => Written<ComposeValue>): ValueKind =>
  each((value) => {
    const at = value.indexOf(':');
    const limit = at < 0 ? refused(value, 'device with a limit') : read(value.slice(at + 1));
    if ('why' in limit) return limit;
    return limit.value === undefined ? NOTHING : { value: { path: value.slice(0, at), [name]: limit.value } };
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

const ulimits: ValueKind = {
  toCompose: (values) => {
    const limits: Record<string, ComposeValue> = Object.create(null);
    for (const value of values) {
      const [, name, soft, hard] = /^(\w+)=([+-]?\d+)(?::([+-]?\d+))?$/.exec(value) ?? [];
      if (name === undefined || soft === undefined) return refused(value, 'limit');
      limits[name] = hard === undefined ? Number(soft) : { soft: Number(soft), hard: Number(hard) };
    }
    return { value: limits };
  },
};

/** `all`, a number, or `device=0,1` and more as a record of CSV. */
const gpus = each((value): Written<ComposeValue> => {
  if (value === 'all') return { value: { count: 'all', capabilities: ['gpu'] } };
  if (/^-?\d+$/.test(value))
    return { value: { count: Number(value) === -1 ? 'all' : Number(value), capabilities: ['gpu'] } };
  const pairs = readCsvPairs(value);
  if (pairs === undefined) return refused(value, 'request for GPUs');
  const request: Record<string, ComposeValue> = Object.create(null);
  let capabilities = ['gpu'];
  for (const [key, text = ''] of pairs) {
    if (key === 'driver') request['driver'] = text;
    else if (key === 'count') request['count'] = /^-1$|^all$/.test(text) ? 'all' : Number(text);
    else if (key === 'device') request['device_ids'] = text.split(',');
    else if (key === 'capabilities') capabilities = [...text.split(','), 'gpu'];
    else if (key === 'options')
      request['options'] = Object.fromEntries(
        (readCsvPairs(text) ?? []).map(([name, one = '']) => [name, one]),
      );
    else if (/^(?:all|-?\d+)$/.test(key)) request['count'] = /^(?:all|-1)$/.test(key) ? 'all' : Number(key);
    else return refused(value, 'request for GPUs');
  }
  if (request['device_ids'] !== undefined && request['count'] !== undefined)
    return refused(value, 'request for GPUs');
  if (request['device_ids'] === undefined) request['count'] ??= 1;
  return { value: { ...request, capabilities } };
});

/** What it may use of the machine. */
export const RESOURCE_FIELDS: readonly ContainerField[] = [
  bytes('memory', 'Memory', 'mem_limit', ['512m', '1g', '1.5g', '536870912']),
  {
    ...bytes('memory-reservation', 'MemoryReservation', 'mem_reservation', ['256m']),
    or: { key: 'deploy.resources.reservations.memory', kind: BESIDE_GPUS },
  },
  {
    flag: 'memory-swap',
    api: 'HostConfig.MemorySwap',
    absent: 'twice the memory',
    examples: ['1g', '-1'],
    compose: { key: 'memswap_limit', kind: size('or -1') },
  },
  number('memory-swappiness', 'MemorySwappiness', 'mem_swappiness', ['10', '0'], -1n),
  {
    flag: 'oom-kill-disable',
    api: 'HostConfig.OomKillDisable',
    absent: 'it may be killed',
    examples: ['true', 'false'],
    compose: { key: 'oom_kill_disable', kind: THREE_WAY },
  },
  number('oom-score-adj', 'OomScoreAdj', 'oom_score_adj', ['500', '-500']),
  number('pids-limit', 'PidsLimit', 'pids_limit', ['100', '-1']),
  {
    flag: 'cpus',
    api: 'HostConfig.NanoCpus',
    absent: UNLIMITED,
    examples: ['1.5', '0.25', '2'],
    compose: { key: 'cpus', kind: cpus },
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
    compose: { none: 'Compose has no key for it, and engines since 23.0 have no such limit' },
  },
  bytes('shm-size', 'ShmSize', 'shm_size', ['64m', '2gb']),
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
    compose: { key: 'devices', kind: each(device) },
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
