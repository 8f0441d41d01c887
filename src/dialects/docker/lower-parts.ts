import { parseTmpfs, parseVolume } from '../../spec/parse.js';
import type { LowerContext, Lowered } from '../lower-result.js';
import type { CreateBody } from './client/api.js';
import { lowerSpec } from './lower.js';
import { lowerApi } from './lower-api.js';
import type { Dialect } from './tables/dialect.js';

/** What the mounts of a create call mean, in its order: `Binds`, `Volumes`, `Mounts`, `Tmpfs`. */
export function lowerParts(
  body: Partial<CreateBody>,
  dialect: Dialect,
  sourceKind?: LowerContext['sourceKind'],
): Lowered[] {
  const context: LowerContext = { dialect, sourceKind, volumeDriver: body.VolumeDriver ?? undefined };
  return [
    ...(body.Binds ?? []).map((bind) => lowerSpec(parseVolume(bind), context)),
    ...Object.keys(body.Volumes ?? {}).map((target) => lowerSpec(parseVolume(target), context)),
    ...(body.Mounts ?? []).map((mount) => lowerApi(mount, dialect, { withHoles: sourceKind !== undefined })),
    ...Object.entries(body.Tmpfs ?? {}).map(([target, options]) =>
      lowerSpec(parseTmpfs(options === '' ? target : `${target}:${options}`), context),
    ),
  ];
}
