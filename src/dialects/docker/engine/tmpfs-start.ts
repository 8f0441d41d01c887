import { quoteGo } from '../../../go/text.js';
import { mapOf } from '../../../text/map-of.js';
import type { Dialect } from '../tables/dialect.js';
import { TMPFS_OPTION_BY_NAME } from '../tables/tmpfs-options.js';
import type { Problem } from './refusal.js';

/** Why the engine refuses these `--tmpfs` options when the container starts (§4.1); it reads them from the right. */
export function checkTmpfsOptions(options: string, { engineHas }: Dialect): Problem | undefined {
  if (options === '') return undefined;
  const words = options.split(',');
  for (const word of words.toReversed()) {
    const equals = word.indexOf('=');
    const key = equals < 0 ? word : word.slice(0, equals);
    const row = TMPFS_OPTION_BY_NAME.get(key);
    const isKnown = row === undefined ? word.startsWith('=') : row.takesValue === equals >= 0;
    if (isKnown) continue;
    const parts = equals < 0 ? [word] : [key, word.slice(equals + 1)];
    const shown = engineHas.listsTmpfsOptionError
      ? `[${parts.map((part) => quoteGo(part)).join(' ')}]`
      : quoteGo(key);
    return { kind: 'tmpfs-option', reason: `invalid tmpfs option ${shown}` };
  }
  return undefined;
}

/** Why the kernel refuses the value of an option that the engine passes on. The last of two counts. */
export function checkTmpfsValues(options: string): Problem | undefined {
  const last = new Map<string, string>();
  for (const word of options.split(',')) {
    const equals = word.indexOf('=');
    if (equals > 0) last.set(word.slice(0, equals), word.slice(equals + 1));
  }
  const isBad = [...last].some(([key, value]) => KERNEL_VALUES.get(key)?.test(value) === false);
  return isBad ? { kind: 'tmpfs-value', reason: 'invalid argument', isPart: true } : undefined;
}

// What every kernel since 3.x takes (mm/shmem.c: memparse, match_octal, match_int). An empty value is left open, and so
// are the other keys: kernels differ there.
const BYTES = /^(?:|(?:0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)[kKmMgGtTpPeE]?%?)$/;
const COUNT = /^(?:|(?:0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)[kKmMgGtTpPeE]?)$/;
const KERNEL_VALUES = mapOf<RegExp>({
  size: BYTES,
  nr_blocks: COUNT,
  nr_inodes: COUNT,
  mode: /^[0-7]*$/,
  uid: /^\+?[\da-fA-FxX]*$/,
  gid: /^\+?[\da-fA-FxX]*$/,
});
