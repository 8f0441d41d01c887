import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { cleanPath } from '../go/path.js';
import { type BodyMount, mountsOfBody } from './body-mounts.js';
import type { ContainerInfo, ImageInfo, MountPoint } from './container-json.js';

/** What made a mount of a container. `image or -v`: the image is not known, and either may have. */
type MountOrigin = '-v' | '--mount' | '--tmpfs' | '--volumes-from' | 'image' | 'image or -v' | 'unknown';

/** One mount of a container. */
export interface ContainerMount {
  readonly origin: MountOrigin;
  readonly type: string;
  /** Of the host, the name of a volume, an image; absent for a tmpfs. */
  readonly source?: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** Made by the engine with a name of its own. */
  readonly isAnonymous: boolean;
  readonly propagation?: string;
  readonly driver?: string;
  /** What was asked for; absent for what no flag of this command asked for. */
  readonly asked?: BodyMount;
  /** What the engine made; absent for `--tmpfs`, which docker does not list. */
  readonly point?: MountPoint;
  /** Another mount of the command lies on the same target and hides this one. */
  readonly isHidden?: boolean;
}

/** Everything that is mounted in a container, in order of target; nothing that docker says is left out. */
export function containerMounts(
  info: ContainerInfo,
  images: readonly ImageInfo[],
  dialect: Dialect,
): ContainerMount[] {
  const image = images.find(({ id, names }) => id === info.imageId || names.includes(info.image));
  const imageVolumes = image && new Set(image.volumes.map((key) => cleanPath(key)));
  const points = new Map(info.points.map((point) => [pointKey(point.destination, dialect), point]));
  const used = new Set<MountPoint>();
  const all = mountsOfBody(info.body, dialect);
  const taken = new Set(all.filter(({ sent }) => sent.slot !== 'Volumes').map(({ target }) => target));
  const found: ContainerMount[] = [];
  for (const asked of all) {
    const { slot } = asked.sent;
    const key = pointKey(asked.target, dialect);
    const point = slot === 'Tmpfs' ? undefined : points.get(key);
    // The engine makes no anonymous volume where something else is mounted, be it inherited.
    if (slot === 'Volumes' && (taken.has(asked.target) || isInherited(point, info))) continue;
    if (point !== undefined) used.add(point);
    found.push(describe(asked, point, originOf(asked, imageVolumes)));
  }
  for (const point of info.points) {
    if (used.has(point)) continue;
    const origin = info.body.VolumesFrom === null ? 'unknown' : '--volumes-from';
    found.push(fromPoint(point, origin));
  }
  const onTop = new Set(found.filter(({ origin }) => origin === '--tmpfs').map(({ target }) => target));
  return found
    .map((mount) =>
      mount.origin !== '--tmpfs' && onTop.has(mount.target) ? { ...mount, isHidden: true } : mount,
    )
    .sort((a, b) => (a.target < b.target ? -1 : a.target > b.target ? 1 : 0));
}

function pointKey(target: string, dialect: Dialect): string {
  return dialect.engineOs === 'windows' ? target.toLowerCase().replace(/(?<=.{3})\\$/, '') : target;
}

/** An anonymous volume of this container has its own name of 64 digits, and `.Mounts` says an empty mode. */
function isInherited(point: MountPoint | undefined, { body }: ContainerInfo): boolean {
  if (body.VolumesFrom === null || point === undefined) return false;
  return point.type !== 'volume' || !ANONYMOUS.test(point.name ?? '');
}

const ANONYMOUS = /^[0-9a-f]{64}$/;

function originOf({ sent, target }: BodyMount, imageVolumes: ReadonlySet<string> | undefined): MountOrigin {
  switch (sent.slot) {
    case 'Binds':
      return '-v';
    case 'Mounts':
      return '--mount';
    case 'Tmpfs':
      return '--tmpfs';
    case 'Volumes':
      return imageVolumes === undefined ? 'image or -v' : imageVolumes.has(target) ? 'image' : '-v';
  }
}

function describe(asked: BodyMount, point: MountPoint | undefined, origin: MountOrigin): ContainerMount {
  if (point !== undefined) return { ...fromPoint(point, origin), asked };
  const { mount, target, sent } = asked;
  const type =
    mount?.type ?? (sent.slot === 'Mounts' ? sent.mount.Type : sent.slot === 'Tmpfs' ? 'tmpfs' : 'volume');
  return {
    origin,
    type,
    source: mount !== undefined && 'source' in mount ? mount.source : undefined,
    target,
    readOnly: mount?.readOnly ?? false,
    isAnonymous: mount?.type === 'volume' && mount.source === undefined,
    propagation: mount?.type === 'bind' ? mount.propagation : undefined,
    driver: mount?.type === 'volume' ? mount.driver : undefined,
    asked,
  };
}

function fromPoint(point: MountPoint, origin: MountOrigin): ContainerMount {
  const source =
    point.type === 'bind' || point.type === 'npipe' ? point.source : (point.name ?? point.source);
  return {
    origin,
    type: point.type,
    source: source || undefined,
    target: point.destination,
    readOnly: !point.isWritable,
    isAnonymous: point.type === 'volume' && ANONYMOUS.test(point.name ?? ''),
    propagation: point.propagation || undefined,
    driver: point.driver,
    point,
  };
}
