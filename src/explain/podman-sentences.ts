import type { PodmanEffect } from '../dialects/podman/effect.js';

/** What the words of a mount do, beyond what podman does by itself. */
const WORDS = new Map<string, string>([
  ['z', 'with SELinux, the files are relabelled so that all containers may use them'],
  ['Z', 'with SELinux, the files are relabelled for this container alone'],
  ['U', 'podman changes the owner of the files to the user of the container, on the host too'],
  ['O', 'it is an overlay: what the container writes is discarded when it ends'],
  ['bind', 'what is mounted below the source is left out'],
  ['exec', 'programs in it can be run'],
  ['noexec', 'programs in it cannot be run'],
  ['nodev', 'devices in it do not work'],
  ['dev', 'devices in it work'],
  ['nosuid', 'set-user-ID programs in it run as the user who starts them'],
  ['suid', 'set-user-ID programs in it work'],
  ['nocopy', 'an empty volume stays empty'],
  ['idmap', 'user IDs are mapped to those of the container (rootful podman only)'],
  ['no-dereference', 'a symbolic link as the source is mounted itself'],
  ['nocreate', 'podman refuses to create the container where the volume is missing'],
  ['notmpcopyup', 'it begins empty'],
  ['noswap', 'it is never swapped out (rootful podman only)'],
  ['noatime', 'access times are not kept'],
]);

/** What a podman mount is, in a few words. */
export function describePodman({ type, source, isReadonly }: PodmanEffect): string {
  const access = isReadonly ? 'read-only' : 'read and write';
  switch (type) {
    case 'bind':
      return `a bind mount, ${access}`;
    case 'volume':
      return `${source === undefined ? 'an anonymous volume' : `the volume \`${source}\``}, ${access}`;
    case 'image':
      return `the image \`${source}\`, ${access}`;
    case 'artifact':
      return `the artifact \`${source}\``;
    case 'glob':
      return `bind mounts of all that \`${source}\` fits, ${access}`;
    case 'ramfs':
      return `a ramfs, ${access}`;
    case 'devpts':
      return 'a devpts, with terminals of its own';
    case 'tmpfs':
      return `a tmpfs, ${access}`;
  }
}

/** What the mount does under podman, in sentences for a person. */
export function podmanSentences(effect: PodmanEffect, cwd: string | undefined): string[] {
  const { type, source, target, words, subpath, driverOptions, others, isReadonly } = effect;
  return [
    ...about(effect, cwd),
    ...(subpath === undefined ? [] : [`of it, only \`${subpath}\``]),
    ...words.flatMap((word) => sayWord(word, type) ?? []),
    ...(type === 'tmpfs' && !words.includes('notmpcopyup')
      ? [`what the image has at \`${target}\` is copied into it`]
      : []),
    ...(type === 'volume' && !words.includes('nocopy') && !words.includes('O')
      ? ['an empty volume is filled with what the image has at the target']
      : []),
    ...(driverOptions.length === 0 ? [] : [`a new volume is created with ${driverOptions.join(', ')}`]),
    ...(others.length === 0 ? [] : [`with ${others.join(', ')}`]),
    ...(isReadonly && source !== undefined ? ['the container cannot write there'] : []),
  ];
}

function about({ type, source, target }: PodmanEffect, cwd: string | undefined): string[] {
  switch (type) {
    case 'bind':
      return [
        `\`${source}\` of the host is at \`${target}\` in the container`,
        ...(source?.startsWith('/')
          ? []
          : [`the source is relative to where podman runs${cwd === undefined ? '' : `, now ${cwd}`}`]),
        'if the source is missing, podman refuses to create the container',
        'what the image has at the target is hidden',
      ];
    case 'volume':
      return [
        source === undefined
          ? `podman creates a new volume with a random name for \`${target}\`; --rm removes it, podman rm without -v leaves it`
          : `the volume \`${source}\` is at \`${target}\` in the container; podman creates it if it is missing, and keeps it when the container is removed`,
      ];
    case 'glob':
      return [
        `each is at its name below \`${target}\``,
        'where nothing matches, podman refuses to create the container',
      ];
    case 'image':
    case 'artifact':
      return [`its files are at \`${target}\``];
    default:
      return [`at \`${target}\`, gone when the container ends`];
  }
}

function sayWord(word: string, type: PodmanEffect['type']): string | undefined {
  const name = word.split('=', 1)[0]!;
  if (name === 'size') return `it holds at most ${word.slice('size='.length)}`;
  if (name === 'mode') return `its root has the mode ${word.slice('mode='.length)}`;
  if (/^r?(?:private|shared|slave|unbindable)$/.test(word))
    return `later mounts are propagated as \`${word}\` says`;
  if (/upperdir|workdir/.test(word)) return `the overlay keeps its layers in \`${word}\``;
  const said = WORDS.get(name.startsWith('idmap') ? 'idmap' : name);
  return said ?? (type === 'devpts' ? undefined : `\`${word}\``);
}
