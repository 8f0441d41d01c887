import { quoteGo } from '../../../go/text.js';
import type { Range } from '../../../text/range.js';
import { type SpecText, sliceText } from '../../../text/spec-text.js';
import type { DockerFlag } from '../tables/docker-flags.js';
import type { FlagTable } from '../tables/flag-table.js';

/** One flag as it was used. */
export interface FlagUse {
  readonly flag: DockerFlag;
  /** What docker gets as the value; `true` for a boolean without one. */
  readonly value: SpecText;
  /** The word that names the flag, and the word that holds the value; the same when it is attached. */
  readonly word: number;
  readonly valueWord: number;
  /** Where the flag stands in its word: `-v`, `--mount`, the `v` of `-itv`; without `=` and value. */
  readonly nameRange: Range;
  /** Where the value stands in its word. */
  readonly valueRange: Range;
  /** Other letters share the word before it (`-itv`). */
  readonly clustered: boolean;
  /** A word before it is unknown as a whole and may be the image already: then this is the container's. */
  readonly uncertain: boolean;
}

/** What one word, with the next one where that is its value, says. */
interface WordRead {
  readonly flags: readonly FlagUse[];
  /** Where reading goes on. */
  readonly next: number;
  /** Why docker stops here, in its words. */
  readonly problem?: string;
}

const TRUE_VALUE: SpecText = { value: 'true', map: { segments: [], endSource: 0 }, holes: [] };

/** Reads the word at `at`, which starts with a dash, as pflag does: `--name`, `--name=value`, `-v`, `-itv`, `-v=value`, `-vvalue`. */
export function readFlagWord(words: readonly SpecText[], at: number, table: FlagTable): WordRead {
  return words[at]!.value.startsWith('--') ? readLong(words, at, table) : readShort(words, at, table);
}

function readLong(words: readonly SpecText[], at: number, table: FlagTable): WordRead {
  const word = words[at]!;
  const text = word.value;
  const body = text.slice(2);
  if (body === '' || body[0] === '-' || body[0] === '=')
    return { flags: [], next: at + 1, problem: `bad flag syntax: ${text}` };
  const equals = body.indexOf('=');
  const name = equals < 0 ? body : body.slice(0, equals);
  const flag = table.long.get(name);
  if (flag === undefined) return { flags: [], next: at + 1, problem: `unknown flag: --${name}` };
  const nameRange = { start: 0, end: 2 + name.length };
  const common = { flag, word: at, nameRange, clustered: false };
  if (equals >= 0) return { flags: [attached(words, common, nameRange.end + 1)], next: at + 1 };
  if (flag.kind === 'bool') return { flags: [bare(common)], next: at + 1 };
  if (at + 1 >= words.length)
    return { flags: [], next: at + 1, problem: `flag needs an argument: --${name}` };
  return { flags: [separate(words, common)], next: at + 2 };
}

function readShort(words: readonly SpecText[], at: number, table: FlagTable): WordRead {
  const text = words[at]!.value;
  const flags: FlagUse[] = [];
  for (let i = 1; i < text.length; ) {
    const rest = text.slice(i);
    // pflag skips what looks like a flag of Go's own test runner.
    if (rest.startsWith('test.')) return { flags, next: at + 1 };
    const letter = text[i]!;
    const flag = table.short.get(letter);
    if (flag === undefined) {
      return {
        flags,
        next: at + 1,
        problem: `unknown shorthand flag: ${quoteRune(rest, table.readsLetterTwice)} in -${rest}`,
      };
    }
    const nameRange = { start: i, end: i + 1 };
    const common = { flag, word: at, nameRange, clustered: i > 1 };
    if (rest.length > 2 && rest[1] === '=') {
      flags.push(attached(words, common, i + 2));
      return { flags, next: at + 1 };
    }
    if (flag.kind === 'bool') {
      flags.push(bare(common));
      i++;
      continue;
    }
    if (rest.length > 1) {
      flags.push(attached(words, common, i + 1));
      return { flags, next: at + 1 };
    }
    if (at + 1 >= words.length) {
      return { flags, next: at + 1, problem: `flag needs an argument: ${quoteRune(rest)} in -${rest}` };
    }
    flags.push(separate(words, common));
    return { flags, next: at + 2 };
  }
  return { flags, next: at + 1 };
}

/** Where a flag was found. */
interface FlagPlace {
  readonly flag: DockerFlag;
  readonly word: number;
  readonly nameRange: Range;
  readonly clustered: boolean;
}

// Written out field by field: this is the hot path of reading commands, and spreading objects is slow there.
function makeUse(place: FlagPlace, value: SpecText, valueWord: number, valueRange: Range): FlagUse {
  return {
    flag: place.flag,
    value,
    word: place.word,
    valueWord,
    nameRange: place.nameRange,
    valueRange,
    clustered: place.clustered,
    uncertain: false,
  };
}

function attached(words: readonly SpecText[], place: FlagPlace, start: number): FlagUse {
  const word = words[place.word]!;
  const valueRange = { start, end: word.value.length };
  return makeUse(place, sliceText(word, valueRange), place.word, valueRange);
}

function separate(words: readonly SpecText[], place: FlagPlace): FlagUse {
  const value = words[place.word + 1]!;
  return makeUse(place, value, place.word + 1, { start: 0, end: value.value.length });
}

function bare(place: FlagPlace): FlagUse {
  const { end } = place.nameRange;
  return makeUse(place, TRUE_VALUE, place.word, { start: end, end });
}

/** `%q` of the first byte, which is what pflag takes for the letter; newer ones make it text and take the first byte of that. */
function quoteRune(rest: string, twice = false): string {
  const first = firstByte(rest);
  const character = String.fromCharCode(twice ? firstByte(String.fromCharCode(first)) : first);
  if (character === "'") return "'\\''";
  if (character === '"') return "'\"'";
  const quoted = quoteGo(character).slice(1, -1);
  return `'${quoted}'`;
}

function firstByte(text: string): number {
  const code = text.codePointAt(0)!;
  return code < 0x80 ? code : new TextEncoder().encode(String.fromCodePoint(code))[0]!;
}
