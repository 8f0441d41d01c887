import type { TextEdit } from '../text/edit.js';
import type { EditableText } from '../text/editable-text.js';
import { wellFormed } from '../text/hole-mark.js';
import { MapBuilder, type OffsetMap } from '../text/offset-map.js';
import type { Range } from '../text/range.js';
import { quoteShell, quoteShellMapped, quoteShellWithHoles } from '../text/shell-quote.js';
import type { CommandSource } from './command-source.js';
import { exactSource } from './hosted-text.js';

/** A word and where it stands in a command line, quotes included. */
interface PlacedWord {
  readonly value: string;
  readonly map: OffsetMap;
  readonly raw: Range;
}

/** Words that were given as a list, with the command line that a person would type for them; ranges are in that line. */
export function argvSource(args: readonly string[]): { source: CommandSource; text: string } {
  let text = '';
  const words = args.map((word): PlacedWord => {
    const value = wellFormed(word);
    if (text !== '') text += ' ';
    const start = text.length;
    const quoted = quoteShellMapped(value, start);
    text += quoted.text;
    return { value, map: quoted.map, raw: { start, end: text.length } };
  });
  return { text, source: placedSource(words, 'exec') };
}

// Templates and placeholders are for the front-end, quoted or not: `{{ x }}`, `<path>`, `[a|b]`, `%%X%%`, `@X@`, `...`.
const PLAIN_TEXT = /^(?:[A-Za-z0-9_+:,./ -]|@(?![A-Z@])|=(?!~)|'(?:[^'\n<>[\]{}%@]|@(?![A-Z@]))*')+$/;
const ELLIPSIS = /(?:^| )\.\.\.(?: |$)/;

/**
 * Reads a command line that means the same to everybody: words of harmless characters and words in single quotes. Undefined
 * for any other, which is for a real shell parser to read.
 */
export function plainSource(text: string): CommandSource | undefined {
  if (!PLAIN_TEXT.test(text) || ELLIPSIS.test(text)) return undefined;
  const words: PlacedWord[] = [];
  for (const match of text.matchAll(/(?:[^ ']|'[^']*')+/g)) {
    const start = match.index;
    const out = new MapBuilder(start);
    let at = start;
    for (const piece of match[0].split(/('[^']*')/)) {
      if (piece.startsWith("'")) out.copy(piece.slice(1, -1), at + 1).endAt(at + piece.length);
      else out.copy(piece, at);
      at += piece.length;
    }
    const { text: value, map } = out.build();
    words.push({ value, map, raw: { start, end: at } });
  }
  return words.length === 0 || words[0]!.value.includes('=') ? undefined : placedSource(words, 'sh');
}

function placedSource(words: readonly PlacedWord[], shell: CommandSource['shell']): CommandSource {
  return {
    engine: 'docker',
    shell,
    words: words.map(editable),
    replaceWords: (from, to, replacements) => {
      const first = words[from];
      const last = words[to - 1];
      const quoted = replacements.map(quoteShellWithHoles).join(' ');
      if (from < to)
        return first && last && { range: { start: first.raw.start, end: last.raw.end }, text: quoted };
      // Nothing is replaced: the words go before the word at `from`, or after the last one.
      if (first !== undefined)
        return {
          range: { start: first.raw.start, end: first.raw.start },
          text: quoted === '' ? '' : `${quoted} `,
        };
      const end = words.at(-1)?.raw.end ?? 0;
      return { range: { start: end, end }, text: quoted === '' ? '' : ` ${quoted}` };
    },
  };
}

function editable(word: PlacedWord): EditableText {
  const { value, map } = word;
  return {
    value,
    map,
    holes: [],
    edit: (part, replacement) =>
      replacement.holes.length > 0 ? undefined : editOf(word, part, replacement.value),
  };
}

/** A word with quotes is written anew as a whole, so that it has none that it does not need; of a long one the part alone. */
function editOf({ value, map, raw }: PlacedWord, part: Range, text: string): TextEdit {
  const isPlain = raw.end - raw.start === value.length || value.length > LONG;
  const isEmptied = text === '' && part.start === 0 && part.end === value.length;
  const exact = isPlain && !isEmptied && /^[\w%+=:,./-]*$/.test(text) ? exactSource(map, part) : undefined;
  return exact === undefined
    ? { range: raw, text: quoteShell(value.slice(0, part.start) + text + value.slice(part.end)) }
    : { range: exact, text };
}

const LONG = 200;
