/** Directories that the programs of an image live in: what is mounted there hides them. */
export const PROGRAM_DIRECTORIES: ReadonlySet<string> = new Set([
  '/usr',
  '/bin',
  '/lib',
  '/lib64',
  '/sbin',
  '/usr/bin',
  '/usr/lib',
]);
