/** One option of `--tmpfs` on a Linux engine (§4.1; moby/sys mount/flags_unix.go). */
interface TmpfsOptionRow {
  readonly name: string;
  /** Options of one slot override each other; the last one counts. */
  readonly slot: string;
  readonly takesValue: boolean;
  /** Already so when nothing is said. */
  readonly isDefault?: boolean;
}

const flag = (slot: string, name: string, isDefault?: boolean): TmpfsOptionRow => ({
  name,
  slot,
  takesValue: false,
  isDefault,
});
const value = (name: string): TmpfsOptionRow => ({ name, slot: name, takesValue: true });

/** Everything that the engine accepts there; anything else fails when the container starts. */
export const TMPFS_OPTIONS: readonly TmpfsOptionRow[] = [
  { name: 'defaults', slot: 'defaults', takesValue: false, isDefault: true },
  flag('access', 'ro'),
  flag('access', 'rw', true),
  flag('suid', 'suid'),
  flag('suid', 'nosuid', true),
  flag('dev', 'dev'),
  flag('dev', 'nodev', true),
  flag('exec', 'exec'),
  flag('exec', 'noexec', true),
  flag('sync', 'sync'),
  flag('sync', 'async'),
  flag('dirsync', 'dirsync'),
  flag('remount', 'remount'),
  flag('mand', 'mand'),
  flag('mand', 'nomand'),
  flag('atime', 'atime'),
  flag('atime', 'noatime'),
  flag('diratime', 'diratime'),
  flag('diratime', 'nodiratime'),
  flag('relatime', 'relatime'),
  flag('relatime', 'norelatime'),
  flag('strictatime', 'strictatime'),
  flag('strictatime', 'nostrictatime'),
  flag('propagation', 'bind'),
  flag('propagation', 'rbind'),
  flag('propagation', 'unbindable'),
  flag('propagation', 'runbindable'),
  flag('propagation', 'private'),
  flag('propagation', 'rprivate', true),
  flag('propagation', 'shared'),
  flag('propagation', 'rshared'),
  flag('propagation', 'slave'),
  flag('propagation', 'rslave'),
  value('size'),
  value('mode'),
  value('uid'),
  value('gid'),
  value('nr_inodes'),
  value('nr_blocks'),
  value('mpol'),
];

/** The options by name. */
export const TMPFS_OPTION_BY_NAME: ReadonlyMap<string, TmpfsOptionRow> = new Map(
  TMPFS_OPTIONS.map((row) => [row.name, row]),
);
