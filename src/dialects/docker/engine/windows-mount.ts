import { cleanPath } from '../../../go/path.js';
import { quoteGo } from '../../../go/text.js';
import type { ApiMount } from '../client/api.js';
import type { Dialect } from '../tables/dialect.js';
import { isLocalPath } from './local-path.js';
import { checkOptions, extraField } from './mount-options.js';
import type { Problem } from './refusal.js';
import type { System } from './system.js';
import {
  isReservedName,
  isWindowsName,
  isWindowsTarget,
  type WindowsKind,
  windowsTypeOf,
} from './windows-syntax.js';

/** Why a Windows engine refuses a mount as such (moby volume/mounts/windows_parser.go; §2.4). */
export function checkWindowsMount(
  mount: ApiMount,
  dialect: Dialect,
  kind: WindowsKind,
  host?: System,
): Problem | undefined {
  const problem =
    checkOptions(mount, dialect) ?? checkTarget(mount, dialect, kind) ?? checkType(mount, dialect, host);
  return problem === undefined
    ? undefined
    : { ...problem, reason: `invalid mount config for type ${quoteGo(mount.Type)}: ${problem.reason}` };
}

function checkTarget(mount: ApiMount, { engineHas }: Dialect, kind: WindowsKind): Problem | undefined {
  const target = mount.Target ?? '';
  if (target === '') return { kind: 'target-empty', reason: 'field Target must not be empty' };
  if (kind === 'lcow') {
    if (cleanPath(target) === '/')
      return { kind: 'target-root', reason: "invalid specification: destination can't be '/'" };
    if (mount.Type === 'npipe')
      return { kind: 'mount-type', reason: 'Linux containers on Windows do not support named pipe mounts' };
  } else {
    const path = target.replaceAll('/', '\\').toLowerCase();
    if (path === 'c:' || path === 'c:\\') {
      const reason = engineHas.quotesWindowsRoot
        ? `destination path (${path}) cannot be 'c:' or 'c:\\'`
        : `destination path cannot be \`c:\` or \`c:\\\`: ${path}`;
      return { kind: 'target-root', reason };
    }
  }
  return isWindowsTarget(target, kind)
    ? undefined
    : { kind: 'target-invalid', reason: `invalid mount path: '${target}'` };
}

const NO_SOURCE: Problem = { kind: 'source-empty', reason: 'field Source must not be empty' };

function checkType(mount: ApiMount, dialect: Dialect, host: System | undefined): Problem | undefined {
  switch (mount.Type) {
    case 'bind':
      return checkBind(mount, host);
    case 'volume':
      return checkVolume(mount, dialect);
    case 'npipe':
      return checkPipe(mount);
    default:
      return { kind: 'mount-type', reason: 'mount type unknown' };
  }
}

function checkBind(mount: ApiMount, host: System | undefined): Problem | undefined {
  const source = mount.Source ?? '';
  if (source === '') return NO_SOURCE;
  const propagation = mount.BindOptions?.Propagation ?? '';
  if (propagation !== '') return { kind: 'propagation', reason: `invalid propagation mode: ${propagation}` };
  if (mount.VolumeOptions !== undefined) return extraField('VolumeOptions');
  if (!isWindowsTarget(source, 'windows'))
    return { kind: 'source-relative', reason: `invalid mount path: '${source}' mount path must be absolute` };
  const state = host?.pathState(source);
  if (typeof state === 'object') return { kind: 'source-kind', reason: state.error };
  if (state === 'missing')
    return { kind: 'source-missing', reason: `bind source path does not exist: ${source}` };
  return state === 'file' ? { kind: 'source-kind', reason: 'source path must be a directory' } : undefined;
}

function checkVolume(mount: ApiMount, { engineHas }: Dialect): Problem | undefined {
  if (mount.BindOptions !== undefined) return extraField('BindOptions');
  const name = mount.Source ?? '';
  const subpath = engineHas.knowsSubpath ? (mount.VolumeOptions?.Subpath ?? '') : '';
  if (subpath !== '' && name === '')
    return { kind: 'subpath', reason: 'must not set Subpath when using anonymous volumes' };
  if (subpath !== '' && !isLocalPath(subpath.replaceAll('\\', '/')))
    return { kind: 'subpath', reason: 'subpath must be a relative path within the volume' };
  if (name === '')
    return mount.ReadOnly && !engineHas.allowsReadonlyAnonymous
      ? { kind: 'read-only', reason: 'must not set ReadOnly mode when using anonymous volumes' }
      : undefined;
  if (!isWindowsName(name)) return { kind: 'volume-name', reason: 'invalid volume name' };
  return isReservedName(name, engineHas.looseReservedNames)
    ? {
        kind: 'volume-name',
        reason: `volume name ${quoteGo(name)} cannot be a reserved word for Windows filenames`,
      }
    : undefined;
}

function checkPipe(mount: ApiMount): Problem | undefined {
  if (!mount.Source) return NO_SOURCE;
  if (mount.BindOptions !== undefined) return extraField('BindOptions');
  if (mount.ReadOnly) return extraField('ReadOnly', 'read-only');
  const wrong = [mount.Source, mount.Target ?? ''].find((path) => windowsTypeOf(path) !== 'npipe');
  return wrong === undefined
    ? undefined
    : { kind: 'source-kind', reason: `'${wrong}' is not a valid pipe path` };
}
