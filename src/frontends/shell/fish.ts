import type { HostedText } from '../hosted-text.js';
import { type Mask, maskText } from '../mask.js';
import { printsAbsolutePath } from './absolute.js';

/** Words of fish that begin or end something on their line; what follows some of them is a command. */
const LINE_WORDS =
  /^([ \t]*)((?:function|for|switch|case)\b[^\n;]*|(?:end|else|begin|break|continue|return)(?=[ \t]*(?:[;\n|&]|$))|(?:(?:else[ \t]+)?if|while|and|or|not|begin)(?=[ \t]))/gm;
const AFTER_SEMICOLON = /;(?:[ \t]*(?:end|and|or|not)(?=[ \t;\n]|$))+/g;

/** A fish script as a POSIX shell can read its simple commands; `(…)` is a hole, and all characters keep their places. */
export function fishText(raw: HostedText): HostedText {
  const blank = (all: string) => ' '.repeat(all.length);
  const value = raw.value
    .replace(LINE_WORDS, blank)
    .replace(AFTER_SEMICOLON, (all) => `;${' '.repeat(all.length - 1)}`);
  const host: HostedText = {
    ...raw,
    value,
    // In double quotes `(…)` is text.
    edit: (part, text) => (/["'].*\(|\$\{|\$\(/s.test(text.value) ? undefined : raw.edit(part, text)),
  };
  return maskText(host, substitutions(value));
}

/** `(…)` outside quotes and comments, which `$(…)` is too. */
function substitutions(text: string): Mask[] {
  const masks: Mask[] = [];
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (char === '\\') i++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '#' && /(?:^|\s)$/.test(text.slice(Math.max(0, i - 1), i))) {
      const end = text.indexOf('\n', i);
      i = end < 0 ? text.length : end;
    } else if (char === '(') {
      const end = closing(text, i);
      if (end === undefined) continue;
      const start = text[i - 1] === '$' ? i - 1 : i;
      const absolute = printsAbsolutePath(text.slice(i + 1, end));
      masks.push({ range: { start, end: end + 1 }, kind: 'command', ...(absolute && { absolute }) });
      i = end;
    }
  }
  return masks;
}

function closing(text: string, open: number): number | undefined {
  let depth = 0;
  for (let i = open; i < Math.min(text.length, open + 2000); i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth === 0) return i;
  }
  return undefined;
}
