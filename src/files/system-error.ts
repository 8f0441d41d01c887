import { mapOf } from '../text/map-of.js';
import { Refusal } from './refusal.js';

/** The words for what the system says when a file cannot be read or written. */
export function reasonOf(error: unknown, path = '', done: 'read' | 'written' = 'read'): string {
  if (error instanceof Refusal) return error.message;
  const code = codeOf(error);
  if (code === 'ENOENT' && path.includes('\ufffd')) return 'its name is not UTF-8';
  return REASONS.get(code) ?? `cannot be ${done}${code === '' ? '' : ` (${code})`}`;
}

/** The system's name for what went wrong; empty for an error that is not the system's. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

const REASONS = mapOf<string>({
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EISDIR: 'is a directory',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
  EEXIST: 'already exists',
  ENOTDIR: 'a part of its path is not a directory',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'larger than files may be here',
  ETXTBSY: 'is a program that runs',
  EBUSY: 'is in use, or is mounted here on its own, so it cannot be replaced',
  EAGAIN: 'would have to be waited for',
  EXDEV: 'is mounted here on its own, so it cannot be replaced',
});
