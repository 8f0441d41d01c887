import { VOLUME_MODE_BY_NAME, type VolumeMode } from '../dialects/docker/tables/volume-modes.js';
import type { Site } from '../source/site.js';
import type { Part, VolumeSpec } from '../spec/ast.js';
import type { Range } from '../text/range.js';
import { hasHole } from '../text/spec-text.js';

/** One word of the third section of `-v`. */
export interface ModeWord {
  readonly part: Part;
  /** What to cut out so that the word and one comma, or the whole section, are gone. */
  readonly removal: Range;
  /** Absent when docker does not know it. */
  readonly mode?: VolumeMode;
}

/** The words of the third section that are known, in order. */
export function modesOf(site: Site): ModeWord[] {
  const { node, text } = site;
  if (node.kind !== 'volume' || node.problem !== undefined) return [];
  return node.options.flatMap((part, index) =>
    hasHole(text, part.range)
      ? []
      : [{ part, removal: optionRemoval(node, index), mode: VOLUME_MODE_BY_NAME.get(part.value) }],
  );
}

/** Whether the text is a list of modes that docker knows. */
export function isModeList(text: string): boolean {
  return text.split(',').every((word) => VOLUME_MODE_BY_NAME.has(word));
}

function optionRemoval({ options }: VolumeSpec, index: number): Range {
  const { start, end } = options[index]!.range;
  const after = options[index + 1];
  // The first of several takes the comma behind it, so that the colon stays; the only one takes the colon.
  return index === 0 && after !== undefined ? { start, end: after.range.start } : { start: start - 1, end };
}
