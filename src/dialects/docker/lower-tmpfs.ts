import { readOctal } from '../../go/number.js';
import { readKernelSize } from '../../mount/kernel-size.js';
import type { TmpfsSpec } from '../../spec/ast.js';
import { startsWithHole } from '../../text/hole-mark.js';
import { isRoot, type Lowered, refuse } from '../lower-result.js';
import { TMPFS_OPTION_BY_NAME } from './tables/tmpfs-options.js';

/** What the value of `--tmpfs` means. */
export function lowerTmpfs(node: TmpfsSpec): Lowered {
  const target = node.target.value;
  if (!(target.startsWith('/') || startsWithHole(target)) || isRoot(target))
    return refuse(`docker's engine refuses the target \`${target}\``);
  // The last word of each slot counts.
  const slots = new Map<string, { name: string; value?: string }>();
  for (const option of node.options ?? []) {
    const name = option.key.value;
    const row = TMPFS_OPTION_BY_NAME.get(name);
    if (name === '' && option.value === undefined && node.options?.length === 1) continue;
    if (row === undefined || row.takesValue !== (option.value !== undefined)) {
      return refuse(`docker's engine refuses it when the container starts: invalid tmpfs option "${name}"`);
    }
    slots.delete(row.slot);
    slots.set(row.slot, { name, value: option.value?.value });
  }
  let readOnly = false;
  let size: bigint | undefined;
  let mode: number | undefined;
  const options: string[] = [];
  for (const [slot, { name, value }] of slots) {
    const bytes = slot === 'size' ? readKernelSize(value ?? '') : undefined;
    const bits = slot === 'mode' ? readOctal(value ?? '') : undefined;
    if (slot === 'access') readOnly = name === 'ro';
    else if (bytes !== undefined && bytes > 0n) size = bytes;
    else if (bits !== undefined && bits > 0) mode = bits;
    else if (!TMPFS_OPTION_BY_NAME.get(name)?.isDefault)
      options.push(value === undefined ? name : `${name}=${value}`);
  }
  return { ok: true, mount: { type: 'tmpfs', target, readOnly, size, mode, options: options.sort() } };
}
