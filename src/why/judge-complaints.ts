import type { ContainerMount } from '../inspect/container-mounts.js';
import { type Complaint, readComplaints } from './complaints.js';
import type { Evidence } from './evidence.js';
import { isWithin } from './file-view.js';
import type { TroubleFinding } from './finding.js';
import { judgeAccess } from './judge-access.js';
import { judgeHidden } from './judge-hidden.js';

/** What a program that ended badly complains of, as far as a mount is why. */
export function judgeComplaints(evidence: Evidence): TroubleFinding[] {
  if (evidence.said === undefined) return [];
  const complaints = readComplaints(evidence.said);
  return evidence.mounts.flatMap((mount) =>
    (['read-only', 'denied', 'missing'] as const).flatMap((kind) => {
      const one = complaints.find((each) => each.kind === kind && liesIn(evidence, mount, each.path));
      return one === undefined ? [] : causesOf(evidence, mount, one);
    }),
  );
}

/** Whether a path lies in a mount and in no other one within it. */
function liesIn({ mounts }: Evidence, mount: ContainerMount, path: string): boolean {
  return (
    isWithin(path, mount.target) &&
    !mounts.some(({ target }) => target.length > mount.target.length && isWithin(path, target))
  );
}

const CAUSES_OF = {
  denied: ['denied-by-mode', 'denied-above'],
  'read-only': ['read-only-mount', 'read-only-source'],
  missing: ['hidden-by-mount'],
} as const satisfies Record<Complaint['kind'], readonly TroubleFinding['cause'][]>;

function causesOf(evidence: Evidence, mount: ContainerMount, { kind, path }: Complaint): TroubleFinding[] {
  const all = [...judgeAccess(evidence, mount, path), ...judgeHidden(evidence, mount, path)];
  const wanted: readonly string[] = CAUSES_OF[kind];
  // The program has said that this is what it needed.
  return all
    .filter(({ cause }) => wanted.includes(cause))
    .slice(0, 1)
    .map((finding) => ({ ...finding, severity: 'error' }));
}
