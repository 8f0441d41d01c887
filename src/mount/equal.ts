import { cleanPath } from '../go/path.js';
import type { Mount } from './mount.js';

/**
 * Whether two mounts have the same effect in the container and on the host: the definition of "equivalent". Targets are
 * compared cleaned; `rprivate` is what no propagation means; `z` on a volume is what local volumes get anyway.
 */
export function sameMount(a: Mount, b: Mount): boolean {
  return a === b || (a.type === b.type && keyOf(a) === keyOf(b));
}

function keyOf(mount: Mount): string {
  let key = keys.get(mount);
  if (key === undefined) {
    key = JSON.stringify(canonical(mount));
    keys.set(mount, key);
  }
  return key;
}

// One mount is compared with what each of a dozen dockers reads.
const keys = new WeakMap<Mount, string>();

function canonical(mount: Mount): unknown {
  const base = { type: mount.type, target: cleanPath(mount.target), readOnly: mount.readOnly };
  switch (mount.type) {
    case 'bind':
      return {
        ...base,
        source: mount.source,
        createSource: mount.createSource,
        propagation: mount.propagation ?? 'rprivate',
        recursion: [...mount.recursion].sort(),
        relabel: mount.relabel ?? null,
      };
    case 'volume':
      return {
        ...base,
        source: mount.source ?? null,
        noCopy: mount.noCopy,
        labels: sorted(mount.labels),
        driver: mount.driver ?? null,
        driverOptions: sorted(mount.driverOptions),
        subpath: mount.subpath ?? null,
        relabel: mount.relabel === 'Z' ? 'Z' : null,
      };
    case 'tmpfs':
      return {
        ...base,
        size: mount.size?.toString() ?? null,
        mode: mount.mode ?? null,
        options: mount.options,
      };
    case 'image':
      return { ...base, source: mount.source, subpath: mount.subpath ?? null };
    case 'npipe':
    case 'cluster':
      return { ...base, source: mount.source };
  }
}

function sorted(map: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
