import type { ComposeFact } from '../dialects/compose/versions.js';
import { quoteCsv } from '../forms/print-mount.js';
import { readGoDecimal } from '../go/number.js';
import { isPortSpec } from '../go/port-spec.js';
import { MARK } from '../text/hole-mark.js';
import { cutPair, readCsvFields } from './csv-pairs.js';
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

/** Whether docker reads a value of `--network` as pairs, all in lower case, and not as a name. */
export const isLongNetwork = (text: string): boolean =>
  new RegExp(`(?:\\w|${MARK})=(?:\\w|${MARK})`, 'u').test(text);

/** Reads `NAME` or `name=NAME,alias=…`; undefined for what docker refuses. */
export function readNetwork(text: string): NetworkValue | undefined {
  if (text === '') return undefined;
  if (!isLongNetwork(text)) return { name: text, options: null };
  let name: string | undefined;
  const options: Record<string, ComposeValue> = Object.create(null);
  for (const field of readCsvFields(text) ?? []) {
    const [key, value] = trimmedPair(field.toLowerCase());
    const row = KEYS.get(key);
    if (value === undefined || (row === undefined && key !== 'name')) return undefined;
    const all = row === undefined ? value : added(options[row.key], value, row.as);
    if (all === undefined) return undefined;
    if (row === undefined) name = value;
    else options[row.key] = all;
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
): ComposeValue | undefined {
  switch (as) {
    case 'text':
      return value;
    case 'number':
      return hasMark(value) ? value : readGoDecimal(value);
    case 'list':
      return [...((old as readonly string[] | undefined) ?? []), value];
    case 'map': {
      const [name, said] = trimmedPair(value);
      return name === '' || said === undefined ? undefined : { ...(old as object | undefined), [name]: said };
    }
  }
}

function trimmedPair(field: string): readonly [key: string, value: string | undefined] {
  const [key, value] = cutPair(field);
  return [key.trim(), value?.trim()];
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
  const short = text.includes('=') ? shortPublish(text) : text;
  return short === undefined || hasMark(short) || isPortSpec(short) ? short : undefined;
}

/** `published=…,target=…` as docker writes it out; it looks at no other keys than these, and knows no quotes. */
function shortPublish(text: string): string | undefined {
  const pairs = new Map(text.split(',').map(cutPair));
  if ([...pairs].some(([key, value]) => key === '' || value === undefined)) return undefined;
  const [target = '', published = '', protocol = ''] = ['target', 'published', 'protocol'].map(
    (key) => pairs.get(key) ?? '',
  );
  return `${published === '' ? '' : `${published}:`}${target}${protocol === '' ? '' : `/${protocol}`}`;
}
