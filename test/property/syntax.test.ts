import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SpecNode } from '../../src/spec/ast.js';
import { parseMount, parseSpec, parseVolume } from '../../src/spec/parse.js';
import { printSpec } from '../../src/spec/print.js';
import type { Range } from '../../src/text/range.js';
import { FORMS } from '../support/forms.js';
import { SEED, withSeed } from '../support/seed.js';
import { oddMount, oddText } from '../support/spec-arbitrary.js';

/** Every part of a tree with the text that it must stand for. */
function parts(node: SpecNode): { value: string; range: Range; quoted: boolean }[] {
  switch (node.kind) {
    case 'volume':
      return [...node.sections, ...node.options].map((part) => ({ ...part, quoted: false }));
    case 'tmpfs':
      return [
        node.target,
        ...(node.options ?? []).flatMap(({ key, value }) => (value ? [key, value] : [key])),
      ].map((part) => ({ ...part, quoted: false }));
    case 'mount':
      return node.fields.flatMap(({ key, value, quoted }) =>
        (value ? [key, value] : [key]).map((part) => ({ ...part, quoted })),
      );
  }
}

function checkTree(node: SpecNode, text: string): void {
  expect(printSpec(node)).toBe(text);
  let last = 0;
  for (const { value, range, quoted } of parts(node).slice(
    0,
    node.kind === 'volume' ? node.sections.length : undefined,
  )) {
    expect(range.start).toBeGreaterThanOrEqual(last);
    expect(range.end).toBeLessThanOrEqual(text.length);
    last = range.end;
    const raw = text.slice(range.start, range.end);
    expect(value).toBe(quoted ? raw.replaceAll('""', '"').replaceAll('\r\n', '\n') : raw);
  }
  if (node.kind !== 'tmpfs' && node.problem !== undefined) {
    expect(node.problem.range.start).toBeLessThanOrEqual(node.problem.range.end);
    expect(node.problem.range.end).toBeLessThanOrEqual(text.length);
  }
}

describe(`trees (seed ${SEED})`, () => {
  test.each(FORMS)('%s: printed back to the character, every part where it says', (form) => {
    fc.assert(
      fc.property(fc.oneof(oddText, oddMount), fc.boolean(), (text, trim) =>
        checkTree(parseSpec(form, text, { trim }), text),
      ),
      withSeed(3_000),
    );
  });

  test('every string of up to 6 characters over a:/,=."\\', () => {
    const letters = [...'a:/,=."\\'];
    const visit = (text: string, left: number): void => {
      for (const form of FORMS) {
        const node = parseSpec(form, text);
        if (printSpec(node) !== text)
          throw new Error(`${form} ${JSON.stringify(text)} is printed as ${JSON.stringify(printSpec(node))}`);
      }
      if (left > 0) for (const letter of letters) visit(text + letter, left - 1);
    };
    visit('', 6);
  });

  test('sections of -v are what stands between the colons, a drive letter kept with its path', () => {
    fc.assert(
      fc.property(oddText, (text) => {
        const { sections } = parseVolume(text);
        const isShort = new TextEncoder().encode(text).length <= 2;
        for (const { value } of sections)
          expect(isShort || !/:/.test(value.replace(/^\p{L}:/u, ''))).toBe(true);
        expect(sections.length).toBe(
          isShort
            ? 1
            : 1 +
                (text.match(/:/g)?.length ?? 0) -
                sections.filter(({ value }) => /^\p{L}:/u.test(value)).length,
        );
      }),
      withSeed(3_000),
    );
  });

  test('fields of --mount come back as a CSV writer wrote them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(oddText, fc.boolean()), { minLength: 1, maxLength: 5 }), (fields) => {
        const known = fields.map(([text, forced]) => ({ text: text.replaceAll('\r', ''), forced }));
        const written = known
          .map(({ text, forced }) =>
            forced || text === '' || /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text,
          )
          .join(',');
        const node = parseMount(written);
        expect(node.problem).toBeUndefined();
        expect(
          node.fields.map(({ key, value }) => (value ? `${key.value}=${value.value}` : key.value)),
        ).toEqual(known.map(({ text }) => text));
      }),
      withSeed(2_000),
    );
  });
});
