import { realpathSync, statSync } from 'node:fs';
import type { PathPropagation, PathState, System } from '../dialects/docker/engine/system.js';
import { isOfNetwork } from '../files/network-path.js';
import { mapOf } from '../text/map-of.js';
import { ownMounts } from './own-mounts.js';

/** This machine as an engine that runs on it sees it; only for engines whose file system is this one. Never throws. */
export function localSystem(about: Pick<System, 'daemonRoot' | 'hasVolume'> = {}): System {
  return { ...about, pathState, pathPropagation };
}

const STAT_ERRORS = mapOf<string>({
  ENOTDIR: 'not a directory',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'file name too long',
});

function pathState(path: string): PathState | undefined {
  if (path.includes('\0')) return { error: `stat ${path}: invalid argument` };
  if (isOfNetwork(path)) return undefined;
  try {
    return statSync(path).isDirectory() ? 'directory' : 'file';
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'ENOENT') return 'missing';
    const words = STAT_ERRORS.get(code);
    // An engine may see what this user may not.
    return words === undefined ? undefined : { error: `stat ${path}: ${words}` };
  }
}

function pathPropagation(path: string): PathPropagation | undefined {
  try {
    const real = realpathSync(path);
    let best: PathPropagation | undefined;
    for (const { point: mountPoint, propagation: kind } of ownMounts()) {
      const isParent = mountPoint === '/' || real === mountPoint || real.startsWith(`${mountPoint}/`);
      if (!isParent || mountPoint.length < (best?.mountPoint.length ?? 0)) continue;
      best = { mountPoint, kind };
    }
    return best;
  } catch {
    return undefined;
  }
}
