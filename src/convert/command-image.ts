import type { CommandView } from '../source/site.js';
import { displayText } from '../text/spec-text.js';
import { languageOf } from './command-mounts.js';
import { HoleTable, TOO_MANY_HOLES } from './described-mount.js';
import { fillHoles } from './variables.js';

/** The image of a command as Compose must read it, or why it cannot be said; undefined for a command without one. */
export function composeImage(
  view: CommandView,
): { text: string } | { from: string; why: string } | undefined {
  const { invocation } = view;
  const index = invocation?.image ?? invocation?.opaque;
  if (invocation === undefined || index === undefined) return undefined;
  const word = invocation.words[index]!;
  const from = `image ${displayText(word)}`;
  // Behind a word of unknown shape there may be the image still.
  if (invocation.opaque === index && index < invocation.words.length - 1)
    return { from, why: 'whether it is the image is not known' };
  const table = new HoleTable(languageOf(view));
  const text = fillHoles(table.absorb(word), table.holes, 'compose');
  if (table.isFull) return { from, why: TOO_MANY_HOLES };
  return text === undefined ? { from, why: 'Compose has no name for it' } : { text };
}
