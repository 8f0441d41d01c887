import { quoteShell } from '../text/shell-quote.js';
import type { ContainerField, FlagValues, ValueKind } from './field.js';
import {
  DURATION,
  FLAG,
  OF_IMAGE as IMAGE,
  integer,
  itemsIn,
  last,
  mapIn,
  NO_FLAG,
  NOTHING,
  PAIRS,
  scalarText,
  TEXT,
} from './kinds.js';
import { NETWORK_FIELDS } from './network-fields.js';
import { PROCESS_FIELDS } from './process-fields.js';
import { RESOURCE_FIELDS } from './resource-fields.js';

/** What is run to see whether it is well: a command line for its shell, or words, which docker has only that line for. */
function healthCommand(value: unknown): FlagValues {
  if (typeof value === 'string') return value === '' ? NO_FLAG : { values: [value] };
  const [how, ...words] = itemsIn(value).flatMap((one) => scalarText(one) ?? []);
  if (how === 'CMD-SHELL' && words.length > 0) return { values: [words[0]!] };
  if (how !== 'CMD' || words.length === 0) return NO_FLAG;
  return {
    values: [words.map(quoteShell).join(' ')],
    lost: ['docker runs it by the shell of the image, which must have one'],
  };
}

/** No check at all. */
const isOff = (value: unknown): FlagValues =>
  Array.isArray(value) && value[0] === 'NONE' ? { values: ['true'] } : NO_FLAG;

const health = (
  flag: string,
  api: string,
  key: string,
  examples: string[],
  kind: ValueKind = DURATION,
): ContainerField => ({
  flag: `health-${flag}`,
  api: `Healthcheck.${api}`,
  absent: IMAGE,
  examples,
  compose: { key: `healthcheck.${key}`, kind },
  // docker takes none of them next to a check that is off.
  told: ({ at }) =>
    isOff(at('Healthcheck.Test')).values.length > 0 ? NO_FLAG : kind.fromApi!(at(`Healthcheck.${api}`)),
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
        fromCompose: healthCommand,
        fromApi: healthCommand,
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
  health('retries', 'Retries', 'retries', ['3'], integer(0n)),
  {
    flag: 'no-healthcheck',
    api: 'Healthcheck.Test',
    absent: IMAGE,
    examples: ['true', 'false'],
    compose: { key: 'healthcheck.disable', kind: FLAG },
    too: [{ key: 'healthcheck.test', kind: { ...FLAG, isOpen: true, fromCompose: isOff } }],
    told: ({ at }) => isOff(at('Healthcheck.Test')),
  },
  {
    flag: 'log-driver',
    api: 'HostConfig.LogConfig.Type',
    absent: "the engine's",
    examples: ['json-file', 'none', 'syslog'],
    compose: { key: 'logging.driver', kind: TEXT },
    told: ({ at }) => {
      const { Type, Config } = mapIn(at('HostConfig.LogConfig'));
      const isUsual = Type === 'json-file' && Object.keys(mapIn(Config)).length === 0;
      return isUsual ? NO_FLAG : TEXT.fromApi!(Type);
    },
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
