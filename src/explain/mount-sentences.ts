import { API_FACTS } from '../dialects/docker/tables/api-facts.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { printSize } from '../mount/kernel-size.js';
import type {
  BindMount,
  ClusterMount,
  ImageMount,
  Mount,
  NpipeMount,
  TmpfsMount,
  VolumeMount,
} from '../mount/mount.js';
import type { SpecForm } from '../spec/ast.js';

interface SentenceContext {
  /** How it was written. */
  readonly form: SpecForm;
  readonly dialect: Dialect;
  /** What relative sources are relative to: `where docker runs, now /home/me`. */
  readonly base: string;
}

/** A sentence, or nothing where its condition does not hold. */
type Said = string | false | undefined;

/** What is said of each field of a type of mount, in this order: the compiler asks for every one. */
type Sentences<M> = {
  readonly [Name in Exclude<keyof M, 'type'>]-?: (
    mount: M,
    context: SentenceContext,
  ) => Said | readonly Said[];
};

/** What a mount does, in sentences for a person. */
export function mountSentences(mount: Mount, context: SentenceContext): string[] {
  const makers = SENTENCES[mount.type] as Sentences<Mount>;
  return Object.values(makers)
    .flatMap((say) => say(mount, context))
    .filter((one): one is string => typeof one === 'string' && one !== '');
}

const readOnly = (mount: Mount, { dialect }: SentenceContext): Said =>
  mount.readOnly && readOnlySentence(mount, dialect);
const consistency = ({ consistency: word }: Mount): Said => word && `\`${word}\` does nothing on Linux`;
// What another sentence says already.
const unsaid = (): Said => undefined;

const RECURSION = {
  disabled: 'what is mounted below the source is left out',
  writable: 'what is mounted below the source stays writable',
  readonly: 'what is mounted below the source is read-only too, or docker refuses',
} as const;

const BIND: Sentences<BindMount> = {
  source: (mount, { dialect, base }) => [
    `\`${mount.source}\` of the host (the engine's, where that is another machine) is at \`${mount.target}\` in the container`,
    mount.source.startsWith('.') &&
      (dialect.has.expandsDotSlash
        ? `the source is relative to ${base}`
        : 'this docker does not expand relative sources'),
  ],
  createSource: (mount, { form }) => {
    if (!mount.createSource) return 'if the source is missing, docker refuses to create the container';
    const made = 'if the source is missing, docker creates an empty directory there';
    return form === 'volume' ? `${made}, owned by root` : made;
  },
  createSourceVaries: unsaid,
  target: () => 'what the image has at the target is hidden',
  relabel: ({ relabel }) => [
    relabel === 'z' && 'with SELinux, the files are relabelled so that all containers may use them',
    relabel === 'Z' && 'with SELinux, the files are relabelled for this container alone',
  ],
  propagation: ({ propagation }) => propagation && `later mounts are propagated as \`${propagation}\` says`,
  recursion: ({ recursion }) => recursion.map((one) => RECURSION[one]),
  readOnly,
  consistency,
};

const VOLUME: Sentences<VolumeMount> = {
  source: (mount) =>
    mount.source === undefined
      ? `docker creates a new volume with a random name for \`${mount.target}\`; --rm removes it, docker rm without -v leaves it`
      : `the volume \`${mount.source}\` is at \`${mount.target}\` in the container; docker creates it if it is missing, and keeps it when the container is removed`,
  target: unsaid,
  noCopy: ({ noCopy }) =>
    noCopy
      ? 'an empty volume stays empty'
      : 'an empty volume is filled with what the image has at the target',
  driver: ({ driver }) => driver && `created with the driver \`${driver}\``,
  driverOptions: ({ driverOptions }) =>
    Object.keys(driverOptions).length > 0 && 'its driver options apply only if docker creates it now',
  labels: unsaid,
  subpath: ({ subpath }) => subpath && `only its directory \`${subpath}\` is mounted`,
  relabel: unsaid,
  external: unsaid,
  readOnly,
  consistency,
};

const TMPFS: Sentences<TmpfsMount> = {
  target: ({ target }) =>
    `a file system in memory at \`${target}\`; its contents are gone when the container stops, and never on disk (except swap)`,
  size: ({ size }) =>
    size === undefined
      ? 'it may grow to half of the memory'
      : `it holds at most ${printSize(size)} (${size} bytes)`,
  mode: ({ mode }) => mode !== undefined && `its root has the mode ${mode.toString(8)}`,
  options: ({ options }) => [
    !options.includes('exec') && 'programs in it cannot be run (noexec)',
    options.length > 0 && `options: ${options.join(', ')}`,
  ],
  readOnly,
  consistency,
};

const IMAGE: Sentences<ImageMount> = {
  source: ({ source, target }) => `the files of the image \`${source}\` are at \`${target}\``,
  target: unsaid,
  subpath: unsaid,
  readOnly,
  consistency,
};

const OTHER: Sentences<NpipeMount | ClusterMount> = {
  source: ({ source, target }) => `\`${source}\` is at \`${target}\``,
  target: unsaid,
  readOnly,
  consistency,
};

const SENTENCES = { bind: BIND, volume: VOLUME, tmpfs: TMPFS, image: IMAGE, npipe: OTHER, cluster: OTHER };

function readOnlySentence({ type }: Mount, { engineHas, api }: Dialect): string {
  if (type !== 'bind') return 'the container cannot write there';
  return engineHas.readonlyBindsRecursive && api >= API_FACTS.recursiveReadonly.since
    ? 'the container cannot write there, nor to what is mounted below the source'
    : 'the container cannot write there; what is mounted below the source stays writable with this docker';
}
