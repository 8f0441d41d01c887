import type { FoundCommand } from '../source/frontend.js';
import { replaceItems } from './replace-items.js';
import { quoteWord } from './shell/encode.js';
import { type QuoteWord, replaceWords } from './shell/replace.js';

type Found = Omit<FoundCommand, 'replaceWords'>;

/** A command whose words a shell splits; `quote` writes a whole word for it. Nothing of the parser's tree is kept. */
export function shellCommand(found: Found, quote: QuoteWord = quoteWord): FoundCommand {
  const { words } = found;
  return { ...found, replaceWords: (from, to, fresh) => replaceWords(words, from, to, fresh, quote) };
}

/** A command whose words are the items of a list. */
export function listCommand(found: Found, quote: QuoteWord): FoundCommand {
  const { words } = found;
  return {
    ...found,
    replaceWords: (from, to, fresh) => replaceItems(words, from, to, fresh, quote),
  };
}
