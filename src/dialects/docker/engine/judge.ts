import type { ApiMount, CreateBody, Sent } from '../client/api.js';
import type { Dialect } from '../tables/dialect.js';
import { checkLinuxBody, checkLinuxCreate, checkLinuxStart } from './linux.js';
import { openQuestions } from './open.js';
import type { EnginePlace, EngineRefusal, EngineVerdict, ItemVerdict } from './refusal.js';
import type { System } from './system.js';
import { checkWindowsCreate } from './windows.js';

/** The engine's verdict on one flag, as if it stood alone. */
export interface SentVerdict {
  readonly create?: EngineRefusal;
  readonly start?: EngineRefusal;
}

const NOTHING: CreateBody = {
  Binds: null,
  Mounts: null,
  Tmpfs: null,
  Volumes: null,
  VolumeDriver: null,
  VolumesFrom: null,
};

/**
 * What the engine says to a create call: only refusals that are certain for that engine and API version. What depends on the
 * engine's machine is judged by `host`, and named in `open` without it. Pure and total.
 */
export function judgeEngine(body: CreateBody, dialect: Dialect, host?: System): EngineVerdict {
  const whole = judgeWhole(body, dialect, host);
  const items = partsOf(body).map(({ place, part }): ItemVerdict => {
    const { create, start } = judgeWhole(part, dialect, host);
    return { place, create: moved(create, place), start: moved(start, place) };
  });
  return { ...whole, items, open: whole.create === undefined ? openQuestions(body, dialect, host) : [] };
}

/** What the engine says to what one flag sends. `driver`: the command's `--volume-driver`. */
export function judgeSent(sent: Sent, dialect: Dialect, host?: System, driver?: string): SentVerdict {
  return judgeWhole({ ...bodyOf(sent), VolumeDriver: driver || null }, dialect, host);
}

/** Only the verdict on the whole create call, without each of its mounts by itself; cheaper than `judgeEngine`. */
export function judgeWhole(body: CreateBody, dialect: Dialect, host?: System): SentVerdict {
  if (dialect.engineOs === 'windows') return { create: checkWindowsCreate(body, dialect, host) };
  const create = checkLinuxCreate(body, dialect, host);
  return create === undefined ? { start: checkLinuxStart(body, dialect, host) } : { create };
}

/** Why a node of a Swarm does not run a container with these mounts; it makes one without asking the router. */
export function judgeNode(
  mounts: readonly ApiMount[],
  dialect: Dialect,
  host?: System,
): EngineRefusal | undefined {
  const body = { ...NOTHING, Mounts: [...mounts] };
  if (dialect.engineOs === 'windows') return checkWindowsCreate(body, dialect, host);
  return checkLinuxBody(body, dialect, host) ?? checkLinuxStart(body, dialect, host);
}

function moved(refusal: EngineRefusal | undefined, place: EnginePlace): EngineRefusal | undefined {
  return refusal === undefined ? undefined : { ...refusal, place };
}

function bodyOf(sent: Sent): CreateBody {
  switch (sent.slot) {
    case 'Binds':
      return { ...NOTHING, Binds: [sent.bind] };
    case 'Mounts':
      return { ...NOTHING, Mounts: [sent.mount] };
    case 'Tmpfs':
      return { ...NOTHING, Tmpfs: { [sent.target]: sent.options } };
    case 'Volumes':
      return { ...NOTHING, Volumes: { [sent.target]: {} } };
  }
}

function partsOf(body: CreateBody): { place: EnginePlace; part: CreateBody }[] {
  const alone = { ...NOTHING, VolumeDriver: body.VolumeDriver };
  return [
    ...(body.Binds ?? []).map((bind, index) => ({
      place: { slot: 'Binds' as const, index },
      part: { ...alone, Binds: [bind] },
    })),
    ...(body.Mounts ?? []).map((mount, index) => ({
      place: { slot: 'Mounts' as const, index },
      part: { ...alone, Mounts: [mount] },
    })),
    ...Object.entries(body.Tmpfs ?? {}).map(([key, options]) => ({
      place: { slot: 'Tmpfs' as const, key },
      part: { ...alone, Tmpfs: { [key]: options } },
    })),
    ...Object.keys(body.Volumes ?? {}).map((key) => ({
      place: { slot: 'Volumes' as const, key },
      part: { ...alone, Volumes: { [key]: {} } },
    })),
    ...(body.VolumesFrom ?? []).map((spec, index) => ({
      place: { slot: 'VolumesFrom' as const, index },
      part: { ...alone, VolumesFrom: [spec] },
    })),
  ];
}
