import { wellFormed } from '../text/hole-mark.js';

/**
 * What `\uXXXX` at that offset stands for, two of them that make one character taken together, and how many characters it
 * takes; half of a pair alone is U+FFFD, as Go has it. Undefined where no such escape stands.
 */
export function readUnicodeEscape(text: string, at: number): { text: string; length: number } | undefined {
  const unit = readUnit(text, at);
  if (unit === undefined) return undefined;
  const next = unit >= '\ud800' && unit <= '\udbff' ? readUnit(text, at + 6) : undefined;
  const isPair = next !== undefined && next >= '\udc00' && next <= '\udfff';
  return isPair ? { text: unit + next, length: 12 } : { text: wellFormed(unit), length: 6 };
}

function readUnit(text: string, at: number): string | undefined {
  const hex = /^\\u([0-9a-fA-F]{4})$/.exec(text.slice(at, at + 6))?.[1];
  return hex === undefined ? undefined : String.fromCharCode(Number.parseInt(hex, 16));
}
