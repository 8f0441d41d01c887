import type { Dialect } from '../../dialect/dialect.js';
import { quoteGo } from '../../text/go-text.js';
import type { ApiMount } from '../api.js';
import type { EngineRefusal, Problem } from './refusal.js';
import type { System } from './system.js';

/** What Swarm says to the mounts of a service (§10.2). */
export interface ServiceVerdict {
  /** The manager refuses the service. */
  readonly create?: EngineRefusal;
  /** The manager takes it, and every node refuses its tasks. */
  readonly start?: EngineRefusal;
  /** What is left out on the way into the cluster store, without a word. */
  readonly dropped: readonly { readonly index: number; readonly field: string }[];
}

/** Judges a container of that one mount, as a node makes it. */
export type JudgeMount = (mount: ApiMount, dialect: Dialect, host?: System) => EngineRefusal | undefined;

/** Judges the mounts of `service create` and `service update`; `judgeMount` says what a node's engine makes of one. */
export function judgeService(
  mounts: readonly ApiMount[],
  dialect: Dialect,
  judgeMount: JudgeMount,
  host?: System,
): ServiceVerdict {
  const place = (index: number) => ({ slot: 'Mounts' as const, index });
  const dropped = mounts.flatMap((mount, index) => droppedFields(mount).map((field) => ({ index, field })));
  for (const [index, mount] of mounts.entries()) {
    const problem = checkManager(mount);
    if (problem !== undefined) return { create: { ...problem, place: place(index) }, dropped };
  }
  const seen = new Map<string, number>();
  for (const [index, { Target = '' }] of mounts.entries()) {
    const other = seen.get(Target);
    if (other !== undefined) {
      const reason = `rpc error: code = InvalidArgument desc = ContainerSpec: duplicate mount point: ${Target}`;
      return {
        create: { kind: 'duplicate-target', reason, place: place(index), other: place(other) },
        dropped,
      };
    }
    seen.set(Target, index);
  }
  for (const [index, mount] of mounts.entries()) {
    const problem = checkNode(mount) ?? judgeMount(storedMount(mount), dialect, host);
    if (problem !== undefined) return { start: { ...problem, place: place(index) }, dropped };
  }
  return { dropped };
}

const TYPES = ['BIND', 'VOLUME', 'TMPFS', 'NPIPE', 'CLUSTER'];
const PROPAGATIONS = ['RPRIVATE', 'PRIVATE', 'RSHARED', 'SHARED', 'RSLAVE', 'SLAVE'];

function checkManager({ Type, BindOptions }: ApiMount): Problem | undefined {
  if (Type !== '' && !TYPES.includes(Type.toUpperCase()))
    return { kind: 'mount-type', reason: `invalid MountType: ${quoteGo(Type)}` };
  const propagation = BindOptions?.Propagation ?? '';
  return propagation === '' || PROPAGATIONS.includes(propagation.toUpperCase())
    ? undefined
    : { kind: 'propagation', reason: `invalid MountPropagation: ${quoteGo(propagation)}` };
}

function checkNode({ Type, Source = '', Target = '' }: ApiMount): Problem | undefined {
  const isAbsolute = Source.startsWith('/');
  if (!Target.startsWith('/'))
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
  return Type === 'tmpfs' && Source !== ''
    ? { kind: 'source-given', reason: 'invalid tmpfs source, source must be empty' }
    : undefined;
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
  BindOptions,
  ...mount
}: ApiMount): ApiMount {
  const { Propagation, NonRecursive } = BindOptions ?? {};
  return BindOptions === undefined ? mount : { ...mount, BindOptions: { Propagation, NonRecursive } };
}
