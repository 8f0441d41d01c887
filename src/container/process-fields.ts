import type { ContainerField } from './field.js';
import { FLAG, integer, LIST, last, NOTHING, PAIRS, pairsOf, single, TEXT, THREE_WAY } from './kinds.js';

const IMAGE = 'what the image says';
const none = (why: string) => ({ none: why });
const client = (why: string) => ({ client: why });
const host = (
  flag: string,
  api: string,
  key: string,
  absent: string,
  examples: string[],
): ContainerField => ({
  flag,
  api: `HostConfig.${api}`,
  absent,
  examples,
  compose: { key, kind: TEXT },
});

/** Another container's namespace: Compose knows those of its own services by their service. */
const namespaceOf = (key: string) =>
  ({
    key,
    kind: {
      isOpen: true,
      toCompose: (values, said) => {
        const value = last(values);
        if (value === '') return NOTHING;
        const other = /^container:(.*)$/s.exec(value)?.[1];
        const service = other === undefined ? undefined : said.serviceOf(other);
        return { value: service === undefined ? value : `service:${service}` };
      },
    },
  }) satisfies ContainerField['compose'];

/** What runs, as whom, where and with which variables. */
export const PROCESS_FIELDS: readonly ContainerField[] = [
  {
    flag: 'name',
    api: '?name',
    inspect: 'Name',
    absent: 'docker makes one up',
    examples: ['web1'],
    compose: { key: 'container_name', kind: TEXT },
  },
  {
    flag: 'platform',
    api: '?platform',
    inspect: 'ImageManifestDescriptor.platform',
    absent: "the engine's own",
    examples: ['linux/amd64'],
    compose: { key: 'platform', kind: TEXT },
  },
  {
    flag: 'pull',
    absent: 'missing',
    examples: ['always', 'missing', 'never'],
    compose: { key: 'pull_policy', kind: single((value) => (value === '' ? NOTHING : { value })) },
  },
  {
    flag: 'restart',
    api: 'HostConfig.RestartPolicy',
    absent: '`no`',
    examples: ['no', 'always', 'unless-stopped', 'on-failure', 'on-failure:5'],
    compose: { key: 'restart', kind: TEXT },
  },
  {
    flag: 'entrypoint',
    api: 'Entrypoint',
    absent: IMAGE,
    examples: ['/bin/sh', 'tini', ''],
    // One word, not a command line; an empty one takes away the image's.
    compose: {
      key: 'entrypoint',
      kind: { isOpen: true, toCompose: (values) => ({ value: [last(values)] }) },
    },
  },
  {
    flag: 'env',
    api: 'Env',
    absent: IMAGE,
    examples: [
      'A=b',
      'EMPTY=',
      'FROM_OUTSIDE',
      'URL=http://a/?b=c&d=$e',
      'QUOTED="it\'s"',
      'LINES=a\nb',
      'N=0123',
    ],
    isSecret: true,
    compose: {
      key: 'environment',
      kind: { isOpen: true, toCompose: (values) => ({ value: pairsOf(values, null) }) },
    },
  },
  {
    flag: 'env-file',
    api: 'Env',
    absent: 'no file is read',
    examples: ['./app.env'],
    isSecret: true,
    compose: {
      key: 'env_file',
      kind: {
        isOpen: true,
        toCompose: (values, said) => {
          const isRaw = said.has('rawEnvFile') === true && !values.every(said.isPlainFile);
          return isRaw
            ? { value: values.map((path) => ({ path, format: 'raw' })) }
            : LIST.toCompose(values, said);
        },
      },
      differs: (values, said) =>
        said.has('rawEnvFile') === true || values.every(said.isPlainFile)
          ? undefined
          : 'Compose reads quotes, `$` and ` #` in the file by rules of its own, docker takes each line as it is: releases since 2.30 read it like docker with `format: raw`',
    },
  },
  {
    flag: 'user',
    api: 'User',
    absent: IMAGE,
    examples: ['1000:1000', 'www-data', '0'],
    compose: { key: 'user', kind: TEXT },
  },
  {
    flag: 'workdir',
    api: 'WorkingDir',
    absent: IMAGE,
    examples: ['/app', '/a b'],
    compose: { key: 'working_dir', kind: TEXT },
  },
  {
    flag: 'interactive',
    api: 'OpenStdin',
    absent: 'standard input is closed',
    examples: ['true', 'false'],
    compose: {
      key: 'stdin_open',
      kind: FLAG,
      differs: (values, said) =>
        /^(?:1|t)/i.test(last(values)) && !/^(?:1|t)/i.test(last(said.all('detach')))
          ? '`docker compose up` connects no keyboard: `docker compose run` and `docker attach` do'
          : undefined,
    },
  },
  {
    flag: 'tty',
    api: 'Tty',
    absent: 'no terminal',
    examples: ['true', 'false'],
    compose: { key: 'tty', kind: FLAG },
  },
  {
    flag: 'init',
    api: 'HostConfig.Init',
    absent: 'as the engine is configured',
    examples: ['true', 'false'],
    compose: { key: 'init', kind: THREE_WAY },
  },
  {
    flag: 'privileged',
    api: 'HostConfig.Privileged',
    absent: 'not privileged',
    examples: ['true'],
    compose: { key: 'privileged', kind: FLAG },
  },
  {
    flag: 'read-only',
    api: 'HostConfig.ReadonlyRootfs',
    absent: 'it can be written',
    examples: ['true'],
    compose: { key: 'read_only', kind: FLAG },
  },
  {
    flag: 'cap-add',
    api: 'HostConfig.CapAdd',
    absent: "docker's own list",
    examples: ['NET_ADMIN', 'SYS_TIME', 'ALL'],
    compose: { key: 'cap_add', kind: LIST },
  },
  {
    flag: 'cap-drop',
    api: 'HostConfig.CapDrop',
    absent: "docker's own list",
    examples: ['ALL', 'MKNOD'],
    compose: { key: 'cap_drop', kind: LIST },
  },
  {
    flag: 'security-opt',
    api: 'HostConfig.SecurityOpt, HostConfig.MaskedPaths, HostConfig.ReadonlyPaths',
    absent: 'the profiles of the engine',
    examples: [
      'no-new-privileges',
      'apparmor=unconfined',
      'label=disable',
      'seccomp=unconfined',
      'systempaths=unconfined',
    ],
    compose: { key: 'security_opt', kind: LIST },
  },
  {
    flag: 'group-add',
    api: 'HostConfig.GroupAdd',
    absent: 'the groups of the user',
    examples: ['audio', '44'],
    compose: { key: 'group_add', kind: LIST },
  },
  {
    flag: 'sysctl',
    api: 'HostConfig.Sysctls',
    absent: 'those of the engine',
    examples: ['net.core.somaxconn=1024', 'net.ipv4.ip_forward=1'],
    compose: { key: 'sysctls', kind: PAIRS },
  },
  { ...host('pid', 'PidMode', 'pid', 'its own', ['host', 'container:other']), compose: namespaceOf('pid') },
  {
    ...host('ipc', 'IpcMode', 'ipc', 'as the engine is configured', [
      'host',
      'private',
      'shareable',
      'none',
      'container:other',
    ]),
    compose: namespaceOf('ipc'),
  },
  host('uts', 'UTSMode', 'uts', 'its own', ['host']),
  host('userns', 'UsernsMode', 'userns_mode', 'that of the engine', ['host']),
  host('cgroupns', 'CgroupnsMode', 'cgroup', 'as the engine is configured', ['host', 'private']),
  host('cgroup-parent', 'CgroupParent', 'cgroup_parent', "docker's own", ['my.slice']),
  host('runtime', 'Runtime', 'runtime', "the engine's default", ['runc', 'nvidia']),
  host('isolation', 'Isolation', 'isolation', "the engine's default", ['default']),
  {
    flag: 'storage-opt',
    api: 'HostConfig.StorageOpt',
    absent: 'as the engine is configured',
    examples: ['size=10G'],
    compose: { key: 'storage_opt', kind: PAIRS },
  },
  {
    flag: 'stop-signal',
    api: 'StopSignal',
    absent: IMAGE,
    examples: ['SIGINT', '9'],
    compose: { key: 'stop_signal', kind: TEXT },
  },
  {
    flag: 'stop-timeout',
    api: 'StopTimeout',
    absent: '10 seconds',
    examples: ['90', '0'],
    // Seconds there, a duration here.
    compose: {
      key: 'stop_grace_period',
      kind: {
        toCompose: (values, said) => {
          const read = integer(-1n << 63n).toCompose(values, said);
          return 'value' in read && read.value !== undefined ? { value: `${read.value}s` } : read;
        },
      },
      differs: (values) =>
        last(values).startsWith('-') ? 'Compose knows no way to wait for ever' : undefined,
    },
  },
  {
    flag: 'label',
    api: 'Labels',
    absent: IMAGE,
    examples: ['a=b', 'alone', 'traefik.http.routers.a.rule=Host(`a.b`)', 'c.d='],
    isSecret: true,
    compose: { key: 'labels', kind: PAIRS },
  },
  {
    flag: 'label-file',
    api: 'Labels',
    absent: 'no file is read',
    examples: ['./labels'],
    compose: { key: 'label_file', kind: LIST, since: 'labelFile' },
  },
  {
    flag: 'annotation',
    api: 'HostConfig.Annotations',
    absent: 'none',
    examples: ['a=b'],
    isSecret: true,
    compose: { key: 'annotations', kind: PAIRS },
  },
  {
    flag: 'rm',
    api: 'HostConfig.AutoRemove',
    absent: 'the container stays',
    examples: ['true', 'false'],
    compose: none(
      'a container of Compose stays until `docker compose down`; `docker compose run --rm` removes it',
    ),
  },
  {
    flag: 'cidfile',
    api: 'HostConfig.ContainerIDFile',
    absent: 'no file is written',
    examples: ['/tmp/mountc-no-such-cid'],
    compose: none('Compose writes no id into a file: `docker compose ps -q` prints it'),
  },
  { flag: 'detach', absent: 'in front', examples: [], compose: client('say `docker compose up -d`') },
  {
    flag: 'attach',
    absent: 'output',
    examples: ['stdout'],
    compose: client('say what to see with `docker compose up --attach`'),
  },
  {
    flag: 'detach-keys',
    absent: 'ctrl-p,ctrl-q',
    examples: ['ctrl-a'],
    compose: client('`docker attach` takes them'),
  },
  {
    flag: 'sig-proxy',
    absent: 'on',
    examples: [],
    compose: client('`docker compose up` stops its containers itself'),
  },
  { flag: 'quiet', absent: 'off', examples: [], compose: client('say `docker compose up --quiet-pull`') },
  {
    flag: 'disable-content-trust',
    absent: 'on',
    examples: ['true'],
    compose: client('Compose checks no signatures'),
  },
  {
    flag: 'help',
    absent: 'off',
    examples: [],
    compose: client('the command prints its help, and runs nothing'),
  },
];
