import type { ContainerMount } from '../inspect/container-mounts.js';
import { type Complaint, readComplaints } from './complaints.js';
import type { Evidence } from './evidence.js';
import type { TroubleFinding } from './finding.js';
import { innermost } from './innermost.js';
import { judgeAccess, judgeHelpers } from './judge-access.js';
import { judgeAppArmor } from './judge-confined.js';
import { judgeHidden } from './judge-hidden.js';
import { inLayer } from './judge-lost.js';
import { judgeFormat, judgeLineEnds, judgeRun } from './judge-run.js';
import { busyMountPoint, noSpace, refusedOwner, twoFileSystems } from './judge-said.js';
import { judgeThere } from './judge-there.js';

/** Which of the last lines may say why a program ended. */
const LAST_LINES = 5;
/** Whether an exit code says that a signal ended it. */
const isOfSignal = (code: number): boolean => code > 128 && code <= 128 + 64;

/** What a program complains of, as far as a mount is why. */
export function judgeComplaints(evidence: Evidence): TroubleFinding[] {
  const { said, info } = evidence;
  if (said === undefined) return [];
  const end = said.trimEnd().split('\n').slice(-LAST_LINES).join('\n');
  const complaints = readComplaints(said).filter(({ kind }) => kind !== 'missing');
  // What a program does without, and goes on, is nobody's trouble; nor what it had said when somebody ended it.
  const missing =
    info.state.isRunning || isOfSignal(info.state.exitCode)
      ? []
      : readComplaints(end).filter(({ kind }) => kind === 'missing');
  const seen = new Set<string>();
  return [...complaints, ...missing].flatMap((one) => {
    const mount = innermost(evidence.mounts, one.path);
    const key = `${one.kind} ${mount?.target}`;
    if (seen.has(key)) return [];
    const found = mount === undefined ? ofLayer(evidence, one) : causesOf(evidence, mount, one);
    if (found.length > 0) seen.add(key);
    return found;
  });
}

/** The container's own files can be read-only as well. */
function ofLayer(evidence: Evidence, { kind, path, paths }: Complaint): TroubleFinding[] {
  if (kind === 'read-only' && evidence.info.process.readOnlyRoot)
    return [{ ...inLayer(evidence, path), severity: 'error' }];
  if (kind === 'full' && path === '') {
    const small = evidence.mounts.filter(({ asked }) => asked?.mount?.type === 'tmpfs' && asked.mount.size);
    return small.length === 1 ? noSpace(evidence, small[0]!) : [];
  }
  return kind === 'crossing' ? twoFileSystems(evidence, paths) : [];
}

function causesOf(
  evidence: Evidence,
  mount: ContainerMount,
  { kind, path, paths, isRun }: Complaint,
): TroubleFinding[] {
  const access = (...causes: readonly TroubleFinding['cause'][]) =>
    judgeAccess(evidence, mount, path).filter(({ cause }) => causes.includes(cause));
  // The program has said that this is what it needed.
  const first = (...judges: readonly (() => readonly TroubleFinding[])[]): TroubleFinding[] => {
    for (const judge of judges) {
      const [found] = judge();
      if (found !== undefined) return [{ ...found, severity: 'error' }];
    }
    return [];
  };
  switch (kind) {
    case 'denied':
      return first(
        () => access('denied-by-mode', 'denied-above'),
        () => (isRun ? judgeRun(evidence, mount, path) : []),
        () => judgeHelpers(evidence, mount, path),
        () => judgeAppArmor(evidence, mount, path),
      );
    case 'read-only':
      return first(() => access('read-only-mount', 'read-only-source'));
    case 'missing': {
      const gone = first(
        () => judgeHidden(evidence, mount, path).filter(({ cause }) => cause === 'hidden-by-mount'),
        () => (isRun ? judgeLineEnds(evidence, mount, path) : []),
      );
      return gone.length > 0 ? gone : judgeThere(evidence, mount, path, 'warning');
    }
    case 'busy':
      return path === mount.target ? [busyMountPoint(evidence, mount)] : [];
    case 'crossing':
      return twoFileSystems(evidence, paths);
    case 'full':
      return noSpace(evidence, mount);
    case 'owner':
      return refusedOwner(evidence, mount, path);
    case 'format':
      return judgeFormat(evidence, mount, path);
  }
}
