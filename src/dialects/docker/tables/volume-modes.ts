/** A word that may stand in the third section of `-v` on a Linux engine (§2.3 step 3). */
export interface VolumeMode {
  readonly name: string;
  /** At most one word of each group. */
  readonly group: 'access' | 'label' | 'propagation' | 'copy' | 'consistency';
  readonly summary: string;
}

/** The modes of `-v` as moby's volume/mounts/linux_parser.go lists them; case matters. */
export const VOLUME_MODES = [
  { name: 'ro', group: 'access', summary: 'the container cannot write there' },
  { name: 'rw', group: 'access', summary: 'the container can write there; the default' },
  { name: 'z', group: 'label', summary: 'SELinux: relabel the files so that all containers may use them' },
  { name: 'Z', group: 'label', summary: 'SELinux: relabel the files for this container alone' },
  {
    name: 'private',
    group: 'propagation',
    summary: 'later mounts are not passed on, neither way; not for mounts below',
  },
  {
    name: 'rprivate',
    group: 'propagation',
    summary: 'later mounts are not passed on, neither way; the default',
  },
  {
    name: 'shared',
    group: 'propagation',
    summary: 'later mounts are passed on both ways; not for mounts below',
  },
  { name: 'rshared', group: 'propagation', summary: 'later mounts are passed on both ways' },
  {
    name: 'slave',
    group: 'propagation',
    summary: 'later mounts of the host appear in the container; not for mounts below',
  },
  { name: 'rslave', group: 'propagation', summary: 'later mounts of the host appear in the container' },
  { name: 'nocopy', group: 'copy', summary: 'do not fill an empty volume with what the image has there' },
  {
    name: 'consistent',
    group: 'consistency',
    summary: 'a hint for old Docker Desktop releases; ignored elsewhere',
  },
  {
    name: 'cached',
    group: 'consistency',
    summary: 'a hint for old Docker Desktop releases; ignored elsewhere',
  },
  {
    name: 'delegated',
    group: 'consistency',
    summary: 'a hint for old Docker Desktop releases; ignored elsewhere',
  },
] as const satisfies readonly VolumeMode[];

/** The modes by name. */
export const VOLUME_MODE_BY_NAME: ReadonlyMap<string, VolumeMode> = new Map(
  VOLUME_MODES.map((mode) => [mode.name, mode]),
);

/** What BindOptions.Propagation may be (moby/api mount.Propagations). */
export const PROPAGATIONS: ReadonlySet<string> = new Set(
  VOLUME_MODES.filter((mode) => mode.group === 'propagation').map((mode) => mode.name),
);
