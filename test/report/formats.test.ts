import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FORMAT_NAMES, type FormatName } from '../../src/report/index.js';
import { makePatch } from '../../src/report/patch.js';
import { unifiedDiff } from '../../src/report/unified-diff.js';
import { ruleUrl, siteOf } from '../../src/site.js';
import type { FileReport } from '../../src/text/file-report.js';
import { runMountc } from '../support/cli.js';
import { finding, renderReports, reportContext } from '../support/reports.js';
import { tempDir } from '../support/temp-dir.js';

// A wide letter, a letter outside of the BMP and a CRLF in front of what is found.
const TEXT = '# 写\r\necho 😀; docker run -v a:/b:q img\r\n# end';
const START = TEXT.indexOf(':q');
const REPORTS: readonly FileReport[] = [
  { path: 'clean.sh', text: 'x', diagnostics: [] },
  {
    path: 'my dir/a,b:c%.sh',
    text: TEXT,
    diagnostics: [
      finding({
        range: { start: START + 1, end: START + 2 },
        message: '`q` is <no> "mode" & 100%\nreally',
        help: 'drop it',
        related: [{ range: { start: 0, end: 1 }, message: 'see' }],
        fix: {
          title: 'remove it',
          safety: 'safe',
          edits: [{ range: { start: START, end: START + 2 }, text: '' }],
        },
      }),
      finding({ range: { start: 2, end: TEXT.length }, severity: 'info', rule: 'other-rule', code: 'MC900' }),
    ],
  },
];
const render = (format: FormatName, reports = REPORTS) => renderReports(format, reports, reportContext);

test.each(FORMAT_NAMES)('%s: golden', async (format) => {
  await expect(render(format)).toMatchFileSnapshot(`golden/${format}.txt`);
});

test.each(['json', 'sarif', 'gitlab', 'rdjson'] as const)(
  '%s is JSON, also when there is nothing',
  (format) => {
    JSON.parse(render(format));
    JSON.parse(render(format, []));
  },
);

describe('sarif', () => {
  const [run] = JSON.parse(render('sarif')).runs;

  test('regions name exactly the characters', () => {
    expect(run.columnKind).toBe('utf16CodeUnits');
    const { region, artifactLocation } = run.results[0].locations[0].physicalLocation;
    expect(artifactLocation.uri).toBe('my%20dir/a,b%3Ac%25.sh');
    const line = TEXT.split('\r\n')[region.startLine - 1]!;
    expect(line.slice(region.startColumn - 1, region.endColumn - 1)).toBe('q');
    expect(TEXT.slice(region.charOffset, region.charOffset + region.charLength)).toBe('q');
  });

  test('every rule that found something is described, in the order of its index', () => {
    const rules = run.tool.driver.rules;
    for (const result of run.results) expect(rules[result.ruleIndex].id).toBe(result.ruleId);
    expect(rules[0]).toMatchObject({
      help: { text: 'why some-rule' },
      defaultConfiguration: { level: 'error' },
    });
    expect(run.results.map((one: { level: string }) => one.level)).toEqual(['error', 'note']);
  });

  test('fixes say what to put where', () => {
    const [change] = run.results[0].fixes[0].artifactChanges;
    const [{ deletedRegion, insertedContent }] = change.replacements;
    expect(TEXT.slice(deletedRegion.charOffset, deletedRegion.charOffset + deletedRegion.charLength)).toBe(
      ':q',
    );
    expect(insertedContent.text).toBe('');
  });

  test('fingerprints stay when lines move, and differ for equal lines', () => {
    const text = 'docker a\ndocker a\n';
    const of = (moved: string) =>
      JSON.parse(
        render('sarif', [
          {
            path: 'a',
            text: moved,
            diagnostics: [...moved.matchAll(/docker/g)].map(({ index }) =>
              finding({ range: { start: index, end: index + 6 } }),
            ),
          },
        ]),
      ).runs[0].results.map(
        (one: { partialFingerprints: Record<string, string> }) => one.partialFingerprints['mountc/v1'],
      );
    expect(of(`# new\n\n${text}`)).toEqual(of(text));
    expect(new Set(of(text)).size).toBe(2);
  });
});

test('sarif and rdjson tell an unsafe fix from a safe one', () => {
  const edits = [{ range: { start: 0, end: 1 }, text: '' }];
  const both = (['safe', 'unsafe'] as const).map((safety) =>
    finding({ range: { start: 0, end: 1 }, fix: { title: 'do it', safety, edits } }),
  );
  const reports = [{ path: 'a', text: 'x', diagnostics: both }];
  const { results } = JSON.parse(render('sarif', reports)).runs[0];
  expect(results.map((one: { fixes: object[] }) => one.fixes[0])).toMatchObject([
    { description: { text: 'do it' }, properties: { safety: 'safe' } },
    { description: { text: 'do it (unsafe: look at it first)' }, properties: { safety: 'unsafe' } },
  ]);
  const { diagnostics } = JSON.parse(render('rdjson', reports));
  expect(diagnostics.map((one: { message: string }) => one.message)).toEqual([
    'something is wrong',
    'something is wrong; fix (unsafe): do it',
  ]);
});

test('junit has a case for each file, and advice passes', () => {
  const advice = finding({ range: { start: 0, end: 1 }, severity: 'info' });
  const out = render('junit', [
    { path: 'clean', text: 'x', diagnostics: [] },
    { path: 'advice', text: 'x', diagnostics: [advice] },
    { path: 'wrong', text: 'x', diagnostics: [advice, finding({ range: { start: 0, end: 1 } })] },
  ]);
  expect(out).toContain('<testsuites name="mountc" tests="5" failures="1" errors="0">');
  expect(out.match(/<failure /g)).toHaveLength(1);
  expect(out.match(/<system-out>/g)).toHaveLength(2);
  expect(out.match(/classname="(?:clean|advice)" name="mounts"\/>/g)).toHaveLength(2);
  expect(out).toContain('<testsuite name="wrong" tests="2" failures="1" errors="0">');
});

test('stats counts by rule, most often first', () => {
  const of = (rule: string) => finding({ range: { start: 0, end: 1 }, rule });
  const out = render('stats', [
    { path: 'a', text: 'x', diagnostics: [of('few'), of('many'), of('many')] },
    { path: 'b', text: 'x', diagnostics: [of('many')] },
    { path: 'c', text: 'x', diagnostics: [] },
  ]);
  expect(out.split('\n').map((line) => line.split(/ {2,}/).map((cell) => cell.trim()))).toEqual([
    ['findings', 'files', 'severity', 'code', 'rule'],
    ['', '3', '2', 'error', 'MC100', 'many'],
    ['', '1', '1', 'error', 'MC100', 'few'],
    ['4 findings in 2 of 3 files'],
    [''],
  ]);
  expect(render('stats', [])).toBe('0 findings in 0 of 0 files\n');
});

test('a patch is coloured as git colours it, where colour is wanted', () => {
  const texts = { path: 'a', before: 'same\n-- old\r\nkept\n', after: 'same\nnew\u001b[1m\r\nkept\n' };
  const plain = makePatch(texts, {})!.shown;
  const coloured = makePatch(texts, { isTerminal: true, color: true })!.shown;
  expect(plain).not.toMatch(/\u001b\[3/);
  expect(coloured.replace(/\u001b\[[\d;]+m/g, '')).toBe(plain.replace('\u001b', '<U+001B>'));
  expect(coloured).toContain('\u001b[31m--- old\u001b[0m\r\n\u001b[32m+new<U+001B>[1m\u001b[0m\r\n kept\n');
  expect(coloured).toMatch(/^\u001b\[1m--- a\/a\u001b\[0m\n/);
});

test('a rule has an address wherever there is room for one', () => {
  const [{ rule }] = JSON.parse(render('json'));
  const url = `https://docs.example/rules/${rule}.html`;
  const { driver } = JSON.parse(render('sarif')).runs[0].tool;
  expect(driver.informationUri).toBe('https://docs.example/');
  expect(driver.rules[0].helpUri).toBe(url);
  expect(JSON.parse(render('rdjson')).diagnostics[0].code.url).toBe(url);
  expect(JSON.parse(render('gitlab'))[0].content.body).toContain(url);
  expect(render('pretty').split(url)).toHaveLength(2);
});

test('where there are no pages the program is named, and nobody gets a link', () => {
  const without = { ...reportContext, site: '' };
  for (const format of FORMAT_NAMES) {
    const text = renderReports(format, REPORTS, without);
    expect(text, format).not.toMatch(/docs\.example|helpUri|informationUri/);
    if (format === 'pretty') expect(text).toContain('  = see: mountc explain ');
  }
});

test('every format with a place for it says where the rule is explained', async () => {
  const run = (format: string, docs?: string) =>
    runMountc(['lint', '--format', format, '--command', 'docker run -v /a:/b:readonly x'], {
      env: docs === undefined ? {} : { MOUNTC_DOCS: docs },
    });
  const page = 'rules/volume-unknown-mode.html';
  for (const format of ['pretty', 'json', 'jsonl', 'sarif', 'github', 'gitlab', 'junit', 'rdjson']) {
    expect((await run(format)).stdout, format).toContain(`https://mountc.github.io/mountc/${page}`);
    expect((await run(format, 'file:///srv/docs')).stdout, format).toContain(`file:///srv/docs/${page}`);
    const { stdout } = await run(format, '');
    expect(stdout, format).not.toContain(page);
    // The others have a field for an address alone, or the words of the page themselves.
    if (['pretty', 'github', 'gitlab', 'junit'].includes(format))
      expect(stdout, format).toContain('mountc explain volume-unknown-mode');
  }
});

test('MOUNTC_DOCS names a mirror, or none', () => {
  const finding = { rule: 'volume-unknown-mode', code: 'MC112' };
  expect(ruleUrl(finding, siteOf({}))).toMatch(/^https:\/\/.+\/rules\/volume-unknown-mode\.html$/);
  expect(ruleUrl(finding, siteOf({ MOUNTC_DOCS: 'https://docs.here/mountc' }))).toBe(
    'https://docs.here/mountc/rules/volume-unknown-mode.html',
  );
  for (const none of ['', 'off', 'javascript:alert(1)', 'https://a b/'])
    expect(ruleUrl(finding, siteOf({ MOUNTC_DOCS: none }))).toBeUndefined();
  expect(ruleUrl({ rule: 'configuration', code: 'MC000' }, siteOf({}))).toBeUndefined();
});

test('rdjson counts columns in bytes', () => {
  const [one] = JSON.parse(render('rdjson')).diagnostics;
  const line = Buffer.from(TEXT.split('\r\n')[one.location.range.start.line - 1]!);
  expect(
    line.subarray(one.location.range.start.column - 1, one.location.range.end.column - 1).toString(),
  ).toBe('q');
});

test('github escapes what would end a property or a line', () => {
  const [first] = render('github').split('\n');
  expect(first).toMatch(/^::error file=my dir\/a%2Cb%3Ac%25\.sh,line=2,/);
  expect(first).toMatch(/100%25%0Areally%0Adrop it%0Asee: https:\/\/docs\.example\/rules\/[\w-]+\.html$/);
});

test('the problem matcher reads what compact writes', () => {
  const file = new URL('../../.github/problem-matcher.json', import.meta.url);
  const [{ regexp }] = JSON.parse(readFileSync(file, 'utf8')).problemMatcher[0].pattern;
  const lines = render('compact').trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).toMatch(new RegExp(regexp));
  expect(new RegExp(regexp).exec(lines[0]!)!.slice(1, 5)).toEqual(['my dir/a,b:c%.sh', '2', '29', 'error']);
});

test('xml holds nothing that XML cannot', () => {
  const nasty = finding({ range: { start: 0, end: 1 }, message: 'a\u0000\u001b\ud800<&"\'>\t]]>' });
  for (const format of ['checkstyle', 'junit'] as const) {
    const out = render(format, [{ path: '<&">', text: 'x', diagnostics: [nasty] }]);
    expect(out).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ud800]/);
    expect(
      out
        .replace(/<[?/]?[a-z]+(?: [a-z]+="[^"<]*")*[?/]?>/g, '')
        .replace(/&(?:lt|gt|amp|quot|apos|#9|#10);/g, ''),
    ).not.toMatch(/[<>&]/);
  }
});

describe('unified diff', () => {
  const texts = [
    ['', 'a\n'],
    ['a\n', ''],
    ['a', 'a\n'],
    ['a\nb\nc\n', 'a\nB\nc\n'],
    ['1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n', '0\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13'],
    ['a\nb\na\nb\na\nb\n', 'b\na\nb\na\nb\na\n'],
    ['x\r\ny\r\n', 'x\r\nz\r\n'],
    [`${'a\n'.repeat(3000)}b`, `${'c\n'.repeat(3000)}b`],
  ] as const;
  test.each(texts)('%j → %j applies', (before, after) => {
    const folder = tempDir();
    writeFileSync(join(folder, 'f'), before);
    const out = unifiedDiff('f', before, after);
    execFileSync('git', ['apply', '--whitespace=nowarn', '-'], {
      cwd: folder,
      input: out,
      env: { ...process.env, GIT_CEILING_DIRECTORIES: dirname(folder) },
    });
    expect(readFileSync(join(folder, 'f'), 'utf8')).toBe(after);
  });

  test('no difference, no text', () => expect(unifiedDiff('f', 'a', 'a')).toBe(''));
});
