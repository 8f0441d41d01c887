import type { MountView, ViewField } from '../mount/view.js';
import { PROGRAMS } from './programs.js';

/** A part of a mount that has to be there. */
type Needed = 'type' | 'source' | 'target';

const NAMES: Readonly<Record<Needed, RegExp>> = {
  type: /^type$/,
  source: /^(?:source|src)$/,
  target: /^(?:target|dst|destination)$/,
};
/** What the value of one looks like, where the key tells nothing; in the key itself where another sign than `=` stands between. */
const VALUES: Readonly<Record<Needed, RegExp>> = {
  type: /^(?:bind|volume|tmpfs)$/i,
  source: /^(?:[./~\\$%]|[A-Za-z]:[\\/])/,
  target: /^[/\\$%]/,
};

/** Whether a key that the program does not know may be the one that seems to be missing: then it is the one thing to mend. */
export function hasStandIn(view: MountView, needed: Needed): boolean {
  return view.fields.some((field) => mayBe(field, view, needed));
}

function mayBe(field: ViewField, view: MountView, needed: Needed): boolean {
  const verdict = PROGRAMS[view.program].unknownKey?.(field, view);
  if (verdict === undefined) return false;
  const { better } = verdict;
  if (better !== undefined && Object.values(NAMES).some((names) => names.test(better)))
    return NAMES[needed].test(better);
  const [, word = field.key.value, inKey = ''] = /^(\w+)[:;](.+)$/s.exec(field.key.value) ?? [];
  const value = field.value?.value ?? inKey;
  if (NAMES[needed].test(word.toLowerCase())) return true;
  return value === '' ? needed === 'type' && VALUES.type.test(word) : VALUES[needed].test(value);
}
