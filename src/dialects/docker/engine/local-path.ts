import { cleanPath } from '../../../go/path.js';

/** filepath.IsLocal on Linux: relative, not empty, and never above where it starts. */
export function isLocalPath(path: string): boolean {
  if (path === '' || path.startsWith('/')) return false;
  const clean = cleanPath(path);
  return clean !== '..' && !clean.startsWith('../');
}
