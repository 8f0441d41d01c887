import { RUN_MOUNT_KEY_BY_NAME, type RunMountKey } from '../dialects/buildkit/run-mount-keys.js';
import type { FileMount } from '../source/found.js';
import { parseMount } from '../spec/parse.js';
import type { Range } from '../text/range.js';
import { hasHole } from '../text/spec-text.js';

/** One field of `RUN --mount`; ranges are in the spec's value. */
export interface RunField {
  readonly name: string;
  readonly keyRange: Range;
  readonly range: Range;
  readonly key?: RunMountKey;
  /** Absent for a bare key, and where a variable is in it. */
  readonly value?: string;
  readonly valueRange?: Range;
  readonly isBare: boolean;
  /** The type that the fields in front of it have set. */
  readonly typeSoFar: string | undefined;
}

/** The fields of a `RUN --mount` whose keys are known, and its type; undefined where the CSV is broken. */
export function runFields({ form, spec }: FileMount): { fields: RunField[]; type?: string } | undefined {
  if (form !== 'run-mount') return undefined;
  const node = parseMount(spec.value);
  if (node.problem !== undefined) return undefined;
  let type: string | undefined = 'bind';
  const fields: RunField[] = [];
  for (const field of node.fields) {
    if (hasHole(spec, field.key.range)) return undefined;
    const name = field.key.value.toLowerCase();
    const isOpen = field.value !== undefined && hasHole(spec, field.value.range);
    const value = isOpen ? undefined : field.value?.value;
    fields.push({
      name,
      keyRange: field.key.range,
      range: field.range,
      key: RUN_MOUNT_KEY_BY_NAME.get(name),
      value,
      valueRange: field.value?.range,
      isBare: field.value === undefined,
      typeSoFar: type,
    });
    if (name === 'type') type = value?.toLowerCase();
  }
  return { fields, type };
}
