import { type HostedText, joinHosted } from '../source/hosted-text.js';
import { impliedWord } from '../source/words.js';

/** A part of a mount that stands in a text of its own, after what the engine's flag would have there. */
export interface MountPart {
  /** `source=`; nothing for a part of `-v`. */
  readonly key?: string;
  /** Undefined where only the place of the key is known: a switch. */
  readonly text: HostedText;
  /** What the flag has in place of the text. */
  readonly value?: string;
}

/**
 * The value of a flag, put together from its parts, in the order in which they are written; fixes of one part go where it stands.
 * Undefined where a part holds what separates them.
 */
export function joinedMount(parts: readonly MountPart[], separator: ',' | ':'): HostedText | undefined {
  const special = separator === ',' ? /[,"\n]/ : /:/;
  if (parts.length === 0 || parts.some(({ text, value }) => special.test(value ?? text.value)))
    return undefined;
  const pieces = parts.map(({ key = '', text, value }) => {
    const word = value === undefined ? text : impliedWord(value, text);
    return key === '' ? word : joinHosted([impliedWord(key, text), word], '');
  });
  const whole = joinHosted(pieces, separator);
  return {
    ...whole,
    holes: whole.holes.map((hole) => ({ ...hole, quoted: true })),
    edit: (part, fresh) => (special.test(fresh.value) ? undefined : whole.edit(part, fresh)),
  };
}
