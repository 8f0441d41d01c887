import { describe, expect, test } from 'vitest';
import { pretty } from '../../src/report/pretty.js';
import type { Diagnostic } from '../../src/text/diagnostic.js';
import { finding, renderReports, reportContext } from '../support/reports.js';

function show(text: string, part: string, more: Partial<Diagnostic> = {}, width?: number): string[] {
  const start = text.indexOf(part);
  expect(start, `\`${part}\` is in the text`).toBeGreaterThanOrEqual(0);
  const diagnostic = finding({ range: { start, end: start + part.length }, ...more });
  const out = renderReports('pretty', [{ path: 'run.sh', text, diagnostics: [diagnostic] }], {
    ...reportContext,
    width,
  });
  return out.split('\n');
}

/** The columns that the marks stand under, as the text of the source line there. */
function underlined(lines: readonly string[]): string {
  const at = lines.findIndex((line) => /^\s*\|\s*\^+$/.test(line));
  const marks = lines[at]!;
  const from = marks.indexOf('^');
  return lines[at - 1]!.slice(from, marks.lastIndexOf('^') + 1);
}

describe('pretty', () => {
  test.each(['did you mean `ro`?', 'write `ro`', 'Use `ro`.'])(
    '%s is not said next to the fix that says it',
    (help) => {
      const out = show('docker run -v /a:/b:rx img\n', 'rx', {
        help,
        fix: { title: 'write `ro`', safety: 'safe', edits: [] },
      });
      expect(out.filter((line) => /^ {2}= (?:help|fix)/.test(line))).toEqual(['  = fix (safe): write `ro`']);
    },
  );

  test('shows what, where, the line, what to do', () => {
    const text = 'a\nb\ndocker run -v /a:/b:rx img\n';
    expect(
      show(text, 'rx', { help: 'it is ro or rw', fix: { title: 'write ro', safety: 'safe', edits: [] } }),
    ).toEqual([
      'error: something is wrong [some-rule MC100]',
      ' --> run.sh:3:21',
      '3 | docker run -v /a:/b:rx img',
      '  |                     ^^',
      '  = help: it is ro or rw',
      '  = fix (safe): write ro',
      '  = see: https://docs.example/rules/some-rule.html',
      '',
      '1 error; 1 can be fixed with --fix',
      '',
    ]);
  });

  test('underlines exactly under tabs', () => {
    const lines = show('\tx\t-v a:/b', 'a:/b');
    expect(underlined(lines)).toBe('a:/b');
    expect(lines.join('\n')).not.toContain('\t');
  });

  test.each([
    ['wide letters', '-v /写真/a:/b:q', 'q', 4 + '-v /'.length + 4 + '/a:/b:'.length],
    ['an emoji', '-v /😀:/b:q', 'q', 4 + '-v /'.length + 2 + ':/b:'.length],
    ['a family of emoji', '-v /👨‍👩‍👧:/b:q', 'q', 4 + '-v /'.length + 2 + ':/b:'.length],
    ['a flag', '-v /🇩🇪🇫🇷:/b:q', 'q', 4 + '-v /'.length + 4 + ':/b:'.length],
    ['a combining mark', '-v /e\u0301:/b:q', 'q', 4 + '-v /e:/b:'.length],
    ['full-width forms', '-v Ａ:/b:q', 'q', 4 + '-v '.length + 2 + ':/b:'.length],
  ])('counts columns past %s', (_, text, part, column) => {
    const lines = show(text, part);
    expect(lines.find((line) => /\^/.test(line))!.indexOf('^')).toBe(column);
  });

  test('shows characters that nobody sees by name', () => {
    const lines = show('-v /a\u00a0b:/c', '\u00a0');
    expect(underlined(lines)).toBe('<U+00A0>');
    expect(show('a\u001b[31m\u202eb', 'b').join('\n')).not.toMatch(/[\u001b\u202e]/);
  });

  test('cuts long lines around the marked part', () => {
    const text = `${'x'.repeat(5000)} -v /a:/b:bad ${'y'.repeat(5000)}`;
    const lines = show(text, 'bad', {}, 60);
    expect(underlined(lines)).toBe('bad');
    for (const line of lines.slice(2, 4)) expect(line.length).toBeLessThanOrEqual(60);
    expect(lines[2]).toMatch(/^1 \| …x+ -v \/a:\/b:bad y+…$/);
  });

  test('a marked part longer than the line allows is cut as well', () => {
    const lines = show('z'.repeat(100_000), 'z'.repeat(100_000), {}, 60);
    for (const line of lines.slice(2, 4)) expect(line.length).toBeLessThanOrEqual(60);
  });

  test('marks the first and the last line of a range that spans lines', () => {
    const text = 'docker run \\\n  -v a \\\n  -w b \\\n  img';
    expect(show(text, 'run \\\n  -v a \\\n  -w b').slice(2, 7)).toEqual([
      '1 | docker run \\',
      '  |        ^^^^^',
      '  | ...',
      '3 |   -w b \\',
      '  |   ^^^^',
    ]);
  });

  test('an empty range has one mark, also at the end', () => {
    expect(show('docker run', 'docker run', { range: { start: 10, end: 10 } })[3]).toBe('  |           ^');
  });

  test('shows related places', () => {
    const text = 'docker run -v a:/x \\\n -v b:/x img';
    const lines = show(text, 'b:/x', { related: [{ range: { start: 14, end: 18 }, message: 'first here' }] });
    expect(lines.slice(4, 7)).toEqual([
      '  | first here (line 1, column 15)',
      '1 | docker run -v a:/x \\',
      '  |               ----',
    ]);
  });

  test('colour is only there when asked for', () => {
    const text = 'docker run -v a:/x';
    const report = { path: undefined, text, diagnostics: [finding({ range: { start: 0, end: 6 } })] };
    expect(renderReports('pretty', [report], reportContext)).not.toContain('\u001b');
    const colored = renderReports('pretty', [report], { ...reportContext, color: true });
    expect(colored).toContain('\u001b[1;31m^^^^^^\u001b[0m');
    expect(colored.replace(/\u001b\[[\d;]*m/g, '')).toBe(renderReports('pretty', [report], reportContext));
  });

  test('the summary counts, and says nothing when there is nothing', () => {
    const text = 'docker';
    const one = finding({ range: { start: 0, end: 1 } });
    const reports = [
      { path: 'a', text, diagnostics: [one, { ...one, severity: 'warning' as const }] },
      { path: 'b', text, diagnostics: [one] },
    ];
    expect(renderReports('pretty', reports, reportContext)).toMatch(/\n2 errors, 1 warning in 2 files\n$/);
    expect(renderReports('pretty', [{ path: 'a', text, diagnostics: [] }], reportContext)).toBe('');
  });

  test('at a terminal, says that nothing was found', () => {
    const end = (isTerminal: boolean, files: number, isQuiet = false) =>
      pretty({ ...reportContext, isTerminal }).end({ files, fixed: 0, fixable: 0, isQuiet }).shown;
    expect(end(true, 1)).toBe('no findings\n');
    expect(end(true, 12)).toBe('no findings in 12 files\n');
    const read = { commands: 1, mounts: 2 };
    const { shown } = pretty({ ...reportContext, isTerminal: true }).end({
      files: 3,
      read,
      fixed: 0,
      fixable: 0,
    });
    expect(shown).toBe('no findings in 3 files (2 mounts, 1 command with mounts)\n');
    expect(end(true, 0)).toBe('there are no files here\n');
    expect(end(true, 12, true)).toBe('');
    expect(end(false, 12)).toBe('');
  });
});
