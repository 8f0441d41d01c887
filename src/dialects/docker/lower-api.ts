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
  const { Type, Source, Target, ReadOnly, Consistency, ...options } = mount;
  const { BindOptions, VolumeOptions, ImageOptions, TmpfsOptions, ...rest } = options ?? {};
  rest satisfies NothingLeft;
  const target = Target ?? '';
  if (!isTarget(target, dialect, withHoles)) return refuse(`docker refuses the target \`${target}\``);
  const base = { target, readOnly: ReadOnly ?? false, consistency: Consistency || undefined };
  const source = Source ?? '';
  switch (Type) {
    case 'bind':
      if (source === '') return refuse('docker refuses a bind without a source');
      if (!keepsRelative && !isSent(source, dialect)) return refuse(notExpanded(source));
      return lowerBind(BindOptions, { ...base, source });
    case 'volume':
      return lowerVolume(VolumeOptions, { ...base, source: source || undefined });
    case 'tmpfs': {
      if (source !== '') return refuse('docker refuses a source on a tmpfs');
      // The words of `Options` are for `readApiFields`: no client sends them.
      const { SizeBytes, Mode, Options: _words, ...others } = TmpfsOptions ?? {};
      others satisfies NothingLeft;
      const size = SizeBytes ? BigInt(SizeBytes) : undefined;
      return { ok: true, mount: { ...base, type: 'tmpfs', size, mode: Mode || undefined, options: [] } };
    }
    case 'image': {
      const { Subpath, ...others } = ImageOptions ?? {};
      others satisfies NothingLeft;
      return { ok: true, mount: { ...base, type: 'image', source, subpath: Subpath || undefined } };
    }
    case 'npipe':
    case 'cluster':
      return { ok: true, mount: { ...base, type: Type, source } };
    default:
      return refuse(`docker's engine has no mount type \`${Type}\``);
  }
}

/** A field of the API that nobody reads here does not compile. */
type NothingLeft = Readonly<Record<string, never>>;

function lowerBind(
  options: ApiMount['BindOptions'],
  base: Pick<BindMount, 'target' | 'source' | 'readOnly' | 'consistency'>,
): Lowered {
  const {
    Propagation,
    CreateMountpoint,
    NonRecursive,
    ReadOnlyNonRecursive,
    ReadOnlyForceRecursive,
    ...rest
  } = options ?? {};
  rest satisfies NothingLeft;
  if (Propagation && !PROPAGATIONS.has(Propagation))
    return refuse(`docker's engine refuses it: invalid propagation mode: ${Propagation}`);
  const mount: BindMount = {
    ...base,
    type: 'bind',
    createSource: CreateMountpoint ?? false,
    propagation: Propagation || undefined,
    recursion: [
      ...(NonRecursive ? (['disabled'] as const) : []),
      ...(ReadOnlyNonRecursive ? (['writable'] as const) : []),
      ...(ReadOnlyForceRecursive ? (['readonly'] as const) : []),
    ],
  };
  return { ok: true, mount };
}

function lowerVolume(
  options: ApiMount['VolumeOptions'],
  base: Pick<VolumeMount, 'target' | 'source' | 'readOnly' | 'consistency'>,
): Lowered {
  const { NoCopy, Labels, DriverConfig, Subpath, ...rest } = options ?? {};
  rest satisfies NothingLeft;
  const { Name, Options, ...others } = DriverConfig ?? {};
  others satisfies NothingLeft;
  const mount: VolumeMount = {
    ...base,
    type: 'volume',
    noCopy: NoCopy ?? false,
    labels: Labels ?? {},
    driver: Name || undefined,
    driverOptions: Options ?? {},
    subpath: Subpath || undefined,
  };
  return { ok: true, mount };
}
