import { itemsIn, mapIn, scalarText } from '../container/kinds.js';

type Json = Readonly<Record<string, unknown>>;

/** Whether podman has printed it: it says which command has made the container, or by which program it runs. */
export const isOfPodman = (root: Json): boolean =>
  mapIn(root['Config'])['CreateCommand'] !== undefined || root['OCIRuntime'] !== undefined;

/** A container of podman's as docker would tell of it: what podman does where nobody asks for anything is not said. */
export function asDockers(root: Json): Json {
  const host = mapIn(root['HostConfig']);
  const config = mapIn(root['Config']);
  const kept = Object.entries(host).filter(
    ([key, value]) => !UNASKED.get(key)?.includes(String(value)) && !OWN.has(key),
  );
  return {
    ...root,
    Config: Object.fromEntries(Object.entries(config).filter(([key]) => !OWN.has(key))),
    HostConfig: {
      ...Object.fromEntries(kept),
      Binds: itemsIn(host['Binds']).map((bind) => withoutUsual(scalarText(bind) ?? '')),
      Ulimits: itemsIn(host['Ulimits'])
        .map(mapIn)
        .map((one) => ({
          ...one,
          Name: String(one['Name'])
            .replace(/^RLIMIT_/, '')
            .toLowerCase(),
        })),
      ...(mapIn(host['LogConfig'])['Type'] === 'k8s-file' && { LogConfig: null }),
    },
  };
}

/** What stands in `HostConfig` where nobody said anything. */
const UNASKED: ReadonlyMap<string, readonly string[]> = new Map([
  ['NetworkMode', ['slirp4netns', 'pasta', 'bridge']],
  ['PidMode', ['private']],
  ['UTSMode', ['private']],
  ['IpcMode', ['shareable', 'private']],
  ['UsernsMode', ['private']],
  ['Runtime', ['oci']],
  ['PidsLimit', ['2048']],
  ['ShmSize', ['65536000']],
]);

/** What only podman tells. */
const OWN: ReadonlySet<string> = new Set([
  'CreateCommand',
  'CgroupManager',
  'CgroupMode',
  'Cgroups',
  'Passwd',
  'Umask',
  'HealthcheckOnFailureAction',
  'sdNotifyMode',
]);

/** A bind, or a volume, without the options that each has there. */
const withoutUsual = (bind: string): string =>
  bind.replace(/:([^:/]*)$/, (_all, modes: string) => {
    const asked = modes.split(',').filter((one) => !USUAL.has(one));
    return asked.length === 0 ? '' : `:${asked.join(',')}`;
  });

const USUAL: ReadonlySet<string> = new Set(['rw', 'rprivate', 'rbind', 'nosuid', 'nodev']);
