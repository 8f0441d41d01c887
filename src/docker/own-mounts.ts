import { readFileSync } from 'node:fs';
import { type MountLine, readMountLines } from '../why/mount-lines.js';

/** The mounts of this process; none where the system does not say. */
export function ownMounts(): readonly MountLine[] {
  try {
    return readMountLines(readFileSync('/proc/self/mountinfo', 'utf8'));
  } catch {
    return [];
  }
}
