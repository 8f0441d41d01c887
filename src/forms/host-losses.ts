import type { Mount } from '../mount/mount.js';
import { startsWithHole } from '../text/hole-mark.js';
import type { LossContext, LossRow, MountForm } from './loss.js';

const hasSource = (mount: Mount): mount is Mount & { source: string } =>
  'source' in mount && mount.source !== undefined;
const COLON_IN_SOURCE = (source: string) => source.replace(/^[A-Za-z]:(?=[\\/])/, '').includes(':');
const isPlace = (source: string) => startsWithHole(source) || /^(?:[/.~]|[A-Za-z]:[\\/]|\\\\)/.test(source);

const hasColon = (mount: Mount) =>
  mount.target.replace(/^[A-Za-z]:(?=[\\/])/, '').includes(':') ||
  (hasSource(mount) && COLON_IN_SOURCE(mount.source));
const isOfCompose = (form: MountForm) => form === 'compose' || form === 'compose-short';

const CONSISTENCY = 'engines on Linux ignore the consistency of a mount in every form';

/** Rows that both of Compose's syntaxes have. */
const BOTH = (['compose', 'compose-short'] as const).flatMap((form): LossRow[] => [
  {
    form,
    field: 'source',
    kind: 'impossible',
    why: 'docker refuses a bind whose source is neither absolute nor starts with a dot; Compose would not',
    when: 'a bind with another relative source',
    applies: (mount) => mount.type === 'bind' && !isPlace(mount.source),
  },
  {
    form,
    field: 'relative',
    kind: 'none-here',
    why: 'Compose looks for it next to its file, docker in the working directory',
    when: 'a bind with a relative source',
    applies: (mount) => mount.type === 'bind' && mount.source.startsWith('.'),
  },
  {
    form,
    field: 'driver',
    kind: 'impossible',
    why: 'Compose declares drivers, options and labels for volumes with a name only',
    when: 'volume-driver, volume-opt, volume-label without a source',
    applies: (mount) =>
      mount.type === 'volume' &&
      mount.source === undefined &&
      (mount.driver !== undefined ||
        Object.keys(mount.driverOptions).length > 0 ||
        Object.keys(mount.labels).length > 0),
  },
  {
    form,
    field: 'relabel',
    kind: 'changed',
    why: 'Compose since 2.30 does not relabel a bind that has a propagation',
    when: 'z or Z together with a propagation',
    applies: (mount, { from }) =>
      !isOfCompose(from) &&
      mount.type === 'bind' &&
      mount.relabel !== undefined &&
      mount.propagation !== undefined,
  },
  {
    form,
    field: 'name',
    kind: 'impossible',
    why: 'a volume whose name is not known cannot be declared',
    when: 'a variable in a volume name',
    applies: (mount) =>
      mount.type === 'volume' && hasSource(mount) && !/^[A-Za-z0-9._-]+$/.test(mount.source),
  },
]);

/** Measured for 2.26.1 and 2.40.3 (see lowerCompose); compose-go 2.13 makes it always. */
const VARIES = (['mount', 'volume', 'compose', 'compose-short', 'api'] satisfies MountForm[]).map(
  (form): LossRow => ({
    form,
    field: 'createSource',
    kind: 'changed',
    why: 'older releases of Compose and newer ones differ about a missing host directory here: refused, or made',
    when: "a bind of Compose's long syntax without `create_host_path`, or with a propagation for an engine before CreateMountpoint",
    applies: (mount) => mount.type === 'bind' && mount.createSourceVaries === true,
  }),
);

const EXTERNAL = (['mount', 'volume', 'api'] satisfies MountForm[]).map(
  (form): LossRow => ({
    form,
    field: 'external',
    kind: 'changed',
    why: 'Compose refuses to start without an external volume; docker creates a missing one',
    when: 'a volume that a Compose file declares as external',
    applies: (mount) => mount.type === 'volume' && mount.external === true,
  }),
);

/** Compose has its own ways with SELinux, release by release. */
const RELABELS = (['volume', 'api'] satisfies MountForm[]).map(
  (form): LossRow => ({
    form,
    field: 'relabel',
    kind: 'changed',
    why: 'Compose since 2.30 does not relabel a bind that has a propagation; docker does',
    when: 'z or Z together with a propagation, from Compose',
    applies: (mount, { from }) =>
      isOfCompose(from) &&
      mount.type === 'bind' &&
      mount.relabel !== undefined &&
      mount.propagation !== undefined,
  }),
);

/** What Compose and the Engine API cannot say. */
export const HOST_LOSSES: readonly LossRow[] = [
  ...VARIES,
  ...EXTERNAL,
  ...RELABELS,
  ...BOTH,
  {
    form: 'compose',
    field: 'colon',
    kind: 'impossible',
    why: 'Compose passes this mount to docker as text, where a colon ends a path',
    when: 'a colon in a path of a bind that makes its source, or of a named volume without volume-nocopy and volume-subpath',
    applies: (mount) =>
      hasColon(mount) &&
      ((mount.type === 'bind' && mount.createSource) ||
        (mount.type === 'volume' && hasSource(mount) && !mount.noCopy && mount.subpath === undefined)),
  },
  {
    form: 'compose',
    field: 'recursion',
    kind: 'impossible',
    why: 'Compose creates a missing directory in a way that forgets `recursive`',
    when: 'bind-recursive together with bind-create-src',
    applies: (mount) => mount.type === 'bind' && mount.createSource && mount.recursion.length > 0,
  },
  {
    form: 'compose',
    field: 'recursion',
    kind: 'impossible',
    why: '`recursive` takes one word',
    when: 'more than one of bind-recursive and bind-nonrecursive',
    applies: (mount) => mount.type === 'bind' && !mount.createSource && mount.recursion.length > 1,
  },
  {
    form: 'compose-short',
    field: 'createSource',
    kind: 'changed',
    why: '--mount refuses a missing host directory; the short syntax creates one, owned by root',
    when: 'a bind that does not make its source',
    applies: (mount) => mount.type === 'bind' && !mount.createSource,
  },
  {
    form: 'compose-short',
    field: 'colon',
    kind: 'impossible',
    why: 'the short syntax has no way to write a colon in a path',
    when: 'a colon in source or target',
    applies: (mount) => mount.target.includes(':') || (hasSource(mount) && COLON_IN_SOURCE(mount.source)),
  },
  {
    form: 'compose-short',
    field: 'anonymousOptions',
    kind: 'impossible',
    why: 'an anonymous volume has no mode',
    when: 'readonly or volume-nocopy without a source',
    applies: (mount) =>
      mount.type === 'volume' && mount.source === undefined && (mount.readOnly || mount.noCopy),
  },
  {
    form: 'compose-short',
    field: 'consistency',
    kind: 'none-here',
    why: CONSISTENCY,
    when: 'cached, delegated or consistent',
    applies: (mount) => mount.consistency !== undefined,
  },
  {
    form: 'compose-short',
    field: 'type',
    kind: 'impossible',
    why: 'the short syntax is for binds and volumes, `tmpfs` of the service for tmpfs',
    when: 'image, npipe, cluster',
    applies: (mount) => mount.type === 'image' || mount.type === 'npipe' || mount.type === 'cluster',
  },
  {
    form: 'api',
    field: 'createSource',
    kind: 'impossible',
    why: 'with these engines only `Binds` creates a missing directory, and that cannot express it',
    when: 'bind-create-src together with bind-recursive, or a colon in a path, for engines before 25.0.4',
    applies: (mount, { dialects }: LossContext) =>
      mount.type === 'bind' &&
      mount.createSource &&
      !dialects.every((dialect) => dialect.createsSource) &&
      (mount.recursion.length > 0 || mount.target.includes(':') || COLON_IN_SOURCE(mount.source)),
  },
];
