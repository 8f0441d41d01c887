import type { Replacement } from './editable-text.js';
import { type Hole, holesByMark } from './spec-text.js';

/** Where the holes of a spec stand in the converted text: each mark names its hole. */
export function placeHoles(text: string, { holes, value }: Replacement): Hole[] {
  const byMark = holesByMark({ value, holes });
  const placed: Hole[] = [];
  if (holes.length === 0) return placed;
  for (let i = 0; i < text.length; i++) {
    const hole = byMark.get(text[i]!);
    if (hole !== undefined) placed.push({ ...hole, range: { start: i, end: i + 1 } });
  }
  return placed;
}
