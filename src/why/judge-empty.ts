import { cleanPath } from '../go/path.js';
import type { ContainerMount } from '../inspect/container-mounts.js';
import { quoteShell } from '../text/shell-quote.js';
import { insideId } from './credentials.js';
import { aboutIt, type Evidence, hostPathOf } from './evidence.js';
import { type FileFacts, factsOf, isEmptyDirectory, isWithin } from './file-view.js';
import type { Remedy, TroubleFinding } from './finding.js';
import { changeMount } from './flag-words.js';
import { nearName } from './near-name.js';

/** Why there is nothing where something was meant to be. */
export function judgeEmpty(evidence: Evidence, mount: ContainerMount): TroubleFinding[] {
  const { host, own } = evidence;
  const source = hostPathOf(mount);
  if (mount.type !== 'bind' || source === undefined || host === undefined) return [];
  const facts = factsOf(host, source);
  if (facts === undefined || !isMadeByEngine(evidence, mount, facts)) return [];
  if (isEmptyDirectory(host, source) !== true) return [];
  const { target } = mount;
  const covered = factsOf(own, target);
  const isFileMeant = covered?.kind === 'file';
  const copy = copyOf(evidence, source);
  const near = copy?.meant ?? nearName(host, source);
  const remedy = remedyFor(evidence, mount, source, near);
  return [
    {
      cause: 'made-by-engine',
      severity: isFileMeant || near !== undefined || mount.readOnly ? 'error' : 'warning',
      target,
      message: `\`${target}\` is empty: nothing was at \`${source}\` when the container started, so docker created an empty directory there, which belongs to ${facts.uid}:${facts.gid}${isFileMeant ? `; the image has a file at \`${target}\`` : ''}`,
      help:
        copy !== undefined
          ? copy.why
          : near === undefined
            ? /\.\w{1,5}$/.test(source) && !isFileMeant
              ? `if you meant a file, create it first: touch ${quoteShell(source)}`
              : 'put the files there, or mount the intended path; --mount instead of -v refuses a missing source'
            : `did you mean \`${near}\`, which is next to it?`,
      ...(remedy && { remedy }),
    },
  ];
}

/** Where a rootless docker has a folder of its own instead of the host's. */
function copyOf({ rootless }: Evidence, source: string): { why: string; meant?: string } | undefined {
  const real = cleanPath(source.replace(/^\/var\/run(?=\/|$)/, '/run'));
  const copied = rootless?.copied.find((folder) => isWithin(real, folder));
  if (rootless === undefined || copied === undefined) return undefined;
  return real === '/run/docker.sock'
    ? { why: `rootless docker listens at \`${rootless.socket}\``, meant: rootless.socket }
    : {
        why: `rootless docker has a copy of \`${copied}\`, made when it was started: what came there later is not in it; start docker again, or mount it from elsewhere`,
      };
}

/** How long the first start of a container may take, in milliseconds. */
const LONGEST_START = 60_000;

/** An engine makes it between the creation of the container and the end of its first start; nobody else made it then. */
function isMadeByEngine(
  { info, engine, who }: Evidence,
  { asked }: ContainerMount,
  facts: FileFacts,
): boolean {
  const wanted = asked?.mount;
  if (engine !== 'docker' || wanted?.type !== 'bind' || !wanted.createSource) return false;
  if (facts.kind !== 'directory' || facts.born === undefined || info.created === undefined) return false;
  // It belongs to root, or to whom a namespace calls so.
  if (facts.uid !== 0 && (who === undefined || insideId(who.uids, facts.uid) !== 0)) return false;
  // Between the creation and a later start anybody may have made it.
  const until = info.state.started ?? info.created + LONGEST_START;
  if (until - info.created > LONGEST_START) return false;
  // The clock of files ticks in steps of up to ten milliseconds.
  return facts.born >= info.created - 10 && facts.born <= until + 1000;
}

function remedyFor(
  evidence: Evidence,
  mount: ContainerMount,
  source: string,
  near: string | undefined,
): Remedy | undefined {
  if (near !== undefined)
    return changeMount(
      mount,
      (wanted) => (wanted.type === 'bind' ? { ...wanted, source: near } : wanted),
      evidence,
    );
  return {
    kind: 'run',
    commands: [...aboutIt(evidence, 'rm', '-f'), `${evidence.sudo}rmdir ${quoteShell(source)}`],
  };
}
