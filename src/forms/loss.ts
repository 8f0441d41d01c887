import type { Dialect } from '../dialects/docker/tables/dialect.js';
import type { Mount } from '../mount/mount.js';

/**
 * none-here: the difference has no effect on this engine. changed: the effect differs. impossible: the form cannot say it.
 */
export type LossKind = 'none-here' | 'changed' | 'impossible';

/** Something that a form cannot say of a mount. */
export interface Loss {
  /** What is lost: a field of the mount. */
  readonly field: string;
  readonly kind: LossKind;
  readonly why: string;
}

/** The forms that a mount flag can be converted to. */
export type TargetForm = 'mount' | 'volume' | 'tmpfs';

/** Every form that a mount can be written in; `compose` is Compose's long syntax, `api` a part of a create call. */
export type MountForm = TargetForm | 'compose' | 'compose-short' | 'devcontainer' | 'api';

/** One row of what a form cannot say. */
export interface LossRow {
  readonly form: MountForm;
  readonly field: string;
  readonly kind: LossKind;
  readonly why: string;
  /** What `docs/conversions.md` says of when it applies. */
  readonly when: string;
  readonly applies: (mount: Mount, context: LossContext) => boolean;
}

/** What a loss depends on besides the mount. */
export interface LossContext {
  readonly dialects: readonly Dialect[];
  /** The form that it is converted from. */
  readonly from: MountForm;
  readonly volumeDriver?: string;
}
