import { closingBracket } from '../../source/brackets.js';
import type { ExpansionBudget } from '../../source/expansion-budget.js';
import type { FoundWord, QuotedPiece } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import { append } from '../../text/append.js';
import { toSource } from '../../text/offset-map.js';
import type { Range } from '../../text/range.js';
import { takesArguments } from './inner.js';
import { expandLists, type ListAssignment } from './powershell-lists.js';
import { type WindowsQuoting, WindowsWord } from './word.js';

const ABSOLUTE =
  /^\$(?:\{?(?:pwd|home|psscriptroot|env:(?:userprofile|home|homepath|appdata|localappdata|programdata|temp|github_workspace))\}?|\(\s*(?:pwd|get-location|gl|resolve-path\s[^|]*)\s*\)(?:\.path)?|\{?pwd\}?\.path)$/i;
const VARIABLE = /\$(?:\{[^}\n]*\}|(?:env|script|global|local|using|private):\w+|[\w?^$]+)/iy;

/** How PowerShell writes words. */
export const POWERSHELL_QUOTING: WindowsQuoting = {
  safe: /^[\w%+=:./\\-]+$/,
  expands: /^\$/,
  // `$root:/x` is a variable of the drive `root`.
  variableBefore: (next, text) => (next === ':' && /^\$[\w:]+$/.test(text) ? `\${${text.slice(1)}}` : text),
  escapeIn(style, known) {
    if (style === 'single') return known.replaceAll("'", "''");
    return style === 'double' ? known.replace(/[`"$]/g, '`$&') : known;
  },
};

/** The commands of a PowerShell text, each as its words; where the words hold `$(…)`, what stands in that is added to `inside`. */
export function* scanPowershell(
  host: HostedText,
  budget: ExpansionBudget,
  inside: Range[] = [],
): Generator<FoundWord[]> {
  const text = host.value;
  const lists = new Map<string, ListAssignment[]>();
  /** For each open brace the function that it is in; 0 for none. */
  const blocks: number[] = [];
  let functions = 0;
  let words: FoundWord[] = [];
  const scope = () => blocks.at(-1) ?? 0;
  for (let at = 0; at < text.length; ) {
    const char = text[at]!;
    if (char === '`' && text[at + 1] === '\n') at += 2;
    else if (char === ' ' || char === '\t') at++;
    else if (char === '#') at = endOf(text, '\n', at);
    else if (text.startsWith('<#', at)) at = endOf(text, '#>', at) + 2;
    else if (text.startsWith("@'\n", at) || text.startsWith('@"\n', at))
      at = endOf(text, `\n${text[at + 1]}@`, at) + 3;
    else if (words.length === 0 && text.startsWith('$(', at)) at += 2;
    else if ('\n;|&{}()'.includes(char)) {
      if (words.length > 0) yield expandLists(words, lists, scope(), budget);
      if (char === '{') blocks.push(words[0]?.value.toLowerCase() === 'function' ? ++functions : scope());
      else if (char === '}') blocks.pop();
      words = [];
      at++;
    } else if (words.length === 0 && assignmentAt(text, at) > 0) {
      const start = at + assignmentAt(text, at);
      const name =
        /^(?:\[[\w.[\]]+\][ \t]*)?\$(?:\w+:)?(\w+)[ \t]*\+?=$/
          .exec(text.slice(at, start))?.[1]
          ?.toLowerCase() ?? '';
      const append = /\+=$/.test(text.slice(at, start));
      const { elements: written, end } = readList(host, start, inside);
      // What stands in a list is what it is now, whatever comes later.
      const elements = written && expandLists(written, lists, scope(), budget);
      const assignment = { name, append, elements, depth: blocks.length, scope: scope() };
      const before = append ? lists.get(name) : undefined;
      if (before === undefined) lists.set(name, [assignment]);
      else before.push(assignment);
      at = end;
    } else {
      const word = readWord(host, at, `p${words[0]?.raw.start ?? at}`, inside);
      words.push(word);
      at = Math.max(word.raw.end, at + 1);
      const given = takesArguments(words) ? readList(host, at, inside, true) : undefined;
      if (given?.elements !== undefined) {
        append(words, given.elements);
        at = given.end;
      }
    }
  }
  if (words.length > 0) yield expandLists(words, lists, scope(), budget);
}

/**
 * The elements of `@('a', "b")`, or of `'a', "b"`; undefined for anything else, which is read as a command then. Where a command is
 * given a list, words need no quotes, and a blank ends it.
 */
function readList(
  host: HostedText,
  start: number,
  inside: Range[],
  isArgument = false,
): { elements?: FoundWord[]; end: number } {
  const text = host.value;
  const blank = /^[ \t]*/.exec(text.slice(start, start + 200))![0].length;
  const isArray = text.startsWith('@(', start + blank);
  if (!isArray && !isArgument && !/^["']/.test(text.slice(start + blank, start + blank + 1)))
    return { end: start };
  const elements: FoundWord[] = [];
  const list = `l${start}`;
  let isNext = true;
  for (let at = start + blank + (isArray ? 2 : 0); at < text.length; ) {
    const char = text[at]!;
    if (char === '#' && isArray) at = endOf(text, '\n', at);
    else if (char === '`' && text[at + 1] === '\n') at += 2;
    else if (char === ' ' || char === '\t' || (isArray && (char === '\n' || char === ',' || char === ';')))
      at++;
    else if (isArgument && !isArray && !isNext && char !== ',') return { elements, end: at };
    else if (char === ',') {
      isNext = true;
      at = /^,\s*/.exec(text.slice(at, at + 2000))![0].length + at;
    } else if (isArray && char === ')') return { elements, end: at + 1 };
    else if (!isArray && /[\n;|&{}()]/.test(char)) return { elements, end: at };
    else if (!isArgument && !/["'$@(\d]/.test(char)) return { end: start };
    else {
      const element = readWord(host, at, list, inside, /[\s;|&{}(),]/);
      const { end } = element.raw;
      // `(Join-Path $a b)` and `$x.ToString()` are whatever comes of them.
      elements.push(text[end] === '(' ? unknownWord(host, at, groupEnd(text, end), list) : element);
      at = Math.max(elements.at(-1)!.raw.end, at + 1);
      isNext = false;
    }
  }
  return isArgument && !isArray ? { elements, end: text.length } : { end: start };
}

function unknownWord(host: HostedText, start: number, end: number, list: string): FoundWord {
  const word = new WindowsWord(host, start);
  word.hole(start, end, { kind: 'command' }, 'bare');
  return word.finish(end, list, POWERSHELL_QUOTING);
}

/** How long the `$x =` is that may stand before a command: `[string] $x.y, $z =` too. */
function assignmentAt(text: string, at: number): number {
  return ASSIGNMENT.exec(text.slice(at, at + 200))?.[0].length ?? 0;
}

const ASSIGNMENT = /^(?:\[[\w.]+(?:\[\])?\][ \t]*)?\$[\w:.]+(?:[ \t]*,[ \t]*\$[\w:.]+)*[ \t]*\+?=(?!=)/;

function endOf(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end;
}

function readWord(
  host: HostedText,
  start: number,
  list: string,
  inside: Range[],
  stop = /[\s;|&{}()]/,
): FoundWord {
  const text = host.value;
  const word = new WindowsWord(host, start);
  let at = start;
  while (at < text.length) {
    const char = text[at]!;
    if (stop.test(char)) break;
    if (char === "'") at = readSingle(text, at, word);
    else if (char === '"') at = readDouble(text, at, word);
    else if (char === '`' && text[at + 1] === '\n') break;
    else at = readChars(text, at, word, 'bare');
  }
  const found = word.finish(at, list, POWERSHELL_QUOTING);
  for (const { kind, text: written, range } of found.holes) {
    if (kind !== 'command' || !written.startsWith('$(')) continue;
    const { start: from, end } = toSource(found.local, range);
    inside.push({ start: from + 2, end: end - 1 });
  }
  return found;
}

function readSingle(text: string, start: number, word: WindowsWord): number {
  let at = start + 1;
  while (at < text.length) {
    const end = endOf(text, "'", at);
    word.copy(at, end, 'single');
    if (text[end + 1] !== "'") return Math.min(text.length, end + 1);
    word.escaped("'", end, end + 2, 'single');
    at = end + 2;
  }
  return at;
}

function readDouble(text: string, start: number, word: WindowsWord): number {
  let at = start + 1;
  while (at < text.length) {
    if (text[at] !== '"') at = readChars(text, at, word, 'double');
    else if (text[at + 1] !== '"') return at + 1;
    else {
      word.escaped('"', at, at + 2, 'double');
      at += 2;
    }
  }
  return at;
}

/** Characters that stand for themselves, so that most of a word is read at once. */
const PLAIN = { bare: /[^\s;|&{}()'"`$@]+/y, double: /[^"`$]+/y };

/** Reads plain characters, or what {@link readChar} does. */
function readChars(text: string, at: number, word: WindowsWord, style: keyof typeof PLAIN): number {
  const plain = PLAIN[style];
  plain.lastIndex = at;
  const end = at + (plain.exec(text)?.[0].length ?? 0);
  if (end === at) return readChar(text, at, word, style);
  word.copy(at, end, style);
  return end;
}

/** Reads one character, escape or expansion, and answers where the next begins. */
function readChar(text: string, at: number, word: WindowsWord, style: QuotedPiece['style']): number {
  const char = text[at]!;
  if (char === '`' && at + 1 < text.length) {
    const next = text[at + 1]!;
    word.escaped({ n: '\n', t: '\t', r: '\r', '0': '\0' }[next] ?? next, at, at + 2, style);
    return at + 2;
  }
  if (char === '$' || (char === '@' && style === 'bare' && /\w/.test(text[at + 1] ?? ''))) {
    const end = expansionEnd(text, at);
    if (end > at + 1) {
      const written = text.slice(at, end);
      const kind = char === '@' ? 'glob' : written.startsWith('$(') ? 'command' : 'variable';
      word.hole(at, end, { kind, ...(ABSOLUTE.test(written) && { absolute: true }) }, style);
      return end;
    }
  }
  word.copy(at, at + 1, style);
  return at + 1;
}

/** After the bracket that closes the one at `open`. */
function groupEnd(text: string, open: number): number {
  return (closingBracket(text, open, 2000) ?? open) + 1;
}

function expansionEnd(text: string, at: number): number {
  if (text[at] === '@') return at + (/^@\w+/.exec(text.slice(at, at + 80))?.[0].length ?? 1);
  if (text[at + 1] === '(') return groupEnd(text, at + 1);
  VARIABLE.lastIndex = at;
  const found = VARIABLE.exec(text)?.[0].length ?? 1;
  return at + found;
}
