import type { GoUnits } from '../dialect/go-units.js';
import { readSize } from '../dialect/go-units.js';
import {
  GROUP_ORDER,
  type KnownMountKey,
  MOUNT_KEY_BY_NAME,
  type MountKey,
  type MountKeyOf,
  type OptionGroup,
  RECURSIONS,
} from '../dialect/mount-keys.js';
import type { MountField, MountSpec } from '../syntax/ast.js';
import { fieldText } from '../syntax/print.js';
import { absolutePath } from '../text/go-path.js';
import { lowerGo, parseGoBool, quoteGo, trimmedGo } from '../text/go-text.js';
import type { ApiMount } from './api.js';
import { type ClientContext, type ClientResult, isExpanded } from './client-volume.js';
import { csvError } from './csv-error.js';

/** Why a field of `--mount` is refused: the rules tell mistakes apart by it. */
export type MountProblemKind =
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

type Draft = { -readonly [Key in keyof ApiMount]: ApiMount[Key] };

/** What the docker client does with a `--mount` value (docker/cli opts/mount.go; opts/mount_utils.go since 29.2.1). */
export function readMount(spec: MountSpec, context: ClientContext): ClientResult {
  const { mount, problem, warnings } = draftMount(spec, context);
  return problem === undefined
    ? { ok: true, sent: { slot: 'Mounts', mount: tidy(mount) }, warnings }
    : { ok: false, reason: problem.reason, warnings };
}

/** The mount as far as the client reads it, and the problem at which it stops. */
export function draftMount(
  spec: MountSpec,
  context: ClientContext,
): { mount: ApiMount; problem?: MountProblem; warnings?: readonly string[] } {
  const { has } = context.dialect;
  const mount: Draft = { Type: 'volume' };
  if (spec.problem !== undefined) {
    const isEmpty = spec.problem.kind === 'empty-spec';
    const reason = isEmpty ? (has.strictMount ? 'value is empty' : 'EOF') : csvError(spec, spec.problem);
    return { mount, problem: { kind: isEmpty ? 'empty-value' : 'syntax', reason } };
  }
  let warnings: string[] | undefined;
  for (const field of spec.fields) {
    const problem = readField(mount, field, context);
    if (problem !== undefined) return { mount, problem, warnings };
    if (
      lowerGo(field.key.value) === 'bind-nonrecursive' &&
      field.value !== undefined &&
      context.dialect.client >= WARNS_SINCE
    ) {
      warnings ??= [];
      warnings.push('bind-nonrecursive is deprecated, use bind-recursive=disabled instead');
    }
  }
  return { mount, problem: wholeProblem(mount, context), warnings };
}

const WARNS_SINCE = MOUNT_KEY_BY_NAME.get('bind-recursive')!.since!;

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
  const reason = enter(mount, key, name, value, context);
  return reason === undefined ? undefined : { kind: 'bad-value', reason, field, key };
}

function enter(
  mount: ApiMount,
  key: KnownMountKey,
  name: string,
  value: string | undefined,
  context: ClientContext,
): string | undefined {
  const { dialect, cwd } = context;
  switch (key.kind) {
    case 'bool': {
      const flag = value === undefined ? true : readBool(value, dialect.has.strictMount);
      if (flag === undefined) return badBool(name, value ?? '', dialect.has.strictMount);
      enterFlag(mount, key.name, flag, dialect.has.sendsEmptyDriverConfig);
      return undefined;
    }
    case 'recursion':
      return enterRecursion(mount, value ?? '');
    case 'size': {
      const units: GoUnits = dialect.has.goUnits05 ? '0.5' : '0.4';
      const size = readSize(value ?? '', units);
      if (typeof size === 'string') return `invalid value for ${name}: ${value}`;
      tmpfs(mount).SizeBytes = Number.isSafeInteger(Number(size)) ? Number(size) : size;
      return undefined;
    }
    case 'octal': {
      const mode = readOctal(value ?? '');
      if (mode === undefined) return `invalid value for ${name}: ${value}`;
      tmpfs(mount).Mode = mode;
      return undefined;
    }
    case 'map': {
      const options = volume(mount, dialect.has.sendsEmptyDriverConfig);
      const pair = splitPair(value ?? '', dialect.has.dropsEmptyMapKeys);
      if (key.name === 'volume-label') {
        if (pair !== undefined) options.Labels = { ...options.Labels, ...pair };
      } else {
        options.DriverConfig ??= {};
        if (pair !== undefined) options.DriverConfig.Options = { ...options.DriverConfig.Options, ...pair };
      }
      return undefined;
    }
    case 'lower':
    case 'text':
      enterText(mount, key.name, value ?? '', { dialect, cwd });
      return undefined;
  }
}

function readBool(value: string, strict: boolean): boolean | undefined {
  if (!strict) return parseGoBool(value);
  return value === '1' || value === 'true' ? true : value === '0' || value === 'false' ? false : undefined;
}

function badBool(name: string, value: string, strict: boolean): string {
  return strict
    ? `invalid value for '${name}': invalid boolean value (${quoteGo(value)}): must be one of "true", "1", "false", or "0" (default "true")`
    : `invalid value for ${name}: ${value}`;
}

function enterFlag(mount: ApiMount, name: MountKeyOf<'bool'>, flag: boolean, withDriver: boolean): void {
  switch (name) {
    case 'readonly':
      mount.ReadOnly = flag;
      break;
    case 'bind-nonrecursive':
      bind(mount).NonRecursive = flag;
      break;
    case 'bind-create-src':
      bind(mount).CreateMountpoint = flag;
      break;
    case 'volume-nocopy':
      volume(mount, withDriver).NoCopy = flag;
      break;
    default:
      name satisfies never;
  }
}

function enterRecursion(mount: ApiMount, value: string): string | undefined {
  switch (value) {
    case 'enabled':
      return undefined;
    case 'disabled':
      bind(mount).NonRecursive = true;
      return undefined;
    case 'writable':
      bind(mount).ReadOnlyNonRecursive = true;
      return undefined;
    case 'readonly':
      bind(mount).ReadOnlyForceRecursive = true;
      return undefined;
    default: {
      const words = RECURSIONS.map((word) => `"${word}"`);
      return `invalid value for bind-recursive: ${value} (must be ${words.slice(0, -1).join(', ')}, or ${words.at(-1)})`;
    }
  }
}

function enterText(
  mount: ApiMount,
  name: MountKeyOf<'text' | 'lower'>,
  value: string,
  { dialect, cwd }: ClientContext,
): void {
  switch (name) {
    case 'type':
      mount.Type = lowerGo(value, dialect.has.unicode15 ? 15 : 13);
      break;
    case 'source':
      mount.Source = isExpanded(value, dialect) ? absolutePath(value, cwd, dialect.hostOs) : value;
      break;
    case 'target':
      mount.Target = value;
      break;
    case 'consistency':
      mount.Consistency = lowerGo(value, dialect.has.unicode15 ? 15 : 13);
      break;
    case 'bind-propagation':
      bind(mount).Propagation = lowerGo(value, dialect.has.unicode15 ? 15 : 13);
      break;
    case 'volume-driver': {
      const options = volume(mount, dialect.has.sendsEmptyDriverConfig);
      options.DriverConfig = { ...options.DriverConfig, Name: value };
      break;
    }
    case 'volume-subpath':
      volume(mount, dialect.has.sendsEmptyDriverConfig).Subpath = value;
      break;
    case 'image-subpath':
      mount.ImageOptions = { Subpath: value };
      break;
    default:
      name satisfies never;
  }
}

function wholeProblem(mount: ApiMount, { dialect }: ClientContext): MountProblem | undefined {
  const { has } = dialect;
  if (mount.Type === '') return { kind: 'missing-type', reason: 'type is required' };
  if (has.requiresTarget && (mount.Target ?? '') === '')
    return { kind: 'missing-target', reason: 'target is required' };
  const order: readonly OptionGroup[] = has.strictMount ? GROUP_ORDER.since2921 : GROUP_ORDER.before;
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

const bind = (mount: ApiMount) => {
  mount.BindOptions ??= {};
  return mount.BindOptions;
};
const tmpfs = (mount: ApiMount) => {
  mount.TmpfsOptions ??= {};
  return mount.TmpfsOptions;
};
const volume = (mount: ApiMount, withDriver: boolean) => {
  mount.VolumeOptions ??= {};
  if (withDriver) mount.VolumeOptions.DriverConfig ??= {};
  return mount.VolumeOptions;
};

/** strconv.ParseUint(value, 8, 32); undefined for what it refuses. */
export function readOctal(value: string): number | undefined {
  if (!/^[0-7]+$/.test(value)) return undefined;
  const digits = value.replace(/^0+(?=.)/, '');
  const number = digits.length > 11 ? Number.POSITIVE_INFINITY : Number.parseInt(digits, 8);
  return number <= 0xffffffff ? number : undefined;
}

function splitPair(value: string, dropsEmpty: boolean): Record<string, string> | undefined {
  const at = value.indexOf('=');
  const key = at < 0 ? value : value.slice(0, at);
  return key === '' && dropsEmpty ? undefined : entry(key, at < 0 ? '' : value.slice(at + 1));
}

// A computed key may be `__proto__`, which a plain assignment would swallow.
function entry(key: string, value: string): Record<string, string> {
  return Object.fromEntries([[key, value]]);
}

/** Leaves out what Go leaves out of the JSON (`omitempty`), in the order of the API's struct. */
function tidy(mount: ApiMount): ApiMount {
  const out: ApiMount = { Type: mount.Type };
  if (mount.Source) out.Source = mount.Source;
  if (mount.Target) out.Target = mount.Target;
  if (mount.ReadOnly) out.ReadOnly = true;
  if (mount.Consistency) out.Consistency = mount.Consistency;
  if (mount.BindOptions) out.BindOptions = dropZeros(mount.BindOptions);
  if (mount.VolumeOptions) {
    const { NoCopy, Labels, Subpath, DriverConfig } = mount.VolumeOptions;
    const driver =
      DriverConfig && dropZeros({ Name: DriverConfig.Name, Options: sortKeys(DriverConfig.Options) });
    out.VolumeOptions = {
      ...dropZeros({ NoCopy, Labels: sortKeys(Labels), Subpath }),
      ...(driver && { DriverConfig: driver }),
    };
  }
  if (mount.ImageOptions) out.ImageOptions = dropZeros(mount.ImageOptions);
  if (mount.TmpfsOptions)
    out.TmpfsOptions = dropZeros({ SizeBytes: mount.TmpfsOptions.SizeBytes, Mode: mount.TmpfsOptions.Mode });
  return out;
}

function dropZeros<T extends object>(value: T): Partial<T> {
  const kept = Object.entries(value).filter(
    ([, item]) => item !== undefined && item !== '' && item !== false && item !== 0 && item !== 0n,
  );
  return Object.fromEntries(kept) as Partial<T>;
}

function sortKeys(map: Record<string, string> | undefined): Record<string, string> | undefined {
  if (map === undefined) return undefined;
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
