import type { CommandView, Site } from '../source/site.js';
import type { Fix } from '../text/diagnostic.js';
import type { Range } from '../text/range.js';
import type { SpecText } from '../text/spec-text.js';
import { at } from './places.js';

/** A value of `-v` that an unquoted blank next to its colon cut into two words. */
interface SplitVolume {
  /** Both words, in the source. */
  readonly range: Range;
  readonly help: string;
  readonly fix: Fix;
}

/** The blank next to the colon, or in its place, that ends a value of `-v`: `-v ./a :/b`, `-v ./a: /b`, `-v ./a /b`; undefined when there is none. */
export function findSplitVolume({ form, use, text }: Site, { source }: CommandView): SplitVolume | undefined {
  const word = source.words[use.valueWord + 1];
  const next = source.words[use.valueWord + 2];
  if (form !== 'volume' || word === undefined || next === undefined || text.value === '') return undefined;
  const isBefore =
    (isCutOffColon(next.value) && !text.value.includes(':')) ||
    (isCutOffMode(next.value) && /:\//.test(text.value));
  const isBehind = /^[^:]+:$/s.test(text.value) && /^\/[^:]*(?::[\w,]+)?$/.test(next.value);
  const isPair = source.engine === 'docker' && isCutInTwo(text, next.value);
  if ((!isBefore && !isBehind && !isPair) || word.raw === undefined || next.raw === undefined)
    return undefined;
  if (word.host === undefined || word.host !== next.host) return undefined;
  const gap = { start: word.raw.end, end: next.raw.start };
  if (!/^[ \t]+$/.test(word.host.value.slice(gap.start, gap.end))) return undefined;
  const edit = word.host.edit(gap, { value: isPair ? ':' : '', holes: [] });
  if (edit === undefined) return undefined;
  const range = { start: at(word).start, end: at(next).end };
  return {
    range,
    help: isPair ? 'write a colon between the source and the target' : 'remove the space',
    fix: { title: isPair ? 'write `:`' : 'remove the space', safety: 'unsafe', edits: [edit] },
  };
}

/** Whether a blank stands where the colon goes: no image begins with a slash. */
export const isCutInTwo = (text: SpecText, next: string): boolean =>
  text.holes.length === 0 &&
  /^(?:\.{0,2}\/[^:]*|\.{1,2})$/.test(text.value) &&
  /^\/[^:]*(?::[\w,]+)?$/.test(next);

/** Whether a word is the rest of a value of `-v` from its colon on. */
export function isCutOffColon(word: string | undefined): boolean {
  return word !== undefined && /^:\/(?!\/)/.test(word);
}

/** Whether a word is the mode of a `-v` that a blank ended: no image is called `:ro`. */
export const isCutOffMode = (word: string): boolean => /^:(?:ro|rw|[zZ])$/.test(word);
