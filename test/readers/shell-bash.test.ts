import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../src/text/edit.js';
import { wellFormed } from '../../src/text/hole-mark.js';
import { sourceRange } from '../../src/text/spec-text.js';
import { bashWords, hasBash } from '../support/bash.js';
import { readShellFile } from '../support/frontends.js';
import { SEED, withSeed } from '../support/seed.js';

const single = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const double = (text: string) => `"${text.replace(/[\\"$`]/g, '\\$&')}"`;
const NAMES = ['/a', 'b', ':', '/c d', ',', '=', 'é', '🙂', '~', '-v', '!', '%', '@', 'ro', '#x', '{', '^'];
const literal = fc.array(
  fc.constantFrom(...NAMES, '$', '"', "'", '\\', '`', '\t', '&', ';', '(', ')', '<', '|'),
  {
    maxLength: 4,
  },
);
const plain = fc.constantFrom(
  '/a',
  'b:',
  ':/c',
  'é',
  '🙂',
  ',x=y',
  '-v',
  '%',
  '@',
  '+',
  '~',
  '=~',
  ':~/',
  'src=~/a',
  'x~',
);

/** One stretch of a word, quoted in one of bash's ways. */
const stretch = fc.oneof(
  plain,
  literal.map((parts) => `'${parts.join('').replaceAll("'", '')}'`),
  literal.map(
    (parts) =>
      `"${parts
        .join('')
        .replace(/[\\"$`]/g, '\\$&')
        .replaceAll('!', '')}"`,
  ),
  literal.map((parts) => `$'${parts.join('').replace(/[\\']/g, '\\$&')}\\n\\x41\\t\\u00e9'`),
  literal.map((parts) => parts.join('').replace(/[^\w/é🙂]/gu, '\\$&')),
  fc.constantFrom('\\\n', '"a\\\nb"', '""', "''", '"\\a\\b"', '"\\`\\$"'),
);
const word = fc.array(stretch, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
const gap = fc.constantFrom(' ', ' ', '  ', ' \\\n ', '\t');
const wrapped = fc.constantFrom(
  (command: string) => command,
  (command: string) => `if true; then ${command}; fi`,
  (command: string) => `f() { ${command}\n}; f`,
  (command: string) => `true && { ${command}; } # docker no\n`,
  (command: string) => `A=b C="d e" ${command} 3>&1`,
  (command: string) => `A=(${command.slice('docker '.length)}\n)\ndocker "\${A[@]}"`,
  (command: string) => `: x; eval "$(true)"; ${command} <<EOF\ndocker $x\nEOF\n`,
  (command: string) => `bash <<<${single(command)}`,
  (command: string) => `bash -s <<< ${double(command)}`,
  (command: string) => `echo ${(command.includes('\\') ? '-n | ' : '') + double(command)} | bash`,
  (command: string) => `{ echo true; printf '%s\\n' ${single(command)} ':'; } | bash`,
);
const script = fc
  .tuple(fc.array(fc.tuple(gap, word), { minLength: 1, maxLength: 4 }), wrapped)
  .map(([words, wrap]) => wrap(`docker run${words.map(([space, one]) => space + one).join('')}`));

/** The same words where they are only there if a variable is set. */
const optional = fc
  .array(fc.tuple(gap, word), { minLength: 1, maxLength: 4 })
  .map((words) => `docker run -i \${PATH:+-t${words.map(([space, one]) => space + one).join('')}} x`);

describe.skipIf(!hasBash)(`words agree with bash (seed ${SEED})`, () => {
  test('generated commands', () => {
    const scripts = [
      ...fc.sample(script, { seed: SEED, numRuns: 2000 }),
      ...fc.sample(optional, { seed: SEED, numRuns: 500 }),
    ];
    const answers = bashWords(scripts);
    expect(answers.length).toBe(scripts.length);
    let compared = 0;
    for (const [index, text] of scripts.entries()) {
      const ours = readShellFile(text).commands.map((command) => command.words);
      const theirs = answers[index]!;
      const context = JSON.stringify(text);
      expect(ours.length, context).toBe(theirs.length);
      for (const [at, words] of ours.entries()) {
        expect(words.length, context).toBe(theirs[at]!.length);
        for (const [i, one] of words.entries()) {
          let shown = '';
          let from = 0;
          for (const hole of one.holes) {
            expect(hole.kind, context).toBe('tilde');
            shown += one.value.slice(from, hole.range.start) + (hole.text === '~' ? '/home/me' : hole.text);
            from = hole.range.end;
          }
          expect(shown + one.value.slice(from), context).toBe(theirs[at]![i]);
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(6000);
  });
});

describe(`edits come back as what was meant (seed ${SEED})`, () => {
  const fresh = fc.array(fc.constantFrom(...NAMES, '$', '"', "'", '\\', '`', ' ', '*', '\n'), {
    minLength: 1,
    maxLength: 4,
  });
  const nested = fc.constantFrom(
    (text: string) => text,
    (text: string) => `bash -c ${single(text)}`,
    (text: string) => `bash -c ${double(text)}`,
    (text: string) => `bash <<< ${single(text)}`,
    (text: string) => `bash <<< ${double(text)}`,
    (text: string) => `printf '%s\\n' ${double(text)} | sudo sh`,
    (text: string) => `bash <<'EOF'\n${text}\nEOF\n`,
    (text: string) => `bash <<EOF\n${text.replace(/[\\$`]/g, '\\$&')}\nEOF\n`,
    (text: string) => `x=\`${text.replace(/[\\$`]/g, '\\$&')}\``,
    (text: string) => `${text}\r\ntrue\r\n`,
  );
  const cased = fc.record({
    text: fc.tuple(script, nested),
    new: fresh,
    a: fc.nat(9),
    b: fc.nat(9),
    word: fc.nat(9),
  });

  test('a part of a word', () => {
    let done = 0;
    fc.assert(
      fc.property(cased, ({ text: [inner, wrap], new: parts, a, b, word: index }) => {
        const text = wrap(inner.includes('\r') ? 'docker run x' : inner);
        const command = readShellFile(text).commands.find((one) => one.words.length > 2);
        const target = command?.words[2 + (index % Math.max(1, command.words.length - 2))];
        if (command === undefined || target === undefined || target.holes.length > 0) return;
        const start = Math.min(a, b, target.value.length);
        const end = Math.min(Math.max(a, b), target.value.length);
        const value = parts.join('');
        const edit = target.edit({ start, end }, { value, holes: [] });
        if (edit === undefined) return;
        const changed = applyEdits(text, [edit])!;
        const at = command.words.indexOf(target);
        const expected = command.words.map((one) => one.value);
        expected[at] = wellFormed(target.value.slice(0, start)) + value + wellFormed(target.value.slice(end));
        const again = readShellFile(changed).commands.find((one) => one.words.length > 2);
        // Tildes are the one thing that quoting cannot take back: where one begins a word it is a hole.
        const shown = again?.words.map((one) => (one.holes[0]?.kind === 'tilde' ? undefined : one.value));
        if (shown?.includes(undefined)) return;
        expect(shown, changed).toEqual(expected);
        done++;
      }),
      withSeed(2000),
    );
    expect(done).toBeGreaterThan(500);
  });

  test('ranges lie on the text that they name', () => {
    fc.assert(
      fc.property(cased, ({ text: [inner, wrap] }) => {
        const text = wrap(inner);
        for (const command of readShellFile(text).commands) {
          for (const one of command.words) {
            const { start, end } = sourceRange(one);
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeLessThanOrEqual(text.length);
            for (const segment of one.map.segments) {
              if (!segment.copy) continue;
              const written = text.slice(segment.source, segment.source + segment.sourceLength);
              expect(written).toBe(one.value.slice(segment.at, segment.at + segment.length));
            }
          }
        }
      }),
      withSeed(500),
    );
  });

  test('any text gives an answer', () => {
    const bits = fc.constantFrom(
      'docker run ',
      '-v ',
      '$(',
      '`',
      '"',
      "'",
      '\\',
      '\n',
      '${',
      '}',
      ')',
      '<<E',
      'bash -c ',
      'A=(',
      '"${A[@]}"',
      ' if ',
      ' fi',
      ';',
      '\r',
      '|',
      '{{',
      '${{',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(bits, fc.string({ maxLength: 3 })), { maxLength: 40 }), (parts) => {
        readShellFile(`docker ${parts.join('')}`);
      }),
      withSeed(1500),
    );
  });
});
