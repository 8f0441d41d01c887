// Values for --mount: CSV of every spelling over every key of every type.
import fc from 'fast-check';
import { ALIASES, ANY, GOOD, KEYS_OF } from './mount-key-arbitrary.js';
import { absolutePath, oddText } from './text-arbitrary.js';

type Field = readonly [key: string, value: string | undefined];

const pick = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const fieldOf = (table: Record<string, fc.Arbitrary<string | undefined>>, key: string): fc.Arbitrary<Field> =>
  fc.tuple(pick(...(ALIASES[key] ?? [key])), table[key]!);

const typed = (type: string | undefined): fc.Arbitrary<Field[]> => {
  const extra = fc.array(
    pick(...KEYS_OF[type ?? 'volume']!).chain((key) => fieldOf(GOOD, key)),
    { maxLength: 4 },
  );
  const target: fc.Arbitrary<Field> = fc.tuple(pick('dst', 'target', 'destination'), absolutePath);
  const head: Field[] = type === undefined ? [] : [['type', type]];
  return fc.tuple(target, extra).map(([last, fields]) => [...head, ...fields, last]);
};
const goodFields = pick(
  'bind',
  'bind',
  'volume',
  'volume',
  'tmpfs',
  'tmpfs',
  'image',
  'npipe',
  undefined,
).chain(typed);
const someOf = (
  table: Record<string, fc.Arbitrary<string | undefined>>,
  minLength: number,
  maxLength: number,
): fc.Arbitrary<Field[]> =>
  fc.array(
    pick(...Object.keys(table)).chain((key) => fieldOf(table, key)),
    { minLength, maxLength },
  );
// Good fields with an odd one, odd ones only, and good ones of which some belong to another type.
const anyFields = fc
  .oneof(
    fc.tuple(goodFields, someOf(ANY, 1, 2)),
    fc.tuple(fc.constant<Field[]>([]), someOf(ANY, 1, 6)),
    fc.tuple(goodFields, someOf(GOOD, 1, 3)),
  )
  .map((fields) => fields.flat());

const needsQuotes = /[",\r\n]/;
const quote = (field: string): string => `"${field.replaceAll('"', '""')}"`;
const writeField = ([key, value]: Field): string => (value === undefined ? key : `${key}=${value}`);
const writeGood = (fields: readonly Field[]): string =>
  fields
    .map(writeField)
    .map((field) => (needsQuotes.test(field) ? quote(field) : field))
    .join(',');
const writeOdd = (fields: readonly Field[], styles: readonly number[]): string =>
  fields
    .map((field, at): string => {
      const text = writeField(field);
      switch (styles[at % styles.length]) {
        case 0:
          return quote(text);
        case 1:
          return text.toUpperCase();
        case 2:
          return ` ${text}`;
        case 3:
          return `${field[0]}="${field[1] ?? ''}"`;
        case 4:
          return `"${text}" `;
        default:
          return text;
      }
    })
    .join(',');

/** A --mount value that most clients take. */
export const goodMount: fc.Arbitrary<string> = fc
  .tuple(
    goodFields.chain((fields) => fc.shuffledSubarray(fields, { minLength: fields.length })),
    fc.boolean(),
  )
  .map(([fields, upper]) =>
    writeGood(
      upper
        ? fields.map(([key, value]): Field => [key.replace(/^./, (first) => first.toUpperCase()), value])
        : fields,
    ),
  );

const styles = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 5 });
const splice = (text: string, at: number, cut: number, put: string): string => {
  const start = at % (text.length + 1);
  return (text.slice(0, start) + put + text.slice(start + cut)).replace(/[\ud800-\udfff]/gu, '');
};

/** Any --mount value, most of them odd. */
export const anyMount: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: anyFields.map(writeGood) },
  { weight: 3, arbitrary: fc.tuple(anyFields, styles).map(([fields, how]) => writeOdd(fields, how)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(goodMount, fc.nat(), fc.nat(2), oddText)
      .map(([text, at, cut, put]) => splice(text, at, cut, put)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(goodMount, pick('\n', '\r\n', '\r', ' ', ',', '"', '\t', '\u00a0', '\nx"y'))
      .map((parts) => parts.join('')),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(pick('\n', '\r\n', '\n\n', '\r', ' ', ',', '"', '\ufeff'), goodMount)
      .map((parts) => parts.join('')),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(goodMount, pick('type', 'dst', 'ro', 'tmpfs-size'), goodMount)
      .map((parts) => parts.join(',')),
  },
  { weight: 1, arbitrary: oddText },
);
