import { isAbsolutePath } from '../../../go/path.js';
import { quoteGo } from '../../../go/text.js';
import type { ApiMount } from '../client/api.js';
import type { Dialect } from '../tables/dialect.js';
import { judgeNode } from './judge.js';
import type { EnginePlace, EngineRefusal, Problem } from './refusal.js';
import type { System } from './system.js';
import { checkVolumeCreate } from './volume-create.js';

/** What Swarm says to the mounts of a service (§10.2). */
export interface ServiceVerdict {
  /** The manager refuses the service. */
  readonly create?: EngineRefusal;
  /** The manager takes it, and every node refuses its tasks. */
  readonly start?: EngineRefusal;
  /** What is left out on the way into the cluster store, without a word. */
  readonly dropped: readonly { readonly index: number; readonly field: string }[];
}

/** Judges the mounts of `service create`, or those that `service update` adds; `host` is the node. */
export function judgeService(
  mounts: readonly ApiMount[],
  dialect: Dialect,
  { isUpdate = false, host }: { readonly isUpdate?: boolean; readonly host?: System } = {},
): ServiceVerdict {
  const dropped = mounts.flatMap((mount, index) => droppedFields(mount).map((field) => ({ index, field })));
  const isDoubled = isUpdate ? doubled(mounts, () => 'duplicate mount target') : undefined;
  const create =
    isDoubled ??
    firstOf(mounts, (mount) => checkManager(mount, dialect)) ??
    doubled(
      mounts,
      (target) => `rpc error: code = InvalidArgument desc = ContainerSpec: duplicate mount point: ${target}`,
    );
  if (create !== undefined) return { create, dropped };
  const stored = mounts.map(storedMount);
  // A cluster volume waits for a node that has its driver.
  if (stored.some(({ Type }) => Type === 'cluster')) return { dropped };
  const start =
    firstOf(stored, (mount) => checkNode(mount, dialect)) ??
    firstOf(stored, (mount) => checkOwnVolume(mount, dialect, host)) ??
    judgeNode(stored, dialect, host);
  return start === undefined ? { dropped } : { start, dropped };
}

function firstOf(
  mounts: readonly ApiMount[],
  check: (mount: ApiMount) => Problem | undefined,
): EngineRefusal | undefined {
  for (const [index, mount] of mounts.entries()) {
    const problem = check(mount);
    if (problem !== undefined) return { ...problem, place: { slot: 'Mounts', index } };
  }
  return undefined;
}

/** Two mounts with the same letters for their target. */
function doubled(mounts: readonly ApiMount[], say: (target: string) => string): EngineRefusal | undefined {
  const seen = new Map<string, EnginePlace>();
  for (const [index, { Target = '' }] of mounts.entries()) {
    const place: EnginePlace = { slot: 'Mounts', index };
    const other = seen.get(Target);
    if (other !== undefined) return { kind: 'duplicate-target', reason: say(Target), place, other };
    seen.set(Target, place);
  }
  return undefined;
}

const TYPES = ['BIND', 'VOLUME', 'TMPFS', 'NPIPE', 'CLUSTER'];
const PROPAGATIONS = ['RPRIVATE', 'PRIVATE', 'RSHARED', 'SHARED', 'RSLAVE', 'SLAVE'];

function checkManager({ Type, BindOptions }: ApiMount, { engineHas }: Dialect): Problem | undefined {
  const type = Type.toUpperCase();
  if (type !== '' && !(TYPES.includes(type) && (type !== 'CLUSTER' || engineHas.hasClusterMounts)))
    return { kind: 'mount-type', reason: `invalid MountType: ${quoteGo(Type)}` };
  const propagation = BindOptions?.Propagation ?? '';
  return propagation === '' || PROPAGATIONS.includes(propagation.toUpperCase())
    ? undefined
    : { kind: 'propagation', reason: `invalid MountPropagation: ${quoteGo(propagation)}` };
}

function checkNode({ Type, Source = '', Target = '' }: ApiMount, { engineOs }: Dialect): Problem | undefined {
  const os = engineOs === 'windows' ? 'windows' : 'posix';
  const isAbsolute = isAbsolutePath(Source, os);
  if (!isAbsolutePath(Target, os) && Type !== 'npipe')
    return { kind: 'target-relative', reason: `invalid mount target, must be an absolute path: ${Target}` };
  if (Type === 'bind' && !isAbsolute)
    return {
      kind: 'source-relative',
      reason: `invalid bind mount source, must be an absolute path: ${Source}`,
    };
  if (Type === 'volume' && isAbsolute)
    return {
      kind: 'volume-name',
      reason: `invalid volume mount source, must not be an absolute path: ${Source}`,
    };
  if (Type === 'tmpfs' && Source !== '')
    return { kind: 'source-given', reason: 'invalid tmpfs source, source must be empty' };
  return Type === 'npipe' && Source === ''
    ? { kind: 'source-empty', reason: 'invalid npipe source, source must not be empty' }
    : undefined;
}

/** A volume with a driver's configuration is made before the container. */
function checkOwnVolume(
  mount: ApiMount,
  { engineOs }: Dialect,
  host: System | undefined,
): Problem | undefined {
  if (mount.Type !== 'volume' || mount.VolumeOptions?.DriverConfig === undefined) return undefined;
  return checkVolumeCreate(mount, host?.hasVolume?.(mount.Source ?? ''), engineOs);
}

const DROPPED_OF_BIND = ['CreateMountpoint', 'ReadOnlyNonRecursive', 'ReadOnlyForceRecursive'] as const;

function droppedFields({ BindOptions, Consistency, ImageOptions }: ApiMount): string[] {
  return [
    ...DROPPED_OF_BIND.filter((field) => BindOptions?.[field]),
    ...(Consistency ? ['Consistency'] : []),
    ...(ImageOptions === undefined ? [] : ['ImageOptions']),
  ];
}

/** The mount as the cluster store keeps it. */
function storedMount({
  Consistency: _hint,
  ImageOptions: _image,
  Type,
  BindOptions,
  ...mount
}: ApiMount): ApiMount {
  const { Propagation, NonRecursive } = BindOptions ?? {};
  const kept = (Propagation || NonRecursive) && { Propagation: Propagation?.toLowerCase(), NonRecursive };
  return { ...mount, Type: Type.toLowerCase() || 'bind', ...(kept && { BindOptions: kept }) };
}
