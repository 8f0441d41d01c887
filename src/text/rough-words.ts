/** Which quotes stand around a character. */
export type Quotes = '' | "'" | '"';

/** A word, roughly as a shell reads it, or a string of JSON or YAML, with the place of each of its characters. */
export interface Word {
  readonly text: string;
  /** Where each character starts and ends in the text, its escape included. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly quotes: readonly Quotes[];
  readonly end: number;
  /** What stands between it and the word in front, other than blanks: the end of a command or of a line, or a comma, or a bracket. */
  readonly parted: 'command' | 'list' | undefined;
}

const PARTS_COMMANDS = /[;|&()`\n{}]/;
const PARTS_LISTS = /[[\],]/;
const ENDS_WORD = /[\s;|&()`]/;

/**
 * The words of any text: of a shell, of JSON and YAML, of a sentence. No language is read exactly; a quote that is not closed
 * is a character like others, and in a sentence so is one inside of a word. Total, in proportion to the text.
 */
export function readWords(text: string, isSentence: boolean): Word[] {
  const words: Word[] = [];
  const lastQuote = { "'": text.lastIndexOf("'"), '"': text.lastIndexOf('"') };
  let parted: Word['parted'] = 'command';
  for (let i = 0; i < text.length; ) {
    const char = text[i]!;
    if (isContinued(text, i)) i = text.indexOf('\n', i) + 1;
    else if (PARTS_COMMANDS.test(char)) {
      parted = 'command';
      i++;
    } else if (PARTS_LISTS.test(char)) {
      parted ??= 'list';
      i++;
    } else if (/\s/.test(char)) i++;
    else {
      const word = readWord(text, i, parted, isSentence, lastQuote);
      words.push(word);
      parted = undefined;
      i = word.end;
    }
  }
  return words;
}

/** Whether a line ends here and the command goes on. */
function isContinued(text: string, at: number): boolean {
  return text[at] === '\\' && /^\r?\n/.test(text.slice(at + 1, at + 3));
}

function readWord(
  text: string,
  start: number,
  parted: Word['parted'],
  isSentence: boolean,
  lastQuote: Readonly<Record<"'" | '"', number>>,
): Word {
  let out = '';
  let hasEquals = false;
  const starts: number[] = [];
  const ends: number[] = [];
  const quotes: Quotes[] = [];
  let i = start;
  const take = (quote: Quotes, end: number) => {
    const isEscaped = text[i] === '\\' && quote !== "'" && i + 1 < end;
    const length = isEscaped ? 2 : 1;
    const char = text[i + length - 1]!;
    out += char;
    hasEquals ||= char === '=';
    starts.push(i);
    ends.push(i + length);
    quotes.push(quote);
    i += length;
  };
  while (i < text.length && !ENDS_WORD.test(text[i]!)) {
    const char = text[i]!;
    if (isContinued(text, i)) break;
    const quote = char === "'" || char === '"' ? char : undefined;
    const mayOpen =
      quote !== undefined &&
      i < lastQuote[quote] &&
      (i === start || isOpening(text, i, hasEquals, isSentence));
    const close = mayOpen ? closing(text, i, quote) : -1;
    if (close < 0) {
      take('', text.length);
      continue;
    }
    const isFirst = i === start;
    i++;
    while (i < close) take(quote!, close);
    i = close + 1;
    if (!isFirst) continue;
    // A string of JSON ends here, and a key after its colon.
    if (text[i] === ':' && /[\s"'[{]/.test(text[i + 1] ?? ' ')) {
      take('', text.length);
      break;
    }
    if (/[,\]}]/.test(text[i] ?? '')) break;
  }
  return { text: out, starts, ends, quotes, end: i, parted };
}

function closing(text: string, open: number, quote: string): number {
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === quote) return i;
    if (quote === '"' && text[i] === '\\') i++;
  }
  return -1;
}

/** Inside of a word, a quote of a sentence is an apostrophe, and one between letters anywhere. */
function isOpening(text: string, at: number, isBehindEquals: boolean, isSentence: boolean): boolean {
  if (isSentence) return text[at - 1] === '=';
  const isLetter = (char = '') => /[a-z]/i.test(char);
  return !(isLetter(text[at - 1]) && isLetter(text[at + 1])) || isBehindEquals;
}
