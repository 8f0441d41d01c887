import type { ComposeFact } from '../dialects/compose/versions.js';
import { quoteCsv } from '../forms/print-mount.js';
import { readCsvPairs } from './csv-pairs.js';
import type { ComposeValue } from './field.js';
import { hasMark, itemsIn, pairTexts, scalarText } from './kinds.js';

/** A value of `--network`. */
export interface NetworkValue {
  readonly name: string;
  /** What Compose says of a service in that network; null where there is nothing to say. */
  readonly options: { readonly [key: string]: ComposeValue } | null;
}

/** The keys of the long syntax, and where Compose has them. */
const KEYS: ReadonlyMap<string, { readonly key: string; readonly as: 'text' | 'list' | 'map' | 'number' }> =
  new Map([
    ['alias', { key: 'aliases', as: 'list' }],
    ['ip', { key: 'ipv4_address', as: 'text' }],
    ['ip6', { key: 'ipv6_address', as: 'text' }],
    ['mac-address', { key: 'mac_address', as: 'text' }],
    ['link-local-ip', { key: 'link_local_ips', as: 'list' }],
    ['driver-opt', { key: 'driver_opts', as: 'map' }],
    ['gw-priority', { key: 'gw_priority', as: 'number' }],
  ]);

/** Those of them that not all releases of Compose know. */
export const NETWORK_KEY_SINCE: ReadonlyMap<string, ComposeFact> = new Map([
  ['driver_opts', 'endpointOptions'],
  ['gw_priority', 'gatewayPriority'],
]);

/** Reads `NAME` or `name=NAME,alias=…`; undefined for what docker refuses. */
export function readNetwork(text: string): NetworkValue | undefined {
  if (text === '') return undefined;
  // docker takes a value without pairs for a name.
  if (!/\w+=\w+/.test(text)) return { name: text, options: null };
  const pairs = readCsvPairs(text);
  let name: string | undefined;
  const options: Record<string, ComposeValue> = Object.create(null);
  for (const [key, value] of pairs ?? []) {
    const row = KEYS.get(key);
    if (value === undefined || (row === undefined && key !== 'name')) return undefined;
    if (row === undefined) name = value;
    else options[row.key] = added(options[row.key], value, row.as);
  }
  if (name === undefined || name === '') return undefined;
  return { name, options: Object.keys(options).length === 0 ? null : options };
}

/** What a service, or a container, says of a network, as the long syntax; undefined where a key has no place in it. */
export function showNetwork(name: string, options: Readonly<Record<string, unknown>>): string | undefined {
  const parts = [`name=${name}`];
  for (const [key, value] of Object.entries(options)) {
    const row = [...KEYS].find(([, one]) => one.key === key);
    if (row === undefined) return undefined;
    const texts =
      row[1].as === 'map' ? pairTexts(value) : itemsIn(value).flatMap((one) => scalarText(one) ?? []);
    for (const text of texts) parts.push(`${row[0]}=${text}`);
  }
  return parts.length === 1 ? name : parts.map(quoteCsv).join(',');
}

function added(
  old: ComposeValue | undefined,
  value: string,
  as: 'text' | 'list' | 'map' | 'number',
): ComposeValue {
  switch (as) {
    case 'text':
      return value;
    case 'number':
      return Number(value);
    case 'list':
      return [...((old as readonly string[] | undefined) ?? []), value];
    case 'map': {
      const at = value.indexOf('=');
      return { ...(old as object | undefined), [value.slice(0, at)]: value.slice(at + 1) };
    }
  }
}

/** The ports of `--expose` with their protocol, a range as each of its ports; undefined for what docker refuses. */
export function readPorts(text: string): readonly string[] | undefined {
  const [, first, end = first, protocol = '/tcp'] =
    /^(\d{1,5})(?:-(\d{1,5}))?(\/(?:tcp|udp|sctp))?$/i.exec(text) ?? [];
  if (first === undefined || Number(end) < Number(first) || Number(end) > 65_535) return undefined;
  return Array.from({ length: Number(end) - Number(first) + 1 }, (_, i) => `${Number(first) + i}${protocol}`);
}

/** What `-p` says, in the short syntax; undefined for what docker refuses. */
export function readPublish(text: string): string | undefined {
  if (hasMark(text)) return text;
  if (!text.includes('='))
    return /^(?:(?:\[[\da-fA-F:.]*\]|[\d.]*):)?(?:\d*(?:-\d+)?:)?\d+(?:-\d+)?(?:\/(?:tcp|udp|sctp))?$/i.test(
      text,
    )
      ? text
      : undefined;
  const pairs = new Map(readCsvPairs(text));
  const [target, published, protocol] = ['target', 'published', 'protocol'].map((key) => pairs.get(key));
  if (
    target === undefined ||
    [...pairs.keys()].some((key) => !/^(?:target|published|protocol|mode)$/.test(key))
  )
    return undefined;
  return `${published === undefined ? '' : `${published}:`}${target}${protocol === undefined ? '' : `/${protocol}`}`;
}
