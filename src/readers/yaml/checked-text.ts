import { type Decoded, deriveText, type HostEdit, type HostedText } from '../../source/hosted-text.js';
import { encodeNewText, type NewText } from '../../source/new-text.js';
import { wellFormed } from '../../text/hole-mark.js';
import type { Range } from '../../text/range.js';

/**
 * A decoded text whose changes are made only when reading the changed host gives what was meant. `change` makes one inside of
 * `window`, which is all of the host that the text depends on; `read` reads that stretch anew, which is longer by `added`.
 */
export function checkedText(
  host: HostedText,
  decoded: Decoded,
  window: Range,
  change: (part: Range, text: NewText) => HostEdit | undefined,
  read: (value: string, added: number) => string | undefined,
): HostedText {
  return deriveText(host, decoded, (part, text) => {
    const made = change(part, text);
    const meant = encodeNewText(text, host.level + 1, (known) => known);
    if (made === undefined || meant === undefined) return undefined;
    const value =
      host.value.slice(window.start, made.range.start) +
      made.text.value +
      host.value.slice(made.range.end, window.end);
    const expected = decoded.text.slice(0, part.start) + meant.value + decoded.text.slice(part.end);
    const got = read(value, made.text.value.length - (made.range.end - made.range.start));
    return sameText(expected, got) ? made : undefined;
  });
}

/** Whether a decoded text is that string. Holes are numbered anew in each text, so their marks count by place alone. */
export function sameText(decoded: string, value: unknown): boolean {
  return typeof value === 'string' && wellFormed(decoded) === wellFormed(value);
}
