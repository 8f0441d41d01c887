// The create calls of docker and of Compose for one container, as one kind of thing, and where they differ.
import type { LosslessJson } from '../support/lossless-json.js';

/** A create call: its body, and what its query says. */
export interface CreateRequest {
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, LosslessJson>>;
}

/** The fields of a call by their path, without what is nobody's word; networks are `*` where a path goes through one. */
export type Fields = ReadonlyMap<string, unknown>;

type Json = Record<string, LosslessJson>;

/** What is compared in another form than it is sent in, or not at all, and why. */
const RULES: readonly {
  readonly path: RegExp;
  readonly why: string;
  readonly as?: (value: LosslessJson) => unknown;
}[] = [
  {
    path: /^HostConfig\.Devices$/,
    why: 'the same device twice is once',
    as: (value) => [...new Set((value as Json[]).map((one) => JSON.stringify(one)))],
  },
  {
    path: /^Attach(?:Stdin|Stdout|Stderr)$|^StdinOnce$/,
    why: 'it is about who attaches, which `up` decides',
  },
  { path: /^HostConfig\.ConsoleSize$/, why: "it is the client's terminal" },
  { path: /\.(?:IPAddress|IPv6Gateway)$/, why: 'what the engine is to give is in IPAMConfig' },
  {
    path: /^HostConfig\.(?:Binds|Mounts|Tmpfs|VolumeDriver)$|^Volumes$/,
    why: 'other tests compare mounts by their effect',
  },
  {
    path: /^Env$/,
    why: 'of two values of a variable the last one counts, in whatever order',
    as: (value) => sorted(new Map((value as string[]).map((one) => [one.split('=', 1)[0]!, one])).values()),
  },
  {
    path: /^HostConfig\.Cap(?:Add|Drop)$/,
    why: 'the engine takes names with and without `CAP_`, in any order',
    as: (value) => sorted(new Set((value as string[]).map((one) => one.toUpperCase().replace(/^CAP_/, '')))),
  },
  {
    path: /^HostConfig\.(?:ExtraHosts|GroupAdd|SecurityOpt|DeviceCgroupRules)$/,
    why: 'the same thing twice is once, in whatever order',
    as: (value) => sorted(new Set(value as string[])),
  },
  {
    path: /^HostConfig\.Dns|\.LinkLocalIPs$/,
    why: 'the same thing twice is once',
    as: (value) => [...new Set(value as string[])],
  },
  {
    path: /\.Links$/,
    why: 'a container is linked by its own name where no other is said',
    as: (value) =>
      sorted(new Set((value as string[]).map((one) => (one.includes(':') ? one : `${one}:${one}`)))),
  },
  {
    path: /^HostConfig\.Ulimits$/,
    why: 'of two limits of a name the last one counts',
    as: (value) =>
      sorted(new Map((value as { Name: string }[]).map((one) => [one.Name, JSON.stringify(one)])).values()),
  },
  {
    path: /^HostConfig\.MemorySwappiness$/,
    why: '-1 is not set',
    as: (value) => (value === -1 ? undefined : value),
  },
  {
    path: /^HostConfig\.RestartPolicy$/,
    why: '`no` is not a policy',
    as: (value) => ((value as Json)['Name'] === 'no' ? undefined : value),
  },
  {
    path: /^HostConfig\.PortBindings$/,
    why: 'the same binding twice is once',
    as: (value) =>
      Object.fromEntries(
        Object.entries(value as Json).map(([port, all]) => [
          port,
          sorted(new Set((all as Json[]).map((one) => JSON.stringify(one)))),
        ]),
      ),
  },
];

/** The fields of a call; `own` are the names that Compose gives the container in its networks. */
export function fieldsOf(
  { query, body }: CreateRequest,
  own: readonly string[],
  isInOwnNetwork: boolean,
): Fields {
  const { HostConfig, NetworkingConfig, MacAddress, Labels, ...config } = body as Json;
  const labels = Object.entries((Labels ?? {}) as Json).filter(
    ([key]) => !key.startsWith('com.docker.compose.'),
  );
  // An empty entrypoint is none, where the image's command is not taken anyway.
  if (itemsOf(config['Entrypoint']).length === 0 && config['Entrypoint'] && itemsOf(config['Cmd']).length > 0)
    config['Entrypoint'] = [''];
  const host = { ...(HostConfig as Json) };
  const endpoints = ((NetworkingConfig as Json | null)?.['EndpointsConfig'] ?? {}) as Record<string, Json>;
  if (isInOwnNetwork) delete host['NetworkMode'];
  // To the engine the one is the other.
  else if (host['NetworkMode'] === 'default') host['NetworkMode'] = 'bridge';
  const raw: [string, LosslessJson][] = [
    ...(['name', 'platform'] as const).map((key): [string, LosslessJson] => [`?${key}`, query.get(key)]),
    ...Object.entries(config),
    ['Labels', Object.fromEntries(labels)],
    ...Object.entries(host).map(([key, value]): [string, LosslessJson] => [`HostConfig.${key}`, value]),
  ];
  let mac = MacAddress ?? '';
  for (const [name, endpoint] of Object.entries(endpoints)) {
    const { Aliases, IPAMConfig, MacAddress: own_mac, ...rest } = endpoint ?? {};
    mac ||= own_mac ?? '';
    if (isInOwnNetwork) continue;
    const aliases = ((Aliases ?? []) as string[]).filter((one) => !own.includes(one));
    const at = `NetworkingConfig.EndpointsConfig.${name}`;
    raw.push([`${at}.Aliases`, sorted(new Set(aliases)) as string[]]);
    for (const [key, value] of Object.entries({ ...(IPAMConfig as Json | null) }))
      raw.push([`${at}.IPAMConfig.${key}`, value]);
    for (const [key, value] of Object.entries(rest)) raw.push([`${at}.${key}`, value]);
    if (Object.keys(endpoints).length > 1) raw.push([at, name]);
  }
  raw.push(['NetworkingConfig.EndpointsConfig.*.MacAddress', mac]);
  const fields = new Map<string, unknown>();
  for (const [path, value] of raw) {
    const rule = RULES.find((one) => one.path.test(path));
    if (rule !== undefined && rule.as === undefined) continue;
    const kept = saidAt(
      path,
      plain(value) === undefined || rule?.as === undefined ? value : (rule.as(value) as LosslessJson),
    );
    if (kept !== undefined) fields.set(path, kept);
  }
  return fields;
}

/** The paths at which two calls differ, with both values. */
export function differences(
  docker: Fields,
  compose: Fields,
): { readonly path: string; readonly docker: string; readonly compose: string }[] {
  return [...new Set([...docker.keys(), ...compose.keys()])].flatMap((path) => {
    const [a, b] = [docker.get(path), compose.get(path)].map((one) => stable(one));
    return a === b ? [] : [{ path, docker: a!, compose: b! }];
  });
}

/** What a client forgets. */
const FORGETS: ReadonlyMap<string, RegExp> = new Map([
  // docker/cli 26 copies the limits into an empty list.
  ['26.1.5', /^HostConfig\.BlkioDevice(?:Read|Write)(?:Bps|IOps)$/],
]);

/** Whether a client sends nothing there, whatever was typed. */
export const isForgotten = (path: string, clientVersion: string): boolean =>
  FORGETS.get(clientVersion)?.test(path) === true;

/** Whether a difference is at a place that a row of the table names: `HostConfig.A, NetworkingConfig.EndpointsConfig.*.B`. */
export function isNamed(path: string, api: string): boolean {
  return api.split(', ').some((one) => {
    const pattern = one.replace(/[.?]/g, '\\$&').replace('*', '.+');
    return new RegExp(`^${pattern}(?:\\.|$)`).test(path);
  });
}

const itemsOf = (value: LosslessJson | undefined): readonly LosslessJson[] =>
  Array.isArray(value) ? value : [];
const sorted = (values: Iterable<string>): string[] => [...values].sort();

/** To the engine nothing is another thing here than zero, false or the empty: what the image, or the engine itself, has. */
const APART = /^(?:Entrypoint|StopTimeout|HostConfig\.(?:MemorySwappiness|Init|MaskedPaths|ReadonlyPaths))$/;
/** What has names that somebody chose, in capitals or not. */
const FREE = /(?:^|\.)(?:Labels|Annotations|Config|DriverOpts|Options|Sysctls|StorageOpt)$/;

/** What is said at a path; undefined where it is nothing to the engine. */
export const saidAt = (path: string, value: LosslessJson | undefined): LosslessJson | undefined =>
  APART.test(path) ? (value ?? undefined) : plain(value, path);

/** What is said: nothing, zero, false and the empty are the same to the engine. */
function plain(value: LosslessJson | undefined, name = ''): LosslessJson | undefined {
  if (value === null || value === undefined || value === '' || value === false || value === 0)
    return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((one) => plain(one) ?? null);
  if (typeof value !== 'object') return value;
  const entries = Object.entries(value).flatMap(([key, one]) => {
    // A port, a label or an option is said by its key alone.
    const kept = /^[A-Z]/.test(key) && !FREE.test(name) ? plain(one, key) : one;
    return kept === undefined ? [] : [[key, kept] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

const stable = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'bigint'
      ? String(one)
      : typeof one === 'object' && one !== null && !Array.isArray(one)
        ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
        : one,
  ) ?? 'nothing';
