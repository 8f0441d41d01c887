import type { ContainerMount } from '../inspect/container-mounts.js';
import { aboutIt, type Evidence, lineAt } from './evidence.js';
import type { TroubleFinding } from './finding.js';

/** Whether what was asked for is what a look-up in the container ends in. */
export function judgePlace(evidence: Evidence, mount: ContainerMount): TroubleFinding[] {
  const { target } = mount;
  const at = lineAt(evidence, target);
  if (at === undefined || at.line.point === at.real || mount.type === 'npipe') return [];
  const isOver =
    at.line.point !== '/' && (evidence.insideMounts ?? []).some(({ point }) => point === at.real);
  return [
    {
      cause: 'not-mounted',
      severity: 'error',
      target,
      message: isOver
        ? `\`${at.line.point}\` was mounted over \`${target}\` later, and hides it in the container`
        : `nothing is mounted at \`${target}\` in the container now, although it was requested: it was unmounted in the container`,
      remedy: { kind: 'run', commands: [...aboutIt(evidence, 'restart')] },
    },
  ];
}
