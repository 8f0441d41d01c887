import { expect, test } from 'vitest';
import { finding, renderReports, reportContext } from '../support/reports.js';

const TEXT = 'docker run \\\r\n  --mount type=bind, src=/a img\r\n';
const START = TEXT.indexOf(' src');
const DIAGNOSTIC = finding({
  range: { start: START, end: START + 1 },
  fix: {
    title: 'remove the space',
    safety: 'safe',
    edits: [{ range: { start: START, end: START + 1 }, text: '' }],
  },
});
const START_PLACE = { offset: START, line: 2, column: 21 };
const END_PLACE = { offset: START + 1, line: 2, column: 22 };
const EXPECTED = {
  path: 'a.sh',
  rule: 'some-rule',
  code: 'MC100',
  severity: 'error',
  message: 'something is wrong',
  help: '',
  url: 'https://docs.example/rules/some-rule.html',
  start: START_PLACE,
  end: END_PLACE,
  fix: {
    title: 'remove the space',
    safety: 'safe',
    edits: [{ start: START_PLACE, end: END_PLACE, text: '' }],
  },
};

test('json is one array, whatever the number of files', () => {
  const report = { path: 'a.sh', text: TEXT, diagnostics: [DIAGNOSTIC] };
  const clean = { path: 'b.sh', text: '', diagnostics: [] };
  expect(JSON.parse(renderReports('json', [], reportContext))).toEqual([]);
  expect(JSON.parse(renderReports('json', [clean], reportContext))).toEqual([]);
  expect(JSON.parse(renderReports('json', [clean, report, clean, report], reportContext))).toEqual([
    EXPECTED,
    EXPECTED,
  ]);
});

test('a command has no path and a finding without fix says so', () => {
  const report = { path: undefined, text: TEXT, diagnostics: [{ ...DIAGNOSTIC, fix: undefined }] };
  const [parsed] = JSON.parse(renderReports('json', [report], reportContext));
  expect(parsed.path).toBeNull();
  expect(parsed.fix).toBeNull();
});

test('jsonl is the same, a line each', () => {
  const report = { path: 'a.sh', text: TEXT, diagnostics: [DIAGNOSTIC, DIAGNOSTIC] };
  const lines = renderReports('jsonl', [report], reportContext).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([EXPECTED, EXPECTED]);
});

test('compact keeps a finding on one line', () => {
  const text = 'x\u2028\n';
  const one = finding({ range: { start: 0, end: 1 }, message: 'a `\n\u001b` b' });
  const out = renderReports('compact', [{ path: 'a\nb', text, diagnostics: [one] }], reportContext);
  expect(out).toBe('a<U+000A>b:1:1: error: a `<U+000A><U+001B>` b [some-rule]\n');
});
