import type { ContainerMount } from '../inspect/container-mounts.js';
import { isWithin } from './file-view.js';

/** The mount that a path of the container lies in; undefined for the container's own files. */
export function innermost(mounts: readonly ContainerMount[], path: string): ContainerMount | undefined {
  return mounts
    .filter(({ target, isHidden }) => !isHidden && isWithin(path, target))
    .reduce<ContainerMount | undefined>(
      (best, one) => (best === undefined || one.target.length > best.target.length ? one : best),
      undefined,
    );
}
