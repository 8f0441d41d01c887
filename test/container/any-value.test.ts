// Whatever is typed, there is an answer: a file that YAML reads, each flag in it or named, and no secret among what is said.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { CONTAINER_FIELDS } from '../../src/container/fields.js';
import { composeContainers, containersOf } from '../../src/convert/compose-containers.js';
import { mergeCompose } from '../../src/convert/merge-compose.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { argvSource } from '../../src/source/argv-source.js';
import { viewCommand } from '../../src/source/view-command.js';
import { withSeed } from '../support/seed.js';

const dialect = makeDialect();
const options = { dialects: [dialect] };
const view = (args: readonly string[]) =>
  viewCommand(argvSource(['docker', 'run', ...args]).source, { dialect, cwd: '/' });

const word = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    '',
    '=',
    ':',
    '::',
    ',',
    '__proto__=1',
    'constructor',
    '-1',
    'a=b=c',
    '"',
    "'",
    '\0',
    '\ud800',
    '1:2:3:4',
    '99999999999999999999',
    '1e400',
    'name=',
    '$',
    '${',
    '{{',
    'a\r\nb',
  ),
);
const use = fc
  .constantFrom(...CONTAINER_FIELDS.map(({ flag }) => flag))
  .chain((flag) => word.map((value) => `--${flag}=${value}`));

test('any value of any flag gives a file that reads back', () => {
  fc.assert(
    fc.property(fc.array(use, { maxLength: 8 }), fc.array(word, { maxLength: 3 }), (flags, words) => {
      const { text, conversions } = composeContainers(
        [view([...flags, 'img', ...words])],
        'compose',
        options,
      );
      const file = parse(text, { version: '1.1' }) as { services: Record<string, { image?: string }> };
      expect(Object.keys(file.services)).toHaveLength(1);
      for (const { written, losses } of conversions) expect(written || losses.length > 0).toBe(true);
    }),
    withSeed(150),
  );
});

test('no secret is said of', () => {
  const secret = CONTAINER_FIELDS.filter(({ isSecret }) => isSecret).map(({ flag }) => flag);
  const SECRET = 'S3CR3T';
  const value = fc.constantFrom(
    SECRET,
    `A=${SECRET}`,
    `A ${SECRET}`,
    `=${SECRET}`,
    `A=\n${SECRET}`,
    `${SECRET}$x`,
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...secret), value), { maxLength: 6 }), (uses) => {
      const args = [...uses.map(([flag, one]) => `--${flag}=${one}`), '--rm', 'img'];
      const { conversions } = composeContainers([view(args)], 'compose', options);
      expect(JSON.stringify(conversions)).not.toContain(SECRET);
    }),
    withSeed(80),
  );
});

test('a service that is added changes nothing else', () => {
  let merges = 0;
  const file = fc.constantFrom(
    'services:\n  a:\n    image: x\n',
    '# c\nname: n\nservices:\n    a: {image: x}\n    # last\n',
    'services:\n  a:\n    image: x\n    command: |\n      one\n      two\n\nvolumes:\n  v:\n',
    'services:\nnetworks:\n  n: {}\n',
    'x-a: &a\n  k: 1\nservices:\n  a:\n    <<: *a\n    image: x',
    '',
  );
  fc.assert(
    fc.property(file, fc.array(use, { maxLength: 5 }), (text, flags) => {
      const { project } = containersOf(
        [view(['--name=fresh', '-v=data:/d', ...flags, 'img'])],
        'compose',
        options,
      );
      const merged = mergeCompose(text, project);
      if ('why' in merged) return;
      merges++;
      const lines = merged.text.split('\n');
      // Each in its place behind the one before it.
      let at = 0;
      for (const line of text.split('\n')) {
        at = lines.indexOf(line, at) + 1;
        expect(at, line).toBeGreaterThan(0);
      }
      expect(Object.keys((parse(merged.text) as { services: object }).services).length).toBeGreaterThan(0);
    }),
    withSeed(80),
  );
  expect(merges).toBeGreaterThan(40);
});
