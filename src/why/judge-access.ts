import type { ContainerMount } from '../inspect/container-mounts.js';
import { quoteShell } from '../text/shell-quote.js';
import { mayAccess, showMode } from './access.js';
import { type Credentials, insideId } from './credentials.js';
import { aboutIt, type Evidence, hostPathOf, lineAt, lineOnHost } from './evidence.js';
import { type FileFacts, type FileView, isWithin, moveBelow, prefixesOf } from './file-view.js';
import type { Remedy, TroubleFinding } from './finding.js';
import { changeMount, flagWords } from './flag-words.js';
import { isReadOnlyFs, isReadOnlyMount } from './mount-lines.js';
import { isOfSystem } from './system-paths.js';

const READ = 4;
const WRITE = 2;
/** To pass a directory. */
export const SEARCH = 1;

/** What keeps the container's process from a mount, or from a path in it: owner, mode, access list, or that it is read-only. */
export function judgeAccess(evidence: Evidence, mount: ContainerMount, path?: string): TroubleFinding[] {
  const found = [...judgeReadOnly(evidence, mount, path), ...judgeOwners(evidence, mount, path)];
  return found.length > 0 || path === undefined ? found : judgeHelpers(evidence, mount, path);
}

/** What keeps another process of the container from a path: servers start as root, and work as somebody else. */
export function judgeHelpers(evidence: Evidence, mount: ContainerMount, path: string): TroubleFinding[] {
  for (const { name, who } of evidence.helpers ?? []) {
    // What is only written by one of them may be none of the others' affairs.
    const found = judgeOwners({ ...evidence, who }, { ...mount, readOnly: true }, path);
    if (found.length > 0)
      return found.map((one) => ({
        ...one,
        severity: 'warning',
        message: `${one.message} (that is \`${name}\`, a process of the container that is not its first)`,
      }));
  }
  return [];
}

function judgeReadOnly(
  evidence: Evidence,
  mount: ContainerMount,
  path: string | undefined,
): TroubleFinding[] {
  const { target } = mount;
  if (mount.readOnly) {
    if (path === undefined || mount.type === 'image') return [];
    const remedy = changeMount(mount, (wanted) => ({ ...wanted, readOnly: false }), evidence);
    const message = `nothing can be written to \`${path}\`: \`${target}\` is mounted read-only, as requested`;
    return [{ cause: 'read-only-mount', severity: 'warning', target, message, ...(remedy && { remedy }) }];
  }
  const at = lineAt(evidence, target);
  if (at === undefined || at.line.point !== at.real) return [];
  const { line } = at;
  if (!isReadOnlyMount(line) && !isReadOnlyFs(line)) return [];
  const what = isReadOnlyFs(line)
    ? `its file system (${line.fsType}) is read-only`
    : 'it is in a mount of the host that is read-only';
  return [
    {
      cause: 'read-only-source',
      severity: 'error',
      target,
      message: `nothing can be written to \`${target}\`, though it is not mounted read-only: on the host ${what}`,
      ...remountRemedy(evidence, mount),
    },
  ];
}

// File systems that nothing makes writable.
const NEVER_WRITABLE = new Set(['squashfs', 'iso9660', 'erofs', 'cramfs']);

function remountRemedy(evidence: Evidence, mount: ContainerMount): Pick<TroubleFinding, 'remedy' | 'help'> {
  const source = hostPathOf(mount);
  const line = source === undefined ? undefined : lineOnHost(evidence, source);
  if (line === undefined || NEVER_WRITABLE.has(line.fsType))
    return { help: 'mount something writable, or add `:ro` to make clear that it is read-only' };
  if (!isReadOnlyMount(line) && !isReadOnlyFs(line))
    return {
      help: 'it is writable on the host by now: the container still has its state from when it started',
      remedy: { kind: 'run', commands: [...aboutIt(evidence, 'restart')] },
    };
  const how = isReadOnlyFs(line) ? 'remount,rw' : 'remount,bind,rw';
  return {
    remedy: {
      kind: 'run',
      commands: [
        `${evidence.sudo}mount -o ${how} ${quoteShell(line.point)}`,
        ...aboutIt(evidence, 'restart'),
      ],
    },
  };
}

function judgeOwners(evidence: Evidence, mount: ContainerMount, path: string | undefined): TroubleFinding[] {
  const { who, host, inside, own } = evidence;
  if (who === undefined || mount.isHidden) return [];
  const { target } = mount;
  const source = hostPathOf(mount);
  const above = judgeAbove(inside ?? own, who, target, evidence, mount);
  if (above !== undefined) return [above];
  // What the container sees is what counts; of one that does not run, what it would see.
  const [view, root] =
    inside !== undefined ? [inside, target] : [host, source !== undefined ? source : undefined];
  if (view === undefined || root === undefined) return [];
  const top = view.look(root);
  if (top === undefined || top === 'missing') return [];
  const found: TroubleFinding[] = [];
  const shown = (inView: string) => moveBelow(inView, root, target);
  const onHost = (inView: string) => (source === undefined ? undefined : moveBelow(inView, root, source));
  const deny = (at: string, facts: FileFacts, bits: number, severity: TroubleFinding['severity']) => {
    if (!isDenied(view, who, at, facts, bits)) return false;
    const remedy = letIn(evidence, who, facts, bits, onHost(at), mount);
    const what =
      bits & WRITE ? (bits & READ ? 'use' : 'write to') : facts.kind === 'directory' ? 'look into' : 'read';
    found.push({
      cause: 'denied-by-mode',
      severity,
      target,
      message: `${showUser(who)} may not ${what} \`${shown(at)}\`: ${showOwner(facts, who, view.acl(at) ?? undefined)}`,
      ...(remedy && { remedy }),
    });
    return true;
  };
  const enter = top.kind === 'directory' ? READ | SEARCH : READ;
  if (top.kind === 'device') return [];
  if (top.kind === 'socket') {
    deny(root, top, READ | WRITE, 'error');
    return found;
  }
  if (path !== undefined && path !== target) {
    denyInside(moveBelow(path, target, root));
    return found;
  }
  if (deny(root, top, enter, 'error') || mount.readOnly) return found;
  if (top.kind === 'directory' || path !== undefined) {
    const severity = severityOfWrite(evidence, mount, view, root, path);
    const bits = top.kind === 'directory' ? WRITE | SEARCH : WRITE;
    if (severity !== undefined) deny(root, top, bits, severity);
  }
  return found;

  function denyInside(inView: string): void {
    let above: { at: string; facts: FileFacts } | undefined;
    for (const at of prefixesOf(inView)) {
      if (!isWithin(at, root!)) continue;
      const facts = view!.look(at);
      if (facts === undefined) return;
      if (facts === 'missing') {
        // What is not there can be made where the directory allows it.
        if (above !== undefined && !mount.readOnly) deny(above.at, above.facts, WRITE | SEARCH, 'warning');
        return;
      }
      const isLast = at === inView;
      const isDirectory = facts.kind === 'directory';
      if (deny(at, facts, isLast ? (isDirectory ? READ | SEARCH : READ) : SEARCH, 'error')) return;
      if (isLast && !mount.readOnly) deny(at, facts, isDirectory ? WRITE | SEARCH : WRITE, 'warning');
      above = { at, facts };
    }
  }
}

/** A directory that can be read is often meant to be no more than that: then it is not a problem. */
function severityOfWrite(
  { info }: Evidence,
  mount: ContainerMount,
  view: FileView,
  root: string,
  path: string | undefined,
): TroubleFinding['severity'] | undefined {
  // A program that came to a good end did not need it.
  if (
    path === undefined &&
    !info.state.isRunning &&
    info.state.exitCode === 0 &&
    info.state.started !== undefined
  )
    return undefined;
  if (view.names(root)?.length === 0) return 'error';
  if (path !== undefined || mount.type === 'volume') return 'warning';
  const hasFailed =
    info.state.status === 'restarting' || (!info.state.isRunning && info.state.exitCode !== 0);
  return hasFailed ? 'warning' : undefined;
}

/** The first directory above the target, in the container, that lets nobody of its kind pass. */
function judgeAbove(
  view: FileView | undefined,
  who: Credentials,
  target: string,
  evidence: Evidence,
  mount: ContainerMount,
): TroubleFinding | undefined {
  if (view === undefined) return undefined;
  for (const above of prefixesOf(target).slice(0, -1)) {
    const facts = view.look(above);
    if (facts === undefined || facts === 'missing') return undefined;
    if (!isDenied(view, who, above, facts, SEARCH)) continue;
    // Another mount is its own trouble.
    if (evidence.mounts.some((other) => other !== mount && isWithin(above, other.target))) return undefined;
    const to = `/${target.split('/').pop()}`;
    const remedy = changeMount(mount, (wanted) => ({ ...wanted, target: to }), evidence);
    return {
      cause: 'denied-above',
      severity: 'error',
      target,
      message: `${showUser(who)} may not enter \`${above}\`, a directory of the image above \`${target}\`: ${showOwner(facts, who)}`,
      help: 'mount it at a path that the user may enter, or run the container as a user who may',
      ...(remedy && { remedy }),
    };
  }
  return undefined;
}

/** Whether something is surely not allowed: where there may be an access list that cannot be read, nothing is sure. */
export function isDenied(
  view: FileView,
  who: Credentials,
  path: string,
  facts: FileFacts,
  bits: number,
): boolean {
  if (mayAccess(who, facts, bits, undefined)) {
    // A list can also take away.
    const list = facts.mode & 0o070 ? view.acl(path) : null;
    return list ? !mayAccess(who, facts, bits, list) : false;
  }
  const list = view.acl(path);
  return list !== undefined && !mayAccess(who, facts, bits, list ?? undefined);
}

/** How to let the user in: what belongs to root is given away, of what is somebody's the user gets a share. */
function letIn(
  evidence: Evidence,
  who: Credentials,
  facts: FileFacts,
  bits: number,
  path: string | undefined,
  mount: ContainerMount,
): Remedy | undefined {
  const { sudo, host } = evidence;
  if (path === undefined || host === undefined) return undefined;
  const from = flagWords(mount, evidence);
  const isSystems = isOfSystem(path) && mount.type !== 'volume';
  // Who belongs to the group of what is shared by one (docker.sock) is let in, and nothing is changed on the host.
  const group = insideId(who.gids, facts.gid);
  const isShared = facts.kind === 'socket' || !isSystems;
  if (from !== undefined && isShared && group && ((facts.mode >> 3) & bits) === bits && who.uid !== 0)
    return { kind: 'change', from, to: `${from} --group-add ${group}` };
  if (isSystems) return undefined;
  const { type } = mount;
  const whole = facts.kind === 'directory' && host.names(path)?.length !== 0 ? '-R ' : '';
  const word = quoteShell(path);
  const isRoots = facts.uid === 0 || insideId(who.uids, facts.uid) === 0;
  if (type === 'volume' || (isRoots && whole === ''))
    return { kind: 'run', commands: [`${sudo}chown ${whole}${who.uid}:${who.gid} ${word}`] };
  const may = bits & WRITE ? 'rwX' : 'rX';
  return { kind: 'run', commands: [`${sudo}setfacl ${whole}-m u:${who.uid}:${may} ${word}`] };
}

/** `user 1000 of the container (101000 on the host)`. */
function showUser({ uid, uids, overrides }: Credentials): string {
  const inside = insideId(uids, uid);
  if (inside === 0 && uid === 0 && !overrides) return 'root without the capability DAC_OVERRIDE';
  return inside === uid ? `user ${uid}` : `user ${inside ?? 'nobody'} of the container (${uid} on the host)`;
}

function showOwner(
  facts: FileFacts,
  { uids, uid, gid, groups, isGroupOpen }: Credentials,
  acl?: unknown,
): string {
  const what =
    facts.kind === 'directory' ? 'the directory' : facts.kind === 'socket' ? 'the socket' : 'the file';
  const mapped = insideId(uids, facts.uid);
  const owner =
    mapped === facts.uid
      ? `${facts.uid}:${facts.gid}`
      : `${facts.uid}:${facts.gid} of the host (${mapped === undefined ? 'nobody in the container' : `${mapped} in the container`})`;
  const list = acl === undefined ? '' : ', and its access list does not let it either';
  const mine = [...new Set([gid, ...groups])].join(', ');
  const member = isGroupOpen ? '' : `; the process is ${uid} in group ${mine}`;
  return `${what} belongs to ${owner} with mode ${showMode(facts.mode)}${list}${member}`;
}
