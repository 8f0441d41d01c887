// Fixes among which some would not come out right: the others are applied all the same, in few attempts, and once is enough.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixText } from '../../src/lint/fix.js';
import type { Judged } from '../../src/lint/fix-attempt.js';
import type { Diagnostic } from '../../src/text/diagnostic.js';
import { runLint } from '../support/cli.js';
import { SEED, withSeed } from '../support/seed.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

/**
 * Judges a text of words, each line a command: `bad` becomes `ok`; `odd` stays as wrong as it was; `far` makes a mistake in the
 * first command; `cut` ends what can be read; `deep` uncovers a mistake that has a fix; `late` one that has none.
 */
const WORDS: Readonly<Record<string, { readonly to?: string; readonly rule: string }>> = {
  bad: { to: 'ok', rule: 'bad' },
  odd: { to: 'odd!', rule: 'odd' },
  'odd!': { rule: 'odd' },
  far: { to: 'FAR', rule: 'far' },
  cut: { to: '"', rule: 'cut' },
  deep: { to: 'bad', rule: 'deep' },
  late: { to: 'wrong', rule: 'late' },
  wrong: { rule: 'wrong' },
};

function judge(text: string): Judged {
  const diagnostics: Diagnostic[] = [];
  const find = (rule: string, start: number, length: number, to?: string) => {
    const range = { start, end: start + length };
    const fix =
      to === undefined ? undefined : { title: 'mend', safety: 'safe' as const, edits: [{ range, text: to }] };
    diagnostics.push({ code: 'X', rule, severity: 'error', message: rule, help: 'mend', range, fix });
  };
  const end = text.indexOf('"');
  if (text.includes('FAR')) find('first', 0, 1);
  for (const { 0: word, index } of (end < 0 ? text : text.slice(0, end)).matchAll(/[^\s;]+/g)) {
    const known = WORDS[word];
    if (known !== undefined) find(known.rule, index, word.length, known.to);
  }
  const wholes = [...text.matchAll(/[^\n;]+/g)].map(({ 0: line, index }) => ({
    start: index,
    end: index + line.length,
  }));
  const problems = end < 0 ? [] : [{ start: end, end: text.length }];
  return { text, diagnostics, wholes, problems, work: text.length };
}

async function fix(text: string) {
  let judged = 0;
  const fixed = await fixText(judge(text), 'safe', async (now) => {
    judged++;
    return judge(now);
  });
  return { ...fixed, judged };
}

const lines = (count: number, word: string) => Array.from({ length: count }, () => `run ${word}\n`);

describe('the odd one is left out, and all others are applied', () => {
  it.each(['odd', 'far', 'cut', 'late'])('one %s among 40', async (odd) => {
    for (const at of [0, 7, 39, 40]) {
      const text = ['first\n', ...lines(40, 'bad')].toSpliced(at + 1, 0, `run ${odd}\n`).join('');
      const fixed = await fix(text);
      expect(fixed.text).toBe(text.replaceAll('bad', 'ok'));
      expect([fixed.applied, fixed.refused.map(({ rule }) => rule)]).toEqual([40, [odd]]);
      expect(fixed.judged).toBeLessThan(40);
    }
  });

  it.each(['odd', 'far', 'cut', 'late'])('one %s among 40 in one command', async (odd) => {
    const text = `first; run ${'bad '.repeat(25)}${odd} ${'bad '.repeat(15)}`;
    const fixed = await fix(text);
    expect(fixed.text).toBe(text.replaceAll('bad', 'ok'));
    expect(fixed.judged).toBeLessThan(50);
  });

  it('many odd ones of every kind, each in a command of its own', async () => {
    const odd = ['odd', 'late', 'odd', 'late'].flatMap((word) => lines(10, word));
    const text = ['first\n', ...lines(400, 'bad'), ...odd, ...lines(400, 'deep')].join('');
    const fixed = await fix(text);
    expect(fixed.text).toBe(text.replaceAll(/bad|deep/g, 'ok'));
    expect(fixed.judged).toBeLessThan(300);
  });

  it('what one uncovers is fixed with it, whatever else the same rule finds elsewhere', async () => {
    const fixed = await fix('run deep\nrun wrong\nrun late\n');
    expect(fixed.text).toBe('run ok\nrun wrong\nrun late\n');
  });

  it('an odd one costs no more attempts in a large text', async () => {
    const attempts = await Promise.all(
      [1_000, 8_000].map(async (count) => {
        const fixed = await fix([...lines(count, 'bad'), 'run odd\n', ...lines(count, 'bad')].join(''));
        expect([fixed.applied, fixed.refused.length]).toEqual([2 * count, 1]);
        return fixed.judged;
      }),
    );
    expect(attempts[1]).toBe(attempts[0]);
  });

  it('as many odd ones as there are lines cost a bounded number of attempts', async () => {
    const fixed = await fix([...lines(2_000, 'odd'), ...lines(2_000, 'bad')].join(''));
    expect([fixed.applied, fixed.refused.length]).toEqual([2_000, 2_000]);
    expect(fixed.judged).toBeLessThan(400);
  });
});

it(`any mix of them: what is left would not come out right, and a second run finds nothing to do (seed ${SEED})`, async () => {
  const word = fc.constantFrom('bad', 'bad', 'bad', 'ok', 'odd', 'far', 'cut', 'deep', 'late', 'wrong');
  const command = fc.array(word, { maxLength: 5 }).map((words) => ['run', ...words].join(' '));
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 8 }), async (commands) => {
      const text = `first\n${commands.join('\n')}\n`;
      const once = await fix(text);
      expect(once.text).toBe(text.replaceAll(/bad|deep/g, 'ok'));
      const twice = await fix(once.text);
      expect([twice.text, twice.applied]).toEqual([once.text, 0]);
    }),
    withSeed(300),
  );
});

// Without an image docker refuses the whole command, which nothing mends: that is new to whoever sees the first mistake mended.
const ODD = 'docker run -v a/b:/c\n';

it.each([
  ['one', ODD, 1],
  ['several', ODD.repeat(7), 7],
])('lint --fix: 40 good ones and %s odd', async (_name, odd, count) => {
  const dir = tempDir();
  const good = Array.from({ length: 40 }, (_, i) => `docker run -v /a${i}:/b:ro,ro x\n`);
  const text = `#!/bin/sh\n${good.slice(0, 13).join('')}${odd}${good.slice(13).join('')}`;
  writeFiles(dir, { 'a.sh': text });
  const fixed = text.replaceAll('ro,ro', 'ro');
  for (const isFirst of [true, false]) {
    const { stdout, stderr } = await runLint(['--fix', 'a.sh'], { cwd: dir });
    expect(readFileSync(join(dir, 'a.sh'), 'utf8')).toBe(fixed);
    expect(stdout.includes('40 findings fixed')).toBe(isFirst);
    const said =
      'the fix of relative-source-without-dot was not applied: the fix would not give the right result here';
    expect(stderr.split(said).length - 1).toBe(count);
  }
});

it('lint --diff of a command shows only what comes out right', async () => {
  const show = async (command: string) => (await runLint(['--diff', '--command', command])).stdout;
  expect(await show('docker run -v a/b:/c')).toBe('');
  expect(await show('docker run -v /a:/b:ro,ro x')).toContain('+docker run -v /a:/b:ro x\n');
});

it('findings of one cause, which have one fix, are tried once', async () => {
  const text = 'run late\n';
  const [late] = judge(text).diagnostics;
  const all = Array.from({ length: 50 }, () => ({ ...late!, fix: structuredClone(late!.fix!) }));
  let judged = 0;
  const fixed = await fixText({ ...judge(text), diagnostics: all }, 'safe', async (now) => {
    judged++;
    return judge(now);
  });
  expect([fixed.text, fixed.applied, fixed.refused.length]).toEqual([text, 0, 50]);
  expect(judged).toBeLessThan(3);
});

describe('what uncovers the next mistake for ever', () => {
  const endless = (text: string, work: number): Judged => {
    const start = text.indexOf('x');
    const fix = {
      title: 'mend',
      safety: 'safe' as const,
      edits: [{ range: { start, end: start + 1 }, text: 'ax' }],
    };
    const range = { start, end: start + 1 };
    const one = { code: 'X', rule: 'x', severity: 'error' as const, message: 'x', help: 'mend', range, fix };
    return { text, diagnostics: [one], problems: [], wholes: [{ start: 0, end: text.length }], work };
  };

  it.each([
    [1_000, 5, false],
    [1_000_000, 4, true],
    [100_000_000, 3, true],
  ])('work of %d: judged at most %d times', async (work, most, isCutShort) => {
    let judged = 0;
    const fixed = await fixText(endless('x', work), 'safe', async (now) => {
      judged++;
      return endless(now, work);
    });
    expect([fixed.text, fixed.applied, fixed.refused.length]).toEqual(['x', 0, 1]);
    expect(judged).toBeLessThan(most);
    expect(fixed.isCutShort).toBe(isCutShort);
  });
});

it('lint --fix: of many that are left out the first are named, and the others counted', async () => {
  const dir = tempDir();
  writeFiles(dir, { 'a.sh': `#!/bin/sh\n${ODD.repeat(60)}` });
  const { stderr } = await runLint(['--fix', 'a.sh'], { cwd: dir });
  expect(stderr.split('was not applied: ').length - 1).toBe(50);
  expect(stderr).toContain(
    'a.sh: 10 more fixes were not applied: they would not give the right result here\n',
  );
});
