import { printSize } from '../mount/kernel-size.js';
import type { Mount } from '../mount/mount.js';

/** Which keys there are for what has several, or none in some versions. */
interface MountWords {
  /** `bind-create-src` works. */
  readonly createsSource: boolean;
  /** `bind-nonrecursive` is the word for `bind-recursive=disabled`. */
  readonly isOldRecursion?: boolean;
}

/** Writes a mount as the value of `--mount`. Only what has a key is written; whether that is all is for the losses to say. */
export function printMount(mount: Mount, words: MountWords): string {
  return mountFields(mount, words).map(quoteCsv).join(',');
}

function mountFields(mount: Mount, { createsSource, isOldRecursion = false }: MountWords): string[] {
  const source = 'source' in mount && mount.source !== undefined ? [`src=${mount.source}`] : [];
  const fields = [`type=${mount.type}`, ...source, `dst=${mount.target}`];
  if (mount.readOnly) fields.push('readonly');
  if (mount.consistency !== undefined) fields.push(`consistency=${mount.consistency}`);
  switch (mount.type) {
    case 'bind':
      if (mount.createSource && createsSource) fields.push('bind-create-src');
      if (mount.propagation !== undefined) fields.push(`bind-propagation=${mount.propagation}`);
      for (const recursion of mount.recursion)
        fields.push(
          isOldRecursion && recursion === 'disabled' ? 'bind-nonrecursive' : `bind-recursive=${recursion}`,
        );
      break;
    case 'volume':
      if (mount.noCopy) fields.push('volume-nocopy');
      if (mount.driver !== undefined) fields.push(`volume-driver=${mount.driver}`);
      for (const [key, value] of Object.entries(mount.driverOptions))
        fields.push(`volume-opt=${key}=${value}`);
      for (const [key, value] of Object.entries(mount.labels)) fields.push(`volume-label=${key}=${value}`);
      if (mount.subpath !== undefined) fields.push(`volume-subpath=${mount.subpath}`);
      break;
    case 'image':
      if (mount.subpath !== undefined) fields.push(`image-subpath=${mount.subpath}`);
      break;
    case 'tmpfs':
      if (mount.size !== undefined) fields.push(`tmpfs-size=${printSize(mount.size)}`);
      if (mount.mode !== undefined) fields.push(`tmpfs-mode=${mount.mode.toString(8)}`);
      break;
    case 'npipe':
    case 'cluster':
      break;
  }
  return fields;
}

/** The field as one CSV field: in quotes where Go's reader would otherwise cut it, refuse it or change it. */
export function quoteCsv(field: string): string {
  return /[,"\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
