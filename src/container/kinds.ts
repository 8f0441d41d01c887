import { readGoDuration, readGoInteger } from '../go/number.js';
import { parseGoBool } from '../go/text.js';
import { readSize } from '../go/units.js';
import { isMarkAt } from '../text/hole-mark.js';
import type { ComposeValue, Unsaid, ValueKind, Written } from './field.js';

/** The last one counts. */
export const last = (values: readonly string[]): string => values.at(-1) ?? '';

/** Whether a part of the text is unknown. */
export function hasMark(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (isMarkAt(text, at)) return true;
  return false;
}

/** docker would not take the value. */
export const refused = (value: string, what: string): Unsaid => ({
  why: `docker refuses \`${value}\`, which is no ${what}`,
});

/** As docker does when the flag is not there. */
export const NOTHING: Written<never> = { value: undefined };

const one = (read: (value: string) => Written<ComposeValue>): ValueKind => ({
  toCompose: (values) => read(last(values)),
});
const open = (kind: ValueKind): ValueKind => ({ ...kind, isOpen: true });

/** A text that both take as it is; an empty one is none. */
export const TEXT: ValueKind = open(one((value) => (value === '' ? NOTHING : { value })));

const bool = (off: Written<ComposeValue>): ValueKind =>
  one((value) => {
    const read = parseGoBool(value);
    if (read === undefined) return refused(value, 'boolean');
    return read ? { value: true } : off;
  });

/** On or off; off is what docker does anyway. */
export const FLAG: ValueKind = bool(NOTHING);

/** On, off, or as the engine is configured. */
export const THREE_WAY: ValueKind = bool({ value: false });

/** A whole number as Go reads it; `none` is what docker takes for nothing said. */
export const integer = (none: bigint): ValueKind =>
  open(
    one((value) => {
      if (hasMark(value)) return { value };
      const number = readGoInteger(value, 64, true);
      if (typeof number === 'string') return refused(value, 'whole number');
      return number === none ? NOTHING : { value: number };
    }),
  );

/** What all readers of sizes take for the same number. */
const PLAIN_SIZE = /^\d{1,9}[bkmg]?$/i;

/** A size such as `512m`; `minusOne`: -1 is one, too. */
export const size = (minusOne?: 'or -1'): ValueKind =>
  open(
    one((value) => {
      if (hasMark(value)) return { value };
      if (minusOne !== undefined && value === '-1') return { value: -1 };
      const bytes = readSize(value, '0.5');
      if (typeof bytes === 'string' || bytes < 0n) return refused(value, 'size');
      if (bytes === 0n) return NOTHING;
      return { value: PLAIN_SIZE.test(value) ? value : bytes };
    }),
  );

/** A duration such as `1m30s`; none at all is what the image says. */
export const DURATION: ValueKind = open(
  one((value) => {
    if (hasMark(value)) return { value };
    const time = readGoDuration(value);
    if (typeof time === 'string') return refused(value, 'duration');
    return time === 0n ? NOTHING : { value };
  }),
);

/** A list of texts, each once: Compose refuses the same item twice. */
export const LIST: ValueKind = open({ toCompose: (values) => ({ value: [...new Set(values)] }) });

/** Pairs of `key=value`; a key alone has an empty value. Of two of one name the last counts. */
export const PAIRS: ValueKind = open({ toCompose: (values) => ({ value: pairsOf(values, '') }) });

/** The pairs as a map; as a list, which Compose reads after filling in, where a part of a key is unknown. */
export function pairsOf(values: readonly string[], alone: '' | null): ComposeValue {
  const pairs = values.map((value): [string, string | null] => {
    const at = value.indexOf('=');
    return at < 0 ? [value, alone] : [value.slice(0, at), value.slice(at + 1)];
  });
  if (pairs.some(([key]) => hasMark(key))) return [...new Set(values)];
  return Object.fromEntries(pairs);
}

/** Each value read by itself to an item of a list; the first that cannot be said decides. */
export const each = (read: (value: string) => Written<ComposeValue>): ValueKind => ({
  toCompose: (values) => {
    const items: ComposeValue[] = [];
    for (const value of values) {
      const item = read(value);
      if ('why' in item) return item;
      if (item.value !== undefined) items.push(item.value);
    }
    return { value: items };
  },
});

/** A value that is read by itself. */
export const single = one;
