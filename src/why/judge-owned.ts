import type { ContainerMount } from '../inspect/container-mounts.js';
import { quoteShell } from '../text/shell-quote.js';
import { insideId } from './credentials.js';
import { type Evidence, hostPathOf } from './evidence.js';
import { factsOf } from './file-view.js';
import type { TroubleFinding } from './finding.js';
import { isOfSystem } from './system-paths.js';

const MOST_WALKED = 300;
const DEEPEST = 4;
/** Numbers below are of the system: what belongs to them is no person's. */
const FIRST_PERSON = 1000;

/** What the container made in a folder of somebody, and belongs to another user: that person may not change it. */
export function judgeOwned(evidence: Evidence, mount: ContainerMount): TroubleFinding[] {
  const { host, who, info, sudo } = evidence;
  const source = hostPathOf(mount);
  if (mount.type !== 'bind' || mount.readOnly || source === undefined || who === undefined) return [];
  const root = factsOf(host, source);
  if (root?.kind !== 'directory' || info.created === undefined || isOfSystem(source)) return [];
  const person = root.uid;
  if (person < FIRST_PERSON || person === who.uid) return [];
  const since = info.created;
  const found: string[] = [];
  let left = MOST_WALKED;
  const walk = (folder: string, depth: number): void => {
    for (const name of host?.names(folder) ?? []) {
      if (--left < 0 || found.length > 3) return;
      const path = `${folder}/${name}`;
      const facts = factsOf(host, path);
      if (facts === undefined || host?.link?.(path) !== undefined) continue;
      const isMade = facts.uid === who.uid && facts.born !== undefined && facts.born >= since;
      // What may be written by everybody is nobody's trouble.
      if (isMade && (facts.mode & 2) === 0) found.push(path);
      else if (facts.kind === 'directory' && depth < DEEPEST) walk(path, depth + 1);
    }
  };
  walk(source, 0);
  // An empty directory is what the engine made to mount on.
  const made = found.filter((path) => host?.names(path)?.length !== 0);
  if (made.length === 0) return [];
  const few = made.slice(0, 3).map((path) => `\`${path.slice(source.length + 1)}\``);
  const owner = `${root.uid}:${root.gid}`;
  const inside = [insideId(who.uids, root.uid), insideId(who.gids, root.gid)];
  return [
    {
      cause: 'owned-by-container',
      severity: 'info',
      target: mount.target,
      message: `what the container writes to \`${source}\` belongs to ${who.uid}:${who.gid} (${few.join(', ')}${made.length > few.length ? ', …' : ''}), and the folder to ${owner}: its owner may not change that on the host`,
      // In a namespace that may have another number, or none.
      ...(!inside.includes(undefined) && {
        help: `to change this from now on, run the container as its owner: --user ${inside.join(':')}`,
      }),
      remedy: {
        kind: 'run',
        commands: [`${sudo}chown -R ${owner} ${made.slice(0, 3).map(quoteShell).join(' ')}`],
      },
    },
  ];
}
