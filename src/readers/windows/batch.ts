import type { FoundWord } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import { type WindowsQuoting, WindowsWord } from './word.js';

const EXPANSION = /%%?~[a-z]*[0-9]|%%~?[a-z]+|%[0-9*]|%[A-Za-z_][\w()]*(?::[^%\n]*)?%|![A-Za-z_]\w*!/iy;
const ABSOLUTE =
  /^(?:[%!](?:cd|userprofile|appdata|localappdata|programdata|temp|tmp|homedrive)[%!]|%%?~[a-z]*d[a-z]*p[a-z]*[0-9a-z]|%%?~f[0-9a-z])$/i;

/** How cmd writes words. */
export const BATCH_QUOTING: WindowsQuoting = {
  safe: /^[\w+=:.,/\\-]+$/,
  expands: /^[%!]/,
  escapeIn: (_style, known) => (/["%!^\n]/.test(known) ? undefined : known),
};

/** Characters that stand for themselves everywhere, so that most of a word is read at once. */
const PLAIN = /[^\s|&<>()"\\^%!]+/y;

/** The commands of a batch file, each as its words. */
export function* scanBatch(host: HostedText): Generator<FoundWord[]> {
  const text = host.value;
  let words: FoundWord[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; ) {
    const char = text[at]!;
    if (char === '^' && text[at + 1] === '\n') at += 2;
    else if (char === ' ' || char === '\t' || (char === '@' && words.length === 0)) at++;
    else if ('\n|&'.includes(char) || (char === '(' && opensBlock(words)) || (char === ')' && depth > 0)) {
      if (char === '(') depth++;
      else if (char === ')') depth--;
      if (words.length > 0) yield words;
      words = [];
      at++;
    } else if (words.length === 0 && /^(?:rem\b|::)/i.test(text.slice(at, at + 4))) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else {
      const word = readWord(host, at, `b${words[0]?.raw.start ?? at}`, depth > 0);
      words.push(word);
      at = Math.max(word.raw.end, at + 1);
    }
  }
  if (words.length > 0) yield words;
}

/** A bracket begins a block at the start of a command, and after what takes one. */
function opensBlock(words: readonly FoundWord[]): boolean {
  return (
    words.length === 0 || /^(?:if|else)$/i.test(words[0]!.value) || /^(?:do|else)$/i.test(words.at(-1)!.value)
  );
}

function readWord(host: HostedText, start: number, list: string, inBlock: boolean): FoundWord {
  const text = host.value;
  const word = new WindowsWord(host, start);
  let quoted = false;
  let at = start;
  for (; at < text.length; ) {
    const char = text[at]!;
    if (char === '\n' || (!quoted && (/[ \t|&<>]/.test(char) || (inBlock && char === ')')))) break;
    const style = quoted ? 'double' : 'bare';
    if (char === '"') {
      quoted = !quoted;
      at++;
    } else if (char === '\\' && text[at + 1] === '"') {
      word.escaped('"', at, at + 2, style);
      at += 2;
    } else if (char === '^' && !quoted) {
      if (text[at + 1] === '\n' || at + 1 >= text.length) break;
      word.escaped(text[at + 1]!, at, at + 2, style);
      at += 2;
    } else if (char === '%' || char === '!') {
      EXPANSION.lastIndex = at;
      const found = EXPANSION.exec(text)?.[0];
      const end = at + (found?.length ?? 1);
      if (found === undefined) word.copy(at, end, style);
      else {
        // cmd puts the text in before it looks for blanks.
        const absolute = ABSOLUTE.test(found);
        word.hole(at, end, { kind: 'variable', ...(absolute && { absolute }) }, style, quoted);
      }
      at = end;
    } else {
      PLAIN.lastIndex = at;
      const length = PLAIN.exec(text)?.[0].length ?? 1;
      word.copy(at, at + length, style);
      at += length;
    }
  }
  return word.finish(at, list, BATCH_QUOTING);
}
