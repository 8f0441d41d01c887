import { describe, expect, test } from 'vitest';
import { offerConversions } from '../../src/convert/offer-fixes.js';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.js';
import { makeDialect } from '../../src/dialect/dialect.js';
import { readVersion } from '../../src/dialect/version.js';
import { fileText } from '../../src/frontends/hosted-text.js';
import { lintText } from '../../src/lint/lint-text.js';
import { exampleHost } from '../../src/rules/host.js';
import { RULES } from '../../src/rules/index.js';
import { lintCommand } from '../../src/rules/lint-command.js';
import type { Example, Rule } from '../../src/rules/rule.js';
import { viewCommand } from '../../src/rules/view-command.js';
import { applyEdits } from '../../src/text/edit.js';
import { readCommands } from '../support/read-commands.js';

/** All findings of an example: a command, read as a shell would, or a file. */
async function lintExample(example: Example, rule: Rule): Promise<Diagnostic[]> {
  const whole = typeof example === 'string' ? { command: example } : example;
  const { command, docker, engine, engineOs, host, file } = whole;
  const dialect = makeDialect({
    client: version(docker),
    engine: version(engine),
    engineOs,
  });
  const settings = rule.isOptional ? { [rule.name]: rule.severity } : {};
  if (file !== undefined) {
    const options = { dialect, cwd: '/work', rules: settings };
    return [...(await lintText(file, command, undefined, options)).diagnostics];
  }
  return readCommands(fileText(command)).flatMap((source) => {
    const view = viewCommand(source, { dialect, cwd: '/work', host: host && exampleHost(host) });
    return offerConversions(view, lintCommand(view, settings));
  });
}

const version = (text: string | undefined) => (text === undefined ? undefined : readVersion(text));
const own = (diagnostics: Diagnostic[], rule: Rule) => diagnostics.filter((one) => one.rule === rule.name);
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
      expect(own(await lintExample(example, rule), rule)).toEqual([]);
    },
  );

  test.each(rule.invalid.map((example) => [textOf(example), example] as const))(
    'found: %s',
    async (text, example) => {
      const found = own(await lintExample(example, rule), rule);
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
        expect(
          own(
            await lintExample({ ...(typeof example === 'string' ? {} : example), command: fixed }, rule),
            rule,
          ),
        ).toEqual([]);
      }
    },
  );
});
