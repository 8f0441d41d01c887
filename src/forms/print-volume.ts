import type { Mount } from '../mount/mount.js';

/** Writes a bind or a volume as the value of `-v`; undefined for what that has no words for. */
export function printVolume(mount: Mount): string | undefined {
  switch (mount.type) {
    case 'bind':
    case 'volume':
    case 'npipe': {
      if (mount.source === undefined) return mount.target;
      const modes = mount.type === 'npipe' ? [] : volumeModes(mount);
      return [mount.source, mount.target, ...(modes.length > 0 ? [modes.join(',')] : [])].join(':');
    }
    case 'tmpfs':
    case 'image':
    case 'cluster':
      return undefined;
  }
}

function volumeModes(mount: Extract<Mount, { type: 'bind' | 'volume' }>): string[] {
  return [
    ...(mount.readOnly ? ['ro'] : []),
    ...(mount.type === 'volume' && mount.noCopy ? ['nocopy'] : []),
    ...(mount.type === 'bind' && mount.propagation !== undefined ? [mount.propagation] : []),
    ...(mount.relabel === undefined ? [] : [mount.relabel]),
    ...(mount.consistency === undefined || mount.consistency === 'default' ? [] : [mount.consistency]),
  ];
}
