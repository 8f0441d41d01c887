// What other engines that take docker's flags know beyond docker: podman-run(1), nerdctl's command reference.

const PODMAN_MODES = new Set(
  (
    'z Z U O exec noexec dev nodev suid nosuid idmap copy nocopy bind rbind ' +
    'private rprivate shared rshared slave rslave unbindable runbindable cached delegated consistent'
  ).split(' '),
);
const NERDCTL_MODES = new Set(['rro', 'bind', 'rbind', 'copy']);

/** Whether that engine takes the word as a mode of `-v`, besides those of docker. */
export const OTHER_ENGINE_MODES = {
  podman: (word: string) =>
    PODMAN_MODES.has(word) || /^(?:idmap|upperdir|workdir|volume-opt|subpath)=/.test(word),
  nerdctl: (word: string) => NERDCTL_MODES.has(word),
} as const satisfies Record<string, (word: string) => boolean>;
