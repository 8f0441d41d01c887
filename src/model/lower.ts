import type { Dialect } from '../dialect/dialect.js';
import { TMPFS_OPTION_BY_NAME } from '../dialect/tmpfs-options.js';
import { PROPAGATIONS, VOLUME_MODE_BY_NAME } from '../dialect/volume-modes.js';
import type { SpecNode, TmpfsSpec, VolumeSpec } from '../syntax/ast.js';
import { readOctal } from '../text/go-number.js';
import { cleanPath } from '../text/go-path.js';
import type { ApiMount } from './api.js';
import { draftMount } from './client-mount.js';
import { isExpanded } from './client-volume.js';
import { readKernelSize } from './kernel-size.js';
import type { Mount, VolumeMount } from './mount.js';

/** What a flag means, or why it means nothing: docker's client or engine refuses it, or surely takes it for something odd. */
export type Lowered =
  | { readonly ok: true; readonly mount: Mount }
  | { readonly ok: false; readonly why: string };

/** What of the command a flag's meaning depends on. */
export interface LowerContext {
  readonly dialect: Dialect;
  /** `--volume-driver`: it is for every `-v` volume of the command. */
  readonly volumeDriver?: string;
  /** Given where parts are unknown (marks of holes): what a source that starts with one is; undefined when nobody can say. */
  readonly sourceKind?: (source: string) => 'bind' | 'volume' | undefined;
  /** A relative source means something whatever this docker does with it: it is for somebody else to read, such as Compose. */
  readonly keepsRelative?: boolean;
}

/** What a spec means to that docker. Sources stay as typed: how they are expanded does not depend on the form. */
export function lowerSpec(node: SpecNode, context: LowerContext): Lowered {
  switch (node.kind) {
    case 'volume':
      return lowerVolume(node, context);
    case 'mount':
      return lowerMount(node, context);
    case 'tmpfs':
      return lowerTmpfs(node);
  }
}

const refuse = (why: string): Lowered => ({ ok: false, why });
const MARK = /^[\ue000-\uf8ff]/;
const DRIVE = /^[A-Za-z]:[\\/]/;
const VOLUME_NAME = /^[A-Za-z0-9][A-Za-z0-9_.\ue000-\uf8ff-]+$/;
const PIPE = /^(?:\\\\|\/\/)[.?](?:\\|\/)pipe(?:\\|\/)/i;

/** Whether a source of `-v` names something on the host rather than a volume (§2.1 step 4, §2.3 step 4). */
export function isHostPath(source: string): boolean {
  return /^[/.~]/.test(source) || source.startsWith('\\\\') || DRIVE.test(source);
}

function lowerVolume(
  node: VolumeSpec,
  { dialect, volumeDriver, sourceKind, keepsRelative }: LowerContext,
): Lowered {
  if (node.problem !== undefined) return refuse('docker does not read it');
  const target = node.target?.value ?? '';
  const base = { target, readOnly: false };
  const volume: Pick<VolumeMount, 'noCopy' | 'labels' | 'driverOptions' | 'driver'> = {
    noCopy: false,
    labels: {},
    driverOptions: {},
    driver: volumeDriver || undefined,
  };
  if (node.source === undefined) {
    if (!isTarget(target, dialect, sourceKind !== undefined))
      return refuse(`docker makes an anonymous volume of \`${target}\`, which no other form can say`);
    return { ok: true, mount: { ...base, ...volume, type: 'volume' } };
  }
  const source = node.source.value;
  const words = new Map<string, string>();
  if (!(node.options.length === 1 && node.options[0]!.value === '')) {
    for (const { value } of node.options) {
      const mode = VOLUME_MODE_BY_NAME.get(dialect.engineOs === 'windows' ? value.toLowerCase() : value);
      if (mode === undefined || words.has(mode.group))
        return refuse(`docker's engine refuses the mode: invalid mode: ${node.sections[2]!.value}`);
      words.set(mode.group, mode.name);
    }
  }
  const common = {
    target,
    readOnly: words.get('access') === 'ro',
    consistency: words.get('consistency'),
  };
  const relabel = words.get('label') as 'z' | 'Z' | undefined;
  const copy = words.get('copy') !== undefined;
  const propagation = words.get('propagation');
  if (!isTarget(target, dialect, sourceKind !== undefined))
    return refuse(`docker's engine refuses the target \`${target}\``);
  if (PIPE.test(source)) {
    if (dialect.engineOs !== 'windows')
      return refuse('named pipes are for Windows containers: --engine-os windows');
    return words.size > 0
      ? refuse('a named pipe takes no mode')
      : { ok: true, mount: { ...common, type: 'npipe', source } };
  }
  const unknown = sourceKind !== undefined && MARK.test(source);
  const kind = unknown ? sourceKind(source) : isHostPath(source) ? 'bind' : 'volume';
  if (kind === undefined)
    return refuse(
      'its source may be a path or the name of a volume: say which with --assume bind or --assume volume',
    );
  if (kind === 'bind') {
    if (!keepsRelative && source.startsWith('.') && !isExpanded(source, dialect))
      return refuse(notExpanded(source));
    if (source.startsWith('~')) return refuse('docker does not expand `~`: it refuses this as a volume name');
    if (copy) return refuse("docker's engine refuses nocopy on a bind");
    return {
      ok: true,
      mount: { ...common, type: 'bind', source, createSource: true, propagation, recursion: [], relabel },
    };
  }
  if (propagation !== undefined) return refuse("docker's engine refuses propagation on a volume");
  if (!unknown && !VOLUME_NAME.test(source))
    return refuse(`docker's engine refuses the volume name \`${source}\``);
  return { ok: true, mount: { ...common, ...volume, type: 'volume', source, noCopy: copy, relabel } };
}

const notExpanded = (source: string): string =>
  `this docker does not make \`${source}\` absolute, and refuses it`;
const isRoot = (target: string): boolean => cleanPath(target.replaceAll('\\', '/')) === '/';

/** Whether the engine can mount something there: an absolute path that is not the root. */
function isTarget(target: string, dialect: Dialect, withHoles: boolean): boolean {
  if (withHoles && MARK.test(target)) return true;
  if (dialect.engineOs === 'windows') return /^(?:[A-Za-z]:|[\\/])/.test(target);
  return target.startsWith('/') && !isRoot(target);
}

// Sources stay as typed, so the client must not expand them here.
function unexpanded(dialect: Dialect): Dialect {
  return { ...dialect, has: { ...dialect.has, expandsDotSlash: false, expandsAnyDot: false } };
}

function lowerMount(
  node: Extract<SpecNode, { kind: 'mount' }>,
  { dialect, sourceKind, keepsRelative }: LowerContext,
): Lowered {
  const { mount, problem } = draftMount(node, { dialect: unexpanded(dialect), cwd: '/' });
  if (problem !== undefined) return refuse(`docker refuses it: ${problem.reason}`);
  return lowerApi(mount, dialect, { withHoles: sourceKind !== undefined, keepsRelative });
}

/** What an entry of `HostConfig.Mounts` means; its source counts as typed. */
export function lowerApi(
  mount: ApiMount,
  dialect: Dialect,
  { withHoles = false, keepsRelative = false } = {},
): Lowered {
  const target = mount.Target ?? '';
  if (!isTarget(target, dialect, withHoles)) return refuse(`docker refuses the target \`${target}\``);
  const base = { target, readOnly: mount.ReadOnly ?? false, consistency: mount.Consistency || undefined };
  const source = mount.Source ?? '';
  switch (mount.Type) {
    case 'bind': {
      const options = mount.BindOptions ?? {};
      if (source === '') return refuse('docker refuses a bind without a source');
      if (!keepsRelative && source.startsWith('.') && !isExpanded(source, dialect))
        return refuse(notExpanded(source));
      if (options.Propagation && !PROPAGATIONS.has(options.Propagation)) {
        return refuse(`docker's engine refuses it: invalid propagation mode: ${options.Propagation}`);
      }
      return {
        ok: true,
        mount: {
          ...base,
          type: 'bind',
          source,
          createSource: options.CreateMountpoint ?? false,
          propagation: options.Propagation || undefined,
          recursion: [
            ...(options.NonRecursive ? (['disabled'] as const) : []),
            ...(options.ReadOnlyNonRecursive ? (['writable'] as const) : []),
            ...(options.ReadOnlyForceRecursive ? (['readonly'] as const) : []),
          ],
        },
      };
    }
    case 'volume': {
      const options = mount.VolumeOptions ?? {};
      return {
        ok: true,
        mount: {
          ...base,
          type: 'volume',
          source: source || undefined,
          noCopy: options.NoCopy ?? false,
          labels: options.Labels ?? {},
          driver: options.DriverConfig?.Name || undefined,
          driverOptions: options.DriverConfig?.Options ?? {},
          subpath: options.Subpath || undefined,
        },
      };
    }
    case 'tmpfs': {
      if (source !== '') return refuse('docker refuses a source on a tmpfs');
      const { SizeBytes: size, Mode: mode } = mount.TmpfsOptions ?? {};
      return {
        ok: true,
        mount: {
          ...base,
          type: 'tmpfs',
          size: size ? BigInt(size) : undefined,
          mode: mode || undefined,
          options: [],
        },
      };
    }
    case 'image':
      return {
        ok: true,
        mount: { ...base, type: 'image', source, subpath: mount.ImageOptions?.Subpath || undefined },
      };
    case 'npipe':
    case 'cluster':
      return { ok: true, mount: { ...base, type: mount.Type, source } };
    default:
      return refuse(`docker's engine knows no mount type \`${mount.Type}\``);
  }
}

function lowerTmpfs(node: TmpfsSpec): Lowered {
  const target = node.target.value;
  if (!/^[/\ue000-\uf8ff]/.test(target) || isRoot(target))
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
