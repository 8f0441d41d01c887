import { sinceOf } from '../dialects/compose/versions.js';
import type {
  ComposeValue,
  ContainerField,
  FlagValues,
  SaidFlags,
  ToldContainer,
  ToldService,
  Unsaid,
  ValueKind,
  Written,
} from './field.js';
import {
  asIs,
  each,
  hasMark,
  itemsIn,
  LIST,
  listed,
  mapIn,
  NO_FLAG,
  NOTHING,
  OF_IMAGE,
  refused,
  scalar,
  scalarText,
  TEXT,
} from './kinds.js';
import {
  isLongNetwork,
  NETWORK_KEY_SINCE,
  readNetwork,
  readPorts,
  readPublish,
  showNetwork,
} from './network-values.js';
import { spaceOf } from './process-fields.js';

/** The same, or the network that Compose makes for a file. */
export const joinedNetwork = (said: SaidFlags): string | undefined =>
  said.all('network').length === 0 ? 'default' : firstNetwork(said);

/** What is not the name of a network that somebody made. */
const BUILT_IN = /^(?:default|bridge|host|none|nat|container:.*)$/s;

/** The first network of one's own, which the flags about addresses and names are for. */
export function firstNetwork(said: SaidFlags): string | undefined {
  const [first] = said.all('network');
  const name = first === undefined ? undefined : readNetwork(first)?.name;
  return name === undefined || BUILT_IN.test(name) || hasMark(name) ? undefined : name;
}

/** Several networks are a map; each may say more. */
function networks(values: readonly string[]): Written<ComposeValue> {
  const read = values.map((value) => ({ value, network: readNetwork(value) }));
  const wrong = read.find(({ network }) => network === undefined);
  if (wrong !== undefined) return refused(wrong.value, 'network');
  const names = read.map(({ network }) => network!.name);
  if (names.length === 1 && (BUILT_IN.test(names[0]!) || hasMark(names[0]!))) return NOTHING;
  if (names.some((name) => hasMark(name) || BUILT_IN.test(name)))
    return { why: 'whether all of these are networks of their own is not known, or one of them is none' };
  // The first one is the container's own: Compose goes by priority, then by name.
  const ranked = read.map(({ network }, i) =>
    read.length > 1 ? { ...network!.options, priority: read.length - i } : network!.options,
  );
  return { value: Object.fromEntries(names.map((name, i) => [name, ranked[i]!])) };
}

/** A key of the network that not all releases know, or what Compose does not write small. */
function networkDiffers(values: readonly string[], said: SaidFlags): string | undefined {
  for (const key of values.flatMap((value) => Object.keys(readNetwork(value)?.options ?? {}))) {
    const since = NETWORK_KEY_SINCE.get(key);
    if (since !== undefined && said.has(since) !== true)
      return `Compose before ${sinceOf(since)} does not know \`${key}\`, and refuses the file`;
  }
  return values.some((value) => isLongNetwork(value) && hasMark(value))
    ? 'docker takes what its variables hold in lower case, Compose as it is'
    : undefined;
}

/** One network that is none of one's own, or whose name is not known. */
function networkMode(values: readonly string[], said: SaidFlags): Written<ComposeValue> {
  const [value = ''] = values;
  const { name, options } = readNetwork(value) ?? {};
  if (values.length !== 1 || name === undefined || !(BUILT_IN.test(name) || hasMark(name))) return NOTHING;
  if (options) return { why: 'Compose supports this only for an existing network, by its name' };
  if (name === 'default') return { value: 'bridge' };
  const other = /^container:(.*)$/s.exec(name)?.[1];
  const service = other === undefined ? undefined : said.serviceOf(other);
  return { value: service === undefined ? name : `service:${service}` };
}

/** A text for the container's first network, Compose's own included. */
const INSIDE: ValueKind = {
  isOpen: true,
  toCompose: (values, said) => (joinedNetwork(said) === undefined ? NOTHING : TEXT.toCompose(values, said)),
  fromCompose: TEXT.fromCompose!,
};

const host = each((value) => {
  const [, name, address] = /^([^:=]+)[:=](.+)$/s.exec(value) ?? [];
  if (name === undefined || address === undefined) return refused(value, 'host with an address');
  return { value: `${name}=${address.replace(/^\[(.*)\]$/s, '$1')}` };
});

/** Hosts with their addresses, each once: Compose refuses the same item twice. */
const HOSTS: ValueKind = {
  isOpen: true,
  toCompose: (values, said) => host.toCompose([...new Set(values)], said),
  // With `:` every docker reads it.
  fromCompose: (value) => ({
    values: Array.isArray(value)
      ? value.flatMap((one) => scalarText(one)?.replace(/^([^:=]+)[:=]\[?(.*?)\]?$/s, '$1:$2') ?? [])
      : Object.entries(mapIn(value)).flatMap(([name, all]) =>
          itemsIn(all).map((ip) => `${name}:${scalarText(ip) ?? ''}`),
        ),
  }),
  fromApi: LIST.fromApi!,
};

const links = (isThere: (service: string | undefined) => boolean): ValueKind => ({
  isOpen: true,
  toCompose: (values, said) => {
    const kept = values.flatMap((value) => {
      const [container = '', alias = container] = value.split(':');
      const service = said.serviceOf(container);
      if (!isThere(service)) return [];
      return service === undefined ? [value] : [service === alias ? service : `${service}:${alias}`];
    });
    return kept.length === 0 ? NOTHING : LIST.toCompose(kept, said);
  },
  fromCompose: (value, service) => {
    if (service.mode !== undefined && service.mode !== 'bridge')
      return { why: `docker refuses links next to the network \`${service.mode}\`` };
    const read = listed(scalar((text) => (isThere(undefined) ? asIs()(text) : linked(text, service))))(value);
    const lost = service.isInSeveral ? ['docker links it in the first of its networks, Compose in each'] : [];
    return 'why' in read ? read : { ...read, lost };
  },
});

/** `SERVICE[:ALIAS]` as its container with the alias. */
function linked(text: string, { containerOf }: ToldService): FlagValues | Unsaid {
  const [other = '', alias = other] = text.split(':');
  const container = containerOf(other);
  return container === undefined
    ? { why: `what the container of the service \`${other}\` is called is not known` }
    : { values: [`${container}:${alias}`] };
}

/** What flags of their own say of the first network. */
const BY_FLAGS: ReadonlySet<string> = new Set([
  'aliases',
  'ipv4_address',
  'ipv6_address',
  'link_local_ips',
  'mac_address',
]);

/** Networks, what is said of each in Compose's words; the first one is the container's own. */
function networkFlags(
  all: readonly (readonly [name: string, options: Readonly<Record<string, unknown>>])[],
): FlagValues {
  const lost: string[] = [];
  const values = all.map(([name, { priority, ...options }], i) => {
    const own = Object.entries(options).filter(
      ([key, value]) => value !== null && !(i === 0 && BY_FLAGS.has(key)),
    );
    const sayable = own.filter(([key]) => {
      if (showNetwork(name, { [key]: '' }) !== undefined) return true;
      lost.push(`docker run cannot express \`${key}\` of a network`);
      return false;
    });
    return showNetwork(name, Object.fromEntries(sayable))!;
  });
  return { values, lost };
}

/** The networks of one's own that a container is in, the first one as the first, in Compose's words. */
function joinedBy(container: ToldContainer): readonly (readonly [string, Record<string, unknown>])[] {
  const { at } = container;
  const mode = scalarText(at('HostConfig.NetworkMode')) ?? '';
  if (mode === '' || BUILT_IN.test(mode)) return [];
  const id = scalarText(at('Id')) ?? '';
  const there = Object.entries(
    mapIn(at('NetworkSettings.Networks') ?? at('NetworkingConfig.EndpointsConfig')),
  );
  const isFirst = ([name, one]: readonly [string, unknown]) =>
    name === mode || mapIn(one)['NetworkID'] === mode;
  const all = there.some(isFirst) ? there : [[mode, {}] as const, ...there];
  return [...all.filter(isFirst), ...all.filter((one) => !isFirst(one))].map(([name, one]) => {
    const { IPAMConfig, Aliases, DriverOpts, GwPriority } = mapIn(one);
    const { IPv4Address, IPv6Address, LinkLocalIPs } = mapIn(IPAMConfig);
    // Engines before 25.0 add the id.
    const aliases = itemsIn(Aliases).filter((alias) => id === '' || alias !== id.slice(0, 12));
    const options = Object.entries({
      aliases,
      ipv4_address: IPv4Address,
      ipv6_address: IPv6Address,
      link_local_ips: LinkLocalIPs,
      mac_address: askedMac(container, one),
      driver_opts: DriverOpts,
      gw_priority: GwPriority,
    }).filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== 0);
    return [name, Object.fromEntries(options)] as const;
  });
}

/** The address that was asked for: of a container that runs, the engine tells the one that it has. */
function askedMac({ at }: ToldContainer, endpoint: unknown): unknown {
  const status = at('State.Status');
  return status === undefined || status === 'created' ? mapIn(endpoint)['MacAddress'] : undefined;
}

const ofNetwork = (flag: string, api: string, key: string, examples: string[]): ContainerField => ({
  flag,
  api: `NetworkingConfig.EndpointsConfig.*.${api}`,
  inspect: `NetworkSettings.Networks.*.${api}`,
  absent: 'docker chooses',
  examples,
  compose: { key: `networks.{network}.${key}`, kind: TEXT },
  told: (container) => LIST.fromApi!(joinedBy(container)[0]?.[1][key]),
});

/** A port in the short syntax. */
function portText(ip: unknown, published: unknown, target: string, protocol: unknown): string {
  const [host, port, kind] = [ip, published, protocol].map((one) => scalarText(one) ?? '');
  const at = host === '' ? '' : `${host!.includes(':') && !host!.startsWith('[') ? `[${host}]` : host}:`;
  return `${at}${at === '' && port === '' ? '' : `${port}:`}${target}${kind === '' || kind === 'tcp' ? '' : `/${kind}`}`;
}

const modeLoss = (mode: unknown): readonly string[] =>
  mode === 'host' ? ['`mode: host` is for a swarm: docker run always publishes like this'] : [];

/** How others reach it, and it reaches others. */
export const NETWORK_FIELDS: readonly ContainerField[] = [
  {
    flag: 'publish',
    api: 'HostConfig.PortBindings, ExposedPorts',
    absent: 'no port',
    examples: [
      '8080:80',
      '53:53/udp',
      '127.0.0.1:5432:5432',
      '9000',
      '3000-3002:3000-3002',
      '[::1]:81:81',
      '22:22',
      '127.0.0.1::90',
    ],
    // The short syntax is read by the same library.
    compose: {
      key: 'ports',
      kind: {
        isOpen: true,
        toCompose: (values, said) => {
          const ports = values.map(readPublish);
          const at = ports.indexOf(undefined);
          return at >= 0 ? refused(values[at]!, 'port') : LIST.toCompose(ports as string[], said);
        },
        fromCompose: listed((item) => {
          if (typeof item !== 'object') return scalar(asIs())(item);
          const {
            target,
            published,
            host_ip: ip,
            protocol,
            mode,
            name: _name,
            app_protocol: _app,
            ...rest
          } = mapIn(item);
          const [more] = Object.keys(rest).filter((key) => !key.startsWith('x-'));
          return more === undefined
            ? { values: [portText(ip, published, scalarText(target) ?? '', protocol)], lost: modeLoss(mode) }
            : { why: `docker run cannot express \`${more}\` of a port` };
        }),
      },
    },
    told: ({ at }) => ({
      values: Object.entries(mapIn(at('HostConfig.PortBindings'))).flatMap(([port, all]) => {
        const [target = '', protocol] = port.split('/');
        return itemsIn(all).map((one) =>
          portText(mapIn(one)['HostIp'], mapIn(one)['HostPort'], target, protocol),
        );
      }),
    }),
  },
  {
    flag: 'publish-all',
    api: 'HostConfig.PublishAllPorts',
    absent: 'no port',
    examples: ['true', 'false'],
    compose: {
      none: 'Compose publishes the ports that a file names, and no others: write each one as a `-p`',
    },
  },
  {
    flag: 'expose',
    api: 'ExposedPorts',
    absent: OF_IMAGE,
    isAdded: true,
    examples: ['80', '3000-3002', '53/udp'],
    // Compose sends a range, and a port without a protocol, as they are written.
    compose: {
      key: 'expose',
      kind: {
        toCompose: (values) => {
          const ports = values.map((value) => readPorts(value));
          const at = ports.indexOf(undefined);
          return at >= 0
            ? refused(values[at]!, 'port')
            : { value: [...new Set(ports.flatMap((one) => one!))] };
        },
        fromCompose: LIST.fromCompose!,
      },
    },
    told: ({ at }) => {
      const known = mapIn(at('HostConfig.PortBindings'));
      return { values: Object.keys(mapIn(at('ExposedPorts'))).filter((port) => !(port in known)) };
    },
  },
  {
    flag: 'network',
    also: 'net',
    api: 'HostConfig.NetworkMode, NetworkingConfig.EndpointsConfig',
    inspect: 'NetworkSettings.Networks',
    absent: "the engine's bridge",
    examples: ['host', 'none', 'bridge', 'container:other', 'front', 'name=back,alias=db'],
    compose: {
      key: 'networks',
      kind: {
        isOpen: true,
        toCompose: networks,
        fromCompose: (value, service) =>
          networkFlags(
            Object.entries(mapIn(value)).map(([key, one]) => [service.networkOf(key), mapIn(one)]),
          ),
      },
      differs: networkDiffers,
    },
    or: {
      key: 'network_mode',
      kind: {
        isOpen: true,
        toCompose: networkMode,
        // Without a word it is the bridge; clients before 28 refuse links next to `--network bridge`.
        fromCompose: (value, service) =>
          scalar((text) =>
            text === 'bridge' && service.hasLinks === true ? asIs('bridge')(text) : spaceOf(text, service),
          )(value),
      },
    },
    told: (container) => {
      const mode = scalarText(container.at('HostConfig.NetworkMode')) ?? '';
      const own = joinedBy(container);
      return own.length > 0 ? networkFlags(own) : asIs('', 'default', 'bridge')(mode);
    },
  },
  ofNetwork('ip', 'IPAMConfig.IPv4Address', 'ipv4_address', ['172.30.0.5']),
  ofNetwork('ip6', 'IPAMConfig.IPv6Address', 'ipv6_address', ['2001:db8::33']),
  {
    ...ofNetwork('link-local-ip', 'IPAMConfig.LinkLocalIPs', 'link_local_ips', ['169.254.3.4']),
    compose: { key: 'networks.{network}.link_local_ips', kind: LIST },
  },
  {
    ...ofNetwork('network-alias', 'Aliases', 'aliases', ['db', 'cache']),
    also: 'net-alias',
    compose: { key: 'networks.{network}.aliases', kind: LIST },
  },
  {
    flag: 'mac-address',
    api: 'NetworkingConfig.EndpointsConfig.*.MacAddress',
    inspect: 'NetworkSettings.Networks.*.MacAddress',
    absent: 'docker chooses',
    examples: ['02:42:ac:11:00:02'],
    // Compose 2.26 forgets that of the service where its networks are a list.
    compose: { key: 'networks.{joined}.mac_address', kind: INSIDE },
    or: {
      key: 'mac_address',
      kind: {
        toCompose: (_values, said) =>
          joinedNetwork(said) === undefined
            ? { why: 'Compose ignores it for a container that is in no network of its own' }
            : NOTHING,
        fromCompose: TEXT.fromCompose!,
      },
    },
    told: (container) => {
      const { at } = container;
      const own = mapIn(
        mapIn(at('NetworkSettings.Networks') ?? at('NetworkingConfig.EndpointsConfig'))['bridge'],
      );
      const asked =
        at('MacAddress') ?? joinedBy(container)[0]?.[1]['mac_address'] ?? askedMac(container, own);
      return TEXT.fromApi!(asked);
    },
  },
  {
    flag: 'link',
    api: 'HostConfig.Links, NetworkingConfig.EndpointsConfig.*.Links',
    absent: 'none',
    examples: ['db', 'db:database'],
    // Containers of the file itself are asked for by their services, and started first.
    compose: { key: 'external_links', kind: links((service) => service === undefined) },
    or: { key: 'links', kind: links((service) => service !== undefined) },
    told: ({ at }) => {
      const mode = scalarText(at('HostConfig.NetworkMode')) ?? '';
      const own = mapIn(mapIn(at('NetworkSettings.Networks'))[mode])['Links'] ?? at('HostConfig.Links');
      // `/db:/web/alias`.
      return listed(scalar((text) => ({ values: [text.replace(/^\//, '').replace(/:\/.*\//, ':')] })))(own);
    },
  },
  {
    flag: 'hostname',
    api: 'Hostname',
    absent: "the container's id",
    examples: ['box', 'a.b.c'],
    compose: { key: 'hostname', kind: TEXT },
    told: ({ at }) =>
      scalar((name) => {
        const isId = name !== '' && String(at('Id') ?? '').startsWith(name);
        // docker refuses it there.
        const isShared =
          /^container:/.test(String(at('HostConfig.NetworkMode') ?? '')) ||
          at('HostConfig.UTSMode') === 'host';
        return isId || isShared ? NO_FLAG : asIs('')(name);
      })(at('Hostname')),
  },
  {
    flag: 'domainname',
    api: 'Domainname',
    absent: 'none',
    examples: ['example.org'],
    compose: { key: 'domainname', kind: TEXT },
  },
  {
    flag: 'add-host',
    api: 'HostConfig.ExtraHosts',
    absent: 'none',
    examples: ['db:10.0.0.1', 'host.docker.internal:host-gateway', 'six:::1'],
    // With `=` an address may hold colons.
    compose: {
      key: 'extra_hosts',
      kind: HOSTS,
    },
  },
  {
    flag: 'dns',
    api: 'HostConfig.Dns',
    absent: "the engine's",
    examples: ['1.1.1.1', '2606:4700::1111'],
    compose: { key: 'dns', kind: LIST },
  },
  {
    flag: 'dns-search',
    api: 'HostConfig.DnsSearch',
    absent: "the engine's",
    examples: ['example.org', '.'],
    compose: { key: 'dns_search', kind: LIST },
  },
  {
    flag: 'dns-option',
    also: 'dns-opt',
    api: 'HostConfig.DnsOptions',
    absent: "the engine's",
    examples: ['ndots:2', 'rotate'],
    compose: { key: 'dns_opt', kind: LIST },
  },
];
