import type { ComposeDeclaration, ComposeMount, ComposeVolume } from '../dialects/compose/compose.js';
import { cleanPath } from '../go/path.js';
import { printSize } from '../mount/kernel-size.js';
import type { BindMount, Mount, VolumeMount } from '../mount/mount.js';
import { printTmpfs } from './print-tmpfs.js';

/** Writes a mount in Compose's long syntax; a tmpfs with options that only `--tmpfs` has goes into the service's `tmpfs`. */
export function printComposeLong(mount: Mount): ComposeMount {
  if (mount.type === 'tmpfs' && mount.options.length > 0) return { tmpfs: printTmpfs(mount) };
  const base: ComposeVolume = {
    type: mount.type,
    ...('source' in mount && mount.source !== undefined && { source: mount.source }),
    target: mount.target,
    ...(mount.readOnly && { read_only: true }),
    ...(mount.consistency !== undefined && { consistency: mount.consistency }),
  };
  switch (mount.type) {
    case 'bind':
      return { volume: { ...base, bind: bindOptions(mount) } };
    case 'volume': {
      const volume = {
        ...(mount.noCopy && { nocopy: true }),
        ...(mount.subpath !== undefined && { subpath: mount.subpath }),
      };
      return { volume: { ...base, ...(Object.keys(volume).length > 0 && { volume }) }, ...declared(mount) };
    }
    case 'tmpfs': {
      const tmpfs = {
        ...(mount.size !== undefined && { size: sizeValue(mount.size) }),
        ...(mount.mode !== undefined && { mode: mount.mode }),
      };
      return { volume: { ...base, ...(Object.keys(tmpfs).length > 0 && { tmpfs }) } };
    }
    case 'image':
      return {
        volume: { ...base, ...(mount.subpath !== undefined && { image: { subpath: mount.subpath } }) },
      };
    case 'npipe':
    case 'cluster':
      return { volume: base };
  }
}

// Written whatever it is: releases of Compose differ in what they take for granted.
function bindOptions(mount: BindMount): NonNullable<ComposeVolume['bind']> {
  return {
    create_host_path: mount.createSource,
    ...(mount.propagation !== undefined && { propagation: mount.propagation }),
    ...(mount.recursion[0] !== undefined && { recursive: mount.recursion[0] }),
    ...(mount.relabel !== undefined && { selinux: mount.relabel }),
  };
}

/** With a unit where that is short and exact; Compose reads units as floating point numbers. */
function sizeValue(bytes: bigint): string | bigint {
  const text = printSize(bytes);
  return /^\d{1,9}[kmg]$/.test(text) ? text : bytes;
}

/** The `name` keeps docker's own name: without it Compose puts the project's in front. */
function declared(mount: VolumeMount): Pick<ComposeMount, 'declares'> {
  if (mount.source === undefined) return {};
  const volume: ComposeDeclaration = {
    name: mount.source,
    ...(mount.external && { external: true }),
    ...(mount.driver !== undefined && { driver: mount.driver }),
    ...(Object.keys(mount.driverOptions).length > 0 && { driver_opts: mount.driverOptions }),
    ...(Object.keys(mount.labels).length > 0 && { labels: mount.labels }),
  };
  return { declares: { key: mount.source, volume } };
}

/** Writes a mount in Compose's short syntax, or in the service's `tmpfs`; undefined for what those cannot say. */
export function printComposeShort(mount: Mount): ComposeMount | undefined {
  switch (mount.type) {
    case 'bind':
      return { volume: short(mount.source, mount, [mount.propagation, mount.relabel]) };
    case 'volume':
      if (mount.source === undefined) return { volume: mount.target };
      return {
        volume: short(mount.source, mount, [mount.noCopy ? 'nocopy' : undefined]),
        ...declared(mount),
      };
    case 'tmpfs':
      return { tmpfs: printTmpfs({ ...mount, target: cleanPath(mount.target) }) };
    case 'image':
    case 'npipe':
    case 'cluster':
      return undefined;
  }
}

function short(source: string, { target, readOnly }: Mount, words: readonly (string | undefined)[]): string {
  const modes = [readOnly ? 'ro' : undefined, ...words].filter((word) => word !== undefined);
  return [source, target, ...(modes.length > 0 ? [modes.join(',')] : [])].join(':');
}
