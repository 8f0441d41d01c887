import type { YamlScalarType } from '../../go/yaml-scalar.js';
import { mapOf } from '../../text/map-of.js';
import type { ComposeFact } from './versions.js';

/** What a value of a Compose file may be. */
export interface Shape {
  /** Types of YAML that it may have. */
  readonly types: readonly ShapeType[];
  /** A text is read as a boolean before its type counts. */
  readonly isBoolean?: true;
  /** The words that a text may be. */
  readonly words?: readonly string[];
  /** Some words only some releases know, and some releases take any word: the facts that say which. */
  readonly wordsWhen?: {
    readonly checked: ComposeFact;
    readonly also: ReadonlyMap<string, ComposeFact>;
  };
  /** The keys that a map may have; `x-…` may stand in any. Without them and without `values` it may have any. */
  readonly keys?: ReadonlyMap<string, Shape>;
  /** The map must have them, where `needs` says so in releases with that fact alone. */
  readonly required?: readonly string[];
  readonly needs?: ComposeFact;
  /** Of these it may have one, in releases with that fact. */
  readonly exclusive?: { readonly keys: readonly string[]; readonly since: ComposeFact };
  /** Releases with this fact take any key. */
  readonly openWhen?: ComposeFact;
  /** What a map holds whose keys are names. */
  readonly values?: Shape;
  /** Which names those may be. */
  readonly names?: RegExp;
  /** What a list holds. */
  readonly items?: Shape;
  /** No two items of the list may be equal. */
  readonly isUnique?: true;
  /** Releases without this fact do not know the key. */
  readonly since?: ComposeFact;
  /** Releases without this fact take no text there. */
  readonly textSince?: ComposeFact;
  /** What a text must be besides. */
  readonly reads?:
    | ('size' | 'mode' | 'octal' | 'bytes' | 'duration' | 'whole' | 'fraction')
    | ('port' | 'host' | 'ssh' | 'pull-policy');
}

/** A type of value, as Compose's schema names it. `number` is any number, `integer` a whole one. */
export type ShapeType = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'map' | 'list';

/** A text. */
export const TEXT: Shape = { types: ['string'] };
/** A boolean, also as a word. */
export const BOOLEAN: Shape = { types: ['boolean', 'string'], isBoolean: true };
/** Whatever is no list and no map. */
export const ANY_SCALAR: Shape = { types: ['string', 'number', 'boolean', 'null'] };
/** Labels: a map, or a list of `key=value`. */
export const LABELS: Shape = { types: ['map', 'list'], values: ANY_SCALAR, items: TEXT, isUnique: true };
const OPTIONS: Shape = { types: ['map'], values: { types: ['string', 'number'] } };
const NAMES = /^[a-zA-Z0-9._-]+$/;

const group = (keys: Readonly<Record<string, Shape>>, since?: ComposeFact): Shape => ({
  types: ['map'],
  keys: mapOf(keys),
  openWhen: 'looseGroups',
  ...(since && { since }),
});

/** An entry of `volumes` in the long syntax (compose-spec's schema). */
const LONG_ENTRY: Shape = {
  types: ['map'],
  required: ['type'],
  keys: mapOf<Shape>({
    type: {
      types: ['string'],
      words: ['bind', 'volume', 'tmpfs', 'cluster', 'image'],
      wordsWhen: { checked: 'checksType', also: mapOf<ComposeFact>({ npipe: 'npipe' }) },
    },
    source: TEXT,
    target: TEXT,
    read_only: BOOLEAN,
    consistency: TEXT,
    bind: group({
      propagation: TEXT,
      create_host_path: {
        types: ['boolean', 'string'],
        isBoolean: true,
        textSince: 'hostPathText',
        since: 'readsCompose',
      },
      recursive: {
        types: ['string'],
        words: ['enabled', 'disabled', 'writable', 'readonly'],
        since: 'recursive',
      },
      selinux: { types: ['string'], words: ['z', 'Z'], since: 'readsCompose' },
    }),
    volume: group({ nocopy: BOOLEAN, subpath: TEXT, labels: { ...LABELS, since: 'imageMounts' } }),
    tmpfs: group({
      size: { types: ['integer', 'string'], reads: 'size', textSince: 'readsCompose' },
      mode: { types: ['number', 'string'], reads: 'mode', since: 'readsCompose' },
    }),
    image: group({ subpath: TEXT }, 'imageMounts'),
  }),
};

const GRANT: Shape = {
  types: ['map'],
  keys: mapOf<Shape>({
    source: TEXT,
    target: TEXT,
    uid: TEXT,
    gid: TEXT,
    mode: { types: ['number', 'string'], reads: 'octal', textSince: 'readsCompose' },
  }),
  openWhen: 'looseGroups',
};

/** The keys of a service that are about mounts; a short entry of `volumes` is read by itself. */
export const SERVICE_SHAPES: ReadonlyMap<string, Shape> = mapOf<Shape>({
  volumes: { types: ['list'], items: { ...LONG_ENTRY, types: ['string', 'map'] } },
  tmpfs: { types: ['string', 'list'], items: TEXT },
  volumes_from: { types: ['list'], items: TEXT, isUnique: true },
  configs: { types: ['list'], items: { ...GRANT, types: ['string', 'map'] } },
  secrets: { types: ['list'], items: { ...GRANT, types: ['string', 'map'] } },
  use_api_socket: { types: ['boolean'], since: 'apiSocket' },
  profiles: { types: ['list'], items: TEXT },
  read_only: BOOLEAN,
});

/** The outline of `services`. */
export const SERVICES_SHAPE: Shape = { types: ['map'], names: NAMES, values: { types: ['map'] } };

const OPEN_EXTERNAL: Shape = {
  types: ['boolean', 'string', 'map'],
  isBoolean: true,
  textSince: 'readsCompose',
};
const EXTERNAL: Shape = { ...OPEN_EXTERNAL, keys: mapOf({ name: TEXT }) };

/** A text, or a list of them. */
export const ONE_OR_MORE: Shape = { types: ['string', 'list'], items: TEXT };
const MAY_BE_MORE: Shape = { types: ['string', 'list', 'null'], items: TEXT };
/** What it does not know in it, Compose does not read. */
const INCLUDED: Shape = {
  types: ['string', 'map', 'null'],
  keys: mapOf({ path: MAY_BE_MORE, project_directory: { types: ['string', 'null'] }, env_file: MAY_BE_MORE }),
  openWhen: 'readsCompose',
};

/** The top level: what it declares. */
export const TOP_SHAPES: ReadonlyMap<string, Shape> = mapOf<Shape>({
  version: TEXT,
  name: TEXT,
  include: { types: ['list', 'null'], items: INCLUDED },
  volumes: {
    types: ['map'],
    names: NAMES,
    values: {
      types: ['map', 'null'],
      keys: mapOf<Shape>({
        name: TEXT,
        driver: TEXT,
        driver_opts: OPTIONS,
        external: EXTERNAL,
        labels: LABELS,
      }),
    },
  },
  configs: {
    types: ['map'],
    names: NAMES,
    values: {
      types: ['map'],
      keys: mapOf<Shape>({
        name: TEXT,
        content: { ...TEXT, since: 'readsCompose' },
        environment: { ...TEXT, since: 'readsCompose' },
        file: TEXT,
        external: OPEN_EXTERNAL,
        labels: LABELS,
        template_driver: TEXT,
      }),
    },
  },
  secrets: {
    types: ['map'],
    names: NAMES,
    values: {
      types: ['map'],
      keys: mapOf<Shape>({
        name: TEXT,
        environment: { ...TEXT, since: 'readsCompose' },
        file: TEXT,
        external: OPEN_EXTERNAL,
        labels: LABELS,
        driver: TEXT,
        driver_opts: OPTIONS,
        template_driver: TEXT,
      }),
    },
  },
});

/** The keys of the top level (compose-spec's schema). */
export const TOP_KEYS: readonly string[] =
  'version name include services models networks volumes secrets configs'.split(' ');

/** The keys of a service (compose-spec's schema of compose-go 2.14; `pre_start` is among those that only some releases know). */
export const SERVICE_KEYS: readonly string[] = [
  ...[
    'annotations',
    'attach',
    'blkio_config',
    'build',
    'cap_add',
    'cap_drop',
    'cgroup',
    'cgroup_parent',
    'command',
    'configs',
  ],
  ...[
    'container_name',
    'cpu_count',
    'cpu_percent',
    'cpu_period',
    'cpu_quota',
    'cpu_rt_period',
    'cpu_rt_runtime',
    'cpu_shares',
  ],
  ...[
    'cpus',
    'cpuset',
    'credential_spec',
    'depends_on',
    'deploy',
    'develop',
    'device_cgroup_rules',
    'devices',
    'dns',
    'dns_opt',
  ],
  ...[
    'dns_search',
    'domainname',
    'entrypoint',
    'env_file',
    'environment',
    'expose',
    'extends',
    'external_links',
    'extra_hosts',
  ],
  ...[
    'gpus',
    'group_add',
    'healthcheck',
    'hostname',
    'image',
    'init',
    'ipc',
    'isolation',
    'label_file',
    'labels',
    'links',
  ],
  ...[
    'logging',
    'mac_address',
    'mem_limit',
    'mem_reservation',
    'mem_swappiness',
    'memswap_limit',
    'models',
    'network_mode',
  ],
  ...[
    'networks',
    'oom_kill_disable',
    'oom_score_adj',
    'pid',
    'pids_limit',
    'platform',
    'ports',
    'post_start',
    'pre_start',
  ],
  ...[
    'pre_stop',
    'privileged',
    'profiles',
    'provider',
    'pull_policy',
    'pull_refresh_after',
    'read_only',
    'restart',
    'runtime',
  ],
  ...[
    'scale',
    'secrets',
    'security_opt',
    'shm_size',
    'stdin_open',
    'stop_grace_period',
    'stop_signal',
    'storage_opt',
    'sysctls',
  ],
  ...[
    'tmpfs',
    'tty',
    'ulimits',
    'use_api_socket',
    'user',
    'userns_mode',
    'uts',
    'volumes',
    'volumes_from',
    'working_dir',
  ],
  // Only docker's loader of stack files has it.
  'cgroupns_mode',
];

/** The keys of a service that docker's loader of stack files knows (docker/cli config_schema_v3.13.json). */
export const STACK_KEYS: ReadonlySet<string> = new Set(
  [
    'build cap_add cap_drop cgroup_parent cgroupns_mode command configs container_name credential_spec depends_on deploy devices dns',
    'dns_search domainname entrypoint env_file environment expose external_links extra_hosts healthcheck hostname image init ipc',
    'isolation labels links logging mac_address network_mode networks oom_score_adj pid ports privileged read_only restart secrets',
    'security_opt shm_size stdin_open stop_grace_period stop_signal sysctls tmpfs tty ulimits user userns_mode volumes working_dir',
  ].flatMap((line) => line.split(' ')),
);

/** Whether a scalar of YAML is of a type of a shape. */
export function isOfType(type: YamlScalarType, wanted: ShapeType): boolean {
  switch (wanted) {
    case 'string':
      // Labels and options keep dates as they are written.
      return type === 'string';
    case 'number':
      return type === 'integer' || type === 'float';
    case 'integer':
      return type === 'integer';
    case 'boolean':
      return type === 'boolean';
    case 'null':
      return type === 'null';
    default:
      return false;
  }
}
