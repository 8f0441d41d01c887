import type { ContainerMount } from '../inspect/container-mounts.js';
import { aboutIt, type Evidence, hostPathOf, lineAt, lineOnHost, showsSource } from './evidence.js';
import { factsOf, isWithin, moveBelow } from './file-view.js';
import type { Remedy, TroubleFinding } from './finding.js';

/** Why a container sees something else than what lies at the source by now. */
export function judgeStale(evidence: Evidence, mount: ContainerMount, path?: string): TroubleFinding[] {
  const source = hostPathOf(mount);
  const at = lineAt(evidence, mount.target);
  if (mount.type !== 'bind' || source === undefined || at === undefined) return [];
  const { target } = mount;
  // Another mount lies over it: then that is the trouble.
  if (at.line.point !== at.real) return [];
  // An overlay that podman laid over the source (`O`) is another file system by what it is.
  if (at.line.fsType === 'overlay' && at.line.root === '/') return [];
  const again = aboutIt(evidence, 'restart');
  if (evidence.host?.look(source) === 'missing')
    return [
      {
        cause: 'replaced-source',
        severity: 'warning',
        target,
        message: `\`${source}\` was removed or renamed after the container started: \`${target}\` still shows what was there`,
        help: 'put it back, then restart the container',
      },
    ];
  const restart = { kind: 'run', commands: again } as const;
  if (showsSource(evidence, mount) !== false) return laterBelow(evidence, mount, source, restart, path);
  if (lineOnHost(evidence, source)?.device !== at.line.device)
    return [
      {
        cause: 'later-mount',
        severity: 'error',
        target,
        message: `\`${target}\` shows what was at \`${source}\` when the container started: another file system was mounted or unmounted there since`,
        remedy: restart,
      },
    ];
  return [
    {
      cause: 'replaced-source',
      severity: 'error',
      target,
      message: `\`${target}\` shows an older file than \`${source}\`: that file was replaced after the container started, and the container still has the old one`,
      help: 'mount its directory: the container then sees replaced files',
      remedy: restart,
    },
  ];
}

/** What is mounted for one container or one process, or as soon as somebody looks: nobody misses it in another container. */
const OF_THE_SYSTEM: ReadonlySet<string> = new Set(['overlay', 'nsfs', 'autofs', 'binfmt_misc']);
/** Where engines keep what they mount for their containers. */
const ENGINE_FOLDERS =
  /^\/(?:var\/)?(?:lib|run)\/(?:docker|containerd?|containers|user\/\d+\/(?:docker|containers))(?:\/|$)/;

/** Whether an engine mounted that for a container; its folder may be elsewhere, and the container's own layers say where. */
function isOfEngine(point: string, { layers }: Evidence['info']): boolean {
  const root = /^(\/.+?)\/(?:overlay2?|fuse-overlayfs|overlay-containers|btrfs|zfs|vfs|rootfs)\//.exec(
    layers.merged ?? layers.upper ?? '',
  )?.[1];
  return ENGINE_FOLDERS.test(point) || (root !== undefined && isWithin(point, root));
}

/** Mounts of the host below the source that the container does not have; one that nobody asked about may be meant for others. */
function laterBelow(
  evidence: Evidence,
  mount: ContainerMount,
  source: string,
  remedy: Remedy,
  asked: string | undefined,
): TroubleFinding[] {
  const { host, inside, info, hostMounts = [] } = evidence;
  const real = host?.real(source);
  const { target } = mount;
  const wanted = mount.asked?.mount;
  // Who asked for none of them has none.
  if (real === undefined || (wanted?.type === 'bind' && wanted.recursion.includes('disabled'))) return [];
  const below = hostMounts.find(({ point, fsType }) => {
    if (point === real || !isWithin(point, real)) return false;
    if (OF_THE_SYSTEM.has(fsType) || isOfEngine(point, info)) return false;
    const shown = moveBelow(point, real, target);
    if (asked !== undefined && !isWithin(asked, shown) && !isWithin(shown, asked)) return false;
    const there = factsOf(inside, shown);
    const here = factsOf(host, point);
    return there !== undefined && here !== undefined && there.identity !== here.identity;
  });
  if (below === undefined) return [];
  const path = moveBelow(below.point, real, target);
  return [
    {
      cause: 'later-mount',
      severity: asked === undefined ? 'info' : 'error',
      target,
      message: `\`${path}\` does not show what is mounted at \`${below.point}\` on the host: that was mounted after the container started, and the propagation mode does not pass it on`,
      help: 'with `bind-propagation=rslave` such mounts appear while it runs',
      remedy,
    },
  ];
}
