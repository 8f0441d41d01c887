import type { Word } from 'unbash';
import { spend } from '../../source/expansion-budget.js';
import type { FoundWord } from '../../source/frontend.js';
import { sliceHosted } from '../../source/hosted-text.js';
import { append } from '../../text/append.js';
import { toSource } from '../../text/offset-map.js';
import { echoedFlags } from './echoed.js';
import { flagOperand, insideBraces } from './operand.js';
import type { ScriptPosition, ShellScript } from './script.js';
import { isWholly, resolveVariable, type VariablePart } from './variables.js';
import { type WholeExpansion, wholeExpansion } from './whole-expansion.js';
import { decodeWord, type ScriptText, type ShellText } from './word.js';
import type { WordPlace } from './word-place.js';

const DEEPEST = 5;

/**
 * The words that one word of a command becomes. A word that is nothing but a variable becomes what the same file
 * assigned to it, with the places where that was written; otherwise it stays one word with a hole.
 */
export function expandWord(
  text: ScriptText,
  script: ShellScript,
  word: Word,
  site: ScriptPosition,
): FoundWord[] {
  return expand(word, { text, script, site, depth: 0 });
}

/** Where a word is expanded, and how many variables deep. */
interface Expansion {
  readonly text: ScriptText;
  readonly script: ShellScript;
  readonly site: ScriptPosition;
  readonly depth: number;
}

function expand(word: Word, within: Expansion): FoundWord[] {
  const { text, depth } = within;
  const place = depth === 0 ? 'argument' : 'element';
  const whole = wholeExpansion(word);
  const parts = whole && partsOf(whole.name, within);
  if (whole === undefined || parts === undefined) {
    return operandWords(text, word, place) ?? echoedWords(text, word) ?? [decodeWord(text, word, place)];
  }
  const scalar = parts.every((part) => part !== 'unknown' && part.value.type === 'Word');
  if (scalar && whole.quoted) {
    const only = parts[0];
    if (parts.length !== 1 || only === undefined || only === 'unknown')
      return [decodeWord(text, word, place)];
    if (only.conditional) return [{ ...decodeWord(text, word, place), ...unsure(only) }];
    if (only.value.type !== 'Word') return [decodeWord(text, word, place)];
    const list = `v${only.value.pos}`;
    return [{ ...decodeWord(text, only.value, 'assigned'), via: whole.name, list, ...unsure(only) }];
  }
  if (!scalar && whole.index === undefined) return [decodeWord(text, word, place)];
  const known = parts.filter((part) => part !== 'unknown');
  const words = expandParts(whole, known, within);
  if (!scalar && whole.quoted && whole.index === '*') {
    const joined = words.map(({ value }) => value).join(' ');
    return [{ ...decodeWord(text, word, place), ...(known.length === parts.length && { joined }) }];
  }
  return known.length < parts.length ? [...words, decodeWord(text, word)] : words;
}

function partsOf(name: string, { text, script, site, depth }: Expansion): ReturnType<typeof resolveVariable> {
  return depth < DEEPEST ? resolveVariable(script, name, site, text.budget) : undefined;
}

function expandParts(whole: WholeExpansion, parts: readonly VariablePart[], within: Expansion): FoundWord[] {
  const self = isWholly(whole.name);
  let words: FoundWord[] = [];
  for (const part of parts) {
    const added = expandPart(whole, self, part, within);
    spend(within.text.budget, added);
    const first = added.findIndex((one) => isSelf(one, self));
    // What it held goes where its new value names it, else in front; with nothing known of that, `${X:-docker}` tells its default.
    const held = first >= 0 && words.length === 0 && hasDefault(added[first]!) ? [added[first]!] : words;
    if (first < 0) append(words, added);
    else words = added.flatMap((one, at) => (at === first ? held : isSelf(one, self) ? [] : [one]));
  }
  return words;
}

function isSelf({ value, holes }: FoundWord, self: RegExp): boolean {
  return value.length === 1 && self.test(holes[0]?.text ?? '');
}

const hasDefault = ({ holes }: FoundWord): boolean => /^\$\{\w+:?-./.test(holes[0]?.text ?? '');

/** The flags in an expansion such as `${X:+-v a:b}`; undefined for every other word. */
export function operandWords(text: ShellText, word: Word, place: WordPlace): FoundWord[] | undefined {
  const flags = flagOperand(word, text.host.value);
  if (flags === undefined) return undefined;
  const inner = { ...text, host: insideBraces(text.host) };
  const words = flags.words.map((one): FoundWord => {
    return { ...decodeWord(inner, one, 'operand'), conditional: true, list: `o${word.pos}` };
  });
  return flags.orValue ? [decodeWord(text, word, place), ...words] : words;
}

/** The flags in a substitution such as `$([ -f x ] && echo "-v x:/y")`; undefined for every other word. */
function echoedWords(text: ShellText, word: Word): FoundWord[] | undefined {
  return echoedFlags(word)
    ?.flatMap((one) => splitFields(decodeWord(text, one)))
    .map((one) => ({ ...one, conditional: true }));
}

function expandPart(whole: WholeExpansion, self: RegExp, part: VariablePart, within: Expansion): FoundWord[] {
  const { text, depth } = within;
  const site = { ...within.site, pos: part.value.pos };
  const mark = { via: whole.name, ...(part.conditional && { conditional: true }), ...unsure(part) };
  if (part.value.type === 'Word') {
    return splitFields(decodeWord(text, part.value, 'assigned')).flatMap((field) => {
      const words = isSelf(field, self) ? undefined : expandField(field, { ...within, site });
      return (words ?? [field]).map((one) => ({ ...one, ...mark, via: one.via ?? whole.name }));
    });
  }
  const list = `a${part.value.pos}`;
  return part.value.elements.flatMap((element) => {
    const words = self.test(element.text)
      ? [decodeWord(text, element, 'element')]
      : expand(element, { ...within, site, depth: depth + 1 });
    const split = whole.quoted
      ? words
      : words.flatMap((word) => (/[ \t\n]/.test(word.value) ? splitFields(word) : [word]));
    return split.map((word) => ({ ...word, ...mark, list: word.list === '' ? list : word.list }));
  });
}

const unsure = ({ isUnsure }: VariablePart) => (isUnsure ? { isUnsure } : {});

/** A field that is nothing but another variable, as what that holds, when it holds a string. */
function expandField(field: FoundWord, within: Expansion): FoundWord[] | undefined {
  const { depth } = within;
  const hole = field.value.length === 1 ? field.holes[0] : undefined;
  const name = hole && /^\$\{?([A-Za-z_]\w*)\}?$/.exec(hole.text)?.[1];
  const parts = name === undefined ? undefined : partsOf(name, within);
  if (name === undefined || parts === undefined) return undefined;
  const known = parts.filter((part) => part !== 'unknown' && part.value.type === 'Word');
  if (known.length < parts.length) return undefined;
  const whole = { name, quoted: false, index: undefined };
  return expandParts(whole, known as VariablePart[], { ...within, depth: depth + 1 });
}

/** The words that the shell makes of an unquoted value: split at blanks, quotes in it mean nothing. */
function splitFields(word: FoundWord): FoundWord[] {
  const fields: FoundWord[] = [];
  for (const match of word.value.matchAll(/[^ \t\n]+/g)) {
    const part = { start: match.index, end: match.index + match[0].length };
    const slice = sliceHosted(word, part);
    fields.push({
      ...word,
      ...slice,
      holes: slice.holes.map((hole) => ({ ...hole, quoted: false })),
      raw: toSource(word.local, part),
      pieces: [],
      list: `s${word.raw.start}`,
      within: { word, range: part },
      edit: (inner, text) => {
        const old = slice.holes.find(
          (hole) => hole.range.start === inner.start && hole.range.end === inner.end,
        );
        // Quotes in it mean nothing.
        const onlyQuotes = old !== undefined && text.value.length === 1 && text.holes[0]?.text === old.text;
        return onlyQuotes || /\s/.test(text.value) ? undefined : slice.edit(inner, text);
      },
    });
  }
  return fields;
}
