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

/** Whether a key that the program does not know may be the one that seems to be missing: then it is the one thing to fix. */
export function hasStandIn(view: MountView, needed: Needed): boolean {
  return view.fields.some((field) => mayBe(field, view, needed));
}

/** A path that stands alone between commas, and the keys that must have been meant: of `/a:/b` both, where both are missing. */
export interface KeylessPath {
  readonly field: ViewField;
  readonly keys: readonly Exclude<Needed, 'type'>[];
}

const PATH = /^(?:[./~\\]|[A-Za-z]:[\\/])/;

/** The fields of `type=bind,/a,/b` that are paths and no keys, in order. */
export function keylessPaths(view: MountView): readonly KeylessPath[] {
  const known = view.type?.text?.toLowerCase();
  const needsSource = view.source === undefined && known !== 'tmpfs' && known !== 'cache';
  const missing = [
    needsSource && ('source' as const),
    view.target === undefined && ('target' as const),
  ].filter((one) => one !== false);
  const found: KeylessPath[] = [];
  for (const [at, field] of view.fields.entries()) {
    if (!isPathAlone(field, view)) continue;
    const before = view.fields[at - 1];
    // `source,/a`: a comma stands where `=` belongs.
    const isValue =
      before?.value === undefined && Object.values(NAMES).some((one) => one.test(before?.name ?? ''));
    if (isValue) found.push({ field, keys: [] });
    else if (missing.length === 2 && /^[^:]+:\//.test(field.key.value))
      found.push({ field, keys: missing.splice(0) });
    else if (missing.length > 0) found.push({ field, keys: missing.splice(0, 1) });
  }
  return found;
}

function isPathAlone(field: ViewField, view: MountView): boolean {
  if (field.value !== undefined || !PATH.test(field.key.value)) return false;
  return PROGRAMS[view.program].unknownKey?.(field, view) !== undefined;
}

function mayBe(field: ViewField, view: MountView, needed: Needed): boolean {
  const verdict = PROGRAMS[view.program].unknownKey?.(field, view);
  if (verdict === undefined) return false;
  if (isPathAlone(field, view))
    return keylessPaths(view).some((one) => one.field === field && one.keys.some((key) => key === needed));
  const { better } = verdict;
  if (better !== undefined && Object.values(NAMES).some((names) => names.test(better)))
    return NAMES[needed].test(better);
  const [, word = field.key.value, inKey = ''] = /^(\w+)[^\w=](.+)$/s.exec(field.key.value) ?? [];
  const value = field.value?.value ?? inKey;
  if (NAMES[needed].test(word.toLowerCase())) return true;
  return value === '' ? needed === 'type' && VALUES.type.test(word) : VALUES[needed].test(value);
}
