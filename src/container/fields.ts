import type { ContainerField } from './field.js';
import { DURATION, FLAG, integer, last, NOTHING, PAIRS, TEXT } from './kinds.js';
import { NETWORK_FIELDS } from './network-fields.js';
import { PROCESS_FIELDS } from './process-fields.js';
import { RESOURCE_FIELDS } from './resource-fields.js';

const IMAGE = 'what the image says';
const health = (flag: string, api: string, key: string, examples: string[]): ContainerField => ({
  flag: `health-${flag}`,
  api: `Healthcheck.${api}`,
  absent: IMAGE,
  examples,
  compose: { key: `healthcheck.${key}`, kind: DURATION },
});

/** How it is looked after. */
const CARE_FIELDS: readonly ContainerField[] = [
  {
    flag: 'health-cmd',
    api: 'Healthcheck.Test',
    absent: IMAGE,
    examples: ['curl -f http://localhost/ || exit 1'],
    isSecret: true,
    compose: {
      key: 'healthcheck.test',
      kind: {
        isOpen: true,
        toCompose: (values) => (last(values) === '' ? NOTHING : { value: ['CMD-SHELL', last(values)] }),
      },
    },
  },
  health('interval', 'Interval', 'interval', ['30s', '1m30s']),
  health('timeout', 'Timeout', 'timeout', ['5s', '500ms']),
  health('start-period', 'StartPeriod', 'start_period', ['10s']),
  {
    ...health('start-interval', 'StartInterval', 'start_interval', ['2s']),
    // Compose 2.40 asks for the period as well.
    or: {
      key: 'healthcheck.start_period',
      kind: {
        toCompose: (_values, said) => {
          const own = said.all('health-start-period');
          const period = own.length === 0 ? NOTHING : DURATION.toCompose(own, said);
          return 'value' in period && period.value === undefined ? { value: '0s' } : NOTHING;
        },
      },
    },
  },
  {
    ...health('retries', 'Retries', '', ['3']),
    compose: { key: 'healthcheck.retries', kind: integer(0n) },
  },
  {
    flag: 'no-healthcheck',
    api: 'Healthcheck.Test',
    absent: IMAGE,
    examples: ['true', 'false'],
    compose: { key: 'healthcheck.disable', kind: FLAG },
  },
  {
    flag: 'log-driver',
    api: 'HostConfig.LogConfig.Type',
    absent: "the engine's",
    examples: ['json-file', 'none', 'syslog'],
    compose: { key: 'logging.driver', kind: TEXT },
  },
  {
    flag: 'log-opt',
    api: 'HostConfig.LogConfig.Config',
    absent: "the engine's",
    examples: ['max-size=10m', 'max-file=3', 'tag={{.Name}}'],
    isSecret: true,
    compose: { key: 'logging.options', kind: PAIRS },
  },
];

const mount = (flag: string, api: string): ContainerField => ({
  flag,
  api: `HostConfig.${api}`,
  absent: 'none',
  examples: [],
  compose: { isMount: true },
});

/** What is mounted: `mount/fields.ts` has what each of these can say. */
const MOUNT_FIELDS: readonly ContainerField[] = [
  mount('volume', 'Binds, Volumes'),
  mount('mount', 'Mounts'),
  mount('tmpfs', 'Tmpfs'),
  mount('volumes-from', 'VolumesFrom'),
  mount('volume-driver', 'VolumeDriver'),
  {
    flag: 'use-api-socket',
    api: 'HostConfig.Mounts',
    absent: 'none',
    examples: [],
    compose: { key: 'use_api_socket', kind: FLAG, since: 'apiSocket' },
  },
];

/**
 * Every flag of `docker run` and `docker create` but the mounts' own parts, which `mount/fields.ts` has: where the create call has it,
 * how a Compose file says it, what holds without it. A test asks for a row for each flag of the flag table. No flag has code
 * outside of its row.
 */
export const CONTAINER_FIELDS: readonly ContainerField[] = [
  ...PROCESS_FIELDS,
  ...NETWORK_FIELDS,
  ...RESOURCE_FIELDS,
  ...CARE_FIELDS,
  ...MOUNT_FIELDS,
];

/** The rows by flag, docker's other names for them included. */
export const FIELD_OF_FLAG: ReadonlyMap<string, ContainerField> = new Map(
  CONTAINER_FIELDS.flatMap((field) => [
    [field.flag, field] as const,
    ...(field.also === undefined ? [] : [[field.also, field] as const]),
  ]),
);
