import { quoteGo } from '../../../go/text.js';
import type { ApiMount, CreateBody } from '../client/api.js';
import type { Dialect } from '../tables/dialect.js';
import type { EnginePlace, EngineRefusal, Problem } from './refusal.js';
import { checkRouter } from './router.js';
import type { System } from './system.js';
import { checkVolumeCreate } from './volume-create.js';
import { readVolumesFrom } from './volume-mode.js';
import { checkWindowsMount } from './windows-mount.js';
import {
  isReservedName,
  isWindowsName,
  splitWindowsSpec,
  type WindowsKind,
  windowsTypeOf,
} from './windows-syntax.js';

/** The first thing that a Windows engine refuses at create, in its own order of checks. */
export function checkWindowsCreate(
  body: CreateBody,
  dialect: Dialect,
  host?: System,
): EngineRefusal | undefined {
  const kind: WindowsKind = host?.runsLinuxContainers ? 'lcow' : 'windows';
  const mounts = body.Mounts ?? [];
  const router = checkRouter(mounts, dialect);
  if (router !== undefined) return { ...router.problem, place: { slot: 'Mounts', index: router.index } };
  for (const [index, mount] of mounts.entries()) {
    const problem = checkWindowsMount(mount, dialect, kind, host);
    if (problem !== undefined) return { ...problem, place: { slot: 'Mounts', index } };
  }
  const tmpfs = Object.keys(body.Tmpfs ?? {})[0];
  if (tmpfs !== undefined)
    return {
      kind: 'mount-type',
      reason: 'does not support tmpfs',
      isPart: true,
      place: { slot: 'Tmpfs', key: tmpfs },
    };
  for (const [index, spec] of (body.VolumesFrom ?? []).entries()) {
    const problem = checkVolumesFrom(spec);
    if (problem !== undefined) return { ...problem, place: { slot: 'VolumesFrom', index } };
  }
  return checkPoints(body, dialect, kind, host);
}

function checkVolumesFrom(spec: string): Problem | undefined {
  if (spec === '')
    return { kind: 'volumes-from', reason: 'volumes-from specification cannot be an empty string' };
  const { mode } = readVolumesFrom(spec);
  return /^(?:ro|rw|)$/i.test(mode) ? undefined : { kind: 'volumes-from', reason: `invalid mode: ${mode}` };
}

function checkPoints(
  body: CreateBody,
  dialect: Dialect,
  kind: WindowsKind,
  host: System | undefined,
): EngineRefusal | undefined {
  const taken = new Map<string, EnginePlace>();
  const take = (mount: ApiMount, place: EnginePlace): EngineRefusal | undefined => {
    const target = destinationOf(mount.Target ?? '', kind);
    const other = taken.get(target);
    taken.set(target, place);
    const shown = place.slot === 'Binds' ? target : mount.Target;
    if (other !== undefined)
      return { kind: 'duplicate-target', reason: `Duplicate mount point: ${shown}`, place, other };
    const made =
      mount.Type === 'volume'
        ? checkVolumeCreate(mount, host?.hasVolume?.(mount.Source ?? ''), 'windows')
        : undefined;
    return made && { ...made, place };
  };
  for (const [index, raw] of (body.Binds ?? []).entries()) {
    const place: EnginePlace = { slot: 'Binds', index };
    const read = readWindowsVolume(raw, body.VolumeDriver, dialect, kind, host);
    if (!read.ok) return { ...read.problem, place };
    const found = take(read.mount, place);
    if (found !== undefined) return found;
  }
  for (const [index, mount] of (body.Mounts ?? []).entries()) {
    const found = take(mount, { slot: 'Mounts', index });
    if (found !== undefined) return found;
  }
  for (const key of Object.keys(body.Volumes ?? {})) {
    const read = readWindowsVolume(key, body.VolumeDriver, dialect, kind, host);
    if (!read.ok) return { ...read.problem, isPart: true, place: { slot: 'Volumes', key } };
  }
  return undefined;
}

/** Where the mount point ends up: backslashes, and none at the end. */
function destinationOf(target: string, kind: WindowsKind): string {
  const path = kind === 'windows' ? target.replaceAll('/', '\\') : target;
  return path.length > 3 && path.endsWith('\\') ? path.slice(0, -1) : path;
}

/** What a Windows engine makes of one `-v` spec, or why it refuses it (§2.4). */
export function readWindowsVolume(
  raw: string,
  driver: string | null,
  dialect: Dialect,
  kind: WindowsKind,
  host?: System,
): { readonly ok: true; readonly mount: ApiMount } | { readonly ok: false; readonly problem: Problem } {
  const spec = `invalid volume specification: '${raw}'`;
  const refuse = (problem: Problem) => ({ ok: false as const, problem });
  const parts = splitWindowsSpec(raw, kind);
  if (parts === undefined) return refuse({ kind: 'volume-spec', reason: spec });
  if (parts.length === 1) {
    const problem = checkAlone(parts[0]!, dialect, host);
    if (problem !== undefined) return refuse(problem);
  }
  const [first = '', second, mode = ''] = parts;
  if (parts.length === 2 && /^r[ow]$/.test(second ?? ''))
    return refuse({ kind: 'volume-spec', reason: spec });
  const source = second === undefined ? '' : first.replaceAll('/', '\\');
  const typed = second ?? first;
  const mount: ApiMount = {
    Type: windowsTypeOf(source),
    Source: source,
    Target: kind === 'windows' ? typed.replaceAll('/', '\\') : typed,
  };
  if (mode === 'ro') mount.ReadOnly = true;
  if (driver !== null && mount.Type === 'volume') mount.VolumeOptions = { DriverConfig: { Name: driver } };
  const problem = checkWindowsMount(mount, dialect, kind, host);
  return problem === undefined
    ? { ok: true, mount }
    : refuse({ ...problem, reason: `${spec}: ${problem.reason}` });
}

/** A spec that is a destination only. */
function checkAlone(target: string, { engineHas }: Dialect, host: System | undefined): Problem | undefined {
  if (isWindowsName(target)) {
    return isReservedName(target, engineHas.looseReservedNames)
      ? {
          kind: 'volume-name',
          reason: `volume name ${quoteGo(target)} cannot be a reserved word for Windows filenames`,
        }
      : undefined;
  }
  return host?.pathState(target) === 'file'
    ? {
        kind: 'source-kind',
        reason: `file '${target}' cannot be mapped. Only directories can be mapped on this platform`,
      }
    : undefined;
}
