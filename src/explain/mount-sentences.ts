import { API_FACTS } from '../dialects/docker/tables/api-facts.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { printSize } from '../mount/kernel-size.js';
import type { BindMount, Mount, TmpfsMount, VolumeMount } from '../mount/mount.js';
import type { SpecForm } from '../spec/ast.js';

interface SentenceContext {
  /** How it was written. */
  readonly form: SpecForm;
  readonly dialect: Dialect;
  readonly cwd: string;
}

/** A sentence, or nothing where its condition does not hold. */
type Said = string | false | undefined;

/** What a mount does, in sentences for a person. */
export function mountSentences(mount: Mount, context: SentenceContext): string[] {
  const all: readonly Said[] = [
    ...typeSentences(mount, context),
    mount.readOnly && readOnlySentence(mount, context.dialect),
    mount.consistency && `\`${mount.consistency}\` does nothing on Linux`,
  ];
  return all.filter((one): one is string => typeof one === 'string' && one !== '');
}

function typeSentences(mount: Mount, context: SentenceContext): readonly Said[] {
  switch (mount.type) {
    case 'bind':
      return bindSentences(mount, context);
    case 'volume':
      return volumeSentences(mount);
    case 'tmpfs':
      return tmpfsSentences(mount);
    case 'image':
      return [`the files of the image \`${mount.source}\` are at \`${mount.target}\``];
    case 'npipe':
    case 'cluster':
      return [`\`${mount.source}\` is at \`${mount.target}\``];
  }
}

function bindSentences(mount: BindMount, { form, dialect, cwd }: SentenceContext): readonly Said[] {
  const relative = dialect.has.expandsDotSlash
    ? `the source is relative to where docker runs, now ${cwd}`
    : 'this docker does not expand relative sources';
  const made = 'if the source is missing, docker makes an empty directory there';
  return [
    `\`${mount.source}\` of the host (the engine's, where that is another machine) is at \`${mount.target}\` in the container`,
    mount.source.startsWith('.') && relative,
    mount.createSource && (form === 'volume' ? `${made}, owned by root` : made),
    !mount.createSource && 'if the source is missing, docker refuses to make the container',
    'what the image has at the target is hidden',
    mount.relabel === 'z' && 'with SELinux, the files are relabelled so that all containers may use them',
    mount.relabel === 'Z' && 'with SELinux, the files are relabelled for this container alone',
    mount.propagation && `mounts made later are passed on as \`${mount.propagation}\` says`,
    ...mount.recursion.map((recursion) => RECURSION[recursion]),
  ];
}

const RECURSION = {
  disabled: 'what is mounted below the source is left out',
  writable: 'what is mounted below the source stays writable',
  readonly: 'what is mounted below the source is read-only too, or docker refuses',
} as const;

function volumeSentences(mount: VolumeMount): readonly Said[] {
  return [
    mount.source === undefined
      ? `docker makes a new volume with a random name for \`${mount.target}\`; --rm removes it, docker rm without -v leaves it`
      : `the volume \`${mount.source}\` is at \`${mount.target}\` in the container; docker makes it if it is missing, and keeps it when the container goes`,
    mount.noCopy
      ? 'an empty volume stays empty'
      : 'an empty volume is filled with what the image has at the target',
    mount.driver && `made with the driver \`${mount.driver}\``,
    Object.keys(mount.driverOptions).length > 0 && 'its driver options count only if docker makes it now',
    mount.subpath && `only its directory \`${mount.subpath}\` is mounted`,
  ];
}

function tmpfsSentences({ target, size, mode, options }: TmpfsMount): readonly Said[] {
  return [
    `a file system in memory at \`${target}\`; what is in it is gone when the container stops, and never on disk (but swap)`,
    size === undefined
      ? 'it may grow to half of the memory'
      : `it holds at most ${printSize(size)} (${size} bytes)`,
    mode !== undefined && `its root has the mode ${mode.toString(8)}`,
    !options.includes('exec') && 'programs in it cannot be run (noexec)',
    options.length > 0 && `options: ${options.join(', ')}`,
  ];
}

function readOnlySentence({ type }: Mount, { engineHas, api }: Dialect): string {
  if (type !== 'bind') return 'the container cannot write there';
  return engineHas.readonlyBindsRecursive && api >= API_FACTS.recursiveReadonly.since
    ? 'the container cannot write there, nor to what is mounted below the source'
    : 'the container cannot write there; what is mounted below the source stays writable with this docker';
}
