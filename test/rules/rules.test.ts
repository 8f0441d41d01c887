import { describe, expect, test } from 'vitest';
import { RULES } from '../../src/rules/index.js';
import type { Example } from '../../src/rules/rule.js';
import { applyEdits } from '../../src/text/edit.js';
import { lintExample } from '../support/lint-example.js';

const textOf = (example: Example) => (typeof example === 'string' ? example : example.command);

test('codes and names are unique', () => {
  expect(new Set(RULES.map(({ code }) => code)).size).toBe(RULES.length);
  expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
});

describe.each(RULES.map((rule) => [rule.name, rule] as const))('%s', (_name, rule) => {
  test('has examples', () => {
    expect(rule.valid.length).toBeGreaterThanOrEqual(3);
    expect(rule.invalid.length).toBeGreaterThanOrEqual(3);
  });

  test.each(rule.valid.map((example) => [textOf(example), example] as const))(
    'silent: %s',
    async (_text, example) => {
      expect(await lintExample(example, rule)).toEqual([]);
    },
  );

  test.each(rule.invalid.map((example) => [textOf(example), example] as const))(
    'found: %s',
    async (text, example) => {
      const found = await lintExample(example, rule);
      expect(found.length).toBeGreaterThan(0);
      for (const one of found) {
        expect(one.range.start).toBeGreaterThanOrEqual(0);
        expect(one.range.end).toBeLessThanOrEqual(text.length);
        expect(one.message).toMatch(/^[^A-Z].*[^.]$/s);
      }
      const fixed = typeof example === 'string' ? undefined : example.fixed;
      const fixes = found.flatMap((one) => (one.fix === undefined ? [] : [one.fix]));
      if (fixed === undefined) expect(fixes, 'an example whose finding has a fix shows it').toEqual([]);
      else {
        expect(
          applyEdits(
            text,
            fixes.flatMap(({ edits }) => edits),
          ),
        ).toBe(fixed);
        const mended = { ...(typeof example === 'string' ? {} : example), command: fixed };
        expect(await lintExample(mended, rule)).toEqual([]);
      }
    },
  );
});
