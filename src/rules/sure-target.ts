import type { MountView, ViewPart } from '../mount/view.js';

/** The target, where it surely is one: in Compose's short syntax a variable before it may hold more than a source. */
export function sureTarget({ form, host, source, target }: MountView): ViewPart | undefined {
  if (form !== 'compose-short' || source === undefined) return target;
  const [hole] = host.holes;
  return hole === undefined || (hole.range.start === 0 && hole.absolute === true) ? target : undefined;
}
