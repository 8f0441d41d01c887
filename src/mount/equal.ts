import { effectOf, FIELD_ROWS } from './fields.js';
import type { Mount } from './mount.js';

/** Whether two mounts have the same effect in the container and on the host, field by field: the definition of "equivalent". */
export function sameMount(a: Mount, b: Mount): boolean {
  return a === b || (a.type === b.type && keyOf(a) === keyOf(b));
}

function keyOf(mount: Mount): string {
  let key = keys.get(mount);
  if (key === undefined) {
    key = JSON.stringify(FIELD_ROWS[mount.type].map((row) => effectOf(mount, row) ?? null));
    keys.set(mount, key);
  }
  return key;
}

// One mount is compared with what each of a dozen dockers reads.
const keys = new WeakMap<Mount, string>();
