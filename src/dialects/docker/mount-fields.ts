import { lowerGo, trimmedGo } from '../../go/text.js';
import type { MountView } from '../../mount/view.js';
import type { MountField, MountSpec } from '../../spec/ast.js';
import type { Range } from '../../text/range.js';
import { hasHole } from '../../text/spec-text.js';
import type { VerdictContext } from '../program.js';
import { type MountProblem, readField } from './client/client-mount.js';
import { MOUNT_KEY_BY_NAME, type MountKey } from './tables/mount-keys.js';

/** One field of `--mount` with the client's verdict on it alone. */
export interface JudgedField {
  readonly field: MountField;
  /** Its key without white space, in lower case. */
  readonly name: string;
  /** The key in any docker version. */
  readonly key?: MountKey;
  /** The value, when there is one and no hole is in it. */
  readonly value?: string;
  /** What the client says to it; of an unknown value nothing. */
  readonly problem?: MountProblem;
}

/** The fields of a `--mount` whose key is known, each judged on its own; none when the CSV is broken, and of another form. */
export function judgeFields(view: MountView, context: VerdictContext): readonly JudgedField[] {
  let fields = fieldsOfView.get(view);
  if (fields === undefined) {
    fields = readFields(view, context);
    fieldsOfView.set(view, fields);
  }
  return fields;
}

// A dozen rules ask for the same; a mount belongs to one command.
const fieldsOfView = new WeakMap<MountView, readonly JudgedField[]>();

function readFields(view: MountView, { dialect, cwd }: VerdictContext): JudgedField[] {
  const { node, host: text } = view;
  if (view.form !== 'mount' || node?.kind !== 'mount' || node.problem !== undefined) return [];
  return node.fields.flatMap((field): JudgedField[] => {
    if (hasHole(text, field.key.range)) return [];
    const name = lowerGo(trimmedGo(field.key.value));
    const isOpen = field.value !== undefined && hasHole(text, field.value.range);
    const problem = readField({ Type: 'volume' }, field, { dialect, cwd: cwd ?? '/' });
    const isAboutValue =
      problem?.kind === 'bad-value' ||
      problem?.kind === 'empty-value' ||
      (problem?.kind === 'whitespace' && trimmedGo(field.key.value) === field.key.value);
    return [
      {
        field,
        name,
        key: MOUNT_KEY_BY_NAME.get(name),
        value: isOpen ? undefined : field.value?.value,
        problem: isOpen && isAboutValue ? undefined : problem,
      },
    ];
  });
}

/** What to cut out so that a field and one comma are gone. */
export function fieldRemoval(
  node: MountSpec,
  field: MountField,
  index: number = node.fields.indexOf(field),
): Range {
  const before = node.fields[index - 1];
  // Of empty ones at the start each takes the comma after it.
  const first = node.fields.findIndex(({ range }) => range.end > range.start);
  if (before !== undefined && first >= 0 && first < index)
    return { start: before.range.end, end: field.range.end };
  const after = node.fields[index + 1];
  return { start: field.range.start, end: after?.range.start ?? field.range.end };
}
