import { makeVersion, type Version } from './version.js';

/**
 * How docker reads a flag's value. `bool` takes none (only `--flag=value`); every other kind takes the rest of the word or
 * the next word. `value` is judged by `flag-value`; of `unchecked` ones it is not known here what docker refuses.
 */
export type FlagKind = 'bool' | 'value' | 'volume' | 'mount' | 'tmpfs' | 'volumesFrom' | 'ip' | 'unchecked';

/** One flag of a docker command. */
export interface DockerFlag {
  readonly name: string;
  readonly short?: string;
  readonly kind: FlagKind;
  readonly since?: Version;
  /** Which of `run` and `create` has it; both when left out. */
  readonly only?: 'run';
  /** The engine's system that it is for; docker refuses it on another. */
  readonly os?: 'windows';
  /** The first Engine API minor version (1.x) that has it; docker refuses it with an older one. */
  readonly api?: number;
}

const v = makeVersion;
// `name` or `name s`. Some hundred of these are made whenever a command is read, so without a list for each.
const row = (names: string, kind: FlagKind, more?: Partial<DockerFlag>): DockerFlag => {
  const end = names.length - 2;
  const isBoth = names[end] === ' ';
  return {
    name: isBoth ? names.slice(0, end) : names,
    short: isBoth ? names[end + 1] : undefined,
    kind,
    ...more,
  };
};

/** The flags of `docker run` and `docker create` (§1.4): docker/cli cli/command/container/opts.go, run.go, create.go at the tags. */
export const CONTAINER_FLAGS: readonly DockerFlag[] = [
  row('detach d', 'bool', { only: 'run' }),
  row('interactive i', 'bool'),
  row('tty t', 'bool'),
  row('publish-all P', 'bool'),
  row('quiet q', 'bool', { since: v(23, 0, 0) }),
  row('rm', 'bool'),
  row('init', 'bool'),
  row('privileged', 'bool'),
  row('read-only', 'bool'),
  row('no-healthcheck', 'bool'),
  row('oom-kill-disable', 'bool'),
  row('sig-proxy', 'bool', { only: 'run' }),
  row('disable-content-trust', 'bool'),
  row('use-api-socket', 'bool', { since: v(28, 1, 0) }),
  row('help', 'bool'),
  row('volume v', 'volume'),
  row('mount', 'mount'),
  row('tmpfs', 'tmpfs'),
  row('volumes-from', 'volumesFrom'),
  row('volume-driver', 'value'),
  row('add-host', 'value'),
  row('annotation', 'value', { since: v(24, 0, 0), api: 43 }),
  row('attach a', 'value'),
  row('blkio-weight', 'value'),
  row('blkio-weight-device', 'value'),
  row('cap-add', 'value'),
  row('cap-drop', 'value'),
  row('cgroup-parent', 'value'),
  row('cgroupns', 'value'),
  row('cidfile', 'value'),
  row('cpu-count', 'value', { os: 'windows' }),
  row('cpu-percent', 'value', { os: 'windows' }),
  row('cpu-period', 'value'),
  row('cpu-quota', 'value'),
  row('cpu-rt-period', 'value'),
  row('cpu-rt-runtime', 'value'),
  row('cpu-shares c', 'value'),
  row('cpus', 'value'),
  row('cpuset-cpus', 'value'),
  row('cpuset-mems', 'value'),
  row('detach-keys', 'value', { only: 'run' }),
  row('device', 'value'),
  row('device-cgroup-rule', 'value'),
  row('device-read-bps', 'value'),
  row('device-read-iops', 'value'),
  row('device-write-bps', 'value'),
  row('device-write-iops', 'value'),
  row('dns', 'value'),
  row('dns-opt', 'value'),
  row('dns-option', 'value'),
  row('dns-search', 'value'),
  row('domainname', 'value'),
  row('entrypoint', 'value'),
  row('env e', 'value'),
  row('env-file', 'value'),
  row('expose', 'value'),
  row('gpus', 'value'),
  row('group-add', 'value'),
  row('health-cmd', 'value'),
  row('health-interval', 'value'),
  row('health-retries', 'value'),
  row('health-start-interval', 'value', { since: v(25, 0, 0), api: 44 }),
  row('health-start-period', 'value'),
  row('health-timeout', 'value'),
  row('hostname h', 'value'),
  row('io-maxbandwidth', 'value', { os: 'windows' }),
  row('io-maxiops', 'value', { os: 'windows' }),
  row('ip', 'ip'),
  row('ip6', 'ip'),
  row('ipc', 'value'),
  row('isolation', 'value'),
  row('kernel-memory', 'value'),
  row('label l', 'value'),
  row('label-file', 'value'),
  row('link', 'value'),
  row('link-local-ip', 'ip'),
  row('log-driver', 'value'),
  row('log-opt', 'value'),
  row('mac-address', 'value'),
  row('memory m', 'value'),
  row('memory-reservation', 'value'),
  row('memory-swap', 'value'),
  row('memory-swappiness', 'value'),
  row('name', 'value'),
  row('net', 'value'),
  row('net-alias', 'value'),
  row('network', 'value'),
  row('network-alias', 'value'),
  row('oom-score-adj', 'value'),
  row('pid', 'value'),
  row('pids-limit', 'value'),
  row('platform', 'value'),
  row('publish p', 'value'),
  row('pull', 'value'),
  row('restart', 'value'),
  row('runtime', 'value'),
  row('security-opt', 'value'),
  row('shm-size', 'value'),
  row('stop-signal', 'value'),
  row('stop-timeout', 'value'),
  row('storage-opt', 'value'),
  row('sysctl', 'value'),
  row('ulimit', 'value'),
  row('user u', 'value'),
  row('userns', 'value'),
  row('uts', 'value'),
  row('workdir w', 'value'),
];

/** docker's own options before the command (§1.2), the same in every version. */
export const GLOBAL_FLAGS: readonly DockerFlag[] = [
  row('config', 'value'),
  row('context c', 'value'),
  row('debug D', 'bool'),
  row('host H', 'value'),
  row('log-level l', 'value'),
  row('tls', 'bool'),
  row('tlsverify', 'bool'),
  row('tlscacert', 'value'),
  row('tlscert', 'value'),
  row('tlskey', 'value'),
  row('version v', 'bool'),
  row('help h', 'bool'),
];

// Made when they are asked for: few commands are about services.
const SERVICE_BOOLS = [
  'detach d',
  'quiet q',
  'tty t',
  'init',
  'read-only',
  'no-healthcheck',
  'no-resolve-image',
  'with-registry-auth',
  'help h',
];
const serviceFlags = (): DockerFlag[] => [
  ...SERVICE_BOOLS.map((names) => row(names, 'bool')),
  ...(
    'cap-add cap-drop credential-spec endpoint-mode entrypoint health-cmd health-interval health-retries ' +
    'health-start-period health-timeout hostname isolation limit-cpu limit-memory limit-pids log-driver log-opt ' +
    'max-concurrent replicas replicas-max-per-node reserve-cpu reserve-memory restart-condition restart-delay ' +
    'restart-max-attempts restart-window rollback-delay rollback-failure-action rollback-max-failure-ratio ' +
    'rollback-monitor rollback-order rollback-parallelism stop-grace-period stop-signal update-delay ' +
    'update-failure-action update-max-failure-ratio update-monitor update-order update-parallelism'
  )
    .split(' ')
    .map((name) => row(name, 'unchecked')),
  row('health-start-interval', 'unchecked', { since: v(25, 0, 0) }),
  row('memory-swap', 'unchecked', { since: v(29, 0, 0) }),
  row('memory-swappiness', 'unchecked', { since: v(29, 0, 0) }),
  row('oom-score-adj', 'unchecked', { since: v(27, 0, 0) }),
  row('user u', 'unchecked'),
  row('workdir w', 'unchecked'),
];

/** The flags of `docker service create` (§1.5): docker/cli cli/command/service. */
const serviceCreateFlags = (): readonly DockerFlag[] => [
  ...serviceFlags(),
  ...(
    'config constraint container-label dns dns-option dns-search env-file generic-resource group host mode name ' +
    'network placement-pref secret sysctl ulimit'
  )
    .split(' ')
    .map((name) => row(name, 'unchecked')),
  row('env e', 'unchecked'),
  row('label l', 'unchecked'),
  row('publish p', 'unchecked'),
  row('mount', 'mount'),
];

const ADD_RM =
  'config constraint container-label dns dns-option dns-search env generic-resource group host label network ' +
  'placement-pref publish secret sysctl ulimit';

/** The flags of `docker service update` (§1.5); they may also follow the service's name. */
const serviceUpdateFlags = (): readonly DockerFlag[] => [
  ...serviceFlags(),
  row('force', 'bool'),
  row('rollback', 'bool'),
  row('args', 'unchecked'),
  row('image', 'unchecked'),
  ...ADD_RM.split(' ').flatMap((name) => [row(`${name}-add`, 'unchecked'), row(`${name}-rm`, 'unchecked')]),
  row('mount-add', 'mount'),
  row('mount-rm', 'unchecked'),
];

/** The commands that mountc reads, by the words that name them. */
export const DOCKER_COMMANDS = {
  run: { words: ['run'], flags: () => CONTAINER_FLAGS, name: 'run' },
  create: { words: ['create'], flags: () => CONTAINER_FLAGS, name: 'create' },
  'container run': { words: ['container', 'run'], flags: () => CONTAINER_FLAGS, name: 'run' },
  'container create': { words: ['container', 'create'], flags: () => CONTAINER_FLAGS, name: 'create' },
  'service create': { words: ['service', 'create'], flags: serviceCreateFlags, name: 'service create' },
  'service update': { words: ['service', 'update'], flags: serviceUpdateFlags, name: 'service update' },
} as const satisfies Record<
  string,
  { words: readonly string[]; flags: () => readonly DockerFlag[]; name: string }
>;

/** A command that mountc reads, as it is typed: `run`, `container run`, `service create`, … */
export type DockerCommandPath = keyof typeof DOCKER_COMMANDS;
