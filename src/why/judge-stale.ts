import type { ContainerMount } from '../inspect/container-mounts.js';
import { type Evidence, engineCommand, hostPathOf, lineAt, nameOf, showsSource } from './evidence.js';
import type { TroubleFinding } from './finding.js';

/** Why a container sees something else than what lies at the source by now. */
export function judgeStale(evidence: Evidence, mount: ContainerMount): TroubleFinding[] {
  const source = hostPathOf(mount);
  const at = lineAt(evidence, mount.target);
  if (mount.type !== 'bind' || source === undefined || at === undefined) return [];
  const { target } = mount;
  // Another mount lies over it: then that is the trouble.
  if (at.line.point !== at.real) return [];
  const again = engineCommand(evidence, 'restart', nameOf(evidence.info));
  if (evidence.host?.look(source) === 'missing')
    return [
      {
        cause: 'replaced-source',
        severity: 'warning',
        target,
        message: `\`${source}\` was removed or renamed after the container started: \`${target}\` still shows what was there`,
        help: 'put it back, then start the container again',
      },
    ];
  if (showsSource(evidence, mount) !== false) return [];
  return [
    {
      cause: 'replaced-source',
      severity: 'error',
      target,
      message: `\`${target}\` shows an older file than \`${source}\`: that was replaced by another one after the container started, and the container still has the old one`,
      help: 'mount the directory that it lies in, and what is replaced in there arrives',
      remedy: { kind: 'run', commands: [again] },
    },
  ];
}
