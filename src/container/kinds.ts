import { readComposeBoolean } from '../dialects/compose/compose-keys.js';
import { readGoDuration, readGoInteger } from '../go/number.js';
import { parseGoBool } from '../go/text.js';
import { readSize } from '../go/units.js';
import { isMarkAt } from '../text/hole-mark.js';
import type { ComposeValue, FlagValues, Unsaid, ValueKind, Written } from './field.js';

/** The last one counts. */
export const last = (values: readonly string[]): string => values.at(-1) ?? '';

/** Whether a part of the text is unknown. */
export function hasMark(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (isMarkAt(text, at)) return true;
  return false;
}

/** docker would not take the value. */
export const refused = (value: string, what: string): Unsaid => ({
  why: `docker refuses \`${value}\`, which is not a ${what}`,
});

/** As docker does when the flag is not there. */
export const NOTHING: Written<never> = { value: undefined };

/** What holds for what a flag does not say and an image may. */
export const OF_IMAGE = 'what the image sets';

/** No flag at all. */
export const NO_FLAG: FlagValues = { values: [] };

/** The text of a scalar; undefined for anything else. */
export function scalarText(value: unknown): string | undefined {
  return /^(?:string|number|bigint|boolean)$/.test(typeof value) ? String(value) : undefined;
}

/** The items of a list, or a text that stands for a list of one. */
export const itemsIn = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

/** The value where it is a map, else an empty one. */
export const mapIn = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};

/** What nobody can tell the meaning of. */
const UNREAD: Unsaid = { why: 'a value of this kind is not allowed there' };

/** Answers a reader of one scalar, of whatever side. */
export const scalar =
  (read: (text: string) => FlagValues | Unsaid) =>
  (value: unknown): FlagValues | Unsaid => {
    const text = scalarText(value);
    return value === null || value === undefined ? NO_FLAG : text === undefined ? UNREAD : read(text);
  };

/** Answers a reader of a list, of which each item is one value. */
export const listed =
  (read: (item: unknown) => FlagValues | Unsaid) =>
  (value: unknown): FlagValues | Unsaid => {
    const all = itemsIn(value).map(read);
    const unsaid = all.find((one) => 'why' in one);
    if (unsaid !== undefined) return unsaid;
    const found = all as FlagValues[];
    return {
      values: found.flatMap(({ values }) => values),
      lost: found.flatMap(({ lost = [] }) => lost),
    };
  };

/** A reader of scalars by which both sides say what the flag says. */
const both = (read: (text: string) => FlagValues | Unsaid): Pick<ValueKind, 'fromCompose' | 'fromApi'> => ({
  fromCompose: scalar(read),
  fromApi: scalar(read),
});

/** The text as it is, unless it is one that says nothing. */
export const asIs =
  (...nothing: readonly string[]) =>
  (text: string): FlagValues =>
    nothing.includes(text) ? NO_FLAG : { values: [text] };

/** A value that is read by itself. */
export const single = (read: (value: string) => Written<ComposeValue>): ValueKind => ({
  toCompose: (values) => read(last(values)),
});
const open = (kind: ValueKind): ValueKind => ({ ...kind, isOpen: true });

/** A text that both take as it is; an empty one is none. */
export const TEXT: ValueKind = {
  ...open(single((value) => (value === '' ? NOTHING : { value }))),
  ...both(asIs('')),
};

const bool = (off: Written<ComposeValue>): ValueKind => ({
  ...single((value) => {
    const read = parseGoBool(value);
    if (read === undefined) return refused(value, 'boolean');
    return read ? { value: true } : off;
  }),
  ...both((text) => {
    const read = readComposeBoolean(text);
    if (read === undefined) return refused(text, 'boolean');
    return read ? { values: ['true'] } : off === NOTHING ? NO_FLAG : { values: ['false'] };
  }),
});

/** On or off; off is what docker does anyway. */
export const FLAG: ValueKind = bool(NOTHING);

/** On, off, or as the engine is configured. */
export const THREE_WAY: ValueKind = bool({ value: false });

/** A whole number as Go reads it; `none` is what docker takes for nothing said. */
export const integer = (none: bigint): ValueKind => ({
  ...open(
    single((value) => {
      if (hasMark(value)) return { value };
      const number = readGoInteger(value, 64, true);
      if (typeof number === 'string') return refused(value, 'whole number');
      return number === none ? NOTHING : { value: number };
    }),
  ),
  ...both(asIs(String(none))),
});

/** What all readers of sizes take for the same number. */
const PLAIN_SIZE = /^\d{1,9}[bkmg]?$/i;

/** A size such as `512m`; `minusOne`: -1 is one, too. */
export const size = (minusOne?: 'or -1'): ValueKind => ({
  ...open(
    single((value) => {
      if (hasMark(value)) return { value };
      if (minusOne !== undefined && value === '-1') return { value: -1 };
      const bytes = readSize(value, '0.5');
      if (typeof bytes === 'string' || bytes < 0n) return refused(value, 'size');
      if (bytes === 0n) return NOTHING;
      return { value: PLAIN_SIZE.test(value) ? value : bytes };
    }),
  ),
  ...both(asIs('0')),
});

/** A duration such as `1m30s`; none at all is what the image says. */
export const DURATION: ValueKind = {
  ...open(
    single((value) => {
      if (hasMark(value)) return { value };
      const time = readGoDuration(value);
      if (typeof time === 'string') return refused(value, 'duration');
      return time === 0n ? NOTHING : { value };
    }),
  ),
  fromCompose: scalar((text) => {
    if (hasMark(text)) return { values: [text] };
    const time = nanoseconds(text);
    return time === undefined
      ? refused(text, 'duration')
      : time === 0n
        ? NO_FLAG
        : { values: [showTime(time, text)] };
  }),
  fromApi: scalar((text) => (text === '0' ? NO_FLAG : { values: [showTime(BigInt(text), '')] })),
};

/** A duration as Compose reads it: it knows days and weeks, too. */
export function nanoseconds(text: string): bigint | undefined {
  const read = readGoDuration(
    text.replace(
      /(\d+)([wd])/g,
      (_all, count: string, unit: string) => `${BigInt(count) * (unit === 'w' ? 168n : 24n)}h`,
    ),
  );
  return typeof read === 'string' ? undefined : read;
}

/** The text where docker reads it as well; else the time in the largest unit that it is whole in. */
function showTime(time: bigint, text: string): string {
  if (text !== '' && typeof readGoDuration(text) !== 'string') return text;
  for (const [unit, length] of UNITS) if (time % length === 0n) return `${time / length}${unit}`;
  return `${time}ns`;
}

const UNITS = [
  ['s', 1_000_000_000n],
  ['ms', 1_000_000n],
] as const;

/** A list of texts, each once: Compose refuses the same item twice. */
export const LIST: ValueKind = {
  ...open({ toCompose: (values) => ({ value: [...new Set(values)] }) }),
  fromCompose: listed(scalar(asIs())),
  fromApi: listed(scalar(asIs())),
};

/** Pairs of `key=value`; a key alone has an empty value. Of two of one name the last counts. */
export const PAIRS: ValueKind = {
  ...open({ toCompose: (values) => ({ value: pairsOf(values, '') }) }),
  fromCompose: (value) => ({ values: pairTexts(value) }),
  fromApi: (value) => ({ values: pairTexts(value) }),
};

/** The pairs of a map or of a list as `key=value`; one without a value as its key alone. */
export function pairTexts(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one) => scalarText(one) ?? []);
  return Object.entries(mapIn(value)).map(([key, one]) => {
    const text = scalarText(one);
    return text === undefined ? key : `${key}=${text}`;
  });
}

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
