import type { ApiMount } from '../client/api.js';
import type { Dialect } from '../tables/dialect.js';
import type { Problem } from './refusal.js';

/** The options objects of a mount, in the order in which engines look at them. */
const MOUNT_OPTIONS = ['BindOptions', 'VolumeOptions', 'ImageOptions', 'TmpfsOptions'] as const;

/** The name of an options object of a mount. */
export type MountOptionsField = (typeof MOUNT_OPTIONS)[number];

/** The type of mount that each options object belongs to. */
export const TYPE_OF_OPTIONS: Readonly<Record<MountOptionsField, string>> = {
  BindOptions: 'bind',
  VolumeOptions: 'volume',
  ImageOptions: 'image',
  TmpfsOptions: 'tmpfs',
};

/** A field of the mount that the engine does not take on this type. */
export function extraField(field: string, kind: Problem['kind'] = 'wrong-options'): Problem {
  return { kind, reason: `field ${field} must not be specified` };
}

/** Why an engine that looks at options of the wrong type first refuses the mount; the same on every system. */
export function checkOptions(mount: ApiMount, { engineHas }: Dialect): Problem | undefined {
  if (!engineHas.checksOptionsFirst) return undefined;
  const wrong = MOUNT_OPTIONS.find(
    (field) => mount[field] !== undefined && TYPE_OF_OPTIONS[field] !== mount.Type,
  );
  return wrong === undefined ? undefined : extraField(wrong);
}
