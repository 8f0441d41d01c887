import type { DoubleQuotedChild, Word, WordPart } from 'unbash';
import type { HostedText } from '../../source/hosted-text.js';

/** The words in an unquoted `${X:+-v a:b}` or `${X:--v a:b}`, and whether the variable's own value may stand there instead. */
interface FlagOperand {
  readonly words: readonly Word[];
  readonly orValue: boolean;
}

/** The flags that an expansion gives if its variable is set, or is not; undefined for every other word. */
export function flagOperand(word: Word, source: string): FlagOperand | undefined {
  const [part, ...others] = word.parts ?? [];
  if (part?.type !== 'ParameterExpansion' || others.length > 0 || part.prefix !== undefined) return undefined;
  const { operation } = part;
  if (operation?.type !== 'Default' || !/^:?[-+]$/.test(operation.operator)) return undefined;
  const words = splitWords(operation.operand, source);
  if (!/^["']?-/.test(words[0]?.text ?? '')) return undefined;
  return { words, orValue: operation.operator.endsWith('-') };
}

/** The text that such words stand in: a brace that closes nothing of its own would end the expansion. */
export function insideBraces(host: HostedText): HostedText {
  const closes = (text: string) => text.replace(/\$\{[^{}]*\}/g, '').includes('}');
  return { ...host, edit: (part, text) => (closes(text.value) ? undefined : host.edit(part, text)) };
}

/** Splits at blanks outside quotes, as the shell does with an operand. */
function splitWords(operand: Word, source: string): Word[] {
  const words: Word[] = [];
  let parts: WordPart[] = [];
  const close = () => {
    const [first, last] = [parts[0], parts.at(-1)];
    if (first !== undefined && last !== undefined) {
      const text = source.slice(first.pos, last.end);
      words.push({ type: 'Word', pos: first.pos, end: last.end, text, value: text, parts });
    }
    parts = [];
  };
  for (const part of operand.parts ?? [literalPart(source, operand.pos, operand.end)]) {
    if (part.type !== 'Literal') {
      parts.push(part);
      continue;
    }
    let at = part.pos;
    for (const gap of source.slice(part.pos, part.end).matchAll(/\\[^\n]|(?:[ \t\n]|\\\n)+/g)) {
      // An escape parts nothing, and neither does a continuation alone.
      if (/^\\[^\n]|^(?:\\\n)+$/.test(gap[0])) continue;
      const start = part.pos + gap.index;
      if (start > at) parts.push(literalPart(source, at, start));
      close();
      at = start + gap[0].length;
    }
    if (at < part.end) parts.push(literalPart(source, at, part.end));
  }
  close();
  return words;
}

function literalPart(source: string, pos: number, end: number): WordPart & DoubleQuotedChild {
  const text = source.slice(pos, end);
  return { type: 'Literal', pos, end, text, value: text };
}
