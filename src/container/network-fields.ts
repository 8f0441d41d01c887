import { sinceOf } from '../dialects/compose/versions.js';
import type { ComposeValue, ContainerField, SaidFlags, ValueKind, Written } from './field.js';
import { each, hasMark, LIST, NOTHING, refused, TEXT } from './kinds.js';
import { NETWORK_KEY_SINCE, readNetwork, readPorts, readPublish } from './network-values.js';

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

/** A key of the network that not all releases know. */
function tooNew(values: readonly string[], said: SaidFlags): string | undefined {
  for (const key of values.flatMap((value) => Object.keys(readNetwork(value)?.options ?? {}))) {
    const since = NETWORK_KEY_SINCE.get(key);
    if (since !== undefined && said.has(since) !== true)
      return `Compose before ${sinceOf(since)} does not know \`${key}\`, and refuses the file`;
  }
  return undefined;
}

/** One network that is none of one's own, or whose name is not known. */
function networkMode(values: readonly string[], said: SaidFlags): Written<ComposeValue> {
  const [value = ''] = values;
  const name = readNetwork(value)?.name;
  if (values.length !== 1 || name === undefined || !(BUILT_IN.test(name) || hasMark(name))) return NOTHING;
  if (name === 'default') return { value: 'bridge' };
  const other = /^container:(.*)$/s.exec(name)?.[1];
  const service = other === undefined ? undefined : said.serviceOf(other);
  return { value: service === undefined ? name : `service:${service}` };
}

/** A text for the container's first network, Compose's own included. */
const INSIDE: ValueKind = {
  isOpen: true,
  toCompose: (values, said) => (joinedNetwork(said) === undefined ? NOTHING : TEXT.toCompose(values, said)),
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
});

const ofNetwork = (flag: string, api: string, key: string, examples: string[]): ContainerField => ({
  flag,
  api: `NetworkingConfig.EndpointsConfig.*.${api}`,
  inspect: `NetworkSettings.Networks.*.${api}`,
  absent: 'docker chooses',
  examples,
  compose: { key: `networks.{network}.${key}`, kind: TEXT },
});

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
      },
    },
  },
  {
    flag: 'publish-all',
    api: 'HostConfig.PublishAllPorts',
    absent: 'no port',
    examples: ['true', 'false'],
    compose: { none: 'Compose publishes the ports that a file names, and no others: write each as a `-p`' },
  },
  {
    flag: 'expose',
    api: 'ExposedPorts',
    absent: 'what the image says',
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
      },
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
      kind: { isOpen: true, toCompose: networks },
      differs: tooNew,
    },
    or: { key: 'network_mode', kind: { isOpen: true, toCompose: networkMode } },
  },
  ofNetwork('ip', 'IPAMConfig.IPv4Address', 'ipv4_address', ['172.30.0.5']),
  ofNetwork('ip6', 'IPAMConfig.IPv6Address', 'ipv6_address', ['2001:db8::33']),
  {
    ...ofNetwork('link-local-ip', 'IPAMConfig.LinkLocalIPs', '', ['169.254.3.4']),
    compose: { key: 'networks.{network}.link_local_ips', kind: LIST },
  },
  {
    ...ofNetwork('network-alias', 'Aliases', '', ['db', 'cache']),
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
            ? { why: 'Compose forgets it for a container that is in no network of its own' }
            : NOTHING,
      },
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
  },
  {
    flag: 'hostname',
    api: 'Hostname',
    absent: "the container's id",
    examples: ['box', 'a.b.c'],
    compose: { key: 'hostname', kind: TEXT },
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
