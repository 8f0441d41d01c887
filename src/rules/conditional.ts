import type { CommandView, Site } from '../source/site.js';

/** Whether a mount is there in some runs only: its words come from an assignment in an `if` or the like. */
export function isConditional({ use }: Site, { source }: CommandView): boolean {
  return [use.word, use.valueWord].some((word) => source.words[word + 1]?.conditional === true);
}

/** Whether any word of a command is there in some runs only; such words may never be there together. */
export function hasConditional({ source }: CommandView): boolean {
  return source.words.some(({ conditional }) => conditional === true);
}
