import { parseGoBool } from '../go/text.js';
import { MARK } from '../text/hole-mark.js';
import type { ContainerField, FlagValues, ToldContainer, ToldService, Unsaid } from './field.js';
import {
  asIs,
  FLAG,
  OF_IMAGE as IMAGE,
  integer,
  itemsIn,
  LIST,
  last,
  listed,
  mapIn,
  NO_FLAG,
  NOTHING,
  nanoseconds,
  PAIRS,
  pairsOf,
  pairTexts,
  refused,
  scalar,
  scalarText,
  single,
  TEXT,
  THREE_WAY,
} from './kinds.js';
import { splitCommand } from './shell-words.js';

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

/** docker takes one word: those after it go before the command, and the same runs. */
function firstWord(value: unknown): FlagValues | Unsaid {
  if (typeof value === 'string') {
    const split = splitCommand(value);
    return split === undefined ? { why: 'Compose refuses it' } : firstWord(split.words);
  }
  const [first, ...words] = itemsIn(value).flatMap((one) => scalarText(one) ?? []);
  return first === undefined
    ? NO_FLAG
    : {
        values: [first],
        words,
        ...(words.length > 0 && {
          notes: ['docker accepts one word for it: the others go before the command, which runs the same'],
        }),
      };
}

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
      fromCompose: (value, service) => scalar((text) => spaceOf(text, service))(value),
      fromApi: TEXT.fromApi!,
    },
  }) satisfies ContainerField['compose'];

/** `service:NAME` as the container of that service. */
export function spaceOf(text: string, service: ToldService): FlagValues | Unsaid {
  const other = /^service:(.*)$/s.exec(text)?.[1];
  if (other === undefined) return asIs('')(text);
  const container = service.containerOf(other);
  return container === undefined
    ? { why: `what the container of the service \`${other}\` is called is not known` }
    : { values: [`container:${container}`] };
}

/** Who is attached: nobody with `-d`, else both outputs, and the input with `-i`. */
function attachedTo({ at }: ToldContainer): {
  readonly streams: readonly string[];
  readonly isUsual: boolean;
} {
  const streams = ['Stdin', 'Stdout', 'Stderr'].filter((one) => at(`Attach${one}`) === true);
  const usual = at('OpenStdin') === true ? 3 : 2;
  return { streams, isUsual: streams.length === usual };
}

/** `moby/daemon/names`: two characters at least. A part that is not known may be any. */
const isContainerName = (name: string): boolean =>
  new RegExp(`^(?:|.*${MARK}.*|/?[a-zA-Z0-9][a-zA-Z0-9_.-]+)$`, 'su').test(name);

/** When Compose starts a container again, by `condition`. */
const RESTARTS: ReadonlyMap<string, string> = new Map([
  ['any', 'always'],
  ['always', 'always'],
  ['on-failure', 'on-failure'],
  ['unless-stopped', 'unless-stopped'],
]);

/** What runs, as whom, where and with which variables. */
export const PROCESS_FIELDS: readonly ContainerField[] = [
  {
    flag: 'detach',
    absent: 'in front',
    examples: [],
    compose: client('use `docker compose up -d`'),
    told: (container) => (attachedTo(container).streams.length === 0 ? { values: ['true'] } : NO_FLAG),
  },
  {
    flag: 'name',
    api: '?name',
    inspect: 'Name',
    absent: 'docker invents one',
    examples: ['web1'],
    compose: {
      key: 'container_name',
      kind: {
        ...TEXT,
        toCompose: (values, said) =>
          isContainerName(last(values))
            ? TEXT.toCompose([last(values).replace(/^\//, '')], said)
            : { why: 'the docker engine refuses this container name' },
      },
    },
    told: ({ at }) => scalar((name) => asIs('')(name.replace(/^\//, '')))(at('Name')),
  },
  {
    flag: 'platform',
    api: '?platform',
    inspect: 'ImageManifestDescriptor.platform',
    absent: "the engine's own",
    examples: ['linux/amd64'],
    compose: { key: 'platform', kind: TEXT },
    // It is told of every container, asked for or not.
    told: () => NO_FLAG,
  },
  {
    flag: 'pull',
    absent: 'missing',
    examples: ['always', 'missing', 'never'],
    compose: {
      key: 'pull_policy',
      kind: {
        ...single((value) => (value === '' ? NOTHING : { value })),
        fromCompose: scalar((text) =>
          /^(?:always|never|missing|if_not_present)$/.test(text)
            ? asIs('missing')(text.replace('if_not_present', 'missing'))
            : { why: `docker run cannot wait as \`${text}\` says, or build` },
        ),
      },
    },
  },
  {
    flag: 'restart',
    api: 'HostConfig.RestartPolicy',
    absent: '`no`',
    examples: ['no', 'always', 'unless-stopped', 'on-failure', 'on-failure:5'],
    compose: { key: 'restart', kind: { ...TEXT, fromCompose: scalar(asIs('', 'no', 'false')) } },
    too: [
      {
        key: 'deploy.restart_policy',
        kind: {
          ...TEXT,
          fromCompose: (value) => {
            const { condition, max_attempts: most, ...rest } = mapIn(value);
            const name = RESTARTS.get(String(condition)) ?? 'no';
            const count = most === undefined || name !== 'on-failure' ? '' : `:${scalarText(most)}`;
            return {
              values: [name + count],
              lost: Object.keys(rest).map((key) => `\`${key}\` is for a swarm: docker chooses the wait`),
            };
          },
        },
      },
    ],
    told: ({ at }) => {
      const { Name, MaximumRetryCount: most } = mapIn(at('HostConfig.RestartPolicy'));
      const name = scalarText(Name) ?? '';
      return asIs('', 'no')(name === 'on-failure' && Number(most) > 0 ? `${name}:${Number(most)}` : name);
    },
  },
  {
    flag: 'entrypoint',
    api: 'Entrypoint',
    absent: IMAGE,
    examples: ['/bin/sh', 'tini', ''],
    // One word, not a command line; an empty one takes away the image's.
    compose: {
      key: 'entrypoint',
      kind: {
        isOpen: true,
        toCompose: (values) => ({ value: [last(values)] }),
        fromCompose: (value, service) => {
          const own = firstWord(value);
          if ('why' in own || own.values.length > 0) return own;
          // Nothing takes the image's away, and leaves its command: docker drops both.
          return {
            values: [''],
            lost: service.hasCommand ? [] : ['docker drops the command of the image, too: write it out'],
          };
        },
      },
    },
    told: ({ at, ofImage }) => {
      const own = firstWord(at('Entrypoint'));
      // An empty one took the image's away.
      return !('why' in own) && own.values.length === 0 && itemsIn(ofImage('Entrypoint')).length > 0
        ? { values: [''] }
        : own;
    },
  },
  {
    flag: 'env',
    api: 'Env',
    absent: IMAGE,
    isAdded: true,
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
      kind: {
        isOpen: true,
        toCompose: (values) => ({ value: pairsOf(values, null) }),
        fromCompose: (value) => ({ values: pairTexts(value) }),
        fromApi: (value) => ({ values: pairTexts(value) }),
      },
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
        fromCompose: listed((item) => {
          const { path, format, required = true } = typeof item === 'string' ? { path: item } : mapIn(item);
          const file = scalarText(path);
          if (file === undefined) return refused('', 'file');
          const lost = [
            ...(format === 'raw'
              ? []
              : [
                  'docker takes each line as it is, quotes and `$` too, which Compose reads with its own rules',
                ]),
            ...(String(required) === 'false' ? ['docker refuses to run where the file is not there'] : []),
          ];
          return { values: [file], lost };
        }),
      },
      differs: (values, said) =>
        said.has('rawEnvFile') === true || values.every(said.isPlainFile)
          ? undefined
          : 'Compose reads quotes, `$` and ` #` in the file with its own rules, docker takes each line as it is: releases since 2.30 read it like docker with `format: raw`',
    },
    // What was in it is in the environment.
    told: () => NO_FLAG,
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
        parseGoBool(last(values)) && !parseGoBool(last(said.all('detach')))
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
    told: ({ at }) => {
      const isOpen =
        at('HostConfig.Privileged') !== true &&
        [at('HostConfig.MaskedPaths'), at('HostConfig.ReadonlyPaths')].every(
          (paths) => Array.isArray(paths) && paths.length === 0,
        );
      const said = itemsIn(at('HostConfig.SecurityOpt')).flatMap((one) => scalarText(one) ?? []);
      const inline = said.filter((one) => /^seccomp[=:]\s*\{/.test(one));
      return {
        values: [
          ...said.filter((one) => !inline.includes(one)),
          ...(isOpen ? ['systempaths=unconfined'] : []),
        ],
        lost: inline.map(
          () => 'docker takes a profile of seccomp from a file, and the engine tells only what was in it',
        ),
      };
    },
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
    usual: ['private'],
  },
  host('uts', 'UTSMode', 'uts', 'its own', ['host']),
  host('userns', 'UsernsMode', 'userns_mode', 'that of the engine', ['host']),
  host('cgroupns', 'CgroupnsMode', 'cgroup', 'as the engine is configured', ['host', 'private']),
  host('cgroup-parent', 'CgroupParent', 'cgroup_parent', "docker's own", ['my.slice']),
  { ...host('runtime', 'Runtime', 'runtime', "the engine's default", ['runc', 'nvidia']), usual: ['runc'] },
  { ...host('isolation', 'Isolation', 'isolation', "the engine's default", ['default']), usual: ['default'] },
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
    usual: ['SIGTERM'],
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
        fromCompose: scalar((text) => {
          const time = nanoseconds(text);
          return time === undefined ? refused(text, 'duration') : { values: [String(time / 1_000_000_000n)] };
        }),
        fromApi: scalar(asIs()),
      },
      differs: (values) => (last(values).startsWith('-') ? 'Compose cannot wait forever' : undefined),
    },
  },
  {
    flag: 'label',
    api: 'Labels',
    absent: IMAGE,
    isAdded: true,
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
    // What was in it is among the labels.
    told: () => NO_FLAG,
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
  {
    flag: 'attach',
    absent: 'output',
    examples: ['stdout'],
    compose: client('choose what to show with `docker compose up --attach`'),
    told: (container) => {
      const { streams, isUsual } = attachedTo(container);
      return isUsual ? NO_FLAG : { values: streams.map((one) => one.toLowerCase()) };
    },
  },
  {
    flag: 'detach-keys',
    absent: 'ctrl-p,ctrl-q',
    examples: ['ctrl-a'],
    compose: client('`docker attach` sends them'),
  },
  {
    flag: 'sig-proxy',
    absent: 'on',
    examples: [],
    compose: client('`docker compose up` stops its containers itself'),
  },
  { flag: 'quiet', absent: 'off', examples: [], compose: client('use `docker compose up --quiet-pull`') },
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
