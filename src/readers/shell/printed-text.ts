import { baseName } from '../../source/engine.js';
import type { FoundWord } from '../../source/frontend.js';
import { type HostedText, joinHosted, sliceHosted } from '../../source/hosted-text.js';

/**
 * What `echo` or `printf` print, as far as that is surely what is written there. Not every `echo` takes a backslash for one.
 */
export function printedText(words: readonly FoundWord[]): HostedText | undefined {
  const [first, ...rest] = words;
  const name = first && baseName(first);
  if (name === 'echo') {
    while (/^-[neE]+$/.test(rest[0]?.value ?? '')) rest.shift();
    return without(/\\/, joined(rest, ' '));
  }
  if (name !== 'printf') return undefined;
  const [format, ...values] = rest;
  if (format === undefined) return undefined;
  if (/^%s(?:\\n|\n)$/.test(format.value)) return joined(values, '\n');
  const end = format.value.replace(/\\n$/, '').length;
  return values.length > 0 ? undefined : without(/[\\%]/, sliceHosted(format, { start: 0, end }));
}

/** A text that has none of the characters, and gets none. */
function without(special: RegExp, text: HostedText | undefined): HostedText | undefined {
  if (text === undefined || special.test(text.value)) return undefined;
  return { ...text, edit: (part, fresh) => (special.test(fresh.value) ? undefined : text.edit(part, fresh)) };
}

function joined(words: readonly FoundWord[], separator: string): HostedText | undefined {
  return words.length < 2 ? words[0] : joinHosted(words, separator);
}
