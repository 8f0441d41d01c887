import type { ContainerMount } from '../inspect/container-mounts.js';
import { quoteShell } from '../text/shell-quote.js';
import { showMode } from './access.js';
import { aboutIt, type Evidence, hostPathOf, lineAt } from './evidence.js';
import { factsOf, folderOf, moveBelow, nameIn } from './file-view.js';
import type { TroubleFinding } from './finding.js';
import { changeMount } from './flag-words.js';
import { innermost } from './innermost.js';
import { isOfSystem } from './system-paths.js';

/** A program would replace, rename or remove what something is mounted on. */
export function busyMountPoint(evidence: Evidence, mount: ContainerMount): TroubleFinding {
  const { own } = evidence;
  const { target } = mount;
  const source = hostPathOf(mount);
  const isFile = factsOf(evidence.host, source ?? '')?.kind === 'file';
  const [folder, shown] = [folderOf(source ?? '/'), folderOf(target)];
  // A folder over what the image has there would hide that.
  const isEmpty =
    own?.look(shown) === 'missing' ||
    // The engine made an empty file to mount on.
    (own?.names(shown)?.join('/') === nameIn(target) && factsOf(own, target)?.size === 0);
  const isFree = shown !== '/' && isEmpty && !isOfSystem(folder);
  const remedy =
    isFile && isFree && nameIn(target) === nameIn(source!)
      ? changeMount(
          mount,
          (wanted) => (wanted.type === 'bind' ? { ...wanted, source: folder, target: shown } : wanted),
          evidence,
        )
      : undefined;
  return {
    cause: 'busy-mount-point',
    severity: 'error',
    target,
    message: isFile
      ? `\`${target}\` cannot be replaced or removed: it is a file that is mounted by itself, and a program that saves by renaming a new file over it fails`
      : `\`${target}\` cannot be renamed or removed: something is mounted on it`,
    help: isFile
      ? 'mount its folder, or let the program write into the existing file'
      : 'remove what is in it, not the directory itself',
    ...(remedy && { remedy }),
  };
}

/** A program would rename from one mount to another. */
export function twoFileSystems({ mounts }: Evidence, paths: readonly string[]): TroubleFinding[] {
  const [from, to] = paths;
  if (from === undefined || to === undefined) return [];
  const [one, other] = [innermost(mounts, from), innermost(mounts, to)];
  if (one === other) return [];
  const where = (mount: ContainerMount | undefined) =>
    mount === undefined ? "the container's own files" : `the mount \`${mount.target}\``;
  return [
    {
      cause: 'two-file-systems',
      severity: 'error',
      target: (other ?? one)!.target,
      message: `\`${from}\` cannot be renamed to \`${to}\`: one is in ${where(one)}, the other in ${where(other)}`,
      help: 'mount one folder that holds both, or have the program copy, and write the new file next to the old one first',
    },
  ];
}

/** A tmpfs has reached its size, or a file system is full. */
export function noSpace(evidence: Evidence, mount: ContainerMount): TroubleFinding[] {
  const { target, type } = mount;
  const source = hostPathOf(mount);
  const size = lineAt(evidence, target)?.line.fsOptions.find((option) => option.startsWith('size='));
  const wanted = mount.asked?.mount;
  const asked = wanted?.type === 'tmpfs' ? wanted.size : undefined;
  const base = { cause: 'no-space', severity: 'error', target } as const;
  if (type === 'tmpfs') {
    const remedy =
      asked === undefined
        ? undefined
        : changeMount(mount, (one) => (one.type === 'tmpfs' ? { ...one, size: asked * 4n } : one), evidence);
    return [
      {
        ...base,
        message: `\`${target}\` is full: it is a tmpfs${asked !== undefined ? ` of ${asked} bytes` : size === undefined ? '' : ` of ${size.slice('size='.length)}`}`,
        help: 'give it more, or mount a volume there',
        ...(remedy && { remedy }),
      },
    ];
  }
  return source === undefined
    ? []
    : [
        {
          ...base,
          message: `there was no space left in \`${target}\`, which shows \`${source}\``,
          help: `look at what is left there: df -h ${quoteShell(source)} and df -i ${quoteShell(source)}`,
        },
      ];
}

/** A program takes a file of its own user alone. */
export function refusedOwner(evidence: Evidence, mount: ContainerMount, path: string): TroubleFinding[] {
  const { who, inside, host, sudo } = evidence;
  const source = hostPathOf(mount);
  const onHost = source === undefined ? undefined : moveBelow(path, mount.target, source);
  const facts = factsOf(inside, path) ?? (onHost === undefined ? undefined : factsOf(host, onHost));
  if (facts === undefined || onHost === undefined) return [];
  const isOpen = (facts.mode & 0o077) !== 0;
  const isOthers = who !== undefined && facts.uid !== who.uid;
  if (!isOpen && !isOthers) return [];
  const word = quoteShell(onHost);
  const commands = [
    // Which user a program of root becomes is not known.
    ...(isOthers && who.uid !== 0 ? [`${sudo}chown ${who.uid}:${who.gid} ${word}`] : []),
    ...(isOpen ? [`${sudo}chmod go-rwx ${word}`] : []),
    ...aboutIt(evidence, 'start'),
  ];
  return [
    {
      cause: 'refused-owner',
      severity: 'error',
      target: mount.target,
      message: `the program refuses \`${path}\`: on the host \`${onHost}\` belongs to ${facts.uid}:${facts.gid} with mode ${showMode(facts.mode & 0o777)}`,
      help: 'it must be accessible only to the user that it runs as',
      ...(commands.length > 0 && !isOfSystem(onHost) && { remedy: { kind: 'run', commands } }),
    },
  ];
}
