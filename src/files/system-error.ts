/** The words for what the system says when a file cannot be read or written. */
export function reasonOf(error: unknown, path = ''): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' && path.includes('\ufffd')) return 'its name is not UTF-8';
  return REASONS[code] ?? (code === '' ? 'cannot be read' : `cannot be read (${code})`);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EISDIR: 'is a directory',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
  ENOTDIR: 'a part of its path is no directory',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on device',
};
