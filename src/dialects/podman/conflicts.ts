import { cleanPath } from '../../go/path.js';
import type { PodmanMount } from './verdict.js';

/** A mount and the flag that it was given with. */
export interface FlaggedMount {
  readonly flag: 'volume' | 'mount' | 'tmpfs';
  readonly mount: PodmanMount;
}

/**
 * Whether podman refuses two mounts of one container for their target; undefined where the machine decides. What differs
 * from docker: some pairs are taken, and then the first of two volumes, or `--mount` before `--tmpfs`, holds.
 */
export function areRefusedTogether(a: FlaggedMount, b: FlaggedMount): boolean | undefined {
  if (cleanPath(a.mount.target) !== cleanPath(b.mount.target)) return false;
  if (a.mount.type === 'glob' || b.mount.type === 'glob') return undefined;
  const isSpeltAlike = a.mount.target === b.mount.target;
  // Found later, where an image slips through.
  if (!isSpeltAlike) return a.mount.type === 'image' || b.mount.type === 'image' ? undefined : true;
  const flags = [a.flag, b.flag].sort().join(' ');
  const sameWords = a.mount.words.join() === b.mount.words.join();
  const sameSource = a.mount.source === b.mount.source && a.mount.type === b.mount.type;
  // `./x` is made absolute, and may be what the other says.
  const isUnknown =
    a.mount.type === 'bind' &&
    b.mount.type === 'bind' &&
    !sameSource &&
    [a, b].some(({ mount }) => !mount.source?.startsWith('/'));
  if (isUnknown && sameWords) return undefined;
  switch (flags) {
    case 'mount mount':
      return true;
    case 'volume volume':
      if (a.mount.type === 'volume' && b.mount.type === 'volume' && !a.mount.isOverlay && !b.mount.isOverlay)
        return a.mount.source !== b.mount.source;
      return !(sameSource && sameWords);
    case 'mount volume':
      return !(sameSource && sameWords);
    case 'tmpfs tmpfs':
      return !sameWords;
    case 'mount tmpfs':
      return a.mount.type !== b.mount.type;
    default:
      return true;
  }
}
