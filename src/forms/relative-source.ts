import { isExpanded } from '../dialects/docker/client/client-volume.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { absolutePath } from '../go/path.js';
import type { MountView } from '../mount/view.js';
import { holeMark } from '../text/hole-mark.js';
import type { Range } from '../text/range.js';
import { displayText, type Hole, hasHole, type SpecText } from '../text/spec-text.js';

/** How a relative source can be made absolute: by a directory that is known, or by what the shell calls it. */
export type WorkingDirectory = { readonly path: string } | 'shell';

/**
 * The spec with its relative source made absolute, for dockers of which some expand it and some do not (20.10 expands none,
 * 28.2 is the first to expand `../x`). Undefined when nothing needs to be done; a sentence when it cannot be.
 */
export function settleSource(
  { source: part, host: text }: MountView,
  dialects: readonly Dialect[],
  directory: WorkingDirectory | undefined,
): Pick<SpecText, 'value' | 'holes'> | string | undefined {
  const place = part?.range;
  if (place === undefined || hasHole(text, { start: place.start, end: place.start + 1 })) return undefined;
  const source = text.value.slice(place.start, place.end);
  if (!source.startsWith('.')) return undefined;
  const expanding = dialects.filter((dialect) => isExpanded(source, dialect)).length;
  if (expanding === 0 || expanding === dialects.length) return undefined;
  const why = `not every docker makes \`${displayText(text, place)}\` absolute, and which folder it would be in is not known here: write the whole path`;
  if (directory === undefined) return why;
  const rest = source === '.' ? '' : source.startsWith('./') ? source.slice(1) : `/${source}`;
  if (directory !== 'shell') {
    // As the clients do that make it absolute.
    const path = absolutePath(source, directory.path, dialects[0]!.hostOs);
    return /[,":\n\r]/.test(path) ? why : splice(text, place, path);
  }
  const mark = holeMark(text.holes.length);
  const settled = splice(text, place, mark + rest);
  const range = { start: place.start, end: place.start + 1 };
  const own: Hole = { range, kind: 'variable', text: '$PWD', quoted: true, absolute: true };
  return {
    value: settled.value,
    holes: [...settled.holes, own].sort((a, b) => a.range.start - b.range.start),
  };
}

function splice(text: SpecText, part: Range, fresh: string): Pick<SpecText, 'value' | 'holes'> {
  const move = fresh.length - (part.end - part.start);
  return {
    value: text.value.slice(0, part.start) + fresh + text.value.slice(part.end),
    holes: text.holes.map((hole) =>
      hole.range.start < part.end
        ? hole
        : { ...hole, range: { start: hole.range.start + move, end: hole.range.end + move } },
    ),
  };
}
