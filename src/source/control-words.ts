import type { FoundWord } from './frontend.js';
import { isControl, isNothing } from './mask.js';

/** Lines of a template between the words of a command are none of them; what stands between two that decide is there in some runs. */
export function withoutControls(words: FoundWord[]): FoundWord[] {
  const first = words.findIndex((word) => isMadeOf(word, isControl));
  const last = words.findLastIndex((word) => isMadeOf(word, isControl));
  return words.flatMap((word, index) => {
    if (isMadeOf(word, isNothing)) return [];
    return index > first && index < last ? [{ ...word, conditional: true }] : [word];
  });
}

const isMadeOf = ({ value, holes }: FoundWord, is: (template: string) => boolean): boolean =>
  value.length > 0 &&
  holes.length === value.length &&
  holes.every(({ kind, text }) => kind === 'template' && is(text));
