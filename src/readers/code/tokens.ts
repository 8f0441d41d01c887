import { once } from '../../text/once.js';
import type { Range } from '../../text/range.js';
import type { Language, StringRow } from './languages.js';

/** A piece of a program; what stands between them are blanks and comments. */
export interface Token extends Range {
  readonly type: 'string' | 'name' | 'mark' | 'other';
  /** Of a name and a mark. */
  readonly text: string;
  /** Of a string: how it is written, where its content stands, and the expressions in that. */
  readonly row?: StringRow;
  readonly body?: Range;
  readonly holes?: readonly Range[];
}

// What Unicode calls a letter is long to compile.
const name = once(() => /[\p{L}_$@][\p{L}\p{N}_$]*/uy);
const NUMBER = /\d[\w.]*/y;
const PATTERN = /\/(?![/*])(?:[^/\\\n[]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n]){0,200}\]){1,500}\/[a-z]*/y;
const LONGEST_HOLE = 2000;

/** Cuts a program into tokens, one after the other. A quote that nothing closes is a mark. */
export function* tokensOf(text: string, language: Language): Generator<Token> {
  let at = 0;
  let endsValue = false;
  // Of each way to write a string, how far one was read in vain: what begins in that has no end either.
  const inVain = new Map<StringRow, number>();
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length) {
    const skipped = match(language.skipped);
    if (skipped !== undefined) {
      at += skipped.length;
      continue;
    }
    const token: Token =
      stringAt(text, at, language, inVain) ?? otherAt(at, language, endsValue, match, text);
    endsValue =
      token.type !== 'mark' ? !/^(?:return|in|of|case)$/.test(token.text) : /[\])}]/.test(token.text);
    at = token.end;
    yield token;
  }
}

function otherAt(
  start: number,
  { opaque, hasPatterns }: Language,
  endsValue: boolean,
  match: (pattern: RegExp) => string | undefined,
  text: string,
): Token {
  const other = (opaque && match(opaque)) ?? (hasPatterns && !endsValue && match(PATTERN)) ?? undefined;
  if (other) return { type: 'other', text: '', start, end: start + other.length };
  const word = match(name());
  if (word !== undefined) return { type: 'name', text: word, start, end: start + word.length };
  const number = match(NUMBER);
  if (number !== undefined) return { type: 'other', text: '', start, end: start + number.length };
  return { type: 'mark', text: text[start]!, start, end: start + 1 };
}

function stringAt(
  text: string,
  start: number,
  { strings }: Language,
  inVain: Map<StringRow, number>,
): Token | undefined {
  for (const row of strings) {
    row.open.lastIndex = start;
    const open = row.open.exec(text)?.[0];
    if (open === undefined) continue;
    const from = start + open.length;
    if (start < (inVain.get(row) ?? 0)) return undefined;
    const found = bodyOf(text, from, row);
    if (typeof found === 'number') {
      inVain.set(row, found);
      return undefined;
    }
    const body = { start: from, end: found.end };
    return {
      type: 'string',
      text: '',
      start,
      end: found.end + row.close.length,
      row,
      body,
      holes: found.holes,
    };
  }
  return undefined;
}

/** Where the content of a string ends, and the expressions in it; when it does not, how far it was looked for. */
function bodyOf(
  text: string,
  from: number,
  row: StringRow,
): { readonly end: number; readonly holes: readonly Range[] } | number {
  const holes: Range[] = [];
  for (let i = from; i < text.length; i++) {
    const char = text[i]!;
    if (char === '\\' && row.escapes !== 'none') i++;
    else if (char === row.close[0] && text.startsWith(row.close, i)) {
      if (!row.isDoubled || text[i + 1] !== row.close) return { end: i, holes };
      i++;
    } else if (char === '\n' && !row.hasLines) return i;
    else if (row.holes !== undefined && (char === row.holes[0] || (row.holes === '{$' && char === '$'))) {
      const end = holeEnd(text, i, row.holes);
      if (end === undefined) {
        if (row.holes === '{' && text[i + 1] === '{') i++;
      } else {
        holes.push({ start: i, end });
        i = end - 1;
      }
    }
  }
  return text.length;
}

/** The end of an expression that begins at `start`; undefined when there is none. */
function holeEnd(text: string, start: number, kind: NonNullable<StringRow['holes']>): number | undefined {
  const isPhp = kind === '{$' && text.startsWith('{$', start);
  const brace = kind === '{' || isPhp ? start : start + 1;
  if (text[brace] !== '{' || (kind === '{' && text[start + 1] === '{')) {
    if ((kind !== '$' && kind !== '{$') || text[start] !== '$') return undefined;
    const name = /^\$[A-Za-z_]\w*(?:->\w+|\.[A-Za-z_]\w*)*/.exec(text.slice(start, start + 200))?.[0];
    return name === undefined ? undefined : start + name.length;
  }
  let depth = 0;
  const last = Math.min(text.length, start + LONGEST_HOLE);
  for (let i = brace; i < last; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i + 1;
  }
  return undefined;
}
