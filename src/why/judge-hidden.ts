import type { ContainerMount } from '../inspect/container-mounts.js';
import { quoteShell } from '../text/shell-quote.js';
import { type Evidence, hostPathOf } from './evidence.js';
import { factsOf, isEmptyDirectory, isWithin, moveBelow } from './file-view.js';
import type { TroubleFinding } from './finding.js';
import { changeMount, flagWords } from './flag-words.js';

/** What a mount hides of the image, or of another mount. */
export function judgeHidden(evidence: Evidence, mount: ContainerMount, path?: string): TroubleFinding[] {
  if (mount.isHidden) return [hiddenByTmpfs(evidence, mount)];
  const found = [...judgePath(evidence, mount, path), ...judgeDependencies(evidence, mount)];
  return found.length > 0 ? found : judgeEmptyOver(evidence, mount);
}

function hiddenByTmpfs(evidence: Evidence, mount: ContainerMount): TroubleFinding {
  const over = evidence.mounts.find(({ target, origin }) => origin === '--tmpfs' && target === mount.target);
  const from = over && flagWords(over, evidence);
  return {
    cause: 'hidden-by-mount',
    severity: 'error',
    target: mount.target,
    message: `\`${mount.target}\` shows an empty file system in memory: --tmpfs has the same target as \`${mount.source ?? 'a volume'}\`, and hides it`,
    help: 'mount only one of the two, or use another target',
    ...(from !== undefined && { remedy: { kind: 'change', from, to: '' } }),
  };
}

/** What somebody asks for is in the image, and not in what is mounted over it. */
function judgePath(evidence: Evidence, mount: ContainerMount, path: string | undefined): TroubleFinding[] {
  const { own } = evidence;
  const { target } = mount;
  if (path === undefined || path === target || own === undefined) return [];
  if (lookThrough(evidence, mount, path) !== 'missing' || factsOf(own, path) === undefined) return [];
  return [hidden(evidence, mount, path, 'error')];
}

/** A command that puts what the image has at a path into a volume, or a folder of the host. */
const copyOut = ({ engine, info }: Evidence, to: string, path: string): string =>
  [
    ...[engine, 'run', '--rm', '--network', 'none', '--user', '0', '--entrypoint', 'cp'],
    ...['-v', `${to}:/mnt`, info.image, '-a', `${path}/.`, '/mnt/'],
  ]
    .map(quoteShell)
    .join(' ');

/** An empty folder lies over what the image has: often it was meant to be filled with that, as a new volume is. */
function judgeEmptyOver(evidence: Evidence, mount: ContainerMount): TroubleFinding[] {
  const { own, host, mounts } = evidence;
  const { target } = mount;
  const source = hostPathOf(mount);
  if (mount.type !== 'bind' || source === undefined || isEmptyDirectory(host, source) !== true) return [];
  const names = (own?.names(target) ?? []).filter((name) => {
    const path = `${target === '/' ? '' : target}/${name}`;
    const facts = factsOf(own, path);
    // What the engine made to mount on is nothing of the image.
    if (mounts.some((other) => isWithin(other.target, path))) return false;
    return facts?.kind === 'file' ? facts.size > 0 : facts?.kind === 'directory';
  });
  if (names.length === 0) return [];
  const few = names.slice(0, 5).map((name) => `\`${name}\``);
  return [
    {
      cause: 'hidden-by-mount',
      severity: mount.readOnly ? 'warning' : 'info',
      target,
      message: `\`${target}\` is empty: \`${source}\` is, and hides what the image has there (${few.join(', ')}${names.length > few.length ? ', …' : ''})`,
      help: 'a new volume is filled from the image, a folder of the host is not; this copies it there',
      remedy: { kind: 'run', commands: [copyOut(evidence, source, target)] },
    },
  ];
}

/** Where package managers put what a program needs, by the name that they give it. */
const DEPENDENCIES = ['node_modules', 'vendor', '.venv', 'venv', 'bower_components', '.bundle', 'elm-stuff'];

function judgeDependencies(evidence: Evidence, mount: ContainerMount): TroubleFinding[] {
  const { own, mounts } = evidence;
  const { target } = mount;
  if (mount.type !== 'bind' || own === undefined) return [];
  return DEPENDENCIES.flatMap((name) => {
    const path = `${target}/${name}`;
    if ((own.names(path)?.length ?? 0) === 0 || mounts.some((other) => other.target === path)) return [];
    const there = lookThrough(evidence, mount, path);
    if (there === undefined) return [];
    const isGone = there === 'missing' || isEmptyThrough(evidence, mount, path);
    return isGone ? [hidden(evidence, mount, path, 'warning')] : [];
  });
}

function hidden(
  evidence: Evidence,
  mount: ContainerMount,
  path: string,
  severity: TroubleFinding['severity'],
): TroubleFinding {
  const { own, mounts } = evidence;
  const { target, source, type } = mount;
  const from = flagWords(mount, evidence);
  const top = `${target}/${path.slice(target.length + 1).split('/')[0]}`;
  const isDirectory = factsOf(own, top)?.kind === 'directory';
  const canKeep = from !== undefined && isDirectory && !mounts.some((other) => other.target === top);
  return {
    cause: 'hidden-by-mount',
    severity,
    target,
    message: `\`${path}\` is in the image, and is not in ${type === 'bind' ? `\`${source}\`` : `the ${type} \`${source}\``}, which covers it at \`${target}\`${others(evidence, mount, path)}`,
    help: canKeep
      ? 'a volume on it keeps what the image has there; or make it on the host as well'
      : 'put it into the source, or mount that at another path',
    ...(canKeep && { remedy: { kind: 'change', from, to: `${from} -v ${quoteShell(top)}` } }),
  };
}

/** What else of the image does not show, in a few words. */
function others({ own, inside, host }: Evidence, mount: ContainerMount, path: string): string {
  const source = hostPathOf(mount);
  const names = own?.names(mount.target);
  const there = inside?.names(mount.target) ?? (source === undefined ? undefined : host?.names(source));
  if (names === undefined || there === undefined) return '';
  const gone = names.filter((name) => !there.includes(name) && !isWithin(path, `${mount.target}/${name}`));
  if (gone.length === 0) return '';
  const few = gone.slice(0, 5).map((name) => `\`${name}\``);
  const rest = gone.length > few.length ? ` and ${gone.length - few.length} more` : '';
  return `; also hidden: ${few.join(', ')}${rest}`;
}

/** What a path of the container is, in the mount; of a container that does not run, by what is at the source. */
export function lookThrough({ inside, host }: Evidence, mount: ContainerMount, path: string) {
  if (inside !== undefined) return inside.look(path);
  const source = hostPathOf(mount);
  return source === undefined ? undefined : host?.look(moveBelow(path, mount.target, source));
}

function isEmptyThrough({ inside, host }: Evidence, mount: ContainerMount, path: string): boolean {
  if (inside !== undefined) return isEmptyDirectory(inside, path) === true;
  const source = hostPathOf(mount);
  return source !== undefined && isEmptyDirectory(host, moveBelow(path, mount.target, source)) === true;
}

/** A volume that was meant to be a folder, or that keeps files of an older image. */
export function judgeVolume(evidence: Evidence, mount: ContainerMount): TroubleFinding[] {
  if (mount.type !== 'volume' || mount.isHidden) return [];
  // One without a name may have come with another container, or from the one before by Compose.
  const folder = mount.isAnonymous ? [] : judgeFolder(evidence, mount);
  return folder.length > 0 ? folder : judgeAge(evidence, mount);
}

function judgeFolder(evidence: Evidence, mount: ContainerMount): TroubleFinding[] {
  const { host, cwd, info } = evidence;
  const { source, target } = mount;
  const volume = hostPathOf(mount);
  const project = info.labels['com.docker.compose.project'];
  const isCompose = project !== undefined;
  const name = isCompose && source?.startsWith(`${project}_`) ? source.slice(project.length + 1) : source;
  if (host === undefined || name === undefined || volume === undefined || cwd === undefined) return [];
  const folder = `${cwd === '/' ? '' : cwd}/${name}`;
  const inFolder = host.names(folder);
  const inVolume = host.names(volume);
  // A volume that is in use may well be called like a folder.
  if (inFolder === undefined || inFolder.length === 0 || inVolume?.length !== 0) return [];
  const remedy = changeMount(
    mount,
    ({ target: to, readOnly }) => ({
      type: 'bind',
      source: folder,
      target: to,
      readOnly,
      createSource: true,
      recursion: [],
    }),
    evidence,
  );
  return [
    {
      cause: 'volume-for-folder',
      severity: isCompose ? 'warning' : 'error',
      target,
      message: `\`${target}\` is the volume \`${source}\` that docker keeps, and not the folder \`${folder}\`: a name without \`/\` in front is that of a volume`,
      ...(remedy && { remedy }),
    },
  ];
}

const MOST_COMPARED = 2000;

function judgeAge(evidence: Evidence, mount: ContainerMount): TroubleFinding[] {
  const { host, own } = evidence;
  const { target, source } = mount;
  const volume = hostPathOf(mount);
  const root = volume === undefined ? undefined : factsOf(host, volume);
  if (root?.born === undefined || own === undefined || source === undefined) return [];
  const since = root.born + 1000;
  const newer: string[] = [];
  let left = MOST_COMPARED;
  const walk = (below: string) => {
    for (const name of own.names(`${target}${below}`) ?? []) {
      if (--left < 0 || newer.length > 5) return;
      const path = `${below}/${name}`;
      const image = factsOf(own, `${target}${path}`);
      const kept = host?.look(`${volume}${path}`);
      if (image === undefined || kept === undefined) continue;
      if (image.kind === 'directory') {
        if (kept !== 'missing') walk(path);
        continue;
      }
      if (image.born === undefined || image.born < since) continue;
      const isOther =
        kept === 'missing' ||
        (kept.modified < image.born && (kept.size !== image.size || kept.modified < image.modified));
      if (isOther) newer.push(path.slice(1));
    }
  };
  walk('');
  if (newer.length === 0) return [];
  const few = newer.slice(0, 5).map((name) => `\`${name}\``);
  return [
    {
      cause: 'old-volume',
      severity: 'warning',
      target,
      message: `\`${target}\` shows what the volume \`${source}\` was filled with by an older image: the image has other files there by now (${few.join(', ')}${newer.length > few.length ? ', …' : ''})`,
      help: `a volume is filled once, when it is new; this puts the files of the image over those of the volume${mount.isAnonymous ? ', or let Compose recreate it: up --renew-anon-volumes' : ''}`,
      remedy: {
        kind: 'run',
        commands: [copyOut(evidence, source, target)],
      },
    },
  ];
}
