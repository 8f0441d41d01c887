import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { judgeText } from '../../src/lint/judge-text.js';
import { isWholeRead, mayHoldMounts } from '../../src/readers/index.js';
import { RULES } from '../../src/rules/index.js';
import { kindOf } from '../../src/source/kind.js';

const root = fileURLToPath(new URL('../../fixtures', import.meta.url));

test('files that are passed over without being read have nothing that would be found', async () => {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /^[\w-]+\/(?:ok|err)\/[^/]+$/.test(path));
  let passed = 0;
  for (const path of paths) {
    const text = readFileSync(join(root, path), 'utf8');
    const kind = kindOf(path, text);
    // Lines one by one have far less in them that would make them worth it.
    for (const part of [text, ...text.split('\n')]) {
      if (kind === undefined || isWholeRead(kind) || mayHoldMounts(part)) continue;
      passed++;
      const { diagnostics, read } = await judgeText(kind, part, path, { dialect: makeDialect(), rules: {} });
      const found = diagnostics.filter(({ rule }) => rule !== 'syntax-error');
      expect([found.map(({ message }) => message), read.mounts], `${path}: ${part}`).toEqual([[], 0]);
    }
  }
  expect(passed).toBeGreaterThan(100);
});

test('every example of a mistake is worth reading', () => {
  const examples = RULES.filter(({ name }) => name !== 'syntax-error').flatMap(({ invalid }) =>
    invalid.map((one) => (typeof one === 'string' ? { command: one, file: undefined } : one)),
  );
  const passedOver = examples.filter(({ command, file }) => !isWholeRead(file) && !mayHoldMounts(command));
  expect(passedOver.map(({ command }) => command)).toEqual([]);
});
