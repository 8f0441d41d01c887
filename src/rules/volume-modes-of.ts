import { VOLUME_MODE_BY_NAME, type VolumeMode } from '../dialects/docker/tables/volume-modes.js';
import type { MountView, ViewMode } from '../mount/view.js';

/** One word of the third section of `-v`. */
export interface ModeWord extends ViewMode {
  /** Absent when docker does not know it. */
  readonly mode?: VolumeMode;
}

/** The words of the third section that are known, in order. */
export function modesOf({ modes }: MountView): ModeWord[] {
  return modes
    .filter(({ part }) => part.text !== undefined)
    .map((one) => ({ ...one, mode: VOLUME_MODE_BY_NAME.get(one.part.value) }));
}

/** Whether the text is a list of modes that docker knows. */
export function isModeList(text: string): boolean {
  return text.split(',').every((word) => VOLUME_MODE_BY_NAME.has(word));
}
