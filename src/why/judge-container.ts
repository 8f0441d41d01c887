import type { ContainerMount } from '../inspect/container-mounts.js';
import { SEVERITIES } from '../text/diagnostic.js';
import type { Evidence } from './evidence.js';
import { isWithin } from './file-view.js';
import type { TroubleFinding } from './finding.js';
import { judgeAccess } from './judge-access.js';
import { judgeComplaints } from './judge-complaints.js';
import { judgeClock, judgeSnap } from './judge-confined.js';
import { judgeEmpty } from './judge-empty.js';
import { judgeHidden, judgeVolume } from './judge-hidden.js';
import { judgeLost } from './judge-lost.js';
import { judgeOwned } from './judge-owned.js';
import { judgePlace } from './judge-place.js';
import { judgePlatform } from './judge-platform.js';
import { judgeStale } from './judge-stale.js';
import { judgeStart } from './judge-start.js';
import { judgeThere } from './judge-there.js';
import { judgeWritten } from './judge-written.js';

/** What is wrong with a container's mounts, the worst first; with a path, with what that lies in. */
export function judgeContainer(evidence: Evidence, path?: string): TroubleFinding[] {
  const mounts = path === undefined ? evidence.mounts : mountsAt(evidence.mounts, path);
  const found = [
    ...judgeStart(evidence),
    ...judgeComplaints(evidence),
    ...judgeWritten(evidence, path),
    ...judgeClock(evidence),
    ...mounts.flatMap((mount) => {
      const place = [...judgeSnap(evidence, mount), ...judgePlace(evidence, mount)];
      if (place.length > 0) return place;
      const empty = judgeEmpty(evidence, mount);
      // Whom an empty directory lets in is of no use while it is empty.
      const access = empty.some(({ severity }) => severity === 'error')
        ? []
        : judgeAccess(evidence, mount, path);
      return [
        ...judgeStale(evidence, mount, path),
        ...empty,
        ...judgeHidden(evidence, mount, path),
        ...judgeVolume(evidence, mount),
        // What may not be made is not there because of that.
        ...(path === undefined || access.some(({ cause }) => cause === 'denied-by-mode')
          ? []
          : judgeThere(evidence, mount, path, 'warning')),
        ...judgePlatform(evidence, mount, path),
        ...access,
        ...judgeOwned(evidence, mount),
      ];
    }),
    ...judgeLost(evidence, path),
  ];
  return withoutRepeats(found)
    .map((finding, index) => ({ finding, index, rank: SEVERITIES.indexOf(finding.severity) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ finding }) => finding);
}

/** The mount that a path of the container lies in: the innermost. */
function mountsAt(mounts: readonly ContainerMount[], path: string): ContainerMount[] {
  const over = mounts.filter(({ target }) => isWithin(path, target));
  return over.filter(({ target }) => over.every((other) => other.target.length <= target.length));
}

/** One cause of one mount is said once, and as the worst that it is. */
function withoutRepeats(findings: readonly TroubleFinding[]): TroubleFinding[] {
  const first = new Map<string, TroubleFinding>();
  for (const finding of findings) {
    const key = `${finding.cause} ${finding.target}`;
    const known = first.get(key);
    if (known === undefined || SEVERITIES.indexOf(finding.severity) < SEVERITIES.indexOf(known.severity))
      first.set(key, finding);
  }
  return [...first.values()];
}
