import type { FoundWord } from './frontend.js';
import { isControl } from './mask.js';

/** Lines of a template between the words of a command are none of them; what stands between two of them is there in some runs. */
export function withoutControls(words: FoundWord[]): FoundWord[] {
  const first = words.findIndex(isNothing);
  if (first < 0) return words;
  const last = words.findLastIndex(isNothing);
  return words.flatMap((word, index) => {
    if (isNothing(word)) return [];
    return index > first && index < last ? [{ ...word, conditional: true }] : [word];
  });
}

const isNothing = ({ value, holes }: FoundWord): boolean =>
  value.length > 0 &&
  holes.length === value.length &&
  holes.every(({ kind, text }) => kind === 'template' && isControl(text));
