import { cleanPath } from '../../../go/path.js';
import { quoteGo } from '../../../go/text.js';
import { mapOf } from '../../../text/map-of.js';
import type { ApiMount } from '../client/api.js';
import { API_FACTS } from '../tables/api-facts.js';
import type { Dialect } from '../tables/dialect.js';
import { honoursCreateMountpoint } from '../tables/engine-facts.js';
import { PROPAGATIONS } from '../tables/volume-modes.js';
import { isLocalPath } from './local-path.js';
import { checkOptions, extraField, type MountOptionsField } from './mount-options.js';
import type { Problem } from './refusal.js';
import type { System } from './system.js';

/** Why a Linux engine refuses a mount as such (moby volume/mounts/linux_parser.go; §3.7), whatever else the container has. */
export function checkLinuxMount(mount: ApiMount, dialect: Dialect, host?: System): Problem | undefined {
  const problem =
    checkOptions(mount, dialect) ?? checkTarget(mount.Target ?? '') ?? checkType(mount, dialect, host);
  return problem === undefined
    ? undefined
    : { ...problem, reason: `invalid mount config for type ${quoteGo(mount.Type)}: ${problem.reason}` };
}

/** Why a Linux engine refuses a target, of whatever type of mount. */
export function checkTarget(target: string): Problem | undefined {
  if (target === '') return { kind: 'target-empty', reason: 'field Target must not be empty' };
  return checkDestination(target);
}

/** The same for the destination of `--tmpfs`, which may be empty without another message. */
export function checkDestination(target: string): Problem | undefined {
  if (cleanPath(target.replaceAll('\\', '/')) === '/')
    return { kind: 'target-root', reason: "invalid specification: destination can't be '/'" };
  return checkAbsolute(target, 'target-relative');
}

function checkAbsolute(path: string, kind: Problem['kind']): Problem | undefined {
  const shown = path.replaceAll('\\', '/');
  return shown.startsWith('/')
    ? undefined
    : { kind, reason: `invalid mount path: '${shown}' mount path must be absolute` };
}

/** The options of another type that each type looked for before 29.2, in that order. */
const REFUSED_OPTIONS = mapOf<readonly MountOptionsField[]>({
  bind: ['VolumeOptions', 'ImageOptions'],
  volume: ['BindOptions', 'ImageOptions'],
  tmpfs: ['BindOptions', 'ImageOptions'],
  image: ['BindOptions', 'VolumeOptions'],
});

function wrongOptions(mount: ApiMount, { engineHas }: Dialect): Problem | undefined {
  if (engineHas.checksOptionsFirst) return undefined;
  const wrong = REFUSED_OPTIONS.get(mount.Type)?.find(
    (field) => mount[field] !== undefined && (field !== 'ImageOptions' || engineHas.knowsImageMounts),
  );
  return wrong === undefined ? undefined : extraField(wrong);
}

function checkType(mount: ApiMount, dialect: Dialect, host: System | undefined): Problem | undefined {
  switch (mount.Type) {
    case 'bind':
      return checkBind(mount, dialect, host);
    case 'volume':
      return wrongOptions(mount, dialect) ?? checkVolume(mount, dialect);
    case 'tmpfs':
      return (
        wrongOptions(mount, dialect) ??
        (mount.Source ? extraField('Source', 'source-given') : checkTmpfsWords(mount, dialect))
      );
    case 'image':
      if (dialect.engineHas.knowsImageMounts) return wrongOptions(mount, dialect) ?? checkImage(mount);
      break;
  }
  return { kind: 'mount-type', reason: 'mount type unknown' };
}

const NO_SOURCE: Problem = { kind: 'source-empty', reason: 'field Source must not be empty' };

function checkBind(mount: ApiMount, dialect: Dialect, host: System | undefined): Problem | undefined {
  const source = mount.Source ?? '';
  if (source === '') return NO_SOURCE;
  const propagation = mount.BindOptions?.Propagation ?? '';
  if (propagation !== '' && !PROPAGATIONS.has(propagation))
    return { kind: 'propagation', reason: `invalid propagation mode: ${propagation}` };
  const wrong = wrongOptions(mount, dialect) ?? checkAbsolute(source, 'source-relative');
  if (wrong !== undefined || host === undefined) return wrong;
  const state = host.pathState(source);
  if (typeof state === 'object') return { kind: 'source-kind', reason: state.error };
  if (state !== 'missing') return undefined;
  return mount.BindOptions?.CreateMountpoint && honoursCreateMountpoint(dialect)
    ? undefined
    : { kind: 'source-missing', reason: `bind source path does not exist: ${source}` };
}

function checkVolume(mount: ApiMount, { engineHas }: Dialect): Problem | undefined {
  const isAnonymous = !mount.Source;
  const subpath = engineHas.knowsSubpath ? (mount.VolumeOptions?.Subpath ?? '') : '';
  if (subpath !== '' && isAnonymous)
    return { kind: 'subpath', reason: 'must not set Subpath when using anonymous volumes' };
  if (subpath !== '' && !isLocalPath(subpath)) return OUTSIDE;
  return mount.ReadOnly && isAnonymous && !engineHas.allowsReadonlyAnonymous
    ? { kind: 'read-only', reason: 'must not set ReadOnly mode when using anonymous volumes' }
    : undefined;
}

/** What only the API says of a tmpfs; no engine before 27.0 and no older API has the field. */
function checkTmpfsWords(mount: ApiMount, { engineHas, api }: Dialect): Problem | undefined {
  if (!engineHas.readsTmpfsWords || api < API_FACTS.tmpfsWords.since) return undefined;
  for (const words of mount.TmpfsOptions?.Options ?? []) {
    if (words.length < 1 || words.length > 2)
      return { kind: 'tmpfs-option', reason: 'invalid option array length' };
    if (words[0] !== 'exec' && words[0] !== 'noexec')
      return { kind: 'tmpfs-option', reason: `invalid option: ${words[0]}` };
  }
  return undefined;
}

const OUTSIDE: Problem = { kind: 'subpath', reason: 'subpath must be a relative path within the volume' };

function checkImage(mount: ApiMount): Problem | undefined {
  if (!mount.Source) return NO_SOURCE;
  const subpath = mount.ImageOptions?.Subpath ?? '';
  return subpath === '' || isLocalPath(subpath) ? undefined : OUTSIDE;
}
