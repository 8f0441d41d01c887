// A report has room for so many findings of one file; one stands for all others, in every format, and they count as before.
import { describe, expect, it } from 'vitest';
import { shownFindings } from '../../src/lint/shown-findings.js';
import type { Diagnostic, Severity } from '../../src/text/diagnostic.js';
import { runLint } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

const found = (count: number, severity: Severity = 'warning', rule = 'x'): Diagnostic[] =>
  Array.from({ length: count }, (_, start) => ({
    code: 'X',
    rule,
    severity,
    message: 'x',
    help: '',
    range: { start, end: start + 1 },
  }));

describe('shownFindings', () => {
  it('shows all where there is room', () => {
    const all = found(10_000);
    expect(shownFindings(all)).toEqual({ diagnostics: all });
  });

  it('counts the others by their rules, and is as grave as the gravest', () => {
    const all = [...found(10_000), ...found(3), ...found(1, 'error', 'y'), ...found(1, 'info', 'z')];
    const { diagnostics, left } = shownFindings(all);
    expect([diagnostics.length, left?.length]).toEqual([10_001, 5]);
    expect(diagnostics.at(-1)).toMatchObject({
      rule: 'more-findings',
      severity: 'error',
      message: '5 more findings from here on: 3 of x, 1 of y, 1 of z',
    });
  });
});

describe('lint', () => {
  // Advice alone fills the report; the one error is behind them.
  const flags = Array.from({ length: 10_100 }, (_, i) => `-v /c${i}:/d${i}:rw `).join('');
  const run = async (...words: string[]) => {
    const dir = tempDir();
    writeFiles(dir, { 'a.sh': `docker run ${flags}x\ndocker run -v /a:b x\n` });
    return await runLint([...words, 'a.sh'], { cwd: dir });
  };

  it('says how many there are, and fails for one that is not shown', async () => {
    const { stdout, code } = await run();
    expect(code).toBe(1);
    expect(stdout).toMatch(/^error: \d+ more findings from here on: .*1 of target-not-absolute/m);
    expect(stdout).toMatch(/^1 error, 101\d\d info/m);
  });

  it('says so in JSON', async () => {
    const { stdout } = await run('--format', 'json');
    const all: { rule: string; severity: string }[] = JSON.parse(stdout);
    expect(all.length).toBe(10_001);
    expect(all.at(-1)).toMatchObject({ rule: 'more-findings', severity: 'error' });
  });
});
