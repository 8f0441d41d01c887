import type { Dialect } from '../dialect/dialect.js';
import { PROPAGATIONS } from '../dialect/volume-modes.js';
import type { ApiMount } from './api.js';
import { isSent, isTarget, type Lowered, notExpanded, refuse } from './lowered.js';

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
    case 'bind': {
      const options = mount.BindOptions ?? {};
      if (source === '') return refuse('docker refuses a bind without a source');
      if (!keepsRelative && !isSent(source, dialect)) return refuse(notExpanded(source));
      if (options.Propagation && !PROPAGATIONS.has(options.Propagation)) {
        return refuse(`docker's engine refuses it: invalid propagation mode: ${options.Propagation}`);
      }
      return {
        ok: true,
        mount: {
          ...base,
          type: 'bind',
          source,
          createSource: options.CreateMountpoint ?? false,
          propagation: options.Propagation || undefined,
          recursion: [
            ...(options.NonRecursive ? (['disabled'] as const) : []),
            ...(options.ReadOnlyNonRecursive ? (['writable'] as const) : []),
            ...(options.ReadOnlyForceRecursive ? (['readonly'] as const) : []),
          ],
        },
      };
    }
    case 'volume': {
      const options = mount.VolumeOptions ?? {};
      return {
        ok: true,
        mount: {
          ...base,
          type: 'volume',
          source: source || undefined,
          noCopy: options.NoCopy ?? false,
          labels: options.Labels ?? {},
          driver: options.DriverConfig?.Name || undefined,
          driverOptions: options.DriverConfig?.Options ?? {},
          subpath: options.Subpath || undefined,
        },
      };
    }
    case 'tmpfs': {
      if (source !== '') return refuse('docker refuses a source on a tmpfs');
      const { SizeBytes: size, Mode: mode } = mount.TmpfsOptions ?? {};
      return {
        ok: true,
        mount: {
          ...base,
          type: 'tmpfs',
          size: size ? BigInt(size) : undefined,
          mode: mode || undefined,
          options: [],
        },
      };
    }
    case 'image':
      return {
        ok: true,
        mount: { ...base, type: 'image', source, subpath: mount.ImageOptions?.Subpath || undefined },
      };
    case 'npipe':
    case 'cluster':
      return { ok: true, mount: { ...base, type: mount.Type, source } };
    default:
      return refuse(`docker's engine knows no mount type \`${mount.Type}\``);
  }
}
