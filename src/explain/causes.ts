import { mapOf } from '../text/map-of.js';

/** What `mountc why` finds, in general words. */
interface Cause {
  readonly kind: 'start' | 'different' | 'empty' | 'denied' | 'stale' | 'lost';
  readonly summary: string;
}

const CAUSE_TABLE = {
  'not-started': {
    kind: 'start',
    summary: 'The engine could not start the container, and reports why.',
  },
  'not-as-written': {
    kind: 'different',
    summary:
      'The Compose file was changed after the container was created. `docker compose restart` starts the same container again; only `docker compose up` makes a new one.',
  },
  'not-mounted': {
    kind: 'different',
    summary:
      'A mount was requested, and the running container does not have it: it was unmounted, or another one covers it.',
  },
  'made-by-engine': {
    kind: 'empty',
    summary:
      'Nothing was at the source of a -v when the container started, so docker created an empty directory there, which belongs to root. --mount refuses to start instead.',
  },
  'hidden-by-mount': {
    kind: 'empty',
    summary:
      'A mount hides what the image, or another mount, has at its target: that is still there and cannot be reached. A bind over `/app` hides `node_modules` which the image created.',
  },
  'volume-for-folder': {
    kind: 'empty',
    summary:
      'A source without `/` or `./` in front is a volume name, which docker creates empty, even though there is a folder with that name.',
  },
  'old-volume': {
    kind: 'stale',
    summary:
      'A volume is filled from the image once, when it is new and empty. What a newer image has there stays hidden by what the volume keeps.',
  },
  'file-and-folder': {
    kind: 'start',
    summary:
      'A folder is mounted where the image has a file, or a file where it has a folder. Often the file of the host was missing, and docker created a folder with its name.',
  },
  'missing-source': {
    kind: 'start',
    summary: 'The source of a mount is not there, and the engine does not make it.',
  },
  'no-mount-point': {
    kind: 'start',
    summary:
      'A mount is in another one that is read-only, in which the engine cannot create the directory to mount on.',
  },
  'not-shared': {
    kind: 'start',
    summary:
      'The propagation that was requested (`rshared`, `rslave`) needs a source in a mount of the host that is shared.',
  },
  'bad-volume-options': {
    kind: 'start',
    summary: 'The volume is one that has to be mounted (NFS, a device, an overlay), and that failed.',
  },
  'hidden-command': {
    kind: 'start',
    summary: 'The program of the container is missing or cannot be run, because of a mount over it.',
  },
  'later-mount': {
    kind: 'stale',
    summary:
      'What was mounted or unmounted below a source after the container started does not reach it, unless the propagation is `rslave` or `rshared`.',
  },
  'other-machine': {
    kind: 'empty',
    summary:
      "The source of a bind is a path of the engine's machine: with a remote context, in a dev container or a CI job, that is not the one where the command is typed.",
  },
  'selinux-label': {
    kind: 'denied',
    summary:
      'SELinux lets a container access only files with the label `container_file_t` and with its own categories. `z` and `Z` of -v label the source.',
  },
  'root-squash': {
    kind: 'denied',
    summary: 'An NFS server maps root to nobody, unless it exports with `no_root_squash`.',
  },
  'no-change-events': {
    kind: 'stale',
    summary:
      'Some file systems (NFS, shares of virtual machines, /mnt/c of WSL) pass on the change of a file but no event for it, so watchers see nothing.',
  },
  'container-layer': {
    kind: 'lost',
    summary:
      "Nothing is mounted there: what is written is kept in the container's own layer, and is gone when the container is removed or recreated.",
  },
  'anonymous-volume': {
    kind: 'lost',
    summary:
      'A volume without a name: the next container gets another one, `--rm` and `docker rm -v` remove it, and so does `docker volume prune`.',
  },
  'memory-only': {
    kind: 'lost',
    summary: 'A tmpfs is in memory, and is empty again when the container restarts.',
  },
  'denied-by-mode': {
    kind: 'denied',
    summary:
      'The owner, mode and access list of the file do not give access to the user of the process in the container. User IDs count, not user names.',
  },
  'denied-above': {
    kind: 'denied',
    summary:
      'A directory above does not let the user of the container pass, even if the file itself allows it.',
  },
  'read-only-mount': {
    kind: 'denied',
    summary: 'The mount is read-only, so nothing can be written there, not even by root.',
  },
  'read-only-source': {
    kind: 'denied',
    summary:
      'The mount is writable, but its source is read-only on the host: its file system, or the mount that it is in.',
  },
  'snap-confined': {
    kind: 'empty',
    summary:
      'docker of a snap package sees the homes of the machine, without what begins with a dot, and has its own `/tmp`, `/opt` and `/srv`.',
  },
  'apparmor-profile': {
    kind: 'denied',
    summary:
      'A profile of AppArmor can keep a container from files that owner and mode allow. The default one does not let it write to `/proc` and `/sys`.',
  },
  'other-clock': {
    kind: 'stale',
    summary:
      'The engine runs in a machine with another time, like a virtual machine that was suspended. Programs that compare the times of files then see changes too late, or always.',
  },
  'broken-link': {
    kind: 'empty',
    summary:
      'A symbolic link in what is mounted leads out of it. It is resolved inside the container, where its target does not exist.',
  },
  'not-there': {
    kind: 'empty',
    summary: 'The path is in a mount, and what is mounted has no such file.',
  },
  'busy-mount-point': {
    kind: 'denied',
    summary:
      'A path that has a mount on it cannot be replaced, renamed or removed in the container. Programs that save a file by renaming a new one over it (`sed -i`, many editors and servers) fail at a file that is mounted by itself.',
  },
  'two-file-systems': {
    kind: 'denied',
    summary:
      'A file cannot be renamed or linked from one mount to another, even if both are on the same disk of the host: it has to be copied.',
  },
  'no-space': {
    kind: 'denied',
    summary: 'The file system of a mount is full, or a tmpfs has reached its size.',
  },
  'refused-owner': {
    kind: 'denied',
    summary:
      'Some programs (ssh, databases, cron, sudo) refuse a file or a folder that belongs to another user, or that others may access. A bind keeps owner and mode of the host.',
  },
  'owned-by-container': {
    kind: 'denied',
    summary:
      'What a container writes to a bind belongs to the user that its process is, often root: on the host nobody else may change or remove it.',
  },
  'replaced-source': {
    kind: 'stale',
    summary:
      'A mount shows the file that was there when the container started. An editor that saves by renaming, or `git checkout`, puts another file in its place, which the container never sees.',
  },
} as const satisfies Readonly<Record<string, Cause>>;

/** The name of a cause that `mountc why` finds. */
export type CauseName = keyof typeof CAUSE_TABLE;

/** The causes that `mountc why` finds, by name. */
export const CAUSES: ReadonlyMap<string, Cause> = mapOf<Cause>(CAUSE_TABLE);

/** The kind of a cause. */
export const causeKind = (name: CauseName): Cause['kind'] => CAUSE_TABLE[name].kind;
