import type { ContainerMount } from '../inspect/container-mounts.js';
import { quoteShell } from '../text/shell-quote.js';
import { type Evidence, hostPathOf } from './evidence.js';
import { factsOf, isWithin } from './file-view.js';
import type { TroubleFinding } from './finding.js';
import { changeMount } from './flag-words.js';

/** What will be gone: writes to the container's own layer, to a volume without a name, to a tmpfs. */
export function judgeLost(evidence: Evidence, path?: string): TroubleFinding[] {
  const over = path === undefined ? [] : evidence.mounts.filter(({ target }) => isWithin(path, target));
  if (path !== undefined && over.length === 0) return [inLayer(evidence, path)];
  const asked = path === undefined ? evidence.mounts : over;
  const layer = path === undefined ? writtenToLayer(evidence) : [];
  return [
    ...layer,
    ...asked.flatMap((mount) => [...anonymous(evidence, mount), ...inMemory(evidence, mount, path)]),
  ];
}

/** What a path is where nothing is mounted. */
export function inLayer({ info, inside, own }: Evidence, path: string): TroubleFinding {
  const facts = factsOf(inside ?? own, path);
  const folder =
    facts === undefined || facts.kind === 'directory' ? path : path.slice(0, path.lastIndexOf('/')) || '/';
  const base = { cause: 'container-layer', severity: 'warning', target: path } as const;
  if (info.process.readOnlyRoot)
    return {
      ...base,
      message: `nothing is mounted at \`${path}\`, and the container's own files are read-only (--read-only)`,
      help: `mount something there that can be written to: a tmpfs, or a volume (-v NAME:${quoteShell(folder)})`,
      ...(folder !== '/' && {
        remedy: { kind: 'change', from: '--read-only', to: `--read-only --tmpfs ${quoteShell(folder)}` },
      }),
    };
  return {
    ...base,
    message: `nothing is mounted at \`${path}\`: it is in the container's own files, and what is written there is gone when the container is removed${info.isRemovedAtEnd ? ', which --rm does when it ends' : ''}`,
    help:
      folder === '/'
        ? 'mount a volume where the program keeps its data'
        : `to keep it, mount a volume there: -v NAME:${quoteShell(folder)}`,
  };
}

function anonymous(evidence: Evidence, mount: ContainerMount): TroubleFinding[] {
  const { host, engine, info } = evidence;
  const source = hostPathOf(mount);
  if (!mount.isAnonymous || mount.type !== 'volume' || mount.isHidden || source === undefined) return [];
  // Of one that holds nothing but what the image put there, nothing is lost.
  if (!hasOwnFiles(evidence, mount, source) || host === undefined) return [];
  const around = evidence.mounts.find(
    (other) => other !== mount && other.target !== '/' && isWithin(mount.target, other.target),
  );
  if (around !== undefined && mount.origin === 'image') return [besideTheMount(evidence, mount, around)];
  const from = mount.origin === 'image' ? 'the image asks for one' : 'no name was given';
  return [
    {
      cause: 'anonymous-volume',
      severity: 'info',
      target: mount.target,
      message: `\`${mount.target}\` is a volume without a name (${from}): a new container gets another one${info.isRemovedAtEnd ? ', and --rm removes it when this one ends' : `, and \`${engine} volume prune\` takes it once this one is gone`}`,
      help: `to keep what is in it, give it a name: -v NAME:${quoteShell(mount.target)}`,
    },
  ];
}

/** Somebody mounts the folder above, and the image has a volume in it: what is kept there is not what is mounted. */
function besideTheMount(
  evidence: Evidence,
  { target }: ContainerMount,
  around: ContainerMount,
): TroubleFinding {
  const remedy = changeMount(around, (wanted) => ({ ...wanted, target }), evidence);
  return {
    cause: 'anonymous-volume',
    severity: 'warning',
    target,
    message: `what is written to \`${target}\` does not arrive in \`${around.source ?? around.target}\`, though that is mounted at \`${around.target}\`: the image has a volume at \`${target}\`, which covers it and goes with the container`,
    help: `mount at \`${target}\` itself; what is in the volume must be copied before the container is removed (docker cp)`,
    ...(remedy && { remedy }),
  };
}

/** Whether something was written to a volume since it was made: what the image has there came with it. */
function hasOwnFiles({ host, own }: Evidence, { target }: ContainerMount, source: string): boolean {
  let left = MOST_WALKED;
  const walk = (below: string): boolean =>
    (host?.names(`${source}${below}`) ?? []).some((name) => {
      if (--left < 0) return false;
      const kept = factsOf(host, `${source}${below}/${name}`);
      const image = factsOf(own, `${target}${below}/${name}`);
      if (kept === undefined) return false;
      if (image === undefined) return true;
      return kept.kind === 'directory' ? walk(`${below}/${name}`) : kept.modified > image.modified + 1000;
    });
  return walk('');
}

// What nobody expects to stay.
const FLEETING = ['/tmp', '/run', '/var/run', '/var/tmp', '/var/lock', '/dev', '/var/cache'];

function inMemory({ inside }: Evidence, mount: ContainerMount, path: string | undefined): TroubleFinding[] {
  const { target } = mount;
  if (mount.type !== 'tmpfs' || inside === undefined) return [];
  if (path === undefined && FLEETING.some((folder) => isWithin(target, folder))) return [];
  if (path === undefined && (inside.names(target)?.length ?? 0) === 0) return [];
  return [
    {
      cause: 'memory-only',
      severity: 'info',
      target,
      message: `\`${target}\` is a tmpfs: its contents are in memory, and are gone when the container stops`,
      help: `to keep it, mount a volume there instead: -v NAME:${quoteShell(target)}`,
    },
  ];
}

// What programs of a system write for themselves.
const OWN_AFFAIRS = [
  ...FLEETING,
  '/etc',
  '/proc',
  '/sys',
  '/root',
  '/var/log',
  '/var/lib/apt',
  '/var/lib/dpkg',
  '/usr',
];
const MOST_WALKED = 2000;

/** Files that the container wrote where programs keep data, and where nothing is mounted. */
function writtenToLayer({ written, mounts, info }: Evidence): TroubleFinding[] {
  if (written === undefined) return [];
  const folders: string[] = [];
  let left = MOST_WALKED;
  const walk = (folder: string, depth: number) => {
    for (const name of written.names(folder) ?? []) {
      if (--left < 0 || folders.length > 3) return;
      const path = `${folder === '/' ? '' : folder}/${name}`;
      if (OWN_AFFAIRS.some((one) => isWithin(path, one)) || /^\.|cache$/i.test(name)) continue;
      if (mounts.some(({ target }) => isWithin(path, target))) continue;
      const facts = factsOf(written, path);
      // An empty file may be what the engine made to mount on.
      if (facts?.kind === 'file' && facts.size > 0) {
        if (folder !== '/' && !folders.includes(folder)) folders.push(folder);
      } else if (facts?.kind === 'directory' && depth < 6) walk(path, depth + 1);
    }
  };
  walk('/', 0);
  if (folders.length === 0) return [];
  const few = folders.slice(0, 3).map((folder) => `\`${folder}\``);
  return [
    {
      cause: 'container-layer',
      severity: 'info',
      message: `the container wrote to ${few.join(', ')}${folders.length > few.length ? ', …' : ''}, where nothing is mounted: that is gone when the container is removed${info.isRemovedAtEnd ? ', which --rm does when it ends' : ''}`,
      help: `to keep it, mount a volume there: -v NAME:${quoteShell(folders[0]!)}`,
    },
  ];
}
