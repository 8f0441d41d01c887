// The quick look: it may take a file for fine only where the rules, asked for everything, have nothing to say.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { judgeText } from '../../src/lint/judge-text.js';
import { isPlainlyFine } from '../../src/lint/plain-look.js';
import { settingsFor } from '../../src/lint/settings.js';
import { readFindings } from '../../src/readers/index.js';
import { RULES } from '../../src/rules/index.js';
import type { FileKind } from '../../src/source/frontend.js';
import { quoteShell } from '../../src/text/shell-quote.js';
import { SEED } from '../support/seed.js';
import { usualCommand } from '../support/usual-command.js';

const CASES = Number(process.env['MOUNTC_PLAIN_CASES'] ?? 12_000);
const one = fc.constantFrom;

const NO_SETTINGS = settingsFor('/srv/x.sh', undefined, { rules: {} });

async function look(kind: FileKind, text: string, path = 'x.sh') {
  const isFine = isPlainlyFine(await readFindings(kind, text, { path }), NO_SETTINGS);
  const judge = async () => {
    const { diagnostics } = await judgeText(kind, text, path, { dialect: makeDialect(), rules: {} });
    return diagnostics.map(({ rule, message }) => `${rule}: ${message}`);
  };
  return { isFine, judge };
}

// How a word is written: with its beginning, its end or all of it from a variable, in quotes or not.
const variable = one(
  '$PWD',
  '${PWD}',
  '$(pwd)',
  '$HOME',
  '${HOME}/sub',
  '$X',
  '${DIR:-/a}',
  '$1',
  '$(id -u)',
);
const spelling = fc.oneof(
  { weight: 12, arbitrary: fc.constant((word: string) => quoteShell(word)) },
  { weight: 1, arbitrary: fc.constant((word: string) => word) },
  { weight: 1, arbitrary: fc.constant((word: string) => `"${word.replace(/["\\`]/g, '\\$&')}"`) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(variable, one('"', '"', '"', ''), one(/^\/\w+/, /^\.(?=[/:])/, /\w+$/, /^\w+/, /^.*$/s, /^/))
      .map(
        ([text, quote, part]) =>
          (word: string) =>
            `${quote}${word.replace(/["\\`$]/g, '\\$&').replace(part, () => text)}${quote}`,
      ),
  },
);
const mountless = fc
  .tuple(one('build', 'exec', 'ps', 'cp', 'network', 'rm', 'pull', 'push', 'login'), usualCommand)
  .map(([first, words]) => [first, ...words.slice(1)]);
const simple = fc
  .tuple(
    fc.array(
      fc.oneof(
        fc
          .tuple(
            one(
              './src',
              '/srv/data',
              'data',
              'cache',
              '.',
              '/etc',
              '/',
              '/var/run/docker.sock',
              'a.yml',
              './a.yml',
            ),
            one('/src', '/app', '/data', '/usr', '/etc', '/app/data', '/bin/sh', '/a.yml'),
          )
          .chain(([from, to]) =>
            one(
              ...['', '', ':ro', ':rw', ':cached', ':z'].map((mode) => ['-v', `${from}:${to}${mode}`]),
              ['--mount', `type=bind,src=${from},dst=${to}`],
              ['--mount', `source=${from},target=${to},readonly`],
              ['--tmpfs', to],
            ),
          ),
        one(['--rm'], ['-it'], ['-e', 'A=b'], ['-w', '/x'], ['-w', 'x'], ['-p', '8080:80'], ['--name', 'x']),
        one(['-u', '1000:1000'], ['--network', 'host'], ['-p', '80:x'], ['--memory', '1g'], ['-h', 'a_b']),
      ),
      { minLength: 1, maxLength: 4 },
    ),
    one('alpine', 'node:20'),
    one([], ['sh', '-c', 'echo hi'], ['ls', '/src']),
  )
  .map(([flags, image, tail]) => ['run', ...flags.flat(), image, ...tail]);
const line = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: usualCommand },
      { weight: 5, arbitrary: simple },
      { weight: 1, arbitrary: mountless },
    ),
    fc.array(spelling, { minLength: 30, maxLength: 30 }),
  )
  .map(([words, how]) => ['docker', ...words.map((word, i) => how[i % 30]!(word))].join(' '));
const script = fc
  .tuple(
    fc.array(line, { minLength: 1, maxLength: 2 }),
    one('\n', '; ', ' && ', ' | ', ' \\\n', '\n# -v /a:b\n'),
  )
  .chain(([lines, between]) => {
    const body = lines.join(between).replaceAll('DIR', '/srv');
    return one(
      `#!/bin/sh\n${body}\n`,
      `${body}\n`,
      `#!/bin/bash\nset -e\nif true; then\n  ${body}\nfi\n`,
      `X=/a:/b\nf() { ${body}\n}\nf "$@"\n`,
      `cd /srv && sudo -E ${body} || exit 1\n`,
      `${body} <<EOF\ntext\nEOF\n`,
    );
  });

describe(`the quick look at a file (seed ${SEED})`, () => {
  it('takes for fine only what the rules do: scripts', { timeout: 300_000 }, async () => {
    let fine = 0;
    await fc.assert(
      fc.asyncProperty(script, async (text) => {
        const { isFine, judge } = await look('shell', text);
        if (!isFine) return;
        fine++;
        expect(await judge()).toEqual([]);
      }),
      { seed: SEED, numRuns: CASES },
    );
    // Or it would prove nothing.
    expect(fine).toBeGreaterThan(CASES / 25);
  });

  it('takes no wrong example of a rule for fine', async () => {
    const lines = RULES.flatMap(({ valid, invalid }) =>
      [...valid, ...invalid].flatMap((one) =>
        typeof one === 'string' ? one : 'command' in one ? one.command : [],
      ),
    );
    for (const line of lines) {
      const { isFine, judge } = await look('shell', `${line}\n`);
      if (isFine) expect(await judge(), line).toEqual([]);
    }
    expect(lines.length).toBeGreaterThan(500);
  });

  it.each([
    'docker run --rm -it -v "$PWD":/src:ro --mount type=volume,src=cache,dst=/cache --tmpfs /run:size=64m alpine make',
    'docker run -d --name "db-$1" -e "A=$B" -v pgdata:/var/lib/postgresql/data postgres:16',
    'sudo docker run -v "$(pwd)/conf:/etc/app:ro" -v /srv/data:/data app:1 sh -c "echo $X" || exit 1',
    'docker build -t app .; docker ps',
  ])('is enough for %s', async (text) => {
    expect(await look('shell', `#!/bin/sh\n${text}\n`)).toMatchObject({ isFine: true });
  });

  it('asks the rules when somebody sets one, or says which docker is meant', async () => {
    const found = await readFindings('shell', 'docker run -v /a:/b alpine\n', {});
    const looks = (given: Parameters<typeof settingsFor>[2]) =>
      isPlainlyFine(found, settingsFor('/srv/x.sh', undefined, given));
    expect(looks({ rules: {} })).toBe(true);
    expect(looks({ rules: { 'prefer-mount-syntax': 'warning' } })).toBe(false);
    expect(looks({ rules: {}, docker: '20.10' })).toBe(false);
    expect(looks({ rules: {}, engineOs: 'windows' })).toBe(false);
  });
});
