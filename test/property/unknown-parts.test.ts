import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { judgeText } from '../../src/lint/judge-text.js';
import type { LintOptions } from '../../src/lint/lint-text.js';
import { readEach } from '../../src/readers/index.js';
import { RULES } from '../../src/rules/index.js';
import { commentMarks, type FileKind } from '../../src/source/file-kinds.js';
import { kindOf } from '../../src/source/kind.js';
import type { Range } from '../../src/text/range.js';
import { sourceRange } from '../../src/text/spec-text.js';
import { SEED, withSeed } from '../support/seed.js';

const options: LintOptions = { dialect: makeDialect(), rules: {} };

interface Text {
  readonly name: string;
  readonly kind: FileKind;
  readonly text: string;
}

const root = fileURLToPath(new URL('../../fixtures', import.meta.url));

const fixtures: readonly Text[] = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /^[\w-]+\/(?:ok|err)\/[^/]+$/.test(name))
  .sort()
  .flatMap((name) => {
    const text = readFileSync(join(root, name), 'utf8');
    const kind = kindOf(name, text);
    return kind === undefined ? [] : [{ name, kind, text }];
  });

const examples: readonly Text[] = RULES.flatMap((rule) =>
  [...rule.valid, ...rule.invalid].flatMap((example): Text[] => {
    const { command, file, ...rest } = typeof example === 'string' ? { command: example } : example;
    const isPlain = Object.keys(rest).every((key) => key === 'fixed');
    return isPlain ? [{ name: `${rule.name}: ${command}`, kind: file ?? 'shell', text: command }] : [];
  }),
);

/** How often each rule has a word above info. */
async function countsOf({ kind, text }: Text): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { rule, severity } of (await judgeText(kind, text, undefined, options)).diagnostics)
    if (severity !== 'info') counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

/**
 * That no rule finds more in the one text than in one of the others; nor than in each of `known`, in which other words stand in the
 * place of what is unknown: what is wrong with any of them is wrong whatever it is.
 */
async function expectNoMore(
  before: Text,
  after: Text,
  { other = before, known = [] }: { readonly other?: Text; readonly known?: readonly Text[] } = {},
): Promise<void> {
  const [one, more] = [await countsOf(before), await countsOf(other)];
  for (const [rule, count] of await countsOf(after)) {
    const most = Math.max(one.get(rule) ?? 0, more.get(rule) ?? 0);
    if (count <= most) continue;
    const each = await Promise.all(known.map(async (text) => (await countsOf(text)).get(rule) ?? 0));
    const always = known.length === 0 ? 0 : Math.min(...each);
    expect(count, `${rule}\n${after.text}`).toBeLessThanOrEqual(Math.max(most, always));
  }
}

/** Where the words behind `docker run` and the like stand. */
async function wordsIn({ kind, text }: Text): Promise<readonly Range[]> {
  const found: Range[] = [];
  await readEach(kind, text, {}, ({ words, host }) => {
    const command = words.findIndex(({ value }) => /^(?:run|create|build)$/.test(value));
    for (const { raw } of command < 0 ? [] : words.slice(command + 1)) {
      const range = sourceRange(host, raw);
      if (range.end > range.start) found.push(range);
    }
  });
  return found;
}

/** The values of a Compose file that stand on a line of their own. */
const valuesIn = ({ text }: Text): readonly Range[] =>
  [...text.matchAll(/^[ ]*(?:- |[\w-]+: +)+(?![{[|>&*!#]|<<:)(\S.*)$/dgm)].flatMap(({ indices }) => {
    const [start, end] = indices?.[1] ?? [];
    return start === undefined || end === undefined ? [] : [{ start, end }];
  });

function replaced(one: Text, { start, end }: Range, text: string): Text {
  return { ...one, text: one.text.slice(0, start) + text + one.text.slice(end) };
}

/** What a word may be: a mount, a part of one, an image. */
const PLAIN = ['/q:/r', 'dst=/q', 'q'];

describe(`what is unknown adds no finding (seed ${SEED})`, () => {
  const all = [...examples, ...fixtures];

  // In a Makefile that a script writes `$UNKNOWN` is `$U` and five letters more.
  const scripts = all.filter(({ kind, name }) => kind === 'shell' && !name.includes('writes-makefile'));

  test('a word of a command', async () => {
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...scripts),
        fc.nat(),
        fc.constantFrom('"$UNKNOWN"', '$UNKNOWN', '"$(cmd)"'),
        async (one, index, hole) => {
          const words = await wordsIn(one);
          const word = words[index % Math.max(1, words.length)];
          if (word === undefined) return;
          tried++;
          await expectNoMore(one, replaced(one, word, hole), {
            known: PLAIN.map((text) => replaced(one, word, text)),
          });
        },
      ),
      withSeed(400),
    );
    expect(tried).toBeGreaterThan(200);
  }, 120_000);

  // A variable in the place of a number is refused whatever it holds; what a template makes of it may be anything.
  test('a value of a Compose file', async () => {
    const files = all.filter(({ kind }) => kind === 'compose');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), fc.nat(), async (one, index) => {
        const values = valuesIn(one);
        const value = values[index % Math.max(1, values.length)];
        if (value === undefined) return;
        // An entry that it may have replaced counts again.
        const without = replaced(one, value, '/without');
        await expectNoMore(one, replaced(one, value, '{{ value }}'), { other: without });
      }),
      withSeed(300),
    );
  }, 120_000);

  // Programs in these languages are no templates of such kinds.
  const templated = all.filter(({ kind }) => commentMarks(kind)?.[0] === '#' && kind !== 'python');

  test('a branch of a template around all of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...templated),
        fc.constantFrom(
          ['{% if a %}', '{% endif %}'],
          ['{{ if .A }}', '{{ end }}'],
          ['{{- if .Values.a }}', '{{- end }}'],
          ['{{#if a}}', '{{/if}}'],
          ['<% if a %>', '<% end %>'],
        ),
        async (one, [open, close]) => {
          const end = one.text.endsWith('\n') ? '' : '\n';
          await expectNoMore(one, { ...one, text: `${open}\n${one.text}${end}${close}\n` });
        },
      ),
      withSeed(400),
    );
  }, 120_000);
});
