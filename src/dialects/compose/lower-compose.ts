import { cleanPath } from '../../go/path.js';
import { readSize } from '../../go/units.js';

import type { BindMount, VolumeMount } from '../../mount/mount.js';
import { parseTmpfs, parseVolume } from '../../spec/parse.js';
import { fillMarks, startsWithHole } from '../../text/hole-mark.js';
import { checkVolumeName } from '../docker/engine/volume-create.js';
import { lowerSpec } from '../docker/lower.js';
import { isHostPath } from '../docker/lower-volume.js';
import type { Dialect } from '../docker/tables/dialect.js';
import { honoursCreateMountpoint } from '../docker/tables/engine-facts.js';
import { PROPAGATIONS } from '../docker/tables/volume-modes.js';
import { type LowerContext, type Lowered, refuse } from '../lower-result.js';
import type { ComposeDeclaration, ComposeMount, ComposeVolume } from './compose.js';
import { sentBinds, type WrittenBind } from './sent-bind.js';
import { type ComposeChoice, everyCompose, hasFact } from './versions.js';

/** What of the file an entry's meaning depends on. */
interface ComposeContext extends Pick<LowerContext, 'sourceKind'> {
  readonly dialect: Dialect;
  /** Which Compose reads and sends it; every one that is known when left out. */
  readonly compose?: ComposeChoice;
  /** The top-level `volumes`; undefined when nothing is known of it: then names count as they are. */
  readonly declared?: ReadonlyMap<string, ComposeDeclaration>;
  /** Before the names of volumes that have no `name` of their own. */
  readonly project?: string;
}

/** What a mount of a Compose file means. Relative sources and `~` stay as written; targets too. */
export function lowerCompose(entry: ComposeMount, context: ComposeContext): Lowered {
  if (entry.tmpfs !== undefined) return lowerSpec(parseTmpfs(entry.tmpfs), { dialect: context.dialect });
  if (entry.volume === undefined) return refuse('there is no mount');
  const own = entry.declares;
  const declared =
    own === undefined || context.declared !== undefined ? context.declared : new Map([[own.key, own.volume]]);
  const inner = { ...context, declared };
  return typeof entry.volume === 'string' ? lowerShort(entry.volume, inner) : lowerLong(entry.volume, inner);
}

/** The short syntax (compose-go format.ParseVolume): docker's grammar, options that it does not know are dropped. */
function lowerShort(text: string, context: ComposeContext): Lowered {
  const node = parseVolume(text);
  if (node.problem !== undefined) return refuse('Compose does not read it');
  const target = node.target?.value ?? '';
  const checked = refuseTarget(target, context);
  if (checked !== undefined) return checked;
  const base = { target, readOnly: false };
  if (node.source === undefined) {
    return { ok: true, mount: { ...base, type: 'volume', noCopy: false, labels: {}, driverOptions: {} } };
  }
  const source = node.source.value;
  const words = node.options.map(({ value }) => value);
  const access = words.findLast((word) => word === 'ro' || word === 'rw');
  const readOnly = access === 'ro';
  const noCopy = words.includes('nocopy');
  const kind = kindOfSource(source, context);
  if (kind === undefined) return refuse(AMBIGUOUS);
  const propagation = words.findLast((word) => PROPAGATIONS.has(word));
  const relabel = words.findLast((word) => word === 'z' || word === 'Z') as 'z' | 'Z' | undefined;
  if (kind === 'bind') {
    if (noCopy) return refuse('`nocopy` has no meaning for a bind');
    const bind = { propagation, selinux: relabel };
    return bindMount({ bind, isShort: true, recursion: [] }, { ...base, readOnly, source }, context);
  }
  return named(source, { ...base, readOnly, noCopy }, { bind: { propagation, selinux: relabel } }, context);
}

const AMBIGUOUS = 'its source may be a path or a volume name: choose with --assume bind or --assume volume';

function kindOfSource(source: string, { sourceKind }: ComposeContext): 'bind' | 'volume' | undefined {
  if (sourceKind !== undefined && startsWithHole(source)) return sourceKind(source);
  return isHostPath(source) ? 'bind' : 'volume';
}

function lowerLong(entry: ComposeVolume, context: ComposeContext): Lowered {
  const { volume = {}, tmpfs = {}, image = {} } = entry;
  const target = entry.target ?? '';
  const checked = refuseTarget(target, context);
  if (checked !== undefined) return checked;
  const base = { target, readOnly: entry.read_only ?? false, consistency: entry.consistency };
  const source = entry.source ?? '';
  switch (entry.type) {
    case 'bind':
      return lowerBind(entry, base, context);
    case 'volume': {
      const own = { noCopy: volume.nocopy ?? false, subpath: volume.subpath || undefined };
      if (source !== '') return named(source, { ...base, ...own }, entry, context);
      return {
        ok: true,
        mount: { ...base, ...own, type: 'volume', labels: textsIn(volume.labels), driverOptions: {} },
      };
    }
    case 'tmpfs': {
      if (source !== '') return refuse('a tmpfs has no source');
      const size = sizeOf(tmpfs.size);
      if (size === undefined) return refuse(`\`size\` is not a number of bytes: ${tmpfs.size}`);
      return {
        ok: true,
        mount: {
          ...base,
          type: 'tmpfs',
          size: size === 0n ? undefined : size,
          mode: tmpfs.mode || undefined,
          options: [],
        },
      };
    }
    case 'image':
      return { ok: true, mount: { ...base, type: 'image', source, subpath: image.subpath || undefined } };
    case 'npipe':
    case 'cluster':
      return { ok: true, mount: { ...base, type: entry.type, source } };
    default:
      return refuse(`Compose has no mount type \`${entry.type}\``);
  }
}

function lowerBind(
  { source, bind }: ComposeVolume,
  base: Pick<BindMount, 'target' | 'readOnly' | 'consistency'>,
  context: ComposeContext,
): Lowered {
  if (source === undefined) return refuse('a bind needs a source');
  if (bind?.propagation && !PROPAGATIONS.has(bind.propagation))
    return refuse(`docker has no propagation \`${bind.propagation}\``);
  if (bind?.selinux !== undefined && bind.selinux !== 'z' && bind.selinux !== 'Z')
    return refuse('`selinux` is z or Z');
  const recursion = recursionOf(bind?.recursive);
  if (recursion === undefined) return refuse(`\`recursive\` takes no \`${bind?.recursive}\``);
  // An empty one is the folder of the project.
  return bindMount({ bind, recursion }, { ...base, source: source === '' ? '.' : source }, context);
}

/** The bind as the chosen Composes send it; where they differ, as the newest does, and in what. */
function bindMount(
  written: WrittenBind,
  base: Pick<BindMount, 'target' | 'source' | 'readOnly' | 'consistency'>,
  { compose = everyCompose(), dialect }: ComposeContext,
): Lowered {
  const { sent, varies, isText } = sentBinds(written, compose);
  if (/^~[^/]/.test(base.source))
    return refuse(`Compose reads \`${base.source}\` as a path below your own home`);
  if (
    isText &&
    written.isShort !== true &&
    dialect.engineOs === 'linux' &&
    /:/.test(base.source + base.target)
  )
    return refuse(COLON);
  const { propagation, selinux, create_host_path: made } = written.bind ?? {};
  const isMade = written.isShort === true || made === true;
  // CreateMountpoint next to a propagation is for engines that know it.
  const varyingEngine = isMade && Boolean(propagation) && !honoursCreateMountpoint(dialect);
  const isUnsure = varies.has('createSource') || (varyingEngine && compose === everyCompose());
  const mount: BindMount = {
    ...base,
    type: 'bind',
    ...sent,
    ...(isUnsure && written.isShort !== true && { createSourceVaries: true }),
    propagation: propagation || undefined,
    // Where some relabel, the forms say what the others do.
    relabel: varies.has('relabel') ? (selinux as BindMount['relabel']) : sent.relabel,
    recursion: varies.has('recursion') ? written.recursion : sent.recursion,
  };
  return { ok: true, mount };
}

type OwnVolume = Pick<VolumeMount, 'target' | 'readOnly' | 'consistency' | 'noCopy' | 'subpath'>;

const COLON = 'Compose passes it to docker as text, where a colon ends a path: the engine refuses it';

/** A named volume with what the top level says of it; since 2.35.1 what is said of SELinux and propagation is sent. */
function named(
  key: string,
  own: OwnVolume,
  { bind, volume }: Pick<ComposeVolume, 'bind' | 'volume'>,
  { declared, project, compose = everyCompose(), dialect }: ComposeContext,
): Lowered {
  const declaration = declared?.get(key);
  if (declared !== undefined && declaration === undefined)
    return refuse(`the file declares no volume \`${key}\``);
  const needsMounts = own.noCopy || own.subpath !== undefined || volume?.labels !== undefined;
  // A volume that is a bind was one of `Binds` once, which have no word for a path in it.
  const isBindVolume = declaration?.driver_opts?.['o'] === 'bind' && hasFact(compose, 'bindVolumes') === true;
  const isInBinds = isBindVolume || (needsMounts ? false : hasFact(compose, 'namedInBinds'));
  if (bind?.propagation && isInBinds !== false)
    return refuse(`\`${bind.propagation}\` has no meaning for a volume`);
  const isPlain = declaration?.external === true || project === undefined;
  const name = declaration?.name || (isPlain ? key : `${project}_${key}`);
  if (isInBinds === true && dialect.engineOs === 'linux' && own.target.includes(':')) return refuse(COLON);
  const { driver, driver_opts: driverOptions = {}, labels = {} } = declaration ?? {};
  const isAll = declaration?.name !== undefined || declaration?.external === true || project !== undefined;
  const isKnown = isAll && isLocal(driver) && fillMarks(name, '') === name;
  if (isKnown && checkVolumeName(name) !== undefined)
    return refuse(`the engine does not accept the volume name \`${name}\``);
  return {
    ok: true,
    mount: {
      ...own,
      ...(isBindVolume && { subpath: undefined }),
      type: 'volume',
      source: name,
      driver: driver || undefined,
      driverOptions,
      labels,
      ...(isInBinds === true && bind?.selinux && { relabel: bind.selinux as 'z' | 'Z' }),
      ...(declaration?.external === true && { external: true }),
    },
  };
}

const isLocal = (driver: string | undefined): boolean => !driver || driver === 'local';

function refuseTarget(target: string, { sourceKind, dialect }: ComposeContext): Lowered | undefined {
  const absolute = dialect.engineOs === 'windows' ? /^(?:\/|[A-Za-z]:|\\)/ : /^\//;
  const fits = absolute.test(target) || (sourceKind !== undefined && startsWithHole(target));
  if (!fits && /^(?:[A-Za-z]:|\\)/.test(target))
    return refuse(`the target \`${target}\` is one for Windows containers: --engine-os windows`);
  if (!fits) return refuse(`the target \`${target}\` is not an absolute path`);
  return cleanPath(target) === '/' ? refuse('nothing can be mounted at the root') : undefined;
}

function recursionOf(word: string | undefined): BindMount['recursion'] | undefined {
  switch (word) {
    case undefined:
    case 'enabled':
      return [];
    case 'disabled':
    case 'writable':
    case 'readonly':
      return [word];
    default:
      return undefined;
  }
}

function sizeOf(size: number | bigint | string | undefined): bigint | undefined {
  if (size === undefined) return 0n;
  if (typeof size === 'number' && !Number.isSafeInteger(size)) return undefined;
  const isPlain = typeof size !== 'string' || /^\d+$/.test(size);
  const bytes = isPlain ? BigInt(size) : readSize(size, '0.5');
  return typeof bytes === 'bigint' && bytes >= 0n && bytes < 2n ** 63n ? bytes : undefined;
}

/** Labels as texts; numbers are written as they stand. */
function textsIn(labels: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value ?? '')]));
}
