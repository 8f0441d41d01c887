import type { MountForm } from '../forms/loss.js';
import type { CommandView } from '../source/site.js';
import { commandMounts, swarmGrants, volumesBeside } from './command-mounts.js';
import { type ContainerOptions, composeContainers } from './compose-containers.js';
import type { NoMounts } from './compose-mounts.js';
import { type ConvertedMounts, convertMounts } from './convert-mounts.js';
import { onlyCommand } from './text-mounts.js';

/** Writes commands as a document: as the services of a Compose file, or the mounts of the only one that has any. */
export function convertViews(
  views: readonly CommandView[],
  to: MountForm,
  options: ContainerOptions,
): ConvertedMounts | NoMounts {
  if (to === 'compose' || to === 'compose-short') {
    const isAny = views.some(({ invocation }) => invocation !== undefined);
    return isAny ? composeContainers(views, to, options) : { why: 'there is no docker command' };
  }
  const view = onlyCommand(views);
  if ('why' in view) return view;
  const list = commandMounts(view, options);
  const omitted = [...list.omitted, ...swarmGrants(view), ...volumesBeside(views)];
  return convertMounts({ ...list, omitted }, to, options);
}
