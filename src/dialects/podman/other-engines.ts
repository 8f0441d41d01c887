// What other engines that take docker's flags know beyond docker: podman-run(1), nerdctl's command reference.

const PODMAN_MODES = new Set(
  (
    'z Z U O exec noexec dev nodev suid nosuid idmap copy nocopy bind rbind ' +
    'private rprivate shared rshared slave rslave unbindable runbindable cached delegated consistent'
  ).split(' '),
);
const NERDCTL_MODES = new Set(['rro', 'bind', 'rbind', 'copy', '']);

/** Every key that some podman takes in `--mount`, whatever the type; capital letters count. */
export const PODMAN_MOUNT_KEYS: ReadonlySet<string> = new Set(
  (
    'type src source dst destination target ro readonly rw readwrite U chown idmap relabel z Z O ' +
    'bind-propagation bind-nonrecursive bind-recursive bind rbind consistency ' +
    'private rprivate shared rshared slave rslave unbindable runbindable ' +
    'exec noexec suid nosuid dev nodev copy nocopy no-dereference upperdir workdir ' +
    'volume-opt volume-label volume-driver volume-nocopy volume-subpath image-subpath subpath ' +
    'tmpfs-size size tmpfs-mode mode tmpcopyup notmpcopyup uid gid max digest title name'
  ).split(' '),
);

/** Whether that engine takes the word as a mode of `-v`, besides those of docker. */
export const OTHER_ENGINE_MODES = {
  podman: (word: string) =>
    PODMAN_MODES.has(word) || /^(?:idmap|upperdir|workdir|volume-opt|subpath)=/.test(word),
  nerdctl: (word: string) => NERDCTL_MODES.has(word),
  // Compose ignores what it does not know.
  compose: () => true,
} as const satisfies Record<string, (word: string) => boolean>;
