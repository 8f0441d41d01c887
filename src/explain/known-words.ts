import { mapOf } from '../text/map-of.js';

/** A word that is used with mounts: what it is, and what it does. */
export interface KnownWord {
  readonly noun: string;
  readonly summary: string;
}

const type = (summary: string, of = '--mount and of Compose'): KnownWord => ({
  noun: `a type of ${of}`,
  summary,
});
const compose = (group: string, summary: string): KnownWord => ({
  noun: `a key of Compose, ${group}`,
  summary,
});
const podman = (summary: string, noun = 'a mode of -v for podman'): KnownWord => ({ noun, summary });

/** Words that the tables of docker's flags do not have; some are several things. */
export const KNOWN_WORDS: ReadonlyMap<string, readonly KnownWord[]> = mapOf<readonly KnownWord[]>({
  bind: [type('a file or directory of the host'), compose('below an item of `volumes`', 'options of a bind')],
  volume: [
    type('a volume that docker keeps; without a source a new one with a random name'),
    compose('below an item of `volumes`', 'options of a volume'),
  ],
  tmpfs: [
    type('a file system in memory, empty at every start'),
    compose('of a service', 'targets of file systems in memory, with their options'),
    compose('below an item of `volumes`', '`size` and `mode` of one'),
  ],
  image: [type('the files of an image, read-only')],
  npipe: [type('a named pipe of Windows')],
  cluster: [type('a volume of a CSI driver in a swarm')],
  cache: [type('a directory that the builder keeps from one build to the next', '`RUN --mount`')],
  secret: [type('a file that the build is given and that no layer keeps', '`RUN --mount`')],
  ssh: [type('the SSH agent that the build gets', '`RUN --mount`')],
  devpts: [type('a file system of terminals', '--mount for podman')],
  ramfs: [type('a file system in memory that is never swapped', '--mount for podman')],
  glob: [type('every file of the host that a pattern matches', '--mount for podman')],
  artifact: [type('the files of an OCI artifact, read-only', '--mount for podman')],
  create_host_path: [compose('below `bind`', 'whether a missing directory on the host is created')],
  propagation: [compose('below `bind`', 'whether later mounts are visible on the other side')],
  selinux: [compose('below `bind`', '`z` or `Z`: relabel the files for SELinux')],
  recursive: [compose('below `bind`', 'what happens to the mounts below the source')],
  nocopy: [compose('below `volume`', 'do not fill a new volume with what the image has there')],
  subpath: [compose('below `volume` or `image`', 'mount a directory of it instead of all')],
  read_only: [compose('of an item of `volumes`', 'the container cannot write to it')],
  consistency: [compose('of an item of `volumes`', 'for Docker Desktop; nothing elsewhere')],
  volumes_from: [compose('of a service', 'all mounts of another service or container')],
  driver: [compose('of a top-level volume', 'the plugin that creates the volume')],
  driver_opts: [compose('of a top-level volume', 'what its driver gets: `type`, `o`, `device`')],
  external: [compose('of a top-level volume', 'the volume exists already; Compose creates none')],
  U: [podman('give the files of the source to the user of the container')],
  O: [podman('an overlay: what the container writes goes nowhere')],
  idmap: [
    podman('map the owners of the files, and change none'),
    podman('the same', 'a key of --mount for podman'),
  ],
  nocreate: [podman('do not create a missing volume')],
  relabel: [podman('`shared` or `private`: as `z` and `Z` of -v', 'a key of --mount for podman')],
  chown: [podman('as `U` of -v', 'a key of --mount for podman')],
});
