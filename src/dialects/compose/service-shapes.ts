// What every Compose from 2.26 to 5.5 takes at the keys of a service that are about no mounts, and of a network: compose-spec's schemas of
// compose-go 2.0.2 to 2.14 laid over each other, and the casts of its loader.
import { mapOf } from '../../text/map-of.js';
import { once } from '../../text/once.js';
import { ANY_SCALAR, BOOLEAN, LABELS, ONE_OR_MORE, type Shape, TEXT } from './shapes.js';

const FLEXIBLE: Shape = { types: ['boolean', 'string'] };
const NUMBER: Shape = { types: ['number', 'string'] };
const INTEGER: Shape = { types: ['integer', 'string'] };
const WHOLE: Shape = { ...INTEGER, reads: 'whole' };
const COUNT: Shape = { ...NUMBER, reads: 'whole' };
const FRACTION: Shape = { ...NUMBER, reads: 'fraction' };
const BYTES: Shape = { ...NUMBER, reads: 'bytes' };
const DURATION: Shape = { types: ['string'], reads: 'duration' };

const map = (keys: Readonly<Record<string, Shape>>, ...required: readonly string[]): Shape => ({
  types: ['map'],
  keys: mapOf(keys),
  ...(required.length > 0 && { required }),
});
const named = (values: Shape, names?: RegExp): Shape => ({ types: ['map'], values, ...(names && { names }) });
const list = (items: Shape): Shape => ({ types: ['list'], items });
const set = (items: Shape): Shape => ({ ...list(items), isUnique: true });
/** Either of two. */
const or = (one: Shape, other: Shape): Shape => ({
  ...one,
  ...other,
  types: [...new Set([...one.types, ...other.types])],
});

const NAMES = /^[a-zA-Z0-9._-]+$/;
const NULL: Shape = { types: ['null'] };
const TEXTS = list(TEXT);
/** Of two items of one name the last counts. */
const PAIRS: Shape = { types: ['map', 'list'], values: ANY_SCALAR, items: TEXT };
const COMMAND = or(or(TEXT, NULL), list(TEXT));
const HOSTS = or({ types: ['map'] }, set({ ...TEXT, reads: 'host' }));
const LIMIT = or(WHOLE, map({ soft: WHOLE, hard: WHOLE }, 'soft', 'hard'));
const ULIMITS = named(LIMIT);
const rates = list(map({ path: TEXT, rate: { ...INTEGER, reads: 'bytes' } }));
// An older loader takes dates in its list for texts.
const HOOK_PAIRS: Shape = { ...LABELS, items: { types: ['string', 'number'] } };
const HOOK = {
  command: COMMAND,
  environment: HOOK_PAIRS,
  privileged: BOOLEAN,
  user: TEXT,
  working_dir: TEXT,
};
const hook = list({ ...map(HOOK, 'command'), needs: 'hookNeedsCommand' });
const update = map({
  delay: DURATION,
  failure_action: TEXT,
  max_failure_ratio: FRACTION,
  monitor: DURATION,
  order: { types: ['string'], words: ['start-first', 'stop-first'] },
  parallelism: WHOLE,
});
const REQUEST = { capabilities: TEXTS, count: INTEGER, device_ids: TEXTS, driver: TEXT, options: PAIRS };
const EITHER = { exclusive: { keys: ['count', 'device_ids'], since: 'requestsChecked' } } as const;
const requests = list({ ...map(REQUEST, 'capabilities'), needs: 'requestsChecked', ...EITHER });
const WATCHES: Shape = {
  types: ['string'],
  words: ['rebuild', 'sync', 'sync+restart', 'restart', 'sync+exec'],
};
const CPUS: Shape = { ...NUMBER, reads: 'fraction' };

/** The keys of a service by what they take. */
export const otherServiceShapes: () => ReadonlyMap<string, Shape> = once(() =>
  mapOf<Shape>({
    ...Object.fromEntries(
      (
        'cgroup_parent container_name cpuset domainname hostname image ipc isolation mac_address network_mode platform ' +
        'pull_refresh_after restart runtime stop_signal user userns_mode uts working_dir'
      )
        .split(' ')
        .map((key) => [key, TEXT]),
    ),
    ...Object.fromEntries(
      'init oom_kill_disable privileged stdin_open tty'.split(' ').map((key) => [key, BOOLEAN]),
    ),
    ...Object.fromEntries('cap_add cap_drop dns_opt links'.split(' ').map((key) => [key, TEXTS])),
    ...Object.fromEntries(
      'device_cgroup_rules external_links security_opt'.split(' ').map((key) => [key, set(TEXT)]),
    ),
    ...Object.fromEntries(
      'cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares pids_limit'
        .split(' ')
        .map((key) => [key, COUNT]),
    ),
    annotations: PAIRS,
    attach: BOOLEAN,
    blkio_config: map({
      device_read_bps: rates,
      device_read_iops: rates,
      device_write_bps: rates,
      device_write_iops: rates,
      weight: INTEGER,
      weight_device: list(map({ path: TEXT, weight: INTEGER })),
    }),
    build: or(
      TEXT,
      map({
        additional_contexts: PAIRS,
        args: PAIRS,
        cache_from: list(TEXT),
        cache_to: list(TEXT),
        context: TEXT,
        dockerfile: TEXT,
        dockerfile_inline: TEXT,
        entitlements: list(TEXT),
        extra_hosts: HOSTS,
        isolation: TEXT,
        labels: PAIRS,
        network: TEXT,
        no_cache: BOOLEAN,
        no_cache_filter: ONE_OR_MORE,
        platforms: list(TEXT),
        privileged: BOOLEAN,
        provenance: FLEXIBLE,
        pull: BOOLEAN,
        sbom: FLEXIBLE,
        secrets: { types: ['list'] },
        shm_size: { ...INTEGER, reads: 'bytes' },
        ssh: { ...LABELS, items: { ...TEXT, reads: 'ssh' } },
        tags: list(TEXT),
        target: TEXT,
        ulimits: ULIMITS,
      }),
    ),
    cgroup: { types: ['string'], words: ['host', 'private'] },
    command: COMMAND,
    cpu_count: WHOLE,
    cpu_percent: { ...INTEGER, reads: 'fraction' },
    cpus: FRACTION,
    credential_spec: map({ config: TEXT, file: TEXT, registry: TEXT }),
    depends_on: or(
      set(TEXT),
      named(
        map(
          {
            condition: {
              types: ['string'],
              words: ['service_started', 'service_healthy', 'service_completed_successfully'],
            },
            required: BOOLEAN,
            restart: BOOLEAN,
          },
          'condition',
        ),
        NAMES,
      ),
    ),
    deploy: or(
      NULL,
      map({
        endpoint_mode: TEXT,
        labels: PAIRS,
        mode: TEXT,
        placement: map({
          constraints: list(TEXT),
          max_replicas_per_node: WHOLE,
          preferences: list(map({ spread: TEXT })),
        }),
        replicas: WHOLE,
        resources: map({
          limits: map({ cpus: CPUS, memory: { types: ['string'], reads: 'bytes' }, pids: INTEGER }),
          reservations: map({
            cpus: CPUS,
            memory: { types: ['string'], reads: 'bytes' },
            devices: requests,
            generic_resources: list(map({ discrete_resource_spec: map({ kind: TEXT, value: NUMBER }) })),
          }),
        }),
        restart_policy: map({ condition: TEXT, delay: DURATION, max_attempts: WHOLE, window: DURATION }),
        rollback_config: update,
        update_config: update,
      }),
    ),
    develop: {
      types: ['map', 'null'],
      openWhen: 'looseDevelop',
      keys: mapOf({
        watch: list(
          map(
            {
              action: WATCHES,
              exec: map(HOOK),
              ignore: ONE_OR_MORE,
              include: ONE_OR_MORE,
              initial_sync: BOOLEAN,
              path: TEXT,
              target: TEXT,
            },
            'path',
            'action',
          ),
        ),
      }),
    },
    devices: list(or(TEXT, map({ source: TEXT, target: TEXT, permissions: TEXT }, 'source'))),
    dns: ONE_OR_MORE,
    dns_search: ONE_OR_MORE,
    entrypoint: COMMAND,
    env_file: or(TEXT, list(or(TEXT, map({ path: TEXT, format: TEXT, required: BOOLEAN }, 'path')))),
    environment: PAIRS,
    expose: list(NUMBER),
    extends: or(TEXT, map({ service: TEXT, file: or(TEXT, NULL) })),
    extra_hosts: HOSTS,
    gpus: or(
      { types: ['string'], words: ['all'] },
      list({ ...map(REQUEST), openWhen: 'readsCompose', ...EITHER }),
    ),
    group_add: set(NUMBER),
    healthcheck: map({
      disable: BOOLEAN,
      interval: DURATION,
      retries: COUNT,
      start_interval: DURATION,
      start_period: DURATION,
      test: or(TEXT, list(TEXT)),
      timeout: DURATION,
    }),
    label_file: or(TEXT, list(TEXT)),
    labels: PAIRS,
    logging: map({ driver: TEXT, options: named({ types: ['string', 'number', 'null'] }) }),
    mem_limit: BYTES,
    mem_reservation: { ...INTEGER, reads: 'bytes' },
    mem_swappiness: { ...INTEGER, reads: 'bytes' },
    memswap_limit: BYTES,
    models: { types: ['list', 'map'] },
    networks: or(
      set(TEXT),
      named(
        or(
          NULL,
          map({
            aliases: TEXTS,
            driver_opts: named(NUMBER),
            gw_priority: { types: ['number'] },
            interface_name: TEXT,
            ipv4_address: TEXT,
            ipv6_address: TEXT,
            link_local_ips: TEXTS,
            mac_address: TEXT,
            priority: { types: ['number'] },
          }),
        ),
        NAMES,
      ),
    ),
    oom_score_adj: WHOLE,
    pid: or(TEXT, NULL),
    ports: list(
      or(
        { ...INTEGER, reads: 'port' },
        map(
          {
            app_protocol: TEXT,
            host_ip: TEXT,
            mode: TEXT,
            name: TEXT,
            protocol: TEXT,
            published: INTEGER,
            target: WHOLE,
          },
          'target',
        ),
      ),
    ),
    post_start: hook,
    pre_start: list(map({ ...HOOK, image: TEXT, per_replica: FLEXIBLE })),
    pre_stop: hook,
    provider: map({
      type: TEXT,
      configs: named(TEXT),
      options: named({ types: ['string', 'number', 'boolean', 'null', 'list'] }),
    }),
    pull_policy: { ...TEXT, reads: 'pull-policy' },
    scale: WHOLE,
    shm_size: BYTES,
    stop_grace_period: DURATION,
    storage_opt: { types: ['map'] },
    sysctls: PAIRS,
    ulimits: ULIMITS,
  }),
);

/** Those that are texts to Compose: docker's loader of stack files takes nothing else for them either, if it knows them. */
export const plainServiceShapes: () => ReadonlyMap<string, Shape> = once(
  () => new Map([...otherServiceShapes()].filter(([, shape]) => shape === TEXT)),
);

/** `networks` of the top level. */
export const networksShape: () => Shape = once(() =>
  named(
    or(
      NULL,
      map({
        attachable: BOOLEAN,
        driver: TEXT,
        driver_opts: named(NUMBER),
        enable_ipv4: BOOLEAN,
        enable_ipv6: BOOLEAN,
        external: { types: ['boolean', 'string', 'map'], isBoolean: true, keys: mapOf({ name: TEXT }) },
        internal: BOOLEAN,
        ipam: map({
          config: list(map({ aux_addresses: named(TEXT), gateway: TEXT, ip_range: TEXT, subnet: TEXT })),
          driver: TEXT,
          options: named(TEXT),
        }),
        labels: PAIRS,
        name: TEXT,
      }),
    ),
  ),
);
