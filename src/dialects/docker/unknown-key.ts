import type { MountView, ViewField } from '../../mount/view.js';
import { showPart } from '../../mount/view.js';
import { mapOf } from '../../text/map-of.js';
import { nearest } from '../../text/nearest.js';
import type { KeyVerdict } from '../program.js';
import { MOUNT_KEY_BY_NAME } from './tables/mount-keys.js';
import { VOLUME_MODE_BY_NAME } from './tables/volume-modes.js';

/** What docker says of a key of `--mount`; undefined when some docker knows it. */
export function unknownKey({ name, key, value }: ViewField, { fields }: MountView): KeyVerdict | undefined {
  if (name === '' || MOUNT_KEY_BY_NAME.has(name)) return undefined;
  const message = `\`${showPart(key).trim()}\` is not an option of \`--mount\``;
  const isOfType = MOUNT_TYPES.has(name) && value === undefined && !fields.some((one) => one.name === 'type');
  const [, pathKey, rest] = (value === undefined && WITH_COLON.exec(showPart(key).trim())) || [];
  const meant = isOfType
    ? `type=${name}`
    : name === 'mode' && value?.value === 'ro'
      ? 'readonly'
      : pathKey && `${pathKey}=${rest}`;
  if (meant !== undefined) return { message, help: `did you mean \`${meant}\`?`, field: meant };
  const isMode = name === 'mode' && value?.value === 'rw';
  return { message, ...advise(isMode ? 'rw' : name, value !== undefined && !isMode) };
}

/** `src:/a`, with the colon of `-v`. */
const WITH_COLON = /^(type|source|src|target|destination|dst):([^:]+)$/i;

const MOUNT_TYPES: ReadonlySet<string> = new Set(['bind', 'volume', 'tmpfs', 'image', 'npipe', 'cluster']);

const MEANS_NOTHING = new Set(['rw', 'readwrite']);

/** What people write for a key that docker has under another name. */
const SYNONYMS = mapOf<string>({
  read_only: 'readonly',
  'read-only': 'readonly',
  rdonly: 'readonly',
  from: 'source',
  host: 'source',
  hostpath: 'source',
  path: 'target',
  dest: 'target',
  tgt: 'target',
  trgt: 'target',
  mountpoint: 'target',
  to: 'target',
  container: 'target',
  propagation: 'bind-propagation',
  nocopy: 'volume-nocopy',
  driver: 'volume-driver',
  subpath: 'volume-subpath',
  size: 'tmpfs-size',
  mode: 'tmpfs-mode',
});

function advise(name: string, hasValue: boolean): Omit<KeyVerdict, 'message'> {
  if (MEANS_NOTHING.has(name)) {
    const help = 'remove it: a mount is read-write unless it has `readonly`';
    return { help, isNeedless: !hasValue };
  }
  if (/^[zZ]$/.test(name))
    return { help: '`--mount` cannot relabel for SELinux: use `-v …:z`, or label the files on the host' };
  if (!hasValue && /^(?:bind|volume|tmpfs)$/.test(name))
    return { help: `write \`type=${name}\``, better: `type=${name}` };
  const synonym = SYNONYMS.get(name);
  const better = synonym ?? nearest(name, MOUNT_KEY_BY_NAME.keys());
  const kind = better === undefined ? undefined : MOUNT_KEY_BY_NAME.get(better)?.kind;
  if (better !== undefined && (kind === 'bool' || hasValue))
    return { help: `did you mean \`${better}\`?`, better };
  const mode = hasValue ? undefined : VOLUME_MODE_BY_NAME.get(name);
  if (mode?.group === 'propagation') return { help: `write \`bind-propagation=${name}\`` };
  if (mode?.group === 'consistency') return { help: 'remove it: no current docker does anything with it' };
  const known = new Set([...MOUNT_KEY_BY_NAME.values()].map((one) => one.name));
  return { help: `docker supports ${[...known].join(', ')}` };
}
