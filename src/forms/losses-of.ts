import type { Mount } from '../mount/mount.js';
import { once } from '../text/once.js';
import { FLAG_LOSSES } from './flag-losses.js';
import { HOST_LOSSES } from './host-losses.js';
import type { Loss, LossContext, LossRow, MountForm } from './loss.js';
import { noWord } from './no-word.js';

/** What each form cannot say, field by field (docs/semantics/docker.md §5). */
export const losses: () => readonly LossRow[] = once(() => [...noWord(), ...FLAG_LOSSES, ...HOST_LOSSES]);

/** What is lost when the mount is written in that form. */
export function lossesOf(mount: Mount, form: MountForm, context: LossContext): Loss[] {
  // A devcontainer's mounts are values of --mount.
  const as = form === 'devcontainer' ? 'mount' : form;
  return losses()
    .filter((row) => row.form === as && row.applies(mount, context))
    .map(({ field, kind, why }) => ({ field, kind, why }));
}
