import { readGoDuration } from '../go/number.js';
import { pathFrom } from '../go/path.js';
import { systemdWords } from '../readers/systemd.js';
import { fileText } from '../source/hosted-text.js';
import { mapOf as mapOfWords } from '../text/map-of.js';
import { mapOf } from './compose-values.js';

/** What a service says besides its mounts, as flags of `docker run` and `podman run`. */
export interface ServiceFlags {
  readonly flags: readonly (readonly [flag: string, value: string])[];
  readonly image: string | undefined;
  readonly command: readonly string[];
  /** What no flag says: the key and why. */
  readonly lost: readonly { readonly key: string; readonly why: string }[];
}

/** A key whose value is that of a flag. */
const ONE = mapOfWords<string>({
  container_name: 'name',
  hostname: 'hostname',
  user: 'user',
  working_dir: 'workdir',
  stop_signal: 'stop-signal',
  pid: 'pid',
  ipc: 'ipc',
  uts: 'uts',
  userns_mode: 'userns',
  shm_size: 'shm-size',
  mem_limit: 'memory',
  memswap_limit: 'memory-swap',
  mem_reservation: 'memory-reservation',
  mem_swappiness: 'memory-swappiness',
  cpus: 'cpus',
  cpu_shares: 'cpu-shares',
  cpu_quota: 'cpu-quota',
  cpu_period: 'cpu-period',
  cpuset: 'cpuset-cpus',
  pids_limit: 'pids-limit',
  platform: 'platform',
  pull_policy: 'pull',
  cgroup_parent: 'cgroup-parent',
  cgroup: 'cgroupns',
  oom_score_adj: 'oom-score-adj',
  mac_address: 'mac-address',
  restart: 'restart',
});
const SWITCHES = mapOfWords<string>({
  read_only: 'read-only',
  privileged: 'privileged',
  init: 'init',
  tty: 'tty',
  stdin_open: 'interactive',
  oom_kill_disable: 'oom-kill-disable',
});
const LISTS = mapOfWords<string>({
  cap_add: 'cap-add',
  cap_drop: 'cap-drop',
  dns: 'dns',
  dns_search: 'dns-search',
  dns_opt: 'dns-option',
  security_opt: 'security-opt',
  group_add: 'group-add',
  expose: 'expose',
  device_cgroup_rules: 'device-cgroup-rule',
});
/** A map, or a list of `KEY=VALUE`. */
const PAIRS = mapOfWords<string>({
  environment: 'env',
  labels: 'label',
  annotations: 'annotation',
  sysctls: 'sysctl',
});
/** Said elsewhere, or of no effect on a container. */
const ELSEWHERE = new Set(
  'image build volumes tmpfs volumes_from secrets configs use_api_socket networks depends_on extends develop attach profiles'.split(
    ' ',
  ),
);

/** Reads the keys of a service; `folder`: of the project; variables that are left in a value make it unknown. */
export function serviceFlags(service: unknown, folder: string): ServiceFlags {
  const flags: [string, string][] = [];
  const lost: { key: string; why: string }[] = [];
  let command: readonly string[] = [];
  let entrypoint: readonly string[] | undefined;
  const values = mapOf(service);
  for (const [key, value] of Object.entries(values)) {
    if (ELSEWHERE.has(key) || key.startsWith('x-') || value === null) continue;
    const put = (flag: string, one: unknown) => {
      const text = known(one);
      if (text === undefined) lost.push({ key, why: `what \`${String(one)}\` is, nobody knows here` });
      else flags.push([flag, text]);
    };
    if (ONE.has(key)) {
      if (/^service:/.test(String(value))) lost.push({ key, why: 'a container has no word for a service' });
      else put(ONE.get(key)!, value);
    } else if (SWITCHES.has(key)) {
      if (/^true$/i.test(String(value))) flags.push([SWITCHES.get(key)!, 'true']);
      else if (known(value) === undefined) put(key, value);
    } else if (LISTS.has(key)) for (const one of listOf(value)) put(LISTS.get(key)!, one);
    else if (PAIRS.has(key)) for (const one of pairsOf(value)) put(PAIRS.get(key)!, one);
    else if (key === 'command') command = wordsOf(value) ?? none(lost, key);
    else if (key === 'entrypoint') entrypoint = wordsOf(value) ?? none(lost, key);
    else readOther(key, value, { put, folder, lost });
  }
  if (entrypoint !== undefined && entrypoint.length > 0)
    flags.push(['entrypoint', entrypoint.length === 1 ? entrypoint[0]! : JSON.stringify(entrypoint)]);
  const image = values['image'] === undefined ? undefined : known(values['image']);
  if (values['image'] !== undefined && image === undefined)
    lost.push({ key: 'image', why: 'a part of it is not known' });
  return { flags, image, command, lost };
}

interface Sink {
  put(flag: string, value: unknown): void;
  readonly folder: string;
  readonly lost: { key: string; why: string }[];
}

function readOther(key: string, value: unknown, { put, folder, lost }: Sink): void {
  const lose = (why: string, of = key) => {
    lost.push({ key: of, why });
  };
  switch (key) {
    case 'ports':
      for (const one of listOf(value)) {
        const { target, published, host_ip: ip, protocol, mode, ...more } = mapOf(one);
        if (target === undefined) put('publish', one);
        else {
          const host = published === undefined ? '' : `${published}:`;
          put(
            'publish',
            `${ip === undefined ? '' : `${ip}:`}${ip !== undefined && host === '' ? ':' : host}${target}${protocol === undefined || protocol === 'tcp' ? '' : `/${protocol}`}`,
          );
          if (mode === 'host' || Object.keys(more).some((name) => name !== 'name' && !name.startsWith('x-')))
            lose('a published port has no such option');
        }
      }
      return;
    case 'env_file':
      for (const one of listOf(value)) {
        const { path = one, required } = mapOf(one);
        if (required === false) lose(`\`${String(path)}\` has to be there`);
        put('env-file', known(path) === undefined ? path : pathFrom(folder, String(path)));
      }
      return;
    case 'extra_hosts':
      for (const one of hostsOf(value)) put('add-host', one);
      return;
    case 'devices':
      for (const one of listOf(value)) {
        const { source, target, permissions } = mapOf(one);
        put('device', source === undefined ? one : [source, target, permissions].filter(Boolean).join(':'));
      }
      return;
    case 'ulimits':
      for (const [name, one] of Object.entries(mapOf(value))) {
        const { soft, hard } = mapOf(one);
        put('ulimit', `${name}=${soft === undefined ? String(one) : `${soft}:${hard ?? soft}`}`);
      }
      return;
    case 'logging': {
      const { driver, options } = mapOf(value);
      if (driver !== undefined) put('log-driver', driver);
      for (const one of pairsOf(options)) put('log-opt', one);
      return;
    }
    case 'stop_grace_period': {
      const time = readGoDuration(String(value));
      if (typeof time === 'bigint') put('stop-timeout', String(time / 1_000_000_000n));
      else lose('it is no time that is known');
      return;
    }
    case 'network_mode':
      if (String(value).startsWith('service:')) lose('a container has no word for a service');
      else put('network', value);
      return;
    case 'healthcheck':
      readHealth(mapOf(value), put, lose);
      return;
    case 'deploy':
      readDeploy(mapOf(value), put, lose);
      return;
    case 'links':
    case 'external_links':
      lose('a network of podman knows containers by their names: no links');
      return;
    case 'scale':
      lose('a unit is one container');
      return;
    default:
      lose('no flag of podman run says it');
  }
}

function readHealth(
  check: Record<string, unknown>,
  put: Sink['put'],
  lose: (why: string, of?: string) => void,
): void {
  const { test, disable } = check;
  const [kind, ...words] = Array.isArray(test) ? test.map(String) : [];
  if (disable === true || kind === 'NONE') {
    put('health-cmd', 'none');
    return;
  }
  if (typeof test === 'string') put('health-cmd', test);
  else if (kind === 'CMD-SHELL') put('health-cmd', words[0] ?? '');
  else if (kind === 'CMD') put('health-cmd', JSON.stringify(words));
  for (const key of ['interval', 'timeout', 'retries', 'start_period'])
    if (check[key] !== undefined) put(`health-${key.replace('_', '-')}`, check[key]);
  if (check['start_interval'] !== undefined)
    lose('podman run has no --health-start-interval', 'healthcheck.start_interval');
}

function readDeploy(
  deploy: Record<string, unknown>,
  put: Sink['put'],
  lose: (why: string, of?: string) => void,
): void {
  const { resources, restart_policy: restart, ...others } = deploy;
  const { limits, reservations } = mapOf(resources);
  const { cpus, memory, pids } = mapOf(limits);
  if (cpus !== undefined) put('cpus', cpus);
  if (memory !== undefined) put('memory', memory);
  if (pids !== undefined) put('pids-limit', pids);
  const { memory: reserved, ...more } = mapOf(reservations);
  if (reserved !== undefined) put('memory-reservation', reserved);
  if (Object.keys(more).length > 0) lose('no flag of podman run says it', 'deploy.resources.reservations');
  const { condition } = mapOf(restart);
  if (restart !== undefined)
    put('restart', condition === 'on-failure' ? 'on-failure' : condition === 'none' ? 'no' : 'always');
  for (const key of Object.keys(others)) lose('a unit is one container of one machine', `deploy.${key}`);
}

/** The text of a value, `$$` as one; undefined where it has a variable. */
function known(value: unknown): string | undefined {
  const text = String(value);
  return /\$(?!\$)/.test(text.replaceAll('$$', '')) ? undefined : text.replaceAll('$$', '$');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function pairsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  return Object.entries(mapOf(value)).map(([key, one]) => (one === null ? key : `${key}=${String(one)}`));
}

function hostsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map((one) => String(one).replace('=', ':'));
  return Object.entries(mapOf(value)).flatMap(([name, one]) =>
    listOf(one).map((ip) => `${name}:${String(ip)}`),
  );
}

/** A command as Compose cuts it; undefined where a part is not known. */
function wordsOf(value: unknown): readonly string[] | undefined {
  if (Array.isArray(value)) {
    const words = value.map(known);
    return words.includes(undefined) ? undefined : (words as string[]);
  }
  const text = known(value);
  // Marks that systemd would fill in are none here.
  if (text === undefined) return undefined;
  return systemdWords(fileText(text.replace(/[%$]/g, '$&$&'))).map((word) => word.value);
}

function none(lost: { key: string; why: string }[], key: string): readonly string[] {
  lost.push({ key, why: 'a part of it is not known' });
  return [];
}
