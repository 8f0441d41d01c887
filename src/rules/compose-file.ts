import type { MountView } from '../mount/view.js';
import type { FileView } from '../source/file-view.js';
import { viewFileMount } from '../source/file-view.js';

/** The mounts of a Compose file's services that can be read. */
export function composeViews({ mounts }: Pick<FileView, 'mounts'>): MountView[] {
  return mounts.flatMap((mount) => {
    const view = viewFileMount(mount);
    return view?.program === 'compose' && view.problem === undefined ? [view] : [];
  });
}

/** Whether the file is the one that Compose reads by itself, and not one laid over another. */
export function isWhole({ path, isOverlaid }: Pick<FileView, 'path' | 'isOverlaid'>): boolean {
  if (isOverlaid) return false;
  return (
    path === undefined ||
    (path.toLowerCase().includes('compose.y') && /(?:^|[\\/])(?:docker-)?compose\.ya?ml$/i.test(path))
  );
}
