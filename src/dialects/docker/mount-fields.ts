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

/** What to cut out so that a field of the mount and one comma are gone. */
export function fieldRemoval(node: MountSpec, field: MountField): Range {
  let removals = removalsOf.get(node);
  if (removals === undefined) {
    removals = readRemovals(node);
    removalsOf.set(node, removals);
  }
  return removals.get(field)!;
}

// Asked for each field of a mount, which may have thousands.
const removalsOf = new WeakMap<MountSpec, ReadonlyMap<MountField, Range>>();

function readRemovals({ fields }: MountSpec): ReadonlyMap<MountField, Range> {
  // Of empty ones at the start each takes the comma after it.
  const first = fields.findIndex(({ range }) => range.end > range.start);
  return new Map(
    fields.map((field, index) => {
      const before = first >= 0 && first < index ? fields[index - 1] : undefined;
      return [
        field,
        before === undefined
          ? { start: field.range.start, end: fields[index + 1]?.range.start ?? field.range.end }
          : { start: before.range.end, end: field.range.end },
      ];
    }),
  );
}
