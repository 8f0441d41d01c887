import type { BindMount, VolumeMount } from '../../mount/mount.js';
import { isSent, isTarget, type Lowered, notExpanded, refuse } from '../lower-result.js';
import type { ApiMount } from './client/api.js';
import type { Dialect } from './tables/dialect.js';
import { PROPAGATIONS } from './tables/volume-modes.js';

/** What an entry of `HostConfig.Mounts` means; its source counts as typed. */
export function lowerApi(
  mount: ApiMount,
  dialect: Dialect,
  { withHoles = false, keepsRelative = false } = {},
): Lowered {
  const target = mount.Target ?? '';
  if (!isTarget(target, dialect, withHoles)) return refuse(`docker refuses the target \`${target}\``);
  const base = { target, readOnly: mount.ReadOnly ?? false, consistency: mount.Consistency || undefined };
  const source = mount.Source ?? '';
  switch (mount.Type) {
    case 'bind':
      if (source === '') return refuse('docker refuses a bind without a source');
      if (!keepsRelative && !isSent(source, dialect)) return refuse(notExpanded(source));
      return lowerBind(mount, { ...base, source });
    case 'volume':
      return lowerVolume(mount, { ...base, source: source || undefined });
    case 'tmpfs': {
      if (source !== '') return refuse('docker refuses a source on a tmpfs');
      const { SizeBytes, Mode } = mount.TmpfsOptions ?? {};
      const size = SizeBytes ? BigInt(SizeBytes) : undefined;
      return { ok: true, mount: { ...base, type: 'tmpfs', size, mode: Mode || undefined, options: [] } };
    }
    case 'image': {
      const subpath = mount.ImageOptions?.Subpath || undefined;
      return { ok: true, mount: { ...base, type: 'image', source, subpath } };
    }
    case 'npipe':
    case 'cluster':
      return { ok: true, mount: { ...base, type: mount.Type, source } };
    default:
      return refuse(`docker's engine knows no mount type \`${mount.Type}\``);
  }
}

function lowerBind(
  { BindOptions }: ApiMount,
  base: Pick<BindMount, 'target' | 'source' | 'readOnly' | 'consistency'>,
): Lowered {
  const options = BindOptions ?? {};
  if (options.Propagation && !PROPAGATIONS.has(options.Propagation))
    return refuse(`docker's engine refuses it: invalid propagation mode: ${options.Propagation}`);
  const mount: BindMount = {
    ...base,
    type: 'bind',
    createSource: options.CreateMountpoint ?? false,
    propagation: options.Propagation || undefined,
    recursion: [
      ...(options.NonRecursive ? (['disabled'] as const) : []),
      ...(options.ReadOnlyNonRecursive ? (['writable'] as const) : []),
      ...(options.ReadOnlyForceRecursive ? (['readonly'] as const) : []),
    ],
  };
  return { ok: true, mount };
}

function lowerVolume(
  { VolumeOptions }: ApiMount,
  base: Pick<VolumeMount, 'target' | 'source' | 'readOnly' | 'consistency'>,
): Lowered {
  const options = VolumeOptions ?? {};
  const mount: VolumeMount = {
    ...base,
    type: 'volume',
    noCopy: options.NoCopy ?? false,
    labels: options.Labels ?? {},
    driver: options.DriverConfig?.Name || undefined,
    driverOptions: options.DriverConfig?.Options ?? {},
    subpath: options.Subpath || undefined,
  };
  return { ok: true, mount };
}
