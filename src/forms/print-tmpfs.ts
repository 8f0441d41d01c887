import { cleanPath } from '../go/path.js';
import { printSize } from '../mount/kernel-size.js';
import type { TmpfsMount } from '../mount/mount.js';

/** Writes a tmpfs as the value of `--tmpfs`. The target is cleaned: docker does not do it there. */
export function printTmpfs(mount: TmpfsMount): string {
  const options = [
    ...(mount.readOnly ? ['ro'] : []),
    ...mount.options,
    ...(mount.size === undefined ? [] : [`size=${printSize(mount.size)}`]),
    ...(mount.mode === undefined ? [] : [`mode=${mount.mode.toString(8)}`]),
  ];
  const target = cleanPath(mount.target);
  return options.length === 0 ? target : `${target}:${options.join(',')}`;
}
