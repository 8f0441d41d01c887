import { hasMark, itemsIn, mapIn, scalarText } from '../container/kinds.js';
import { madeFlags } from '../container/made.js';
import { quoteLiteral } from '../readers/quadlet/values.js';
import { quoteSystemd } from '../readers/systemd.js';
import type { UnitFile } from './quadlet-output.js';
import type { ServiceValues } from './service-values.js';
import { realName } from './told-service.js';

/** Tells what is left out of units, and where it stood; unknown parts are marks. */
export type Lose = (from: string, why: string, kind?: 'none-here' | 'changed') => void;

/** What Compose takes for the name of a service or of a network. */
export const isName = (text: string): boolean => /^[A-Za-z0-9][\w.-]*$/.test(text);

/** Lines of a unit; what no line can express is reported instead. */
export function unitLines(
  entries: readonly (readonly [key: string, value: string, isWord?: boolean])[],
  lose: (why: string) => void,
): string[] {
  return entries.flatMap(([key, value, isWord]) => {
    if (hasMark(value)) {
      lose(`what \`${value}\` stands for is not known here`);
      return [];
    }
    const text = { value, holes: [] };
    const said = isWord ? quoteSystemd(text, 0) : quoteLiteral(text, 0);
    if (said !== undefined && !/[\r\n]/.test(said.value)) return [`${key}=${said.value}`];
    lose(`no line of a unit can set its ${key}`);
    return [];
  });
}

/** What podman says of a container in a network after the network's name. */
const IN_NETWORK: ReadonlyMap<string, string> = new Map([
  ['ipv4_address', 'ip'],
  ['ipv6_address', 'ip6'],
  ['mac_address', 'mac'],
  ['interface_name', 'interface_name'],
]);

/** The networks that a service is in: those of the project have units. */
export function joinedNetworks(
  service: string,
  networks: ServiceValues,
  {
    project,
    declared,
    lose,
  }: {
    readonly project: string | undefined;
    declared(key: string): ServiceValues;
    readonly lose: Lose;
  },
): {
  readonly flags: readonly string[];
  readonly units: readonly UnitFile[];
  /** The names in the flags that need no unit any more. */
  readonly settled: ReadonlySet<string>;
} {
  const all = Object.entries(networks);
  const units: UnitFile[] = [];
  const flags: string[] = [];
  const settled = new Set<string>();
  const common = new Set([service]);
  for (const [key, said] of all) {
    const suffix = inNetwork(mapIn(said), common, all.length === 1, (path, why, kind) =>
      lose(`${service}: networks.${key}.${path}`, why, kind),
    );
    const real = realName(key, declared(key), project);
    if (!isName(key)) lose(`${service}: networks`, 'Compose refuses this network name');
    else if (!real.isExternal) {
      if (real.name === undefined)
        lose(
          `networks.${key}`,
          'the name of the project, with which its name begins, is not known',
          'changed',
        );
      units.push(networkUnit(key, real.name, declared(key), lose));
      settled.add(`${key}.network`);
      flags.push(`--network=${key}.network${suffix}`);
    } else {
      const { name = key } = real;
      if (hasMark(name)) lose(`${service}: networks.${key}`, `what \`${name}\` stands for is not known here`);
      else flags.push(`--network=${name}${suffix}`);
      // What ends so is a unit to Quadlet.
      if (!name.endsWith('.network')) settled.add(name);
    }
  }
  if (all.length > 0) for (const one of common) flags.push(`--network-alias=${one}`);
  return { flags, units, settled };
}

/** What stands after the name of a network; of names that are in every network it adds to `common`. */
function inNetwork(
  { aliases, ...options }: Readonly<Record<string, unknown>>,
  common: Set<string>,
  isOnly: boolean,
  lose: Lose,
): string {
  const words: (readonly [key: string, word: string, value: string])[] = [];
  for (const one of itemsIn(aliases)) {
    // Those of `--network-alias` are in every network.
    if (isOnly && !hasMark(String(one))) common.add(String(one));
    else words.push(['aliases', 'alias', String(one)]);
  }
  for (const [name, value] of Object.entries(options)) {
    const word = IN_NETWORK.get(name);
    if (value === null || name.startsWith('x-')) continue;
    if (word !== undefined) words.push([name, word, scalarText(value) ?? '']);
    else if (!/priority$/.test(name)) lose(name, 'podman run cannot express it');
    else if (!isOnly) lose(name, 'podman has no first one among networks', 'changed');
  }
  const known = words.filter(([name, , value]) => {
    const why = hasMark(value)
      ? `what \`${value}\` stands for is not known here`
      : /^$|[\s,]/.test(value)
        ? 'podman cannot use this value'
        : undefined;
    if (why !== undefined) lose(name, why);
    return why === undefined;
  });
  return known.length > 0 ? `:${known.map(([, word, value]) => `${word}=${value}`).join(',')}` : '';
}

/** The keys of `[Network]`, by the flags of `docker network create`. */
const KEYS: ReadonlyMap<string, string> = new Map([
  ['driver', 'Driver'],
  ['internal', 'Internal'],
  ['ipv6', 'IPv6'],
  ['ipam-driver', 'IPAMDriver'],
  ['subnet', 'Subnet'],
  ['gateway', 'Gateway'],
  ['ip-range', 'IPRange'],
  ['opt', 'Options'],
  ['label', 'Label'],
]);

function networkUnit(key: string, name: string | undefined, declared: ServiceValues, lose: Lose): UnitFile {
  const { flags, losses } = madeFlags('network', declared);
  for (const { key: path, why } of losses)
    lose(`networks.${key}.${path}`, why.replace(/^docker .*/, 'a .network unit has no key for it'));
  const isFlag = name?.startsWith('-') === true;
  if (isFlag) lose(`networks.${key}`, 'podman would take its name for a flag');
  const lines = unitLines(name === undefined || isFlag ? [] : [['NetworkName', name]], (why) =>
    lose(`networks.${key}`, why),
  );
  for (const { flag, key: path, values } of flags) {
    const line = KEYS.get(flag);
    const from = `networks.${key}.${path.replace('.[]', '')}`;
    // What docker has by itself.
    if (/driver$/.test(flag) && values[0] === 'default') continue;
    if (flag === 'driver' && /^(?:overlay|host|none|null)$/.test(values[0] ?? ''))
      lose(from, `podman has no driver \`${values[0]}\``);
    else if (line !== undefined)
      for (const one of unitLines(
        values.map((value) => [line, value, PAIRED.has(flag)]),
        (why) => lose(from, why),
      ))
        lines.push(one);
    else if (flag === 'attachable') lose(from, 'every network of podman is', 'none-here');
    else lose(from, 'a .network unit has no key for it');
  }
  return { name: `${key}.network`, text: `[Network]\n${lines.join('\n')}\n` };
}

const PAIRED: ReadonlySet<string> = new Set(['opt', 'label']);
