import { lowerGo, trimmedGo } from '../../../go/text.js';
import type { MountField, MountSpec } from '../../../spec/ast.js';
import { fieldText } from '../../../spec/print.js';
import { GROUP_ORDER, MOUNT_KEY_BY_NAME, type MountKey, type OptionGroup } from '../tables/mount-keys.js';
import type { ApiMount } from './api.js';
import type { ClientContext, ClientResult } from './client-volume.js';
import { csvError } from './csv-error.js';
import { enterMountKey } from './enter-mount-key.js';
import { tidyMount } from './tidy-mount.js';

/** Why a field of `--mount` is refused: the rules tell mistakes apart by it. */
type MountProblemKind =
  | 'syntax'
  | 'whitespace'
  | 'empty-value'
  | 'not-a-pair'
  | 'unknown-key'
  | 'removed-key'
  | 'bad-value'
  | 'missing-type'
  | 'missing-target'
  | 'wrong-group'
  | 'recursion';

/** One thing that the client refuses in a `--mount` value, in docker's words. */
export interface MountProblem {
  readonly kind: MountProblemKind;
  readonly reason: string;
  /** The field that it is about; absent where it is about the whole mount. */
  readonly field?: MountField;
  readonly key?: MountKey;
}

/** What the docker client does with a `--mount` value (docker/cli opts/mount.go; opts/mount_utils.go since 29.2.1). */
export function readMount(spec: MountSpec, context: ClientContext): ClientResult {
  const { mount, problem, warnings } = draftMount(spec, context);
  return problem === undefined
    ? { ok: true, sent: { slot: 'Mounts', mount: tidyMount(mount) }, warnings }
    : { ok: false, reason: problem.reason, warnings };
}

/** The mount as far as the client reads it, and the problem at which it stops. */
export function draftMount(
  spec: MountSpec,
  context: ClientContext,
): { mount: ApiMount; problem?: MountProblem; warnings?: readonly string[] } {
  const { has } = context.dialect;
  const mount: ApiMount = { Type: 'volume' };
  if (spec.problem !== undefined) {
    const isEmpty = spec.problem.kind === 'empty-spec';
    const reason = isEmpty ? (has.strictMount ? 'value is empty' : 'EOF') : csvError(spec, spec.problem);
    return { mount, problem: { kind: isEmpty ? 'empty-value' : 'syntax', reason } };
  }
  let warnings: string[] | undefined;
  for (const field of spec.fields) {
    const problem = readField(mount, field, context);
    if (problem !== undefined) return { mount, problem, warnings };
    const key: MountKey | undefined = MOUNT_KEY_BY_NAME.get(lowerGo(field.key.value));
    // Of a key alone nothing is said.
    if (
      key?.deprecated !== undefined &&
      field.value !== undefined &&
      context.dialect.client >= key.deprecated
    ) {
      warnings ??= [];
      warnings.push(key.removedMessage ?? '');
    }
  }
  return { mount, problem: wholeProblem(mount, context), warnings };
}

/** Judges one field and, when docker takes it, enters it into the mount. */
export function readField(
  mount: ApiMount,
  field: MountField,
  context: ClientContext,
): MountProblem | undefined {
  const { dialect } = context;
  const strict = dialect.has.strictMount;
  const typed = field.key.value;
  const text = fieldText(field);
  const value = field.value?.value;
  if (strict && trimmedGo(typed) !== typed) {
    const reason = `invalid option '${trimmedGo(typed)}' in '${text}': option should not have whitespace`;
    return { kind: 'whitespace', reason, field };
  }
  if (strict && value !== undefined) {
    const trimmed = trimmedGo(value);
    if (trimmed === '')
      return { kind: 'empty-value', reason: `invalid value for '${typed}': value is empty`, field };
    if (trimmed !== value) {
      const reason = `invalid value for '${typed}' in '${text}': value should not have whitespace`;
      return { kind: 'whitespace', reason, field };
    }
  }
  const name = lowerGo(typed, dialect.has.unicode15 ? 15 : 13);
  const key = MOUNT_KEY_BY_NAME.get(name);
  const known = key !== undefined && dialect.client >= (key.since ?? 0);
  if (value === undefined && !(known && key.kind === 'bool')) {
    return { kind: 'not-a-pair', reason: `invalid field '${text}' must be a key=value pair`, field };
  }
  if (!known) {
    const words = strict ? 'unknown option' : 'unexpected key';
    return { kind: 'unknown-key', reason: `${words} '${name}' in '${text}'`, field };
  }
  if (key.removed !== undefined && dialect.client >= key.removed) {
    return { kind: 'removed-key', reason: key.removedMessage ?? '', field, key };
  }
  const reason = enterMountKey(mount, key, name, value, context);
  return reason === undefined ? undefined : { kind: 'bad-value', reason, field, key };
}

function wholeProblem(mount: ApiMount, { dialect }: ClientContext): MountProblem | undefined {
  const { has } = dialect;
  if (mount.Type === '') return { kind: 'missing-type', reason: 'type is required' };
  if (has.requiresTarget && (mount.Target ?? '') === '')
    return { kind: 'missing-target', reason: 'target is required' };
  const order: readonly OptionGroup[] = has.strictMount ? GROUP_ORDER.strict : GROUP_ORDER.before;
  for (const group of order) {
    if (group === 'image' && !has.checksImageOptions) continue;
    if (mount.Type !== group && optionsOf(mount, group) !== undefined) {
      return {
        kind: 'wrong-group',
        reason: `cannot mix '${group}-*' options with mount type '${mount.Type}'`,
      };
    }
  }
  const options = mount.BindOptions;
  const needs = (what: string, also: string): MountProblem => ({
    kind: 'recursion',
    reason: `option 'bind-recursive=${what}' requires '${also}' to be specified in conjunction`,
  });
  if (options?.ReadOnlyNonRecursive && !mount.ReadOnly) return needs('writable', 'readonly');
  if (options?.ReadOnlyForceRecursive && !mount.ReadOnly) return needs('readonly', 'readonly');
  if (options?.ReadOnlyForceRecursive && options.Propagation !== 'rprivate')
    return needs('readonly', 'bind-propagation=rprivate');
  return undefined;
}

/** The options of a group that a mount carries, if any. */
export function optionsOf(mount: ApiMount, group: OptionGroup): object | undefined {
  switch (group) {
    case 'bind':
      return mount.BindOptions;
    case 'volume':
      return mount.VolumeOptions;
    case 'image':
      return mount.ImageOptions;
    case 'tmpfs':
      return mount.TmpfsOptions;
  }
}
