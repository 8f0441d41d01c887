import { cleanPath } from '../../src/go/path.js';

/** One mount as `docker inspect` tells it. */
export interface Point {
  readonly target: string;
  readonly type: string;
  readonly source: string;
  readonly isWritable?: boolean;
  readonly propagation?: string;
}

/** What `docker inspect` says is mounted, without what docs/semantics/docker.md calls bookkeeping (§5.4, §11). */
export function pointsOf(info: Record<string, unknown>): Point[] {
  const mounts = info['Mounts'] as Record<string, unknown>[];
  const tmpfs = (info['HostConfig'] as { Tmpfs?: Record<string, string> }).Tmpfs ?? {};
  const points = mounts.map((mount): Point => {
    const name = String(mount['Name'] ?? '').replace(/^[0-9a-f]{64}$/, 'anonymous');
    const common = { target: String(mount['Destination']), type: String(mount['Type']) };
    // How a tmpfs is mounted is seen from inside only.
    if (common.type === 'tmpfs') return { ...common, source: '' };
    return {
      ...common,
      source: name || String(mount['Source']),
      isWritable: mount['RW'] === true,
      propagation: String(mount['Propagation']),
    };
  });
  const own = Object.keys(tmpfs).map((key): Point => ({ target: cleanPath(key), type: 'tmpfs', source: '' }));
  return [...points, ...own].sort((a, b) => (a.target < b.target ? -1 : 1));
}

/** What the container sees of these mounts: root, options, propagation, file system. */
export function seenMounts(text: string, points: readonly Point[]): string[] {
  const targets = new Set(points.map(({ target }) => target.replaceAll(' ', '\\040')));
  return text
    .split(/\r?\n/)
    .filter((line) => targets.has(line.split(' ')[4] ?? ''))
    .map((line) => {
      const [head = '', tail = ''] = line.split(' - ');
      const [, , , root, point, options, ...shared] = head.split(' ');
      const peers = shared.map((peer) => peer.replace(/:\d+/, '')).join(' ');
      return `${root} ${point} ${options} ${peers} ${tail}`.replace(/[0-9a-f]{64}/g, 'anonymous');
    });
}
