import { closingBracket } from '../../source/brackets.js';
import type { HostedText } from '../../source/hosted-text.js';
import { type Mask, maskText } from '../../source/mask.js';
import type { Range } from '../../text/range.js';
import { printsAbsolutePath } from './absolute.js';

/** Where a command may begin: a block that begins or ends there, or what only says when the command after it runs. */
const BLOCK_WORDS =
  /(?:^|[;|&])[ \t]*(?:((?:function|for|switch|case)\b[^\n;]*|(?:end|else|begin|break|continue|return)(?=[ \t]*(?:[;\n|&#]|$)))|((?:(?:(?:else[ \t]+)?if|while|and|or|not|begin|!)[ \t]+)+))/gm;

/** Comments between the lines of a command end nothing. */
const CONTINUED_COMMENTS = /\\\n(?:[ \t]*#[^\n]*\n)+/g;

/** A fish script as a POSIX shell can read its simple commands; `(…)` is a hole, and all characters keep their places. */
export function fishText(raw: HostedText): HostedText {
  const continued = raw.value.replace(CONTINUED_COMMENTS, (all) =>
    all.replace(/[^\n]+(?=\n)/g, (line) => `${' '.repeat(line.length - 1)}\\`),
  );
  const { masks, opaque } = scan(continued);
  const isOpaque = insideOf(opaque);
  const value = continued.replace(BLOCK_WORDS, (all, block?: string, before = '', at = 0) => {
    const word = block ?? before;
    const start = all.length - word.length;
    if (isOpaque(at + start)) return all;
    return all.slice(0, start) + (block === undefined ? '' : ':').padEnd(word.length);
  });
  const host: HostedText = {
    ...raw,
    value,
    // In double quotes `(…)` is text.
    edit: (part, text) => (/["'].*\(|\$\{|\$\(/s.test(text.value) ? undefined : raw.edit(part, text)),
  };
  return maskText(
    host,
    masks.filter(({ range }) => value.slice(range.start, range.end).includes('(')),
  );
}

/** `(…)` outside quotes and comments, which `$(…)` is too; and the quotes, comments and substitutions themselves. */
function scan(text: string): { readonly masks: Mask[]; readonly opaque: Range[] } {
  const masks: Mask[] = [];
  const opaque: Range[] = [];
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    const start = i;
    if (char === '\\') i++;
    else if (char === '"' || char === "'") {
      for (i++; i < text.length && text[i] !== char; i++) if (text[i] === '\\') i++;
      opaque.push({ start, end: i });
    } else if (char === '#' && (i === 0 || /\s/.test(text[i - 1]!))) {
      const end = text.indexOf('\n', i);
      i = end < 0 ? text.length : end;
      opaque.push({ start, end: i });
    } else if (char === '(') {
      const end = closingBracket(text, i, LONGEST);
      if (end === undefined) continue;
      const from = text[i - 1] === '$' ? i - 1 : i;
      const absolute = printsAbsolutePath(text.slice(i + 1, end));
      masks.push({ range: { start: from, end: end + 1 }, kind: 'command', ...(absolute && { absolute }) });
      opaque.push({ start: from, end });
      i = end;
    }
  }
  return { masks, opaque };
}

/** Whether a place lies in one of the ranges; asked from left to right. */
function insideOf(ranges: readonly Range[]): (at: number) => boolean {
  let next = 0;
  return (at) => {
    while (next < ranges.length && ranges[next]!.end < at) next++;
    return next < ranges.length && ranges[next]!.start <= at;
  };
}

/** Nobody writes a longer substitution. */
const LONGEST = 2000;
