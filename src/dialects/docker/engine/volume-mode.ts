import { PROPAGATIONS, VOLUME_MODE_BY_NAME } from '../tables/volume-modes.js';

/** The third section of a `-v` spec as a Linux engine reads it. */
interface ModeWords {
  readonly isReadOnly: boolean;
  readonly isNoCopy: boolean;
  readonly propagation?: string;
  readonly label?: 'z' | 'Z';
  readonly words: readonly string[];
}

/** Reads a mode; undefined when the engine refuses it. The empty mode is one. Case counts, and nothing is trimmed (§2.3 step 3). */
export function readVolumeMode(mode: string): ModeWords | undefined {
  if (mode === '') return { isReadOnly: false, isNoCopy: false, words: [] };
  const words = mode.split(',');
  const groups = new Set<string>();
  for (const word of words) {
    const row = VOLUME_MODE_BY_NAME.get(word);
    if (row === undefined || groups.has(row.group)) return undefined;
    groups.add(row.group);
  }
  const label = words.find((word) => word === 'z' || word === 'Z');
  return {
    isReadOnly: words.includes('ro'),
    isNoCopy: words.includes('nocopy'),
    propagation: words.find((word) => PROPAGATIONS.has(word)),
    label: label as 'z' | 'Z' | undefined,
    words,
  };
}

/** Reads `--volumes-from`: the container and its mode; undefined mode when the engine refuses it (§2.6). */
export function readVolumesFrom(spec: string): { container: string; mode: string; isValid: boolean } {
  const colon = spec.indexOf(':');
  const container = colon < 0 ? spec : spec.slice(0, colon);
  const mode = colon < 0 ? '' : spec.slice(colon + 1);
  const words = readVolumeMode(mode);
  return {
    container,
    mode,
    isValid: words !== undefined && words.propagation === undefined && !words.isNoCopy,
  };
}
