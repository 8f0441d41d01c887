import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isScalar, parseAllDocuments, type Scalar, visit } from 'yaml';
import { yamlScalar } from '../../src/readers/yaml/scalar.js';
import { fileText } from '../../src/source/hosted-text.js';
import { applyEdits } from '../../src/text/edit.js';
import { wellFormed } from '../../src/text/hole-mark.js';
import { SEED, withSeed } from '../support/seed.js';

/** The strings of a YAML text, as the library and as we read them. */
function scalarsOf(text: string): { scalar: Scalar; host: ReturnType<typeof fileText> }[] {
  const host = fileText(text);
  const found: { scalar: Scalar; host: ReturnType<typeof fileText> }[] = [];
  for (const document of parseAllDocuments(host.value, { keepSourceTokens: true, logLevel: 'silent' })) {
    if ('empty' in document || document.errors.length > 0) continue;
    visit(document, {
      Scalar(_key, scalar) {
        if (typeof scalar.value === 'string' && isScalar(scalar)) found.push({ scalar, host });
      },
    });
  }
  return found;
}

const bit = fc.constantFrom(
  'a',
  'b c',
  ' ',
  '  ',
  '\t',
  '\n',
  '\n\n',
  '\n  ',
  '\n   ',
  '\n\t',
  "''",
  '\\n',
  '\\x41',
  '\\\n',
  '\\"',
  '\\\\',
  '#',
  ':',
  '-',
  'é',
  '🙂',
  '$X',
);
const fresh = fc.constantFrom(
  'x',
  'a b',
  "it's",
  '"q"',
  'a: b',
  'a #b',
  '\\',
  '$X',
  '- y',
  '',
  '[1]',
  'null',
  '\n',
  ' ',
);
const body = fc.array(bit, { maxLength: 10 }).map((parts) => parts.join(''));
const indented = (text: string, by: string) => text.replaceAll('\n', `\n${by}`);
const document = fc.oneof(
  fc
    .tuple(fc.constantFrom('|', '>', '|-', '>-', '|+', '>+', '|2', '>1-'), body)
    .map(([header, text]) => `k: ${header}\n  ${indented(text, '  ')}\nz: 1\n`),
  body.map((text) => `k: "${indented(text, '  ')}"\n`),
  body.map((text) => `k: '${indented(text.replaceAll("'", ''), '  ')}'\n`),
  body.map((text) => `- k: x${indented(text, '    ')}\n`),
  body.map((text) => `[ "${text.replaceAll('\n', ' ')}", 'x', y z ]\n`),
);

describe(`YAML strings (seed ${SEED})`, () => {
  test('are decoded as the library decodes them', () => {
    let compared = 0;
    let given = 0;
    fc.assert(
      fc.property(document, fc.boolean(), (lf, crlf) => {
        const text = crlf ? lf.replaceAll('\n', '\r\n') : lf;
        for (const { scalar, host } of scalarsOf(text)) {
          compared++;
          const ours = yamlScalar(host, scalar);
          if (ours === undefined) continue;
          given++;
          expect(ours.value).toBe(scalar.value);
          for (const segment of ours.map.segments) {
            if (!segment.copy) continue;
            const written = text.slice(segment.source, segment.source + segment.sourceLength);
            expect(written).toBe(ours.value.slice(segment.at, segment.at + segment.length));
          }
        }
      }),
      withSeed(3000),
    );
    expect(given / compared).toBeGreaterThan(0.97);
  });

  test('come back as they were meant when they are edited', () => {
    let done = 0;
    fc.assert(
      fc.property(document, fresh, fc.nat(12), fc.nat(12), (text, value, a, b) => {
        if (!comesBack(text, value, a, b)) return;
        done++;
      }),
      withSeed(3000),
    );
    expect(done).toBeGreaterThan(800);
  });

  // Of a long one, only what is around the change is read again.
  test('come back as they were meant when they are edited in the middle of long ones', () => {
    const line = fc.array(bit, { maxLength: 10 }).map((parts) => `w${parts.join('')}`);
    let done = 0;
    fc.assert(
      fc.property(
        fc.tuple(fc.array(line, { minLength: 1, maxLength: 4 }), fc.constantFrom(' ', '\n')),
        fc.constantFrom('|', '>', '|-', '>+', '|2', '"', "'", 'plain', 'flow'),
        fresh,
        fc.nat(2000),
        fc.nat(12),
        ([lines, separator], style, value, a, length) => {
          const text = Array.from({ length: 40 }, (_, i) => `some words ${lines[i % lines.length]!}`).join(
            separator,
          );
          if (comesBack(documentOf(style, text), value, a, a + length)) done++;
        },
      ),
      withSeed(1500),
    );
    expect(done).toBeGreaterThan(400);
  });
});

const documentOf = (style: string, text: string): string => {
  if (/^[|>]/.test(style)) return `k: ${style}\n  ${indented(text, '  ')}\nz: 1\n`;
  if (style === '"') return `k: "${indented(text, '  ')}"\n`;
  if (style === "'") return `k: '${indented(text.replaceAll("'", ''), '  ')}'\n`;
  return style === 'flow' ? `[ x${text.replaceAll('\n', ' ')} ]\n` : `- k: x${indented(text, '    ')}\n`;
};

/** Whether the first string of a document can be edited there; the library then reads what was meant. */
function comesBack(text: string, value: string, a: number, b: number): boolean {
  const isText = ({ scalar }: { scalar: Scalar }) => scalar.value !== 'k' && scalar.value !== 'z';
  const first = scalarsOf(text).find(isText);
  const ours = first && yamlScalar(first.host, first.scalar);
  if (ours === undefined) return false;
  const start = Math.min(a, b, ours.value.length);
  const end = Math.min(Math.max(a, b), ours.value.length);
  const edit = ours.edit({ start, end }, { value, holes: [] });
  if (edit === undefined) return false;
  const changed = applyEdits(text, [edit])!;
  expect(scalarsOf(changed).find(isText)?.scalar.value, changed).toBe(
    wellFormed(ours.value.slice(0, start)) + value + wellFormed(ours.value.slice(end)),
  );
  return true;
}
