// A hole takes one character in a decoded text: a low surrogate that no high one stands before. Decoded UTF-8 cannot
// hold one, and decoders of escapes give U+FFFD for halves of a pair, so anything that looks like a mark is one.

const FIRST = 0xdc00;

/** How many holes of one text have marks of their own. */
export const MOST_MARKS = 0x400;

/** The mark of the n-th hole of a text; those of two holes differ, up to {@link MOST_MARKS}. */
export function holeMark(index: number): string {
  return String.fromCharCode(FIRST + (index % MOST_MARKS));
}

/** A mark, for a pattern with the flag `u`: without it half of a pair is a character, too. */
export const MARK = '[\\udc00-\\udfff]';

const isHigh = (code: number): boolean => (code & 0xfc00) === 0xd800;
const isLow = (code: number): boolean => (code & 0xfc00) === 0xdc00;

/** Whether a mark stands at that offset of the text. */
export function isMarkAt(text: string, at: number): boolean {
  return isLow(text.charCodeAt(at)) && (at === 0 || !isHigh(text.charCodeAt(at - 1)));
}

/** Whether nobody can say how the text begins. */
export function startsWithHole(text: string): boolean {
  return isMarkAt(text, 0);
}

/** The text with each mark as that one character: for a pattern that asks for the known characters around the holes. */
export function fillMarks(text: string, filling: string): string {
  return replaceLone(text, isLow, filling);
}

/** The text with U+FFFD for each half of a pair that stands alone, as Go and browsers have it: for texts from outside. */
export function wellFormed(text: string): string {
  return replaceLone(text, () => true, '\ufffd');
}

/** The same for every text of a value of JSON, keys included. */
export function wellFormedValue(value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value);
  if (Array.isArray(value)) return value.map(wellFormedValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [wellFormed(key), wellFormedValue(item)]),
  );
}

// A loop, since most texts have no surrogate at all and a pattern would have to be compiled.
function replaceLone(text: string, isWanted: (code: number) => boolean, filling: string): string {
  let out = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0xd800 || code > 0xdfff) continue;
    if (isHigh(code) && isLow(text.charCodeAt(at + 1))) at++;
    else if (isWanted(code)) {
      out += text.slice(from, at) + filling;
      from = at + 1;
    }
  }
  return from === 0 ? text : out + text.slice(from);
}
