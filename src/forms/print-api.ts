import type { ApiMount, CreateBody } from '../dialects/docker/client/api.js';
import type { Mount } from '../mount/mount.js';
import { printTmpfs } from './print-tmpfs.js';
import { printVolume } from './print-volume.js';

/** One mount as a part of a create call of the Engine API. */
export type ApiPart = Partial<Pick<CreateBody, 'Binds' | 'Mounts' | 'Tmpfs' | 'Volumes'>>;

/** Writes a mount for the Engine API: in `Mounts` where that can say it, else as docker sends `-v` and `--tmpfs`. */
export function printApi(mount: Mount, { createsSource }: { readonly createsSource: boolean }): ApiPart {
  const needsBinds =
    (mount.type === 'bind' && (mount.relabel !== undefined || (mount.createSource && !createsSource))) ||
    (mount.type === 'volume' && mount.relabel !== undefined);
  const bind = needsBinds ? printVolume(mount) : undefined;
  if (bind !== undefined) return { Binds: [bind] };
  if (mount.type === 'tmpfs' && mount.options.length > 0) {
    const text = printTmpfs(mount);
    const colon = text.indexOf(':');
    return { Tmpfs: { [text.slice(0, colon)]: text.slice(colon + 1) } };
  }
  return { Mounts: [printApiMount(mount)] };
}

function printApiMount(mount: Mount): ApiMount {
  const base: ApiMount = {
    Type: mount.type,
    ...('source' in mount && mount.source !== undefined && { Source: mount.source }),
    Target: mount.target,
    ...(mount.readOnly && { ReadOnly: true }),
    ...(mount.consistency !== undefined && { Consistency: mount.consistency }),
  };
  switch (mount.type) {
    case 'bind': {
      const options = {
        ...(mount.propagation !== undefined && { Propagation: mount.propagation }),
        ...(mount.recursion.includes('disabled') && { NonRecursive: true }),
        ...(mount.createSource && { CreateMountpoint: true }),
        ...(mount.recursion.includes('writable') && { ReadOnlyNonRecursive: true }),
        ...(mount.recursion.includes('readonly') && { ReadOnlyForceRecursive: true }),
      };
      return { ...base, ...(Object.keys(options).length > 0 && { BindOptions: options }) };
    }
    case 'volume': {
      const driver = {
        ...(mount.driver !== undefined && { Name: mount.driver }),
        ...(Object.keys(mount.driverOptions).length > 0 && { Options: { ...mount.driverOptions } }),
      };
      const options = {
        ...(mount.noCopy && { NoCopy: true }),
        ...(Object.keys(mount.labels).length > 0 && { Labels: { ...mount.labels } }),
        ...(mount.subpath !== undefined && { Subpath: mount.subpath }),
        ...(Object.keys(driver).length > 0 && { DriverConfig: driver }),
      };
      return { ...base, ...(Object.keys(options).length > 0 && { VolumeOptions: options }) };
    }
    case 'tmpfs': {
      const options = {
        ...(mount.size !== undefined && { SizeBytes: integer(mount.size) }),
        ...(mount.mode !== undefined && { Mode: mount.mode }),
      };
      return { ...base, ...(Object.keys(options).length > 0 && { TmpfsOptions: options }) };
    }
    case 'image':
      return { ...base, ...(mount.subpath !== undefined && { ImageOptions: { Subpath: mount.subpath } }) };
    case 'npipe':
    case 'cluster':
      return base;
  }
}

function integer(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
