import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonProblem } from '../../src/readers/json/problem.js';
import { SEED, withSeed } from '../support/seed.js';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const bits = fc.constantFrom(
  ...['{', '}', '[', ']', ':', ',', '"a"', '"', '\\', '"\\n"', '"\\x"', '1', '-0', '01', '1e5', '.5', 'true'],
  ...['nul', 'null', ' ', '\n', '\t', '"\t"', '"é"', '/', 'a', "'a'", '\u00a0', '"\\u12"', '"\\u00e9"'],
);

describe(`broken JSON is found exactly where there is some (seed ${SEED})`, () => {
  test('as JSON.parse has it, for any pieces', () => {
    fc.assert(
      fc.property(fc.array(bits, { minLength: 1, maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        if (text.trim() === '') return;
        expect(jsonProblem(text, true) === undefined, text).toBe(isJson(text));
      }),
      withSeed(4000),
    );
  });

  test('as JSON.parse has it, for JSON with one character more or less', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 3 }),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', ']', ':', '\\', '0'),
        (json, place, extra) => {
          const at = place % (json.length + 1);
          const text = json.slice(0, at) + extra + json.slice(extra === '' ? at + 1 : at);
          if (text.trim() === '') return;
          const problem = jsonProblem(text, true);
          expect(problem === undefined, text).toBe(isJson(text));
          if (problem !== undefined) expect(problem.range.end).toBeLessThanOrEqual(text.length);
        },
      ),
      withSeed(2000),
    );
  });

  test('comments and commas at the end are for people who asked for them', () => {
    const text = '// a\n{"a": [1, /* b */ 2,],}\n';
    expect(jsonProblem(text, false)).toBeUndefined();
    expect(jsonProblem(text, true)).toEqual({ message: 'it has a comment', range: { start: 0, end: 4 } });
    expect(jsonProblem('{"a": 1,}', true)?.range).toEqual({ start: 8, end: 9 });
    expect(jsonProblem('{,}', false)?.range).toEqual({ start: 1, end: 2 });
    expect(jsonProblem('{"a" 1}', false)?.message).toBe('a `:` is missing before `1`');
    expect(jsonProblem('{"a": 1 "b": 2}', false)?.message).toContain('missing before `"b"`');
  });
});
