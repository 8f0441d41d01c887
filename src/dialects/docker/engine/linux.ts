import { cleanPath } from '../../../go/path.js';
import type { ApiMount, CreateBody } from '../client/api.js';
import type { Dialect } from '../tables/dialect.js';
import { checkDaemonRoot } from './daemon-root.js';
import { checkDestination, checkLinuxMount } from './linux-mount.js';
import { checkMountStart, checkTargetStart } from './linux-start.js';
import { readLinuxVolume } from './linux-volume.js';
import type { EnginePlace, EngineRefusal, Problem } from './refusal.js';
import { checkRouter } from './router.js';
import type { System } from './system.js';
import { checkTmpfsOptions, checkTmpfsValues } from './tmpfs-start.js';
import { checkVolumeCreate } from './volume-create.js';
import { readVolumesFrom } from './volume-mode.js';

const at = (
  problem: Problem | undefined,
  place: EnginePlace,
  other?: EnginePlace,
): EngineRefusal | undefined => (problem === undefined ? undefined : { ...problem, place, other });

/** The first thing that a Linux engine refuses at create, in its own order of checks (§1.6 step 4). */
export function checkLinuxCreate(
  body: CreateBody,
  dialect: Dialect,
  host?: System,
): EngineRefusal | undefined {
  const router = checkRouter(body.Mounts ?? [], dialect);
  if (router !== undefined) return at(router.problem, { slot: 'Mounts', index: router.index });
  return checkLinuxBody(body, dialect, host);
}

/** What comes after the router: all of it for a container that the engine makes as a node of a Swarm. */
export function checkLinuxBody(body: CreateBody, dialect: Dialect, host?: System): EngineRefusal | undefined {
  for (const [index, mount] of (body.Mounts ?? []).entries()) {
    const found = at(checkLinuxMount(mount, dialect, host), { slot: 'Mounts', index });
    if (found !== undefined) return found;
  }
  for (const key of Object.keys(body.Tmpfs ?? {})) {
    const found = at(checkDestination(key), { slot: 'Tmpfs', key });
    if (found !== undefined) return found;
  }
  for (const [index, spec] of (body.VolumesFrom ?? []).entries()) {
    const found = at(checkVolumesFrom(spec), { slot: 'VolumesFrom', index });
    if (found !== undefined) return found;
  }
  return checkPoints(body, dialect, host);
}

function checkVolumesFrom(spec: string): Problem | undefined {
  if (spec === '')
    return { kind: 'volumes-from', reason: 'volumes-from specification cannot be an empty string' };
  const { isValid, mode } = readVolumesFrom(spec);
  return isValid ? undefined : { kind: 'volumes-from', reason: `invalid mode: ${mode}` };
}

/** The mount points one by one: `-v` first, then `--mount`; volumes are made on the way. */
function checkPoints(
  body: CreateBody,
  dialect: Dialect,
  host: System | undefined,
): EngineRefusal | undefined {
  const taken = new Map<string, EnginePlace>();
  const tmpfs = body.Tmpfs ?? {};
  for (const [index, raw] of (body.Binds ?? []).entries()) {
    const place: EnginePlace = { slot: 'Binds', index };
    const read = readLinuxVolume(raw, body.VolumeDriver, dialect);
    if (!read.ok) return at(read.problem, place);
    const target = cleanPath(read.mount.Target ?? '');
    const other =
      taken.get(target) ??
      (Object.hasOwn(tmpfs, target) ? { slot: 'Tmpfs' as const, key: target } : undefined);
    const found =
      at(checkDaemonRoot(read.mount, host), place) ??
      duplicate(target, place, other) ??
      made(read.mount, place, host);
    if (found !== undefined) return found;
    taken.set(target, place);
  }
  for (const [index, mount] of (body.Mounts ?? []).entries()) {
    const place: EnginePlace = { slot: 'Mounts', index };
    const target = cleanPath(mount.Target ?? '');
    const found =
      at(checkDaemonRoot(mount, host), place) ??
      duplicate(mount.Target ?? '', place, taken.get(target)) ??
      made(mount, place, host);
    if (found !== undefined) return found;
    taken.set(target, place);
  }
  return undefined;
}

function duplicate(shown: string, place: EnginePlace, other?: EnginePlace): EngineRefusal | undefined {
  return other === undefined
    ? undefined
    : { kind: 'duplicate-target', reason: `Duplicate mount point: ${shown}`, place, other };
}

function made(mount: ApiMount, place: EnginePlace, host: System | undefined): EngineRefusal | undefined {
  if (mount.Type !== 'volume') return undefined;
  return at(checkVolumeCreate(mount, host?.hasVolume?.(mount.Source ?? ''), 'linux'), place);
}

/** The first thing for which a container that was created does not start. */
export function checkLinuxStart(
  body: CreateBody,
  dialect: Dialect,
  host?: System,
): EngineRefusal | undefined {
  for (const [index, raw] of (body.Binds ?? []).entries()) {
    const read = readLinuxVolume(raw, body.VolumeDriver, dialect);
    const found = read.ok
      ? at(checkMountStart(read.mount, dialect, host), { slot: 'Binds', index })
      : undefined;
    if (found !== undefined) return found;
  }
  for (const [index, mount] of (body.Mounts ?? []).entries()) {
    const found = at(checkMountStart(mount, dialect, host), { slot: 'Mounts', index });
    if (found !== undefined) return found;
  }
  for (const [key, options] of Object.entries(body.Tmpfs ?? {})) {
    const problem = checkTmpfsOptions(options, dialect) ?? checkTargetStart(key) ?? checkTmpfsValues(options);
    const found = at(problem, { slot: 'Tmpfs', key });
    if (found !== undefined) return found;
  }
  for (const key of Object.keys(body.Volumes ?? {})) {
    const problem = cleanPath(key === '' ? '.' : key);
    if (problem !== '/' && problem !== '.') continue;
    return { kind: 'target-root', reason: '', isPart: true, place: { slot: 'Volumes', key } };
  }
  return undefined;
}
