// Errors are exact: there is one if and only if docker refuses the command, or does something else than was written.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeEngine } from '../../src/dialects/docker/engine/judge.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { readVersion } from '../../src/dialects/docker/tables/version.js';
import { lintCommand } from '../../src/rules/lint-command.js';
import { argvSource } from '../../src/source/argv-source.js';
import { viewCommand } from '../../src/source/view-command.js';
import { mountCommand, oddCommand } from '../differential/arbitrary.js';
import { withSeed } from '../support/seed.js';

/** Accepted by docker, and yet surely not what was written. */
const OTHER_THAN_WRITTEN = new Set([
  'one-letter-volume-name',
  'flag-syntax-mixup',
  'volume-empty-section',
  'option-not-in-this-version',
  'wrong-separator',
]);
// Docker Desktop takes Windows paths that a bare Linux engine refuses, so nothing is said about them.
const WINDOWS = /[A-Za-z]:(?:[\\/]|$|[:,])|\\\\/;

const versions = ['20.10.24', '24.0.9', '26.1.5', '28.2.2', '29.2.0', '29.7.2'];

describe.each(versions)('docker %s', (version) => {
  const dialect = makeDialect({ client: readVersion(version)! });
  test('errors are exact', () => {
    fc.assert(
      fc.property(fc.oneof(mountCommand, oddCommand), (args) => {
        const view = viewCommand(argvSource(['docker', ...args]).source, { dialect, cwd: '/project' });
        const errors = lintCommand(view).filter(({ severity }) => severity === 'error');
        const { compiled } = view;
        if (compiled === undefined || compiled.unknown !== undefined) return;
        const show = JSON.stringify({
          args,
          errors: errors.map(({ rule, message }) => `${rule}: ${message}`),
        });
        if (compiled.refusal !== undefined) {
          expect(errors.length, `${compiled.refusal.stderr} ${show}`).toBeGreaterThan(0);
          return;
        }
        const { create, start } = judgeEngine(compiled.create!, view.dialect);
        const refusal = create ?? start;
        if (refusal === undefined) {
          const wrong = errors.filter(
            ({ rule, message }) => !OTHER_THAN_WRITTEN.has(rule) && !message.includes('the first line'),
          );
          expect(wrong, show).toEqual([]);
        } else if (!args.some((word) => WINDOWS.test(word))) {
          expect(errors.length, `${refusal.reason} ${show}`).toBeGreaterThan(0);
        }
      }),
      withSeed(400),
    );
  });
});
