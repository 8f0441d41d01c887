import type { ComposeValue } from '../container/field.js';
import { itemsIn, mapIn, scalarText } from '../container/kinds.js';
import type { RunLoss } from '../container/run-fields.js';
import { splitCommand } from '../container/shell-words.js';
import { readComposeBoolean } from '../dialects/compose/compose-keys.js';
import type { OpenProject } from './compose-mounts.js';
import type { ServiceValues } from './service-values.js';

/** The project's name; undefined where nobody knows it, or a part of it. */
export const knownName = ({ name }: OpenProject): string | undefined =>
  name?.includes('$') === true ? undefined : name;

/** The values with each text's variables as marks. */
export function absorbed(values: ServiceValues, absorb: (text: string) => string): ServiceValues {
  const of = (value: ComposeValue): ComposeValue => {
    if (typeof value === 'string') return absorb(value);
    if (Array.isArray(value)) return value.map(of);
    return typeof value === 'object' && value !== null ? absorbed(value as ServiceValues, absorb) : value;
  };
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, of(value)]));
}

/** The networks of a service with what it says of each, in the order of the file; none next to a `network_mode`. */
export function ownNetworks({ networks, network_mode: mode }: ServiceValues): ServiceValues {
  if (mode !== undefined && mode !== null) return {};
  const given = Array.isArray(networks)
    ? Object.fromEntries(networks.map((one) => [String(one), null]))
    : (mapIn(networks) as ServiceValues);
  return Object.keys(given).length > 0 ? given : { default: null };
}

/** A service as Compose sees it: its networks a map, the first one first, each with the name of the service; no check that is off. */
export function normal(values: ServiceValues, name: string): ServiceValues {
  const rank = (one: ComposeValue) => Number(scalarText(mapIn(one)['priority']) ?? 0);
  const joined = Object.entries(ownNetworks(values)).sort(
    ([a, x], [b, y]) => rank(y) - rank(x) || (a < b ? -1 : 1),
  );
  const isOff = readComposeBoolean(scalarText(mapIn(values['healthcheck'])['disable']) ?? '') === true;
  const { networks: _networks, ...rest } = values;
  return {
    ...rest,
    ...(joined.length > 0 && {
      networks: Object.fromEntries(
        joined.map(([key, one]) => [
          key,
          { ...mapIn(one), aliases: [name, ...itemsIn(mapIn(one)['aliases'])] } as ComposeValue,
        ]),
      ),
    }),
    ...(isOff && { healthcheck: { disable: true } }),
  };
}

/** Whether `up` starts it without being asked for one of its profiles. */
export const isActive = ({ profiles }: ServiceValues): boolean =>
  !Array.isArray(profiles) || profiles.length === 0;

/** What a network of the file is called, where that is known, and whether somebody else makes it; `declared`: what the top level says of it. */
export function realName(
  key: string,
  declared: ServiceValues,
  project: string | undefined,
): { readonly name: string | undefined; readonly isExternal: boolean } {
  const { name, external } = declared;
  const own = scalarText(mapIn(external)['name']) ?? scalarText(name);
  const isExternal =
    external !== undefined && external !== null && readComposeBoolean(String(external)) !== false;
  const usual = isExternal ? key : project && `${project}_${key}`;
  return { name: own ?? usual, isExternal };
}

/** What `depends_on` asks for, by service. */
export const needsOf = (value: ComposeValue | undefined): Readonly<Record<string, unknown>> =>
  Array.isArray(value) ? Object.fromEntries(value.map((one) => [String(one), null])) : mapIn(value);

/** The services that must be there before this one. */
export function needed(values: ServiceValues): readonly string[] {
  const listOf = (key: string) => {
    const value = values[key];
    return Array.isArray(value) ? value.map((one) => String(one).split(':')[0]!) : [];
  };
  return [
    ...Object.keys(needsOf(values['depends_on'])),
    ...listOf('links'),
    ...listOf('volumes_from'),
    ...SHARED.flatMap((key) => sharedWith(values[key]) ?? []),
  ];
}

/** Keys that may name the service whose namespace is shared. */
export const SHARED = ['network_mode', 'ipc', 'pid'] as const;

/** The service of `service:NAME`. */
export const sharedWith = (value: ComposeValue | undefined): string | undefined =>
  /^service:(.*)$/s.exec(scalarText(value) ?? '')?.[1];

/** The words of a command, or of what stands at another key, as Compose cuts them. */
export function commandOf(
  command: ComposeValue | undefined,
  key = 'command',
): {
  readonly words: readonly string[];
  readonly losses: readonly RunLoss[];
} {
  if (typeof command !== 'string')
    return { words: itemsIn(command).flatMap((one) => scalarText(one) ?? []), losses: [] };
  const split = splitCommand(command);
  if (split === undefined)
    return { words: [], losses: [{ key, kind: 'impossible', why: 'Compose refuses it' }] };
  const { words, dropped } = split;
  const why = `Compose itself drops \`${dropped}\`: only a shell knows what it says`;
  return { words, losses: dropped === '' ? [] : [{ key, kind: 'none-here', why }] };
}
