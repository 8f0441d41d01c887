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

/** The mounts of a command so far, by where they are; of those in one place only so many are compared. */
export class MountsSoFar<One extends FlaggedMount> {
  readonly #places = new Map<string, One[]>();
  readonly #seen = new Set<string>();

  /** Adds one; answers the first of those before with which it is surely refused. */
  add(mount: One): One | undefined {
    const { type, target, source, isOverlay, words } = mount.mount;
    // What goes with all before it goes with them a second time.
    const key = JSON.stringify([mount.flag, type, target, source, isOverlay, words]);
    if (this.#seen.has(key) && areRefusedTogether(mount, mount) !== true) return undefined;
    const place = cleanPath(target);
    const before = this.#places.get(place) ?? [];
    const other = before.find((one) => areRefusedTogether(one, mount) === true);
    if (before.length < MOST_COMPARED) before.push(mount);
    this.#places.set(place, before);
    if (other === undefined) this.#seen.add(key);
    return other;
  }
}

const MOST_COMPARED = 100;
