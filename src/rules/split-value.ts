import { MOUNT_KEY_BY_NAME } from '../dialects/docker/tables/mount-keys.js';
import type { Fix } from '../text/diagnostic.js';
import type { TextEdit } from '../text/edit.js';
import type { Range } from '../text/range.js';
import { hasHole } from '../text/spec-text.js';
import { at } from './places.js';
import type { MountContext } from './rule.js';

/** A value of `--mount` that an unquoted blank, after a comma or in place of one, cut into several words. */
interface SplitValue {
  /** From the first word to the last, in the source. */
  readonly range: Range;
  /** Joins them. */
  readonly fix?: Fix;
  /** A comma is missing. */
  readonly lacksComma: boolean;
}

/** The words that were one value of `--mount` before a blank ended it; undefined when none did. */
export function findSplit({ site, command }: Pick<MountContext, 'site' | 'command'>): SplitValue | undefined {
  if (site === undefined || command === undefined) return undefined;
  const { node, use, text } = site;
  const { source } = command;
  if (node.kind !== 'mount' || text.value === '') return undefined;
  const first = use.valueWord + 1;
  let last = first;
  let lacksComma = false;
  for (;;) {
    const [next, behind] = source.words.slice(last + 1, last + 3);
    if (!source.words[last]!.value.endsWith(',')) {
      // No image is called like a key with a value.
      if (!isFieldWord(next?.value) || !next!.value.includes('=')) break;
      lacksComma = true;
      last++;
      continue;
    }
    // An unknown word is one of the parts where another one follows it.
    if (isFieldWord(next?.value)) last++;
    else if (next !== undefined && hasHole(next) && isFieldWord(behind?.value)) last += 2;
    else break;
  }
  if (last === first) return undefined;
  const words = source.words.slice(first, last + 1);
  const range = { start: at(text).start, end: at(words.at(-1)!).end };
  const gaps = words.slice(1).map((word, index): TextEdit => {
    return {
      range: { start: at(words[index]!).end, end: at(word).start },
      text: words[index]!.value.endsWith(',') ? '' : ',',
    };
  });
  // Quotes lie between the end of a word's value and the blank: then nothing is sure about what stands there.
  const isBare = words.every((word) => at(word).end - at(word).start === word.value.length);
  const fix: Fix = {
    title: lacksComma ? 'add a comma' : 'remove the spaces',
    safety: lacksComma ? 'unsafe' : 'safe',
    edits: gaps,
  };
  return isBare ? { range, fix, lacksComma } : { range, lacksComma };
}

function isFieldWord(word: string | undefined): boolean {
  return (
    word !== undefined && MOUNT_KEY_BY_NAME.has(/^[A-Za-z-]+(?==|,|$)/.exec(word)?.[0].toLowerCase() ?? '')
  );
}
