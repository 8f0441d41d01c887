import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerCommand } from '../../src/dialects/docker/client/answer.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { RELEASES } from '../../src/dialects/docker/tables/version.js';
import { convertSpec } from '../../src/forms/convert-spec.js';
import { lintArgs } from '../../src/rules/lint-args.js';
import { parseSpec } from '../../src/spec/parse.js';
import { FORMS } from '../support/forms.js';
import { SEED, withSeed } from '../support/seed.js';
import { oddMount, oddText } from '../support/spec-arbitrary.js';

const dialects = RELEASES.map(({ version }) => makeDialect({ client: version }));
const long = fc.string({ unit: fc.constantFrom(...'a:/,="\n '), maxLength: 10_000, size: 'max' });

describe(`any string has an answer (seed ${SEED})`, () => {
  test.each(FORMS)('%s', (form) => {
    fc.assert(
      fc.property(fc.oneof(oddText, oddMount, long), fc.constantFrom(...dialects), (text, dialect) => {
        parseSpec(form, text);
        for (const to of FORMS) {
          const { exact, losses, text: out } = convertSpec(form, text, to, { dialects: [dialect] });
          if (out === undefined) expect([exact, losses.length > 0]).toEqual([false, true]);
        }
      }),
      withSeed(600),
    );
  });

  test('commands', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'run',
        'create',
        'container',
        'service',
        'update',
        '-v',
        '--mount',
        '--tmpfs',
        '--volume=/a:/b',
        '-it',
        '--',
        '--rm',
        'alpine',
        '-e',
        '-H',
      ),
      oddText,
      oddMount,
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), fc.constantFrom(...dialects), (args, dialect) => {
        const answer = answerCommand(args, { dialect, cwd: '/w' });
        if (answer.ok === false) expect(answer.stderr).not.toContain('\n');
        const { text, diagnostics } = lintArgs(args, { dialect, cwd: '/w' });
        for (const { range, fix } of diagnostics) {
          for (const { start, end } of [range, ...(fix?.edits ?? []).map((edit) => edit.range)]) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(text.length);
          }
        }
      }),
      withSeed(2_000),
    );
  });
});
