import { cleanPath } from '../go/path.js';
import type { ContainerMount } from '../inspect/container-mounts.js';
import { quoteShell } from '../text/shell-quote.js';
import { type Evidence, hostPathOf } from './evidence.js';
import { type FileFacts, factsOf, folderOf, isWithin, moveBelow, prefixesOf } from './file-view.js';
import type { TroubleFinding } from './finding.js';
import { flagWords } from './flag-words.js';
import { innermost } from './innermost.js';
import { lookThrough } from './judge-hidden.js';
import { nearName } from './near-name.js';

/** Why a path of the container that lies in a mount is not there. */
export function judgeThere(
  evidence: Evidence,
  mount: ContainerMount,
  path: string,
  severity: TroubleFinding['severity'],
): TroubleFinding[] {
  const { inside, host } = evidence;
  const { target } = mount;
  const source = hostPathOf(mount);
  if (mount.isHidden || !isWithin(path, target) || path === target) return [];
  const link = deadLink(evidence, mount, path);
  if (link !== undefined) return [brokenLink(evidence, mount, link)];
  if (lookThrough(evidence, mount, path) !== 'missing' || source === undefined) return [];
  // What is hidden is said elsewhere; what nobody can know is there.
  const isNowhere = evidence.own?.look(path) === 'missing' || evidence.own === undefined;
  if (!isNowhere) return [];
  const near = nearName(inside ?? host, inside === undefined ? moveBelow(path, target, source) : path);
  const meant =
    near === undefined ? undefined : inside === undefined ? moveBelow(near, source, target) : near;
  return [
    {
      cause: 'not-there',
      severity,
      target,
      message: `\`${path}\` is not there: \`${target}\` shows \`${mount.source ?? source}\`, and that has no such file`,
      help: meant === undefined ? 'put it there, or mount the folder that has it' : `was \`${meant}\` meant?`,
    },
  ];
}

interface DeadLink {
  /** In the container. */
  readonly path: string;
  readonly leadsTo: string;
}

/** The first link on the way to a path that leads to nothing in the container. */
function deadLink(evidence: Evidence, mount: ContainerMount, path: string): DeadLink | undefined {
  const { inside, host } = evidence;
  const source = hostPathOf(mount);
  for (const one of prefixesOf(path)) {
    if (one === mount.target || !isWithin(one, mount.target)) continue;
    const link =
      inside === undefined
        ? source && host?.link?.(moveBelow(one, mount.target, source))
        : inside.link?.(one);
    if (!link) continue;
    const leadsTo = link.startsWith('/') ? cleanPath(link) : cleanPath(`${folderOf(one)}/${link}`);
    return lookIn(evidence, leadsTo) === 'missing' ? { path: one, leadsTo } : undefined;
  }
  return undefined;
}

/** What is at a path of the container. */
function lookIn(evidence: Evidence, path: string): FileFacts | 'missing' | undefined {
  if (evidence.inside !== undefined) return evidence.inside.look(path);
  const mount = innermost(evidence.mounts, path);
  return mount === undefined ? evidence.own?.look(path) : lookThrough(evidence, mount, path);
}

function brokenLink(evidence: Evidence, mount: ContainerMount, { path, leadsTo }: DeadLink): TroubleFinding {
  const { host } = evidence;
  const source = hostPathOf(mount);
  const onHost = source === undefined ? undefined : host?.real(moveBelow(path, mount.target, source));
  const from = flagWords(mount, evidence);
  const isThere = onHost !== undefined && factsOf(host, onHost) !== undefined;
  const isOut = !isWithin(leadsTo, mount.target);
  return {
    cause: 'broken-link',
    severity: 'error',
    target: mount.target,
    message: `\`${path}\` is a link to \`${leadsTo}\`, and nothing is there in the container${isThere && isOut ? `: on the host it leads to \`${onHost}\`, which is not mounted` : ''}`,
    help: 'mount a folder that holds both the link and what it leads to, or replace the link with the file',
    ...(isThere &&
      isOut &&
      from !== undefined && {
        remedy: {
          kind: 'change',
          from,
          to: `${from} -v ${quoteShell(`${onHost}:${leadsTo}:ro`)}`,
        },
      }),
  };
}
