import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { fixText } from '../../src/lint/fix.js';
import { toJudged } from '../../src/lint/fix-attempt.js';
import { listMounts } from '../../src/lint/inventory.js';
import { judgeText } from '../../src/lint/judge-text.js';
import type { LintOptions } from '../../src/lint/lint-text.js';
import { withoutOverlaps } from '../../src/lint/without-overlaps.js';
import { FILE_KIND_ROWS } from '../../src/source/file-kinds.js';
import { kindOf } from '../../src/source/kind.js';
import type { Diagnostic } from '../../src/text/diagnostic.js';
import { applyEdits } from '../../src/text/edit.js';
import { LineIndex } from '../../src/text/line-index.js';
import { withSeed } from '../support/seed.js';

// fixtures/<kind>/ok is silent; fixtures/<kind>/err has findings, listed with their ranges in fixtures/<kind>/expected.txt.
// The mounts that are found in both are in fixtures/<kind>/mounts.txt.
const root = fileURLToPath(new URL('../../fixtures', import.meta.url));
const options: LintOptions = { dialect: makeDialect(), rules: {} };

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /^[\w-]+\/(?:ok|err)\/[^/]+$/.test(path))
  .sort()
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
  .map((file) => ({ ...file, kind: kindOf(kindPath(file.path), file.text) }));

/** Workflows and tasks are known by their folder. */
function kindPath(path: string): string {
  if (path.startsWith('vscode-tasks/')) return '.vscode/tasks.json';
  return path.startsWith('github/') ? `.github/workflows/${path.split('/').at(-1)}` : path;
}

async function judge(path: string, text: string) {
  const kind = kindOf(kindPath(path), text)!;
  return toJudged(text, await judgeText(kind, text, path, options));
}

function describeFinding({ severity, rule, range }: Diagnostic, text: string): string {
  const lines = new LineIndex(text);
  const [start, end] = [lines.position(range.start), lines.position(range.end)];
  const part = JSON.stringify(text.slice(range.start, range.end));
  return `${start.line}:${start.column}-${end.line}:${end.column} ${severity} ${rule} ${part}`;
}

test('there are fixtures for most kinds of files', () => {
  const kinds = new Set(files.map(({ kind }) => kind));
  expect(kinds.size).toBeGreaterThanOrEqual(10);
  for (const { path, kind } of files) expect(kind, path).toBeDefined();
});

describe('ok: nothing above info', () => {
  for (const { path, text } of files.filter(({ path }) => path.includes('/ok/'))) {
    test(path, async () => {
      const { diagnostics } = await judge(path, text);
      expect(
        diagnostics.filter(({ severity }) => severity !== 'info').map((one) => describeFinding(one, text)),
      ).toEqual([]);
    });
  }
});

describe('err: these findings, at these places', () => {
  const bad = files.filter(({ path }) => path.includes('/err/'));
  for (const folder of new Set(bad.map(({ path }) => path.split('/')[0]!))) {
    test(folder, async () => {
      let out = '';
      for (const { path, text } of bad.filter((file) => file.path.startsWith(`${folder}/`))) {
        const { diagnostics } = await judge(path, text);
        const found = diagnostics.filter(({ severity }) => severity !== 'info');
        expect(found, path).not.toEqual([]);
        out += `${path}\n${found.map((one) => `  ${describeFinding(one, text)}\n`).join('')}`;
      }
      await expect(out).toMatchFileSnapshot(join(root, folder, 'expected.txt'));
    });
  }
});

describe('mounts: these, at these places', () => {
  for (const folder of new Set(files.map(({ path }) => path.split('/')[0]!))) {
    test(folder, async () => {
      let out = '';
      for (const { path, text, kind } of files.filter((file) => file.path.startsWith(`${folder}/`))) {
        out += `${path}\n`;
        const linted = await judgeText(kind!, text, path, { ...options, keepsViews: true });
        for (const mount of listMounts(linted, path, text)) {
          const { line, column, form, type, source, target } = mount;
          out += `  ${line}:${column} ${[form, type, source, target].map((one) => one ?? '-').join('  ')}\n`;
        }
      }
      await expect(out).toMatchFileSnapshot(join(root, folder, 'mounts.txt'));
    });
  }
});

describe('fixes', () => {
  for (const { path, text } of files) {
    test.each(['safe', 'unsafe'] as const)(
      `${path}: %s ones leave nothing that they could fix, twice is once`,
      async (mode) => {
        const fixed = await fixText(await judge(path, text), mode, (now) => judge(path, now));
        expect(fixed.refused.map((one) => describeFinding(one, fixed.text))).toEqual([]);
        const again = await fixText(await judge(path, fixed.text), mode, (now) => judge(path, now));
        expect(again.text).toBe(fixed.text);
        // Whatever was not edited is there as it was; a comment may be moved above its command.
        const untouched = text
          .split('\n')
          .filter((line) => !/docker|podman|-v|--mount|volume|mode|\//.test(line));
        for (const line of untouched) expect(fixed.text).toContain(line.trimStart());
      },
    );
  }

  test('the order in which findings come does not matter', async () => {
    for (const { path, text } of files) {
      const { diagnostics } = await judge(path, text);
      const fixable = diagnostics.filter(({ fix }) => fix !== undefined && fix.edits.length > 0);
      const edits = (list: readonly Diagnostic[]) => withoutOverlaps(list).flatMap(({ fix }) => fix!.edits);
      const expected = applyEdits(text, edits(fixable));
      expect(expected).toBeDefined();
      fc.assert(
        fc.property(fc.shuffledSubarray(fixable, { minLength: fixable.length }), (shuffled) => {
          expect(applyEdits(text, edits(shuffled))).toBe(expected);
        }),
        withSeed(10),
      );
    }
  });
});

test('any piece of these texts, as any kind, is judged without a throw, every range in the text', async () => {
  const texts = files.map(({ text }) => text);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...texts),
      fc.constantFrom(...FILE_KIND_ROWS.map(([kind]) => kind)),
      fc.nat(3000),
      fc.nat(3000),
      fc.string({ unit: 'binary', maxLength: 8 }),
      async (text, kind, from, to, noise) => {
        const cut = text.slice(0, from) + noise + text.slice(to);
        const { diagnostics } = await judgeText(kind, cut, 'x', options);
        for (const { range, fix } of diagnostics) {
          expect(range.start).toBeLessThanOrEqual(range.end);
          expect(range.end).toBeLessThanOrEqual(cut.length);
          if (fix !== undefined) expect(applyEdits(cut, fix.edits)).toBeDefined();
        }
      },
    ),
    withSeed(300),
  );
}, 60_000);
