import type { VolumeSpec } from '../../spec/ast.js';
import { fillMarks, startsWithHole } from '../../text/hole-mark.js';
import { isSent, isTarget, type LowerContext, type Lowered, notExpanded, refuse } from '../lower-result.js';
import type { Dialect } from './tables/dialect.js';
import { VOLUME_MODE_BY_NAME } from './tables/volume-modes.js';

const DRIVE = /^[A-Za-z]:[\\/]/;
const VOLUME_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]+$/;
const PIPE = /^(?:\\\\|\/\/)[.?](?:\\|\/)pipe(?:\\|\/)/i;

/** Whether a source of `-v` names something on the host rather than a volume (§2.1 step 4, §2.3 step 4). */
export function isHostPath(source: string): boolean {
  return /^[/.~]/.test(source) || source.startsWith('\\\\') || DRIVE.test(source);
}

/** What the value of `-v` means. */
export function lowerVolume(node: VolumeSpec, context: LowerContext): Lowered {
  const { dialect, volumeDriver, sourceKind, keepsRelative } = context;
  if (node.problem !== undefined) return refuse('docker does not read it');
  const target = node.target?.value ?? '';
  const hasTarget = isTarget(target, dialect, sourceKind !== undefined);
  const made = { labels: {}, driverOptions: {}, driver: volumeDriver || undefined };
  if (node.source === undefined) {
    return hasTarget
      ? { ok: true, mount: { type: 'volume', target, readOnly: false, noCopy: false, ...made } }
      : refuse(`docker creates an anonymous volume of \`${target}\`, which no other form can say`);
  }
  const source = node.source.value;
  const modes = readModes(node, dialect);
  if (modes === undefined)
    return refuse(`docker's engine refuses the mode: invalid mode: ${node.sections[2]!.value}`);
  if (!hasTarget) return refuse(`docker's engine refuses the target \`${target}\``);
  const common = {
    target,
    source,
    readOnly: modes.get('access') === 'ro',
    consistency: modes.get('consistency'),
  };
  const relabel = modes.get('label') as 'z' | 'Z' | undefined;
  const propagation = modes.get('propagation');
  const noCopy = modes.has('copy');
  switch (typeOf(source, context)) {
    case 'npipe':
      if (dialect.engineOs !== 'windows')
        return refuse('named pipes are for Windows containers: --engine-os windows');
      return modes.size > 0
        ? refuse('a named pipe has no mode')
        : { ok: true, mount: { ...common, type: 'npipe' } };
    case 'bind':
      if (!keepsRelative && !isSent(source, dialect)) return refuse(notExpanded(source));
      if (source.startsWith('~'))
        return refuse('docker does not expand `~`: it refuses this as a volume name');
      if (noCopy) return refuse("docker's engine refuses nocopy on a bind");
      return {
        ok: true,
        mount: { ...common, type: 'bind', createSource: true, propagation, recursion: [], relabel },
      };
    case 'volume':
      if (propagation !== undefined) return refuse("docker's engine refuses propagation on a volume");
      if (!VOLUME_NAME.test(fillMarks(source, 'x')) && !isUnknown(source, context))
        return refuse(`docker's engine refuses the volume name \`${source}\``);
      return { ok: true, mount: { ...common, ...made, type: 'volume', noCopy, relabel } };
    case undefined:
      return refuse(
        'its source may be a path or a volume name: choose with --assume bind or --assume volume',
      );
  }
}

/** The words of the third section, one for each group; undefined when the engine refuses them. */
function readModes({ options }: VolumeSpec, { engineOs }: Dialect): ReadonlyMap<string, string> | undefined {
  const modes = new Map<string, string>();
  if (options.length === 1 && options[0]!.value === '') return modes;
  for (const { value } of options) {
    const mode = VOLUME_MODE_BY_NAME.get(engineOs === 'windows' ? value.toLowerCase() : value);
    if (mode === undefined || modes.has(mode.group)) return undefined;
    modes.set(mode.group, mode.name);
  }
  return modes;
}

function typeOf(source: string, context: LowerContext): 'npipe' | 'bind' | 'volume' | undefined {
  if (PIPE.test(source)) return 'npipe';
  if (isUnknown(source, context)) return context.sourceKind?.(source);
  return isHostPath(source) ? 'bind' : 'volume';
}

/** Whether nobody can say how the source begins. */
function isUnknown(source: string, { sourceKind }: LowerContext): boolean {
  return sourceKind !== undefined && startsWithHole(source);
}
