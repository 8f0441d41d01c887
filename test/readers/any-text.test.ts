import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFindings } from '../../src/readers/index.js';
import { FILE_KIND_ROWS } from '../../src/source/file-kinds.js';
import { wellFormed } from '../../src/text/hole-mark.js';
import { sourceRange } from '../../src/text/spec-text.js';
import { SEED, withSeed } from '../support/seed.js';

const bits = fc.constantFrom(
  ...[
    'docker run ',
    '-v ',
    '/a:/b ',
    '"',
    "'",
    '\\',
    '`',
    '$',
    '$(',
    ')',
    '${',
    '}',
    '{{',
    '}}',
    '${{',
    '%',
    '^',
    '#',
  ],
  ...[
    '\n',
    '\r\n',
    '\r',
    '\t',
    ' ',
    '  ',
    '- ',
    ': ',
    ':',
    '|',
    '>',
    '|2-',
    '&a ',
    '*a',
    '<<',
    '[',
    ']',
    '{',
    ',',
    ';',
  ],
  ...[
    'services:\n',
    'volumes:\n',
    'run: ',
    'script:\n',
    'RUN ',
    '--mount=',
    '<<EOF',
    'EOF\n',
    'FROM x\n',
    '```',
    '```yaml\n',
  ],
  ...[
    '> ',
    '1. ',
    'a:\n\t',
    'define x\n',
    'endef\n',
    'X = ',
    '"mounts": ',
    '"scripts": ',
    '/*',
    '//',
    'ExecStart=',
    'rem ',
    '@',
    "@'\n",
  ],
  ...[
    '\ufeff',
    'é',
    '🙂',
    '\ud800',
    '\udc00',
    '\ue000',
    '\uf8ff',
    '<path>',
    '...',
    '# mountc-x',
    'bash -c ',
    'A=(',
    '"${A[@]}"',
    '!',
    '~/',
  ],
);
const anyText = fc.array(
  fc.oneof({ weight: 6, arbitrary: bits }, { weight: 1, arbitrary: fc.string({ maxLength: 4 }) }),
  {
    maxLength: 60,
  },
);

describe(`any text of any kind gives an answer (seed ${SEED})`, () => {
  test.each(FILE_KIND_ROWS.map(([kind]) => kind))('%s', async (kind) => {
    await fc.assert(
      fc.asyncProperty(anyText, async (parts) => {
        const text = `docker ${parts.join('')}`;
        const { commands, mounts, comments, problems, volumes } = await readFindings(kind, text);
        const words = commands.flatMap((command) => command.words);
        const ranges = [
          ...words.map((word) => sourceRange(word)),
          ...commands.map((command) => sourceRange(command.host, command.range)),
          ...[...mounts, ...comments, ...problems, ...volumes].map(({ range }) => range),
        ];
        for (const { start, end } of ranges) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
        for (const found of [...words, ...mounts.map(({ spec }) => spec)]) {
          for (const segment of found.map.segments) {
            if (!segment.copy) continue;
            // Half of a pair is U+FFFD in what is read.
            const written = wellFormed(text).slice(segment.source, segment.source + segment.sourceLength);
            expect(written).toBe(found.value.slice(segment.at, segment.at + segment.length));
          }
          found.edit({ start: 0, end: found.value.length }, { value: 'x', holes: [] });
        }
      }),
      withSeed(250),
    );
  });

  test.each(FILE_KIND_ROWS.map(([kind]) => kind))(
    '%s in time linear in size',
    async (kind) => {
      const units = [
        'docker run -v "$PWD:/a" i\n',
        '$(',
        '`',
        '"',
        "'",
        '{',
        '[',
        '${{ ',
        '{{',
        '\\',
        '- ',
        'a: ',
        '> ',
        '<',
        '(',
        '#',
        '\n',
        ' ',
      ];
      for (const unit of units) {
        const time = async (count: number) => {
          const text = `docker ${unit.repeat(count)}`;
          const start = performance.now();
          await readFindings(kind, text);
          return performance.now() - start;
        };
        await time(200);
        // Twenty times the text; quadratic work would take minutes at this size.
        expect(await time(Math.floor(20_000 / unit.length)), JSON.stringify(unit)).toBeLessThan(4_000);
      }
    },
    240_000,
  );
});
