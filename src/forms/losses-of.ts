import type { Mount } from '../mount/mount.js';
import { FLAG_LOSSES } from './flag-losses.js';
import { HOST_LOSSES } from './host-losses.js';
import type { Loss, LossContext, LossRow, MountForm } from './loss.js';
import { NO_WORD } from './no-word.js';

/** What each form cannot say, field by field (docs/semantics/docker.md §5). */
export const LOSSES: readonly LossRow[] = [...NO_WORD, ...FLAG_LOSSES, ...HOST_LOSSES];

/** What is lost when the mount is written in that form. */
export function lossesOf(mount: Mount, form: MountForm, context: LossContext): Loss[] {
  // A devcontainer's mounts are values of --mount.
  const as = form === 'devcontainer' ? 'mount' : form;
  return LOSSES.filter((row) => row.form === as && row.applies(mount, context)).map(
    ({ field, kind, why }) => ({ field, kind, why }),
  );
}
