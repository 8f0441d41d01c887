import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { startsWithHole } from '../text/hole-mark.js';
import type { LossContext, LossRow } from './loss.js';

const all = (context: LossContext, holds: (dialect: Dialect) => boolean) => context.dialects.every(holds);
const BLANK_ENDS = /^[\s\u0085]|[\s\u0085]$/;

/** What the flags cannot say, field by field (docs/semantics/docker.md §5). */
export const FLAG_LOSSES: readonly LossRow[] = [
  // to --mount
  {
    form: 'mount',
    field: 'createSource',
    kind: 'changed',
    why: '-v creates a missing host directory; --mount refuses to create the container without it',
    when: 'a bind from -v, unless client and engine have bind-create-src (29.3)',
    applies: (mount, context) =>
      mount.type === 'bind' &&
      mount.createSource &&
      mount.createSourceVaries !== true &&
      !all(context, (dialect) => dialect.createsSource),
  },
  {
    form: 'mount',
    field: 'selinuxLabel',
    kind: 'none-here',
    why: 'only with SELinux: --mount labels the volume, -v with a mode does not',
    when: 'a volume with ro or nocopy',
    applies: (mount, { from }) =>
      from === 'volume' &&
      mount.type === 'volume' &&
      mount.source !== undefined &&
      (mount.readOnly || mount.noCopy) &&
      mount.relabel === undefined,
  },
  {
    form: 'mount',
    field: 'consistency',
    kind: 'none-here',
    why: 'engines on Linux ignore the consistency of a mount in every form',
    when: 'cached, delegated or consistent',
    applies: (mount) => mount.consistency !== undefined,
  },
  {
    form: 'mount',
    field: 'anonymous',
    kind: 'changed',
    why: 'docker commit keeps the volume of -v as a VOLUME of the image, that of --mount not; older engines do not prune it as anonymous',
    when: 'an anonymous volume from -v',
    applies: (mount, { from }) => from === 'volume' && mount.type === 'volume' && mount.source === undefined,
  },
  {
    form: 'mount',
    field: 'whitespace',
    kind: 'impossible',
    why: '--mount cannot hold a path that begins or ends with whitespace',
    when: 'clients since 29.2.1',
    applies: (mount, { dialects }) =>
      dialects.some((dialect) => dialect.has.strictMount) &&
      (('source' in mount && BLANK_ENDS.test(mount.source ?? '')) || BLANK_ENDS.test(mount.target)),
  },
  {
    form: 'mount',
    field: 'lineEnd',
    kind: 'impossible',
    why: '--mount turns CR LF into a line feed',
    when: 'a path with CR LF',
    applies: (mount) =>
      /\r\n|\r$/.test(mount.target) || ('source' in mount && /\r\n|\r$/.test(mount.source ?? '')),
  },
  // to -v
  {
    form: 'volume',
    field: 'createSource',
    kind: 'changed',
    why: '--mount refuses a missing host directory; -v creates one, owned by root',
    when: 'a bind from --mount without bind-create-src',
    applies: (mount) => mount.type === 'bind' && !mount.createSource,
  },
  {
    form: 'volume',
    field: 'colon',
    kind: 'impossible',
    why: '-v has no way to write a colon in a path',
    when: 'a colon in source or target',
    applies: (mount, { dialects }) => {
      if (dialects.every(({ engineOs }) => engineOs === 'windows')) return false;
      const source = 'source' in mount ? (mount.source ?? '').replace(/^[A-Za-z]:(?=[\\/])/, '') : '';
      return source.includes(':') || mount.target.includes(':');
    },
  },
  {
    form: 'volume',
    field: 'source',
    kind: 'impossible',
    why: '-v reads a source that is neither absolute nor starts with a dot as a volume name',
    when: 'a bind with another relative source',
    applies: (mount) =>
      mount.type === 'bind' &&
      !startsWithHole(mount.source) &&
      !/^(?:[/.]|[A-Za-z]:[\\/]|\\\\)/.test(mount.source),
  },
  {
    form: 'volume',
    field: 'driver',
    kind: 'impossible',
    why: 'only --volume-driver can express it, and that applies to every -v of the command',
    when: 'volume-driver that is not also --volume-driver, or the other way round',
    applies: (mount, { volumeDriver, from }) =>
      from !== 'volume' && mount.type === 'volume' && (mount.driver ?? '') !== (volumeDriver ?? ''),
  },
  {
    form: 'volume',
    field: 'anonymousOptions',
    kind: 'impossible',
    why: 'an anonymous volume of -v has no mode',
    when: 'readonly or volume-nocopy without a source',
    applies: (mount) =>
      mount.type === 'volume' &&
      mount.source === undefined &&
      (mount.readOnly || mount.noCopy || mount.consistency !== undefined),
  },
  {
    form: 'volume',
    field: 'anonymous',
    kind: 'changed',
    why: 'docker commit keeps the volume of -v as a VOLUME of the image, that of --mount not',
    when: 'an anonymous volume from --mount',
    applies: (mount, { from }) => from !== 'volume' && mount.type === 'volume' && mount.source === undefined,
  },
  {
    form: 'volume',
    field: 'selinuxLabel',
    kind: 'none-here',
    why: 'only with SELinux: -v with a mode does not label the volume, --mount does',
    when: 'a volume with readonly or volume-nocopy',
    applies: (mount) =>
      mount.type === 'volume' && mount.source !== undefined && (mount.readOnly || mount.noCopy),
  },
  {
    form: 'volume',
    field: 'consistency',
    kind: 'none-here',
    why: 'engines on Linux ignore the consistency of a mount in every form',
    when: 'cached, delegated or consistent',
    applies: (mount) => mount.consistency !== undefined,
  },
  {
    form: 'volume',
    field: 'type',
    kind: 'impossible',
    why: '-v can only express binds and volumes',
    when: 'tmpfs, image, cluster; npipe on Linux',
    applies: (mount, { dialects }) =>
      mount.type === 'tmpfs' ||
      mount.type === 'image' ||
      mount.type === 'cluster' ||
      (mount.type === 'npipe' && dialects.some(({ engineOs }) => engineOs !== 'windows')),
  },
  // to --tmpfs
  {
    form: 'tmpfs',
    field: 'type',
    kind: 'impossible',
    why: 'it is not a tmpfs',
    when: 'everything but type=tmpfs',
    applies: (mount) => mount.type !== 'tmpfs',
  },
  {
    form: 'tmpfs',
    field: 'colon',
    kind: 'impossible',
    why: '--tmpfs has no way to write a colon in a path',
    when: 'a colon in the target',
    applies: (mount) => mount.type === 'tmpfs' && mount.target.includes(':'),
  },
  {
    form: 'tmpfs',
    field: 'consistency',
    kind: 'none-here',
    why: 'engines on Linux ignore the consistency of a mount in every form',
    when: 'cached, delegated or consistent',
    applies: (mount) => mount.type === 'tmpfs' && mount.consistency !== undefined,
  },
];
